//! Reads when to be reminded: `remind me 15m before`, `remind at 8:30`, and `!30 min before` as in Todoist.

use super::{
    moments::{self, Moment},
    settings::Settings,
    times,
    vocabulary::Unit,
    words::{Cursor, Word},
};
use crate::{
    accounts::QuickAddProfile,
    calendar::{Date, LocalTime, format_date},
};

/// When to be reminded.
#[derive(Debug, Clone)]
pub(super) enum Reminder {
    /// So long before it is due.
    Before(u16, Unit),
    /// At a time of its own.
    At(Box<Moment>),
}

impl Reminder {
    /// As an offset of RFC 5545, or as a local time; a time without a date is on the day it is due.
    pub(super) fn text(&self, due: Option<Date>) -> Option<String> {
        match self {
            Self::Before(count, unit) => due.and(offset(*count, *unit)),
            Self::At(moment) => {
                let date = due.filter(|_| moment.bare_time).unwrap_or(moment.date);
                Some(format!("{}T{}", format_date(date), moment.time?))
            }
        }
    }
}

fn offset(count: u16, unit: Unit) -> Option<String> {
    match unit {
        Unit::Minute => Some(format!("-PT{count}M")),
        Unit::Hour => Some(format!("-PT{count}H")),
        Unit::Day => Some(format!("-P{count}D")),
        Unit::Week => Some(format!("-P{count}W")),
        _ => None,
    }
}

/// A reminder that begins at this word, and the place after it.
pub(super) fn reminder(
    words: &[Word<'_>],
    at: usize,
    now: LocalTime,
    settings: &Settings,
) -> Option<(Reminder, usize)> {
    let first = words.get(at).filter(|word| !word.glued)?;
    if first.is("remind") {
        let mut cursor = Cursor::new(words, at);
        cursor.next()?;
        let _ = cursor.take(&["me"]);
        let reminder = before(&mut cursor).or_else(|| at_moment(&mut cursor, now, settings))?;
        return Some((reminder, cursor.place()));
    }
    if settings.profile != QuickAddProfile::Todoist || first.literal {
        return None;
    }
    let core = first.core.strip_prefix('!').filter(|core| !core.is_empty())?;
    let mut tail: Vec<Word<'_>> = words.iter().skip(at).take(MOST_WORDS).copied().collect();
    if let Some(first) = tail.first_mut() {
        first.core = core;
    }
    let mut cursor = Cursor::new(&tail, 0);
    let reminder = before(&mut cursor).or_else(|| timed(&mut cursor, now, settings))?;
    Some((reminder, at + cursor.place()))
}

/// The most words after Todoist's mark that can belong to a reminder.
const MOST_WORDS: usize = 8;

fn before(cursor: &mut Cursor<'_, '_>) -> Option<Reminder> {
    cursor.read(|ahead| {
        let (count, unit) = times::quantity(ahead)?;
        let _ = offset(count, unit)?;
        if ahead.take(&["before"]) { Some(Reminder::Before(count, unit)) } else { None }
    })
}

fn at_moment(cursor: &mut Cursor<'_, '_>, now: LocalTime, settings: &Settings) -> Option<Reminder> {
    if !cursor.peek().is_some_and(|word| word.eq_ignore_ascii_case("at") || word.starts_with('@')) {
        return None;
    }
    timed(cursor, now, settings).or_else(|| {
        cursor.next()?;
        timed(cursor, now, settings)
    })
}

fn timed(cursor: &mut Cursor<'_, '_>, now: LocalTime, settings: &Settings) -> Option<Reminder> {
    let moment = cursor.read(|ahead| moments::moment(ahead, now, settings).filter(|moment| moment.time.is_some()))?;
    Some(Reminder::At(Box::new(moment)))
}
