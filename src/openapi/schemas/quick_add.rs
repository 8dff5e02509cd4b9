//! What reading a line looks like.

use super::Priority;
use utoipa::ToSchema;

/// A line to read.
#[derive(ToSchema)]
pub(crate) struct QuickAddBody {
    #[schema(max_length = 10_000, example = "Pay rent every month on the 1st !high #home")]
    text: String,
    /// The local time to read it at, `YYYY-MM-DDTHH:MM`; yours now unless given.
    now: Option<String>,
    /// Choices to read it by instead of yours: `profile`, `date_order`, `clock`, `week_start`, `morning` and so on.
    settings: Option<serde_json::Value>,
    /// What shall stay text: words, or ranges of code points.
    ignored: Option<Vec<serde_json::Value>>,
}

/// What a line means.
#[derive(ToSchema)]
pub(crate) struct QuickAddReading {
    title: String,
    notes: Option<String>,
    #[schema(format = "date")]
    due_date: Option<String>,
    due_time: Option<String>,
    time_zone: Option<String>,
    /// One rule to a line (RFC 5545).
    rrule: Option<String>,
    rrule_anchor: Option<String>,
    priority: Priority,
    tags: Vec<String>,
    project: Option<String>,
    #[schema(format = "date")]
    deadline: Option<String>,
    duration_min: Option<i32>,
    /// Offsets from when it is due (`-PT15M`) or local times.
    reminders: Vec<String>,
    assignee: Option<String>,
    section: Option<String>,
    created: Option<String>,
    spans: Vec<QuickAddSpan>,
    /// Other readings.
    alternatives: Vec<QuickAddSpan>,
}

/// A stretch of the text, in code points, and what it means.
#[derive(ToSchema)]
pub(crate) struct QuickAddSpan {
    kind: String,
    start: usize,
    end: usize,
    value: String,
}
