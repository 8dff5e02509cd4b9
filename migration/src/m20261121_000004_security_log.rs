//! What happened to an account, entry by entry, each with the hash of all before it.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261121_000004_security_log", &[TABLES]);

const TABLES: &str = "
CREATE TABLE security_log (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    number {big} NOT NULL,
    at {big} NOT NULL,
    event {text} NOT NULL,
    failures_before {big} NOT NULL,
    ip {text},
    user_agent {text},
    hash {bytes} NOT NULL,
    PRIMARY KEY (user_id, number)
) {strict};
";
