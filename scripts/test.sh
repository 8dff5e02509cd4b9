#!/usr/bin/env bash
# All that `make test` proves, step by step: a failure does not hide what the later steps would find. At the end come
# the time of each step and the number of tests; call it through make, which installs the tools first.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

log=$(mktemp -d "${TMPDIR:-/tmp}/tickbox-test.XXXXXX")
table="" failed=0 built=0

# Runs a command as a step of this name and remembers how long it took.
step() {
    local name=$1 started=$SECONDS result=ok
    shift
    printf '\n== %s\n' "$name"
    "$@" 2>&1 | tee "$log/$name" || { result=FAILED failed=1; }
    table+=$(printf '%-24s %3d min %02d s  %s' "$name" $(((SECONDS - started) / 60)) $(((SECONDS - started) % 60)) $result)$'\n'
    [ $result = ok ]
}

# What the tests have told, without its colours.
told() { sed 's/\x1b\[[0-9;]*m//g' "$log"/*tests 2>/dev/null; }
# The sum of the numbers that stand before a word in the logs of the tests, such as "12 passed".
count() { told | grep --extended-regexp "$summaries" | grep --only-matching \
    --extended-regexp "[0-9]+ ($1)" | awk '{ sum += $1 } END { print sum + 0 }'; }
# The tests that did not pass, or not at once, by name: the end of a long log is what is read first.
failures() { told | grep --extended-regexp \
    '^ +(TRY [0-9]+ )?(FAIL|TIMEOUT|SIG[A-Z]+) \[|^test .* FAILED$|^ +\[[a-z-]+\] › ' | sort --unique; }
readonly summaries='^ *Summary \[|^test result:|^ +[0-9]+ (passed|failed|flaky|interrupted|did not run)'

# The lints run beside the browser tests, in the moments that those leave idle; what they say is shown after those.
begin_lints() {
    {
        nice --adjustment=19 make --no-print-directory lint
        echo $? >"$log/.lints.status"
    } >"$log/.lints" 2>&1 &
    lints=$!
}

end_lints() {
    tail --pid="$lints" --lines=+1 --follow "$log/.lints"
    return "$(cat "$log/.lints.status")"
}

finish() {
    local status=$?
    [ -z "${lints:-}" ] || pkill --parent "$lints" 2>/dev/null
    printf '\n%s' "$table"
    failures
    # What could not be proved here is told once more, where it is read.
    grep --no-filename '^!!' "$log"/* 2>/dev/null && echo
    if [ "$(grep --files-with-matches --extended-regexp "$summaries" "$log"/*tests 2>/dev/null | wc -l)" = 4 ]; then
        printf '\n%d passed only when run once more (flaky)\n' "$(count flaky)"
        printf '\n%d passed, %d failed\n' "$(count passed)" "$(count 'failed|timed out|interrupted|did not run')"
    fi
    rm -rf "$log"
    exit $((status || failed))
}
trap finish EXIT
trap 'exit 130' INT TERM

step "format" cargo fmt --all --check
# The two builds of the release, for server and browser, keep both processors busy where one alone would not.
step "release build" make --no-print-directory build && built=1 && step "sizes" node scripts/sizes.mjs
# Thousands of small files are made and thrown away from here on: in memory, where there is a disk in it with room.
room=$(df --output=avail --block-size=1G /dev/shm 2>/dev/null | tail --lines=1)
[ "${room:-0}" -lt 4 ] || export TMPDIR=/dev/shm
step "unit and HTTP tests" scripts/postgres.sh run cargo nextest run --release --workspace --exclude frontend
step "documentation tests" cargo test --quiet --release --doc --workspace --exclude frontend
step "WebAssembly tests" cargo test --package domain --test quick_add --target wasm32-unknown-unknown
begin_lints
[ "$built" = 0 ] || step "browser tests" npm --prefix end2end test
step "lints" end_lints
