//! Lists in large accounts. A link to a tag knows when its task is due as long as that is open, so that a list of the tag is
//! walked along in its order like any other; triggers keep that true in the transaction of every write. And the indexes by
//! due date and by hand have what views and projects leave out, which need not look at each row for it any more.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261129_000014_lists", &[INDEXES, LINKS])
    .on_sqlite(&TRIGGERS_ON_SQLITE)
    .on_postgres(&TRIGGERS_ON_POSTGRES);

const INDEXES: &str = "
DROP INDEX tasks_by_due;
CREATE INDEX tasks_by_due ON tasks
    (user_id, deleted_at, is_completed, due_order, id, due_at, start_date, project_id);

DROP INDEX tasks_in_order;
CREATE INDEX tasks_in_order ON tasks (user_id, deleted_at, is_completed, position, id, project_id);

DROP INDEX tasks_in_project;
CREATE INDEX tasks_in_project ON tasks (user_id, deleted_at, is_completed, project_id, position, id, start_date);
";

const LINKS: &str = "
ALTER TABLE task_tags ADD COLUMN due_order {big};
UPDATE task_tags SET due_order = (
    SELECT task.due_order FROM tasks AS task
    WHERE task.user_id = task_tags.user_id AND task.id = task_tags.task_id
        AND NOT task.is_completed AND task.deleted_at IS NULL
);
CREATE INDEX tasks_of_tag_by_due ON task_tags (user_id, tag_id, due_order, task_id) WHERE due_order IS NOT NULL;
";

const TRIGGERS_ON_SQLITE: [&str; 2] = [
    "CREATE TRIGGER task_linked AFTER INSERT ON task_tags
    BEGIN
        UPDATE task_tags SET due_order = (
            SELECT due_order FROM tasks
            WHERE user_id = NEW.user_id AND id = NEW.task_id AND NOT is_completed AND deleted_at IS NULL
        ) WHERE user_id = NEW.user_id AND task_id = NEW.task_id AND tag_id = NEW.tag_id;
    END",
    "CREATE TRIGGER linked_task_changed AFTER UPDATE OF due_order, is_completed, deleted_at ON tasks
    WHEN (OLD.due_order, OLD.is_completed, OLD.deleted_at) IS NOT (NEW.due_order, NEW.is_completed, NEW.deleted_at)
    BEGIN
        UPDATE task_tags
            SET due_order = CASE WHEN NOT NEW.is_completed AND NEW.deleted_at IS NULL THEN NEW.due_order END
            WHERE user_id = NEW.user_id AND task_id = NEW.id;
    END",
];

const TRIGGERS_ON_POSTGRES: [&str; 4] = [
    "CREATE FUNCTION task_linked() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.due_order := (
            SELECT due_order FROM tasks
            WHERE user_id = NEW.user_id AND id = NEW.task_id AND NOT is_completed AND deleted_at IS NULL
        );
        RETURN NEW;
    END $$",
    "CREATE TRIGGER task_linked BEFORE INSERT ON task_tags FOR EACH ROW EXECUTE FUNCTION task_linked()",
    "CREATE FUNCTION linked_task_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE task_tags
            SET due_order = CASE WHEN NOT NEW.is_completed AND NEW.deleted_at IS NULL THEN NEW.due_order END
            WHERE user_id = NEW.user_id AND task_id = NEW.id;
        RETURN NULL;
    END $$",
    "CREATE TRIGGER linked_task_changed AFTER UPDATE OF due_order, is_completed, deleted_at ON tasks FOR EACH ROW
    WHEN ((OLD.due_order, OLD.is_completed, OLD.deleted_at)
        IS DISTINCT FROM (NEW.due_order, NEW.is_completed, NEW.deleted_at))
    EXECUTE FUNCTION linked_task_changed()",
];
