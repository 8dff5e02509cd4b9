//! Finds what was deleted for good long ago without reading the whole log.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261129_000012_removals", &[INDEX]);

const INDEX: &str = "CREATE INDEX removals ON change_log (created_at) WHERE entity = 'task' AND fields_after IS NULL";
