//! API tokens and invitations. Of either only the hash is stored: whoever reads the database can use neither.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261121_000007_operator", &[TABLES]);

const TABLES: &str = "
CREATE TABLE api_tokens (
    id {uuid} PRIMARY KEY,
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash {bytes} NOT NULL UNIQUE,
    name {text} NOT NULL,
    last_four {text} NOT NULL,
    scopes {text} NOT NULL,
    created_at {big} NOT NULL,
    last_used_at {big},
    expires_at {big}
) {strict};

CREATE INDEX api_tokens_of_user ON api_tokens (user_id, created_at);

CREATE TABLE invites (
    id {uuid} PRIMARY KEY,
    hash {bytes} NOT NULL UNIQUE,
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at {big} NOT NULL,
    expires_at {big} NOT NULL
) {strict};
";
