//! Quick add: reads a line such as `Pay rent every month on the 1st !high #home` into the fields of a task. A pure
//! function of the text, the local time and a person's choices; it knows no clock and changes nothing.
//!
//! The way of a line: `words` cuts it, `marks` reads what has a sign, `reminders` what begins with "remind",
//! `candidates` the phrases that say when (`moments` once, `phrases` repeatedly), `line` decides, `title` has the rest.

mod candidates;
mod dates;
mod days;
mod first;
mod line;
mod lines;
mod marks;
mod moments;
mod parsed;
mod phrases;
mod recurrence;
mod reminders;
mod render;
mod rule;
mod settings;
mod times;
mod title;
mod vocabulary;
mod words;

use crate::{Error, calendar::LocalTime};
pub use lines::{Line, MOST_LINES};
pub use parsed::{Parsed, Span, SpanKind};
pub use render::render;
pub use settings::{DayParts, Ignored, Names, Settings};

/// Reads one task; line breaks count as spaces. What is in `ignored` stays text.
///
/// ```
/// use domain::{calendar::{ClockTime, LocalTime, parse_date}, quick_add::{Names, Settings, parse}};
///
/// let now = LocalTime { date: parse_date("2026-11-20").unwrap(), clock: ClockTime::from_minutes(600).unwrap() };
/// let task = parse("Call mom tomorrow 5pm #family", now, &Settings::default(), &Names::default(), &[]);
/// assert_eq!(task.title, "Call mom");
/// assert_eq!(task.due_date, parse_date("2026-11-21"));
/// assert_eq!(task.spans.len(), 2);
/// ```
pub fn parse(text: &str, now: LocalTime, settings: &Settings, names: &Names<'_>, ignored: &[Ignored]) -> Parsed {
    line::line(text, 0, line::Context { now, settings, names, ignored })
}

/// Reads every line as a task of its own; what is indented is a part of the line above it.
///
/// # Errors
/// More than [`MOST_LINES`] lines with text.
pub fn parse_lines(
    text: &str,
    now: LocalTime,
    settings: &Settings,
    names: &Names<'_>,
    ignored: &[Ignored],
) -> Result<Vec<Line>, Error> {
    lines::lines(text, line::Context { now, settings, names, ignored })
}
