//! What guards an account beside its password. Secrets are sealed, recovery codes hashed; a passkey is a public key.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261121_000006_factors", &[TABLES]);

const TABLES: &str = "
CREATE TABLE totp (
    user_id {uuid} PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    sealed_secret {bytes} NOT NULL,
    last_step {big} NOT NULL,
    created_at {big} NOT NULL,
    confirmed_at {big}
) {strict};

CREATE TABLE recovery_codes (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash {bytes} NOT NULL,
    PRIMARY KEY (user_id, hash)
) {strict};

CREATE TABLE sign_in_challenges (
    id {uuid} PRIMARY KEY,
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    remember {bool} NOT NULL,
    failures_before {big} NOT NULL,
    tries {big} NOT NULL,
    expires_at {big} NOT NULL
) {strict};

CREATE INDEX sign_in_challenges_of_user ON sign_in_challenges (user_id);
CREATE INDEX sign_in_challenges_by_age ON sign_in_challenges (expires_at);

CREATE TABLE passkeys (
    id {uuid} PRIMARY KEY,
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    credential_id {bytes} NOT NULL UNIQUE,
    credential {text} NOT NULL,
    name {text} NOT NULL,
    created_at {big} NOT NULL,
    last_used_at {big}
) {strict};

CREATE INDEX passkeys_of_user ON passkeys (user_id, created_at);

CREATE TABLE ceremonies (
    id {uuid} PRIMARY KEY,
    user_id {uuid} REFERENCES users (id) ON DELETE CASCADE,
    state {text} NOT NULL,
    expires_at {big} NOT NULL
) {strict};

CREATE INDEX ceremonies_of_user ON ceremonies (user_id);
CREATE INDEX ceremonies_by_age ON ceremonies (expires_at);
";
