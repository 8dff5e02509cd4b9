//! What reading needs: an index to each view's order, the text of tasks cut into pieces of three characters, names of
//! projects to look up, and saved filters.
//!
//! On SQLite the pieces are in an FTS5 table that triggers keep true in the transaction of every write. Its rows are
//! numbered account by account, so that a search reads one account's stretch of it and no other's. On PostgreSQL they
//! are a pg_trgm index, if that extension may be had; without it the same questions are answered more slowly.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261121_000009_reading", &[INDEXES, FILTERS])
    .on_sqlite(&SEARCH_ON_SQLITE)
    .on_postgres(&SEARCH_ON_POSTGRES);

const INDEXES: &str = "
CREATE INDEX tasks_in_order ON tasks (user_id, deleted_at, is_completed, position, id);
CREATE INDEX tasks_in_project ON tasks (user_id, deleted_at, is_completed, project_id, position, id);
CREATE INDEX tasks_by_update ON tasks (user_id, deleted_at, is_completed, updated_at, id);
CREATE INDEX tasks_by_completion ON tasks (user_id, completed_at, id)
    WHERE completed_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX tasks_in_bin ON tasks (user_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX tasks_by_due_down ON tasks
    (user_id, deleted_at, is_completed, (CASE WHEN due_order = 9223372036854775807 THEN 0 ELSE due_order END), id);
DROP INDEX tasks_by_instant;
ALTER TABLE projects ADD COLUMN name_key {key} NOT NULL DEFAULT '';
";

const FILTERS: &str = "
CREATE TABLE filters (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    name {text} NOT NULL,
    query {text} NOT NULL,
    colour {text},
    position {key} NOT NULL,
    revision {big} NOT NULL,
    created_at {big} NOT NULL,
    updated_at {big} NOT NULL,
    PRIMARY KEY (user_id, id)
) {strict};
";

/// What stands before the first part mark of `search_text` is the title.
const SEARCH_ON_SQLITE: [&str; 9] = [
    "CREATE TABLE search_accounts (
        number INTEGER PRIMARY KEY,
        user_id BLOB NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE
    ) STRICT",
    "CREATE TABLE search_entries (
        number INTEGER PRIMARY KEY,
        user_id BLOB NOT NULL,
        task_id BLOB NOT NULL,
        UNIQUE (user_id, task_id)
    ) STRICT",
    "CREATE VIRTUAL TABLE search_index
        USING fts5(title, rest, content='', detail='column', tokenize='trigram case_sensitive 1')",
    // A deleted text leaves nothing behind.
    "INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search_accounts (user_id) SELECT DISTINCT user_id FROM tasks",
    "INSERT INTO search_entries (number, user_id, task_id)
        SELECT (account.number << 32) + ROW_NUMBER() OVER (PARTITION BY task.user_id ORDER BY task.id),
            task.user_id, task.id
        FROM tasks AS task INNER JOIN search_accounts AS account ON account.user_id = task.user_id;
    INSERT INTO search_index (rowid, title, rest)
        SELECT entry.number,
            substr(task.search_text, 1, max(instr(task.search_text, char(31)) - 1, 0)),
            substr(task.search_text, instr(task.search_text, char(31)) + 1)
        FROM search_entries AS entry
        INNER JOIN tasks AS task ON task.user_id = entry.user_id AND task.id = entry.task_id",
    "CREATE TRIGGER search_added AFTER INSERT ON tasks
    BEGIN
        INSERT INTO search_accounts (user_id)
            SELECT NEW.user_id WHERE NOT EXISTS (SELECT 1 FROM search_accounts WHERE user_id = NEW.user_id);
        INSERT INTO search_entries (number, user_id, task_id)
            SELECT 1 + coalesce(
                (SELECT number FROM search_entries
                WHERE number BETWEEN account.number << 32 AND (account.number << 32) + 4294967295
                ORDER BY number DESC LIMIT 1),
                account.number << 32
            ), NEW.user_id, NEW.id
            FROM search_accounts AS account WHERE account.user_id = NEW.user_id;
        INSERT INTO search_index (rowid, title, rest)
            SELECT number,
                substr(NEW.search_text, 1, max(instr(NEW.search_text, char(31)) - 1, 0)),
                substr(NEW.search_text, instr(NEW.search_text, char(31)) + 1)
            FROM search_entries WHERE user_id = NEW.user_id AND task_id = NEW.id;
    END",
    "CREATE TRIGGER search_changed AFTER UPDATE OF search_text ON tasks WHEN OLD.search_text <> NEW.search_text
    BEGIN
        INSERT INTO search_index (search_index, rowid, title, rest)
            SELECT 'delete', number,
                substr(OLD.search_text, 1, max(instr(OLD.search_text, char(31)) - 1, 0)),
                substr(OLD.search_text, instr(OLD.search_text, char(31)) + 1)
            FROM search_entries WHERE user_id = OLD.user_id AND task_id = OLD.id;
        INSERT INTO search_index (rowid, title, rest)
            SELECT number,
                substr(NEW.search_text, 1, max(instr(NEW.search_text, char(31)) - 1, 0)),
                substr(NEW.search_text, instr(NEW.search_text, char(31)) + 1)
            FROM search_entries WHERE user_id = NEW.user_id AND task_id = NEW.id;
    END",
    "CREATE TRIGGER search_removed AFTER DELETE ON tasks
    BEGIN
        INSERT INTO search_index (search_index, rowid, title, rest)
            SELECT 'delete', number,
                substr(OLD.search_text, 1, max(instr(OLD.search_text, char(31)) - 1, 0)),
                substr(OLD.search_text, instr(OLD.search_text, char(31)) + 1)
            FROM search_entries WHERE user_id = OLD.user_id AND task_id = OLD.id;
        DELETE FROM search_entries WHERE user_id = OLD.user_id AND task_id = OLD.id;
    END",
];

const SEARCH_ON_POSTGRES: [&str; 2] = [
    // Whoever owns a database may usually add this extension to it; where not, the block goes on without.
    "DO $$ BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
    EXCEPTION WHEN OTHERS THEN
        RAISE WARNING 'pg_trgm cannot be had: %', SQLERRM;
    END $$",
    "DO $$ BEGIN
        IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') THEN
            CREATE INDEX tasks_by_text ON tasks USING gin (search_text gin_trgm_ops);
        END IF;
    END $$",
];
