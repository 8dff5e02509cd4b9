//! One change may touch several rows: the log keeps one entry to each of them, says in words what was done, and knows
//! which change took back which.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261121_000008_ledger", &[LOG]);

const LOG: &str = "
ALTER TABLE change_log RENAME TO change_log_of_single_rows;

CREATE TABLE change_log (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sequence {big} NOT NULL,
    place {int} NOT NULL,
    change_id {uuid} NOT NULL,
    kind {text} NOT NULL,
    action {text} NOT NULL,
    label {text} NOT NULL,
    entity {text} NOT NULL,
    entity_id {uuid} NOT NULL,
    fields_before {text},
    fields_after {text},
    session_id {uuid},
    created_at {big} NOT NULL,
    reverses {big},
    undone_by {big},
    PRIMARY KEY (user_id, sequence, place),
    UNIQUE (user_id, change_id, place)
) {strict};

INSERT INTO change_log (user_id, sequence, place, change_id, kind, action, label, entity, entity_id, fields_before,
    fields_after, session_id, created_at)
SELECT user_id, sequence, 0, change_id, 'change', action, action, entity, entity_id, fields_before,
    fields_after, session_id, created_at
FROM change_log_of_single_rows;

DROP TABLE change_log_of_single_rows;

CREATE INDEX changes_of_row ON change_log (user_id, entity_id, sequence);
";
