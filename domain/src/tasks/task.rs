//! A task as its owner sees it.

use crate::{
    Timestamp,
    accounts::ZoneName,
    calendar::{ClockTime, Date, optional_date},
    choice::choice,
    ids::{ProjectId, TaskId, UserId},
    recurrence::{RuleSet, describe},
    tasks::{DurationMinutes, Kin, Notes, OrderKey, Priority, Tags, Title},
};
use serde::{Deserialize, Serialize};

choice!(
    /// What the next date of a recurring task is counted from.
    RecurrenceAnchor { #[default] #[doc = "From the schedule."] Schedule = "schedule", #[doc = "From the day it was done."] Completion = "completion" }
);

/// A task, with every field that the API shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// The task's id.
    pub id: TaskId,
    /// Whose it is.
    pub user_id: UserId,
    /// The project it belongs to; none is the inbox.
    pub project_id: Option<ProjectId>,
    /// The task it is a part of.
    pub parent_id: Option<TaskId>,
    /// What is to be done.
    pub title: Title,
    /// What else there is to say, in Markdown.
    pub notes: Option<Notes>,
    /// Whether it is done.
    pub is_completed: bool,
    /// Since when it is done.
    pub completed_at: Option<Timestamp>,
    /// How much it matters.
    pub priority: Priority,
    /// Its tags, by name.
    pub tags: Tags,
    /// The day it is due.
    #[serde(with = "optional_date")]
    pub due_date: Option<Date>,
    /// The time it is due; none is all day.
    pub due_time: Option<ClockTime>,
    /// The zone of `due_time`; none floats with its owner.
    pub time_zone: Option<ZoneName>,
    /// The instant it is overdue from, derived from the fields above; all day means the end of that day.
    pub due_at: Option<Timestamp>,
    /// The day until which it is out of sight.
    #[serde(with = "optional_date")]
    pub start_date: Option<Date>,
    /// The day that cannot be missed.
    #[serde(with = "optional_date")]
    pub deadline: Option<Date>,
    /// How long it is thought to take, in minutes.
    pub duration_min: Option<DurationMinutes>,
    /// How it repeats (RFC 5545). In JSON there is `repeat` beside it, which says the same in words.
    #[serde(flatten, with = "rules_and_words")]
    pub rrule: Option<RuleSet>,
    /// What its repetition counts from.
    pub rrule_anchor: Option<RecurrenceAnchor>,
    /// Its place in the manual order.
    pub position: OrderKey,
    /// Grows by one with each change; the ETag.
    pub revision: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Since when it is in the bin.
    pub deleted_at: Option<Timestamp>,
}

impl Task {
    /// Whether it should have been done by `now`.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        !self.is_completed && self.due_at.is_some_and(|due| due <= now)
    }
}

/// Rules as two members of an object: what they are, and what that means.
mod rules_and_words {
    use super::{Deserialize, RuleSet, Serialize, describe};
    use serde::{Deserializer, Serializer};

    #[derive(Serialize)]
    struct Written<'a> {
        rrule: &'a Option<RuleSet>,
        repeat: Option<String>,
    }

    #[derive(Deserialize)]
    struct Read {
        rrule: Option<RuleSet>,
    }

    pub(super) fn serialize<S: Serializer>(rrule: &Option<RuleSet>, serializer: S) -> Result<S::Ok, S::Error> {
        Written { rrule, repeat: rrule.as_ref().map(describe) }.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<RuleSet>, D::Error> {
        Ok(Read::deserialize(deserializer)?.rrule)
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskPage {
    /// The tasks in the order that was asked for.
    pub items: Vec<Task>,
    /// What to send as `cursor` for the next page.
    pub next_cursor: Option<String>,
    /// Whether there is a next page.
    pub has_more: bool,
    /// How many there are on all pages, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Of each of the items in turn, if that was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kin: Vec<Kin>,
}
