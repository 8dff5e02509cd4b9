//! One date of a task that repeats which was completed, and what that replaced.

use crate::{
    Timestamp,
    calendar::{Date, optional_date},
    ids::{CompletionId, TaskId},
    recurrence::{Occurrence, RuleSet},
};
use serde::{Deserialize, Serialize};

/// A date that was completed. No task has two for the same date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    /// Its id.
    pub id: CompletionId,
    /// The task.
    pub task_id: TaskId,
    /// The date that was due.
    pub occurrence: Occurrence,
    /// When it was completed.
    pub completed_at: Timestamp,
    /// What the task was like before, where it was not the date.
    pub replaced: Replaced,
}

/// What a completion replaced, beside the date that it names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replaced {
    /// The rules, with what was left of their count.
    pub rrule: RuleSet,
    /// The day until which the task was out of sight.
    #[serde(with = "optional_date")]
    pub start_date: Option<Date>,
    /// The day that could not be missed.
    #[serde(with = "optional_date")]
    pub deadline: Option<Date>,
    /// The parts of it that were done and were opened again.
    pub reopened: Vec<TaskId>,
}
