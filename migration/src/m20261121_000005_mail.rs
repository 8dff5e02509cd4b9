//! Mails that wait to be sent, and the links in them. Neither table holds a token: a link's is worked out from its id by
//! a key that the database does not have, and only its hash is kept, to find the link by.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261121_000005_mail", &[TABLES]);

const TABLES: &str = "
ALTER TABLE users ADD COLUMN awaits_verification {bool} NOT NULL DEFAULT FALSE;

CREATE TABLE outbox (
    id {uuid} PRIMARY KEY,
    user_id {uuid} REFERENCES users (id) ON DELETE CASCADE,
    recipient {text} NOT NULL,
    message {text} NOT NULL,
    attempts {big} NOT NULL,
    created_at {big} NOT NULL,
    next_at {big} NOT NULL
) {strict};

CREATE INDEX outbox_by_time ON outbox (next_at);
CREATE INDEX outbox_of_user ON outbox (user_id);

CREATE TABLE mail_links (
    id {uuid} PRIMARY KEY,
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose {text} NOT NULL,
    token_hash {bytes} NOT NULL UNIQUE,
    email {text},
    expires_at {big} NOT NULL,
    used_at {big}
) {strict};

CREATE INDEX mail_links_of_user ON mail_links (user_id, purpose);
";
