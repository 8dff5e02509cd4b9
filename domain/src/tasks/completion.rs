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

/// A completed date as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompletedDate {
    /// The completion's id.
    pub id: CompletionId,
    /// The task.
    pub task_id: TaskId,
    /// Its title as it is now.
    pub title: String,
    /// The date that was due.
    pub occurrence: Occurrence,
    /// When it was completed.
    pub completed_at: Timestamp,
}

/// Some of the dates that were completed, the last first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompletedDates {
    /// The dates.
    pub items: Vec<CompletedDate>,
    /// What to send as `cursor` for the next page.
    pub next_cursor: Option<String>,
    /// Whether there is a next page.
    pub has_more: bool,
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
