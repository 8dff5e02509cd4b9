//! Reads when something is due once: a date, a time or both, or a distance from now. What repeats is read in
//! `recurrence`; which of several phrases counts is decided in `line`.

use super::{
    dates::{self, FoundDate, Strength},
    days,
    settings::Settings,
    times::{self, FoundTime},
    vocabulary::{Unit, digits, unit},
    words::Cursor,
};
use crate::{
    accounts::ZoneName,
    calendar::{ClockTime, Date, LocalTime, parse_date},
};

/// When something is due once.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    pub(super) date: Date,
    pub(super) time: Option<ClockTime>,
    pub(super) zone: Option<ZoneName>,
    pub(super) duration: Option<u16>,
    pub(super) strength: Strength,
    /// The date is a weekday and nothing else: a preposition before it makes it sure.
    pub(super) bare_weekday: bool,
    /// The date in the other order of day and month.
    pub(super) other: Option<Date>,
    /// Only a time was said, and nothing about the day.
    pub(super) bare_time: bool,
}

impl Moment {
    fn on(date: Date, time: Option<ClockTime>) -> Self {
        Self {
            date,
            time,
            zone: None,
            duration: None,
            strength: Strength::Strong,
            bare_weekday: false,
            other: None,
            bare_time: false,
        }
    }
}

/// Reads a moment.
pub(super) fn moment(cursor: &mut Cursor<'_, '_>, now: LocalTime, settings: &Settings) -> Option<Moment> {
    cursor
        .read(|ahead| distance(ahead, now, settings))
        .or_else(|| cursor.word(date_and_time_in_one))
        .or_else(|| {
            cursor.read(|ahead| {
                let date = dates::date(ahead, now.date, settings)?;
                let time = ahead.read(|further| {
                    let _ = further.take(&["on", ","]);
                    times::time(further, settings)
                });
                joined(now, Some(date), time)
            })
        })
        .or_else(|| {
            cursor.read(|ahead| {
                let this = ahead.take(&["this"]);
                let time = times::time(ahead, settings)?;
                if this {
                    return joined(now, Some(today(now.date)), Some(time));
                }
                let date = ahead.read(|further| {
                    let _ = further.take(&["on"]);
                    dates::date(further, now.date, settings)
                });
                joined(now, date, Some(time))
            })
        })
}

fn today(date: Date) -> FoundDate {
    FoundDate { date, strength: Strength::Strong, bare_weekday: None, other: None }
}

/// A date and a time as one moment. A time alone is the next such time; a weekday with a time may be today.
fn joined(now: LocalTime, date: Option<FoundDate>, time: Option<FoundTime>) -> Option<Moment> {
    let Some(time) = time else {
        let date = date?;
        return Some(Moment {
            strength: date.strength,
            bare_weekday: date.bare_weekday.is_some(),
            other: date.other,
            ..Moment::on(date.date, None)
        });
    };
    let ahead = time.time > now.clock;
    let day = match &date {
        Some(FoundDate { bare_weekday: Some(weekday), .. }) if ahead => days::on_or_after(now.date, *weekday)?,
        Some(date) => date.date,
        None if ahead || time.today => now.date,
        None => days::after(now.date, 1)?,
    };
    let strength = match &date {
        Some(date) if date.strength == Strength::WeakWithoutTime => Strength::Strong,
        Some(date) => date.strength,
        None => time.strength,
    };
    Some(Moment {
        zone: time.zone,
        duration: time.duration,
        strength,
        other: date.and_then(|date| date.other),
        bare_time: date.is_none() && !time.today,
        ..Moment::on(day, Some(time.time))
    })
}

/// `in 45 min`, `+3d`, `in 2 weeks at 9`.
fn distance(cursor: &mut Cursor<'_, '_>, now: LocalTime, settings: &Settings) -> Option<Moment> {
    let (count, unit) = if cursor.take(&["in", "+"]) {
        times::quantity(cursor)?
    } else {
        let number = cursor.next()?.strip_prefix('+')?;
        match times::compact(number) {
            Some(found) => found,
            None => {
                let count = digits(number)?;
                (count, cursor.word(unit)?)
            }
        }
    };
    let (date, time) = later(now, count, unit).filter(|_| count > 0)?;
    if time.is_some() {
        return Some(Moment::on(date, time));
    }
    let time = times::time(cursor, settings);
    joined(now, Some(today(date)), time)
}

/// What the calendar, and for hours and minutes the clock, say so much later.
pub(super) fn later(now: LocalTime, count: u16, unit: Unit) -> Option<(Date, Option<ClockTime>)> {
    let minutes = |minutes: i64| {
        let total = i64::from(now.clock.minutes()) + minutes;
        let clock = ClockTime::from_minutes(u16::try_from(total % (24 * 60)).ok()?)?;
        Some((days::after(now.date, total / (24 * 60))?, Some(clock)))
    };
    let count = i64::from(count);
    let months = |months: i64| days::months_after(now.date, i32::try_from(months).ok()?);
    let date = match unit {
        Unit::Minute => return minutes(count),
        Unit::Hour => return minutes(count * 60),
        Unit::Day => days::after(now.date, count),
        Unit::Workday => days::workdays_after(now.date, u16::try_from(count).ok()?),
        Unit::Weekend => None,
        Unit::Week => days::after(now.date, count * 7),
        Unit::Month => months(count),
        Unit::Quarter => months(count * 3),
        Unit::Year => months(count * 12),
    };
    Some((date?, None))
}

/// `2026-12-05T06:40`, as programs write it.
fn date_and_time_in_one(word: &str) -> Option<Moment> {
    let (date, time) = word.split_once(['T', 't'])?;
    let (clock, zone) = times::in_timestamp(time)?;
    Some(Moment { zone, ..Moment::on(parse_date(date)?, Some(clock)) })
}
