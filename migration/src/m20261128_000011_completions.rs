//! Completions get an id of their own, which the change log names them by. Nothing was in their table before.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261128_000011_completions", &[COMPLETIONS]);

const COMPLETIONS: &str = "
DROP TABLE completions;

CREATE TABLE completions (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    task_id {uuid} NOT NULL,
    occurrence {text} NOT NULL,
    completed_at {big} NOT NULL,
    replaced {text} NOT NULL,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, task_id, occurrence),
    FOREIGN KEY (user_id, task_id) REFERENCES tasks (user_id, id) ON DELETE CASCADE
) {strict};

CREATE INDEX completions_by_time ON completions (user_id, completed_at, id);
";
