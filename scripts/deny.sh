#!/usr/bin/env bash
# Judges the dependencies by deny.toml. Licences, bans and sources need nothing but Cargo.lock; known holes need the
# RustSec database, which lies on GitHub and in no package registry. Where GitHub cannot be reached, a database that was
# fetched before is used; where there is none, that is said where nobody can overlook it.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly database=${CARGO_HOME:-$HOME/.cargo}/advisory-dbs

cargo deny --locked check bans licenses sources

if timeout 120 cargo deny --log-level off fetch db 2>/dev/null; then
    cargo deny --locked --offline check advisories
elif compgen -G "$database/advisory-db-*/.git" >/dev/null; then
    echo "!! The RustSec database could not be fetched: known holes are looked for in the one of an earlier day." >&2
    cargo deny --locked --offline check advisories
else
    echo "!! KNOWN HOLES WERE NOT LOOKED FOR: the RustSec database could not be fetched from GitHub, and there is no earlier" >&2
    echo "!! one. Run scripts/deny.sh where GitHub can be reached." >&2
fi
