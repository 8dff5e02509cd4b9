//! Finds the newest change that stands, and the newest undo, whatever the length of the log. An entry with place 0 is
//! there once to each change.

use crate::sql::Step;

pub(crate) const STEP: Step = Step::of("m20261128_000010_way_back", &[INDEX]);

const INDEX: &str = "CREATE INDEX changes_by_kind ON change_log (user_id, kind, sequence, undone_by) WHERE place = 0";
