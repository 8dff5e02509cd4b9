#!/usr/bin/env bash
# Serves the release on a loopback port with an empty data folder, until it is told to stop. The database is SQLite in
# that folder, or the one of TICKBOX_TEST_POSTGRES (scripts/postgres.sh run).
set -euo pipefail
cd "$(dirname "$0")/.."

port=$1
export TICKBOX_ADDR="127.0.0.1:$port" TICKBOX_BASE_URL="http://127.0.0.1:$port" TICKBOX_LOG="${TICKBOX_LOG:-warn}"
# Each browser of the tests says where it comes from, as a proxy would.
export TICKBOX_TRUSTED_PROXIES=127.0.0.1
TICKBOX_DATA_DIR=$(mktemp -d "${TMPDIR:-/tmp}/tickbox-end2end.XXXXXX")
export TICKBOX_DATA_DIR
trap 'rm -rf "$TICKBOX_DATA_DIR"' EXIT
if [ -n "${TICKBOX_TEST_POSTGRES:-}" ]; then
    export DATABASE_URL=$TICKBOX_TEST_POSTGRES JWT_SECRET='only for the end-to-end tests, thrown away with them'
fi

# Tickbox refuses settings that it does not know; these are the tests' own.
tickbox=(env --unset=TICKBOX_TEST_POSTGRES --unset=TICKBOX_TEST_BINARY "${TICKBOX_TEST_BINARY:-target/release/tickbox}")

# Somebody runs the server (support/people.ts), so that nobody of whom a test makes an account becomes the admin.
"${tickbox[@]}" user add operator@example.com --admin --password-stdin <<<'lanterns over the harbour' >/dev/null

"${tickbox[@]}" &
server=$!
trap 'kill -TERM "$server" 2>/dev/null' INT TERM
wait "$server" || wait "$server" || true
