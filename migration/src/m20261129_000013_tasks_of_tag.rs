//! Lists the tasks of a tag without reading the links of all tags: the index has what is asked for, so that no other is
//! preferred to it.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261129_000013_tasks_of_tag", &[INDEX]);

const INDEX: &str = "
DROP INDEX tasks_of_tag;

CREATE INDEX tasks_of_tag ON task_tags (user_id, tag_id, task_id);
";
