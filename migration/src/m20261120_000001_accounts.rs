//! Accounts and their sessions. No token is stored: a session holds the counter that its refresh tokens are made from.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261120_000001_accounts", &[TABLES]);

const TABLES: &str = "
CREATE TABLE instance (
    name {key} PRIMARY KEY,
    value {text} NOT NULL
) {strict};

CREATE TABLE users (
    id {uuid} PRIMARY KEY,
    email {text} NOT NULL,
    email_key {key} NOT NULL UNIQUE,
    name {text},
    password_hash {text} NOT NULL,
    is_active {bool} NOT NULL,
    is_admin {bool} NOT NULL,
    email_verified_at {big},
    settings {text} NOT NULL,
    change_sequence {big} NOT NULL,
    created_at {big} NOT NULL,
    updated_at {big} NOT NULL
) {strict};

CREATE TABLE sessions (
    id {uuid} PRIMARY KEY,
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    refresh_counter {big} NOT NULL,
    rotated_at {big},
    remember {bool} NOT NULL,
    created_at {big} NOT NULL,
    last_used_at {big} NOT NULL,
    idle_expires_at {big} NOT NULL,
    absolute_expires_at {big} NOT NULL,
    ip {text},
    user_agent {text},
    confirmed_at {big},
    ended_at {big},
    ended_reason {text}
) {strict};

CREATE INDEX sessions_of_user ON sessions (user_id, ended_at, created_at);
";
