//! Reads a phrase that says nothing but how something repeats, such as "every 2 weeks on mon, fri".

use super::{Names, Settings, SpanKind, parse};
use crate::{
    accounts::ZoneName,
    calendar::{ClockTime, Date, LocalTime},
    tasks::RecurrenceAnchor,
};

/// What stands before the phrase, so that there is a title when it is read as a line.
const TITLE: &str = "Task";

/// How something repeats, and when it is due first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repetition {
    /// The rules (RFC 5545).
    pub rrule: String,
    /// What they are counted from.
    pub anchor: RecurrenceAnchor,
    /// The first date.
    pub due_date: Option<Date>,
    /// Its time; none is all day.
    pub due_time: Option<ClockTime>,
    /// The zone of the time, where one is named.
    pub time_zone: Option<ZoneName>,
}

/// Reads such a phrase; none if it says anything else, or what is no repetition.
///
/// ```
/// use domain::{calendar::{ClockTime, LocalTime, parse_date}, quick_add::{Settings, read_repetition}};
///
/// let now = LocalTime { date: parse_date("2026-11-20").unwrap(), clock: ClockTime::MIDNIGHT };
/// let read = |text: &str| read_repetition(text, now, &Settings::default()).map(|read| read.rrule);
/// assert_eq!(read("every 2 weeks on mon, fri").as_deref(), Some("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR"));
/// assert_eq!(read("every day !high"), None);
/// assert_eq!(read("when it rains"), None);
/// ```
pub fn read_repetition(text: &str, now: LocalTime, settings: &Settings) -> Option<Repetition> {
    let parsed = parse(&format!("{TITLE} {text}"), now, settings, &Names::default(), &[]);
    let says_no_more = parsed.title == TITLE && parsed.spans.iter().all(|span| span.kind == SpanKind::Recurrence);
    let anchor = parsed.rrule_anchor.filter(|_| says_no_more)?;
    Some(Repetition {
        rrule: parsed.rrule?,
        anchor,
        due_date: parsed.due_date,
        due_time: parsed.due_time,
        time_zone: parsed.time_zone,
    })
}
