//! Reads a phrase that says nothing but when: how something repeats, such as "every 2 weeks on mon, fri", or when it is
//! due, such as "tomorrow 5pm".

use super::{Names, Parsed, Settings, SpanKind, parse};
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
    let parsed = read_alone(text, now, settings, &[SpanKind::Recurrence])?;
    Some(Repetition {
        rrule: parsed.rrule?,
        anchor: parsed.rrule_anchor?,
        due_date: parsed.due_date,
        due_time: parsed.due_time,
        time_zone: parsed.time_zone,
    })
}

/// When something is due, and how it repeats if it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The day; of what repeats, the first.
    pub date: Date,
    /// The time; none is all day.
    pub time: Option<ClockTime>,
    /// The zone of the time, where one is named.
    pub time_zone: Option<ZoneName>,
    /// The rules (RFC 5545) and what they are counted from.
    pub repetition: Option<(String, RecurrenceAnchor)>,
}

/// Reads a phrase that says when something is due; none if it does not, or says anything else.
///
/// ```
/// use domain::{calendar::{ClockTime, LocalTime, parse_date}, quick_add::{Settings, read_due}};
///
/// let now = LocalTime { date: parse_date("2026-11-20").unwrap(), clock: ClockTime::MIDNIGHT };
/// let read = |text: &str| read_due(text, now, &Settings::default()).map(|due| due.date);
/// assert_eq!(read("in 3 days"), parse_date("2026-11-23"));
/// assert_eq!(read("call Ann in 3 days"), None);
/// ```
pub fn read_due(text: &str, now: LocalTime, settings: &Settings) -> Option<Due> {
    let parsed = read_alone(text, now, settings, &[SpanKind::Due, SpanKind::Recurrence])?;
    Some(Due {
        date: parsed.due_date?,
        time: parsed.due_time,
        time_zone: parsed.time_zone,
        repetition: parsed.rrule.zip(parsed.rrule_anchor),
    })
}

/// Reads a phrase that says nothing but what is of these kinds.
fn read_alone(text: &str, now: LocalTime, settings: &Settings, kinds: &[SpanKind]) -> Option<Parsed> {
    let parsed = parse(&format!("{TITLE} {text}"), now, settings, &Names::default(), &[]);
    let says_no_more = parsed.title == TITLE && parsed.spans.iter().all(|span| kinds.contains(&span.kind));
    says_no_more.then_some(parsed)
}
