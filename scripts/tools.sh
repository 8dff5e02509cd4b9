#!/usr/bin/env bash
# Installs the tools that are named as arguments and that this machine lacks: rust, nextest, deny, npm, leptos, browser,
# postgres; without arguments all of them. What is there already is left alone, so a second run takes a second.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/end2end/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

readonly CARGO_LEPTOS=0.3.10 # the newest that builds with the pinned Rust

has() { command -v "$1" >/dev/null 2>&1; }
say() { printf '· %s\n' "$*" >&2; }
fail() {
    printf 'Cannot go on: %s\n' "$*" >&2
    exit 1
}

# Installs Debian packages, or says how to mend it where that is not allowed or not Debian.
debian() {
    local administrator=()
    if [ "$(id -u)" != 0 ]; then
        has sudo || fail "these packages are missing: $*. Install them as an administrator: apt-get install $*"
        administrator=(sudo)
    fi
    has apt-get || fail "this machine lacks $*. Install it with your system's package manager and try again"
    say "Installing the Debian packages $* (about a minute)"
    local install=("${administrator[@]}" env DEBIAN_FRONTEND=noninteractive
        apt-get install --yes --quiet=2 --no-install-recommends "$@")
    "${install[@]}" >/dev/null 2>&1 && return
    "${administrator[@]}" apt-get update --quiet=2
    "${install[@]}" >/dev/null || fail "apt-get could not install $*; its own message stands above"
}

# Builds a tool that works for seconds and compiles for minutes: quick to build matters more than quick to run.
install_tool() {
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
        CARGO_TARGET_DIR="$PWD/target/tools" cargo install --quiet "$@"
    rm -rf target/tools
}

rust() {
    has rustup || fail "rustup is missing. Install it from https://rustup.rs (Debian: apt-get install rustup)"
    has cc || debian gcc libc6-dev
    local channel
    channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
    if ! rustup toolchain list | grep -q "^$channel-"; then
        say "Installing Rust $channel (about 2 minutes)"
        rustup toolchain install "$channel" --profile minimal
    fi
    local component
    for component in clippy rustfmt; do
        rustup component list --installed --toolchain "$channel" | grep -q "^$component" ||
            rustup component add "$component" --toolchain "$channel"
    done
    if ! rustup target list --installed --toolchain "$channel" | grep -qx wasm32-unknown-unknown; then
        say "Adding the WebAssembly target to Rust (seconds)"
        rustup target add wasm32-unknown-unknown --toolchain "$channel"
    fi
}

nextest() {
    has cargo-nextest && return
    say "Installing cargo-nextest, the test runner (about 6 minutes, once)"
    install_tool --locked cargo-nextest
}

deny() {
    has cargo-deny && return
    say "Installing cargo-deny, which judges the dependencies (about 5 minutes, once)"
    install_tool --locked cargo-deny
}

npm() {
    { has node && has npx && node --eval 'process.exit(Number(parseInt(process.versions.node) < 20))'; } ||
        fail "Node.js 20 or newer with npm is missing. Install it from https://nodejs.org; Debian's own may be older"
    local installed=end2end/node_modules/.package-lock.json
    [ -e "$installed" ] && [ ! end2end/package-lock.json -nt "$installed" ] && return
    say "Installing the npm packages of end2end/: Playwright, axe, wasm-opt (about half a minute)"
    (cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 command npm ci --silent)
}

# Builds of the web parts: cargo-leptos, wasm-bindgen in the version of Cargo.lock, wasm-opt.
leptos() {
    npm
    if [ "$(cargo-leptos --version 2>/dev/null)" != "cargo-leptos $CARGO_LEPTOS" ]; then
        say "Installing cargo-leptos $CARGO_LEPTOS, which builds server and browser code (about 12 minutes, once)"
        install_tool --locked "cargo-leptos@$CARGO_LEPTOS" --features no_downloads
    fi
    local bindgen
    bindgen=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p}' Cargo.lock)
    if [ "$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $bindgen" ] || ! has wasm-bindgen-test-runner; then
        say "Installing wasm-bindgen $bindgen, the version of Cargo.lock (about 5 minutes, once)"
        install_tool "wasm-bindgen-cli@$bindgen"
    fi
}

browser() {
    npm
    node end2end/chromium.mjs >/dev/null 2>&1 || debian chromium-headless-shell
    node end2end/chromium.mjs >/dev/null || fail "set CHROMIUM to the path of a Chromium or Chrome"
    has curl || debian curl ca-certificates
}

postgres() {
    scripts/postgres.sh find >/dev/null 2>&1 || debian postgresql
    scripts/postgres.sh find >/dev/null
}

[ $# -gt 0 ] || set -- rust nextest deny npm leptos browser postgres
for tool in "$@"; do
    case "$tool" in
    rust | nextest | deny | npm | leptos | browser | postgres) "$tool" ;;
    *) fail "there is no tool called $tool" ;;
    esac
done
