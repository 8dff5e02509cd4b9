//! What a line was found to mean, in the shape that REST answers. How it was found out is not here.

use super::recurrence::Recurrence;
use crate::{
    accounts::ZoneName,
    calendar::{ClockTime, Date, optional_date},
    choice::choice,
    tasks::{DurationMinutes, Priority, RecurrenceAnchor, TagName},
};
use serde::Serialize;

choice!(
    /// What a stretch of the text was read as.
    SpanKind {
        #[default] #[doc = "The due date, with its time and zone."] Due = "due",
        #[doc = "The rule of a recurring task."] Recurrence = "recurrence",
        #[doc = "The day that cannot be missed."] Deadline = "deadline",
        #[doc = "When to be reminded."] Reminder = "reminder",
        #[doc = "How long it takes."] Duration = "duration",
        #[doc = "How much it matters."] Priority = "priority",
        #[doc = "A tag."] Tag = "tag",
        #[doc = "The project."] Project = "project",
        #[doc = "The person who shall do it."] Assignee = "assignee",
        #[doc = "The section of the project."] Section = "section",
        #[doc = "The day it was written down."] Created = "created",
        #[doc = "The notes."] Notes = "notes",
    }
);

impl SpanKind {
    /// Whether the stretch says when: such stretches go back into a title that would be empty without them.
    pub(super) fn says_when(self) -> bool {
        matches!(self, Self::Due | Self::Recurrence | Self::Deadline | Self::Reminder | Self::Duration)
    }
}

/// A stretch of the text and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// What it was read as.
    pub kind: SpanKind,
    /// Its first code point.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// The meaning as canonical text: `2026-11-21 17:00`, `high`, `FREQ=DAILY`.
    pub value: String,
}

/// One task as it was read from one line. What the line does not say is null, empty or none.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Parsed {
    /// What is left for the title; empty if the line has nothing but marks.
    pub title: String,
    /// What follows `//`.
    pub notes: Option<String>,
    /// The day it is due; of a recurring task, the first.
    #[serde(with = "optional_date")]
    pub due_date: Option<Date>,
    /// The time it is due; none is all day.
    pub due_time: Option<ClockTime>,
    /// The zone of the time, where one is named.
    pub time_zone: Option<ZoneName>,
    /// How it repeats (RFC 5545); of several rules, which apply together, each is on a line of its own.
    pub rrule: Option<String>,
    /// What its repetition counts from.
    pub rrule_anchor: Option<RecurrenceAnchor>,
    /// How much it matters.
    pub priority: Priority,
    /// Its tags, none twice.
    pub tags: Vec<TagName>,
    /// The name of its project.
    pub project: Option<String>,
    /// The day that cannot be missed.
    #[serde(with = "optional_date")]
    pub deadline: Option<Date>,
    /// How long it takes, in minutes.
    pub duration_min: Option<DurationMinutes>,
    /// When to be reminded: an offset from when it is due (`-PT15M`) or a local time (`2026-11-23T08:30`).
    pub reminders: Vec<String>,
    /// Who shall do it.
    pub assignee: Option<String>,
    /// The section of the project.
    pub section: Option<String>,
    /// The day it was written down (todo.txt).
    #[serde(with = "optional_date")]
    pub created: Option<Date>,
    /// The stretches that were understood, in order, without overlaps.
    pub spans: Vec<Span>,
    /// Other readings: phrases that stayed in the title, and the other order of day and month.
    pub alternatives: Vec<Span>,
    /// The rule before it became text, for [`super::render`].
    #[serde(skip)]
    pub(super) recurrence: Option<Recurrence>,
}

impl Parsed {
    /// Whether the line says nothing to do: the answer to that is the error `title_required`.
    pub fn lacks_title(&self) -> bool {
        self.title.is_empty()
    }

    /// Whether both mean the same task, wherever in their texts it was said.
    pub fn means_the_same_as(&self, other: &Self) -> bool {
        let bare =
            |parsed: &Self| Self { spans: Vec::new(), alternatives: Vec::new(), recurrence: None, ..parsed.clone() };
        bare(self) == bare(other)
    }
}
