//! What an account owns: projects, tags, tasks, and the log of every change to them. Whatever a client may name itself
//! has the key (user_id, id), so that a clash with a stranger's id can neither happen nor be noticed.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261120_000002_tasks", &[LISTS, TASKS, LOG]);

const LISTS: &str = "
CREATE TABLE projects (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    parent_id {uuid},
    name {text} NOT NULL,
    colour {text},
    position {key} NOT NULL,
    archived_at {big},
    revision {big} NOT NULL,
    created_at {big} NOT NULL,
    updated_at {big} NOT NULL,
    deleted_at {big},
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, parent_id) REFERENCES projects (user_id, id)
) {strict};

CREATE TABLE tags (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    name {text} NOT NULL,
    name_key {key} NOT NULL,
    colour {text},
    created_at {big} NOT NULL,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, name_key)
) {strict};
";

const TASKS: &str = "
CREATE TABLE tasks (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    project_id {uuid},
    parent_id {uuid},
    title {text} NOT NULL,
    title_key {key} NOT NULL,
    notes {text},
    search_text {text} NOT NULL,
    is_completed {bool} NOT NULL,
    completed_at {big},
    priority {small} NOT NULL,
    due_date {date},
    due_minutes {small},
    time_zone {text},
    due_at {big},
    due_order {big} NOT NULL,
    start_date {date},
    deadline {date},
    duration_min {int},
    rrule {text},
    rrule_anchor {text},
    position {key} NOT NULL,
    revision {big} NOT NULL,
    updated_sequence {big} NOT NULL,
    created_at {big} NOT NULL,
    updated_at {big} NOT NULL,
    deleted_at {big},
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, project_id) REFERENCES projects (user_id, id),
    FOREIGN KEY (user_id, parent_id) REFERENCES tasks (user_id, id)
) {strict};

CREATE INDEX tasks_by_instant ON tasks (user_id, deleted_at, completed_at, due_at);
CREATE INDEX tasks_by_due ON tasks (user_id, deleted_at, is_completed, due_order, id);
CREATE INDEX tasks_by_title ON tasks (user_id, deleted_at, is_completed, title_key, id);
CREATE INDEX tasks_by_creation ON tasks (user_id, deleted_at, is_completed, created_at, id);
CREATE INDEX tasks_by_priority ON tasks (user_id, deleted_at, is_completed, priority, id);
CREATE INDEX tasks_by_position ON tasks (user_id, position, id);
CREATE INDEX tasks_of_project ON tasks (user_id, project_id, position);
CREATE INDEX tasks_of_parent ON tasks (user_id, parent_id);
CREATE INDEX tasks_by_change ON tasks (user_id, updated_sequence);

CREATE TABLE task_tags (
    user_id {uuid} NOT NULL,
    task_id {uuid} NOT NULL,
    tag_id {uuid} NOT NULL,
    place {small} NOT NULL,
    PRIMARY KEY (user_id, task_id, tag_id),
    FOREIGN KEY (user_id, task_id) REFERENCES tasks (user_id, id) ON DELETE CASCADE,
    FOREIGN KEY (user_id, tag_id) REFERENCES tags (user_id, id) ON DELETE CASCADE
) {strict};

CREATE INDEX tasks_of_tag ON task_tags (user_id, tag_id);

CREATE TABLE completions (
    user_id {uuid} NOT NULL,
    task_id {uuid} NOT NULL,
    occurrence {text} NOT NULL,
    completed_at {big} NOT NULL,
    replaced {text} NOT NULL,
    PRIMARY KEY (user_id, task_id, occurrence),
    FOREIGN KEY (user_id, task_id) REFERENCES tasks (user_id, id) ON DELETE CASCADE
) {strict};

CREATE TABLE reminders (
    user_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    task_id {uuid} NOT NULL,
    minutes_before {int},
    remind_at {big},
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, task_id) REFERENCES tasks (user_id, id) ON DELETE CASCADE
) {strict};
";

const LOG: &str = "
CREATE TABLE change_log (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sequence {big} NOT NULL,
    change_id {uuid} NOT NULL,
    entity {text} NOT NULL,
    entity_id {uuid} NOT NULL,
    action {text} NOT NULL,
    fields_before {text},
    fields_after {text},
    session_id {uuid},
    created_at {big} NOT NULL,
    PRIMARY KEY (user_id, sequence),
    UNIQUE (user_id, change_id)
) {strict};

CREATE TABLE idempotency_keys (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name {key} NOT NULL,
    request {bytes} NOT NULL,
    answer {text} NOT NULL,
    created_at {big} NOT NULL,
    PRIMARY KEY (user_id, name)
) {strict};
";
