#!/usr/bin/env bash
# A PostgreSQL server to throw away: on a free loopback port, without a password, quick because nothing needs to
# outlive it.
#
#   scripts/postgres.sh start [folder]    starts one and prints its URL; prints it again if it runs already
#   scripts/postgres.sh stop [folder]     stops it and deletes the folder
#   scripts/postgres.sh run command …     runs a command with TICKBOX_TEST_POSTGRES set, and stops the server after it
#   scripts/postgres.sh find              prints where PostgreSQL's programs are
set -euo pipefail

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# The newest installed; Debian keeps them outside of PATH.
programs() {
    local folder
    while read -r folder; do
        [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ] && echo "$folder" && return
    done < <(
        printf '%s\n' /usr/lib/postgresql/*/bin | sort --reverse --version-sort
        dirname "$(command -v initdb || echo /nowhere/initdb)"
    )
    fail "PostgreSQL's server is missing. Install it: apt-get install postgresql"
}

# PostgreSQL refuses to run as root.
unprivileged() {
    if [ "$(id -u)" = 0 ]; then
        local user=nobody
        id -u postgres >/dev/null 2>&1 && user=postgres
        setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups -- "$@"
    else
        "$@"
    fi
}

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

runs() { kill -0 "$(head --lines=1 "$1/data/postmaster.pid" 2>/dev/null)" 2>/dev/null; }

url() { echo "postgres://postgres@127.0.0.1:$(sed -n 4p "$1/data/postmaster.pid")/postgres"; }

start() {
    local folder=$1 bin port attempt
    if runs "$folder"; then
        url "$folder"
        return
    fi
    bin=$(programs)
    rm -rf "$folder"
    mkdir -p "$folder"
    chmod 700 "$folder"
    [ "$(id -u)" != 0 ] || chown "$(unprivileged id -u):$(unprivileged id -g)" "$folder"
    cd "$folder"
    unprivileged "$bin/initdb" --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
        --no-sync >initdb.log || fail "initdb failed: $(cat initdb.log)"
    cat >>data/postgresql.conf <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 300
shared_buffers = 64MB
fsync = off
full_page_writes = off
synchronous_commit = off
SETTINGS
    for attempt in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 12000))
        is_free "$port" || continue
        unprivileged "$bin/pg_ctl" start --pgdata=data --log="$folder/server.log" --wait --silent \
            --options="-p $port" >/dev/null && url "$folder" && return
    done
    fail "PostgreSQL did not start in $attempt attempts: $(tail -n 5 "$folder/server.log")"
}

stop() {
    local folder=$1
    [ -d "$folder/data" ] || return 0
    if runs "$folder"; then
        (cd "$folder" && unprivileged "$(programs)/pg_ctl" stop --pgdata=data --mode=immediate --silent) || true
    fi
    rm -rf "$folder"
}

run() {
    local folder url status=0
    folder=$(mktemp -d "${TMPDIR:-/tmp}/tickbox-postgres.XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "stop '$folder'" EXIT
    trap 'exit 130' INT TERM
    url=$(start "$folder")
    TICKBOX_TEST_POSTGRES=$url "$@" || status=$?
    exit "$status"
}

usual_folder="${TMPDIR:-/tmp}/tickbox-postgres-$(id -u)"
case "${1:-}" in
start) start "${2:-$usual_folder}" ;;
stop) stop "${2:-$usual_folder}" ;;
run) shift && run "$@" ;;
find) programs ;;
*) fail "usage: scripts/postgres.sh start [folder] | stop [folder] | run command … | find" ;;
esac
