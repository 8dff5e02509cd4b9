//! Reads a date: `tomorrow`, `next monday`, `jan 30`, `31.12.`, `27th`. Recurring dates and clock times are read elsewhere.

use super::{
    days,
    settings::Settings,
    vocabulary::{HOLIDAYS, digits, month, number, ordinal, weekday},
    words::{Cursor, is_number},
};
use crate::{
    accounts::DateOrder,
    calendar::{Date, parse_date},
};
use time::{Month, Weekday};

/// How sure it is that a phrase is meant as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// At the end of the line.
    AtEnd,
    /// At the end of the line, or at its start with a time.
    Weak,
    /// As weak, but anywhere with a time.
    WeakWithoutTime,
    /// Anywhere.
    Strong,
}

/// A date that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct FoundDate {
    pub(super) date: Date,
    pub(super) strength: Strength,
    /// The weekday, if nothing else was said: with a time that is still ahead it may be today.
    pub(super) bare_weekday: Option<Weekday>,
    /// The date in the other order of day and month.
    pub(super) other: Option<Date>,
}

impl FoundDate {
    fn new(date: Date, strength: Strength) -> Self {
        Self { date, strength, bare_weekday: None, other: None }
    }
}

/// Reads a date that is not before `today` unless the phrase says so.
pub(super) fn date(cursor: &mut Cursor<'_, '_>, today: Date, settings: &Settings) -> Option<FoundDate> {
    cursor
        .read(|ahead| near(ahead, today))
        .or_else(|| cursor.read(|ahead| this_or_next(ahead, today, settings)))
        .or_else(|| cursor.read(|ahead| end_or_middle(ahead, today, settings)))
        .or_else(|| cursor.read(|ahead| of_month(ahead, today)))
        .or_else(|| cursor.read(|ahead| numeric(ahead, today, settings)))
        .or_else(|| cursor.read(|ahead| ordinal_day(ahead, today)))
}

fn near(cursor: &mut Cursor<'_, '_>, today: Date) -> Option<FoundDate> {
    let word = cursor.next()?;
    let is = |words: &[&str]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    if is(&["today", "tod"]) {
        return Some(FoundDate::new(today, strength_of_short(word)));
    }
    if is(&["tomorrow", "tom"]) {
        return Some(FoundDate::new(days::after(today, 1)?, strength_of_short(word)));
    }
    let weekday = weekday(word)?;
    let date = days::on_or_after(days::after(today, 1)?, weekday)?;
    Some(FoundDate { bare_weekday: Some(weekday), ..FoundDate::new(date, Strength::WeakWithoutTime) })
}

fn strength_of_short(word: &str) -> Strength {
    if word.len() == 3 { Strength::Weak } else { Strength::Strong }
}

fn this_or_next(cursor: &mut Cursor<'_, '_>, today: Date, settings: &Settings) -> Option<FoundDate> {
    let next = cursor.take(&["next"]);
    if !next && !cursor.take(&["this"]) {
        return None;
    }
    let word = cursor.next()?;
    let week = days::start_of_week(today, settings.week_start)?;
    let date = match (weekday(word), next) {
        (Some(weekday), false) => days::on_or_after(today, weekday),
        (Some(weekday), true) => days::on_or_after(days::after(week, 7)?, weekday),
        (None, _) if word.eq_ignore_ascii_case("weekend") => weekend(today, next),
        (None, false) => None,
        (None, true) => match word.to_ascii_lowercase().as_str() {
            "week" => days::after(week, 7),
            "month" => days::months_after(days::first_of_month(today)?, 1),
            "quarter" => {
                let passed = i32::from(u8::from(today.month()) - 1) % 3;
                days::months_after(days::first_of_month(today)?, 3 - passed)
            }
            "year" => Date::from_calendar_date(today.year() + 1, Month::January, 1).ok(),
            _ => None,
        },
    };
    Some(FoundDate::new(date?, Strength::Strong))
}

/// The Saturday of this weekend or the next; on a Sunday this weekend is that day.
fn weekend(today: Date, next: bool) -> Option<Date> {
    let sunday = today.weekday() == Weekday::Sunday;
    match (sunday, next) {
        (true, false) => Some(today),
        (true, true) => days::after(today, 6),
        (false, _) => days::after(days::on_or_after(today, Weekday::Saturday)?, if next { 7 } else { 0 }),
    }
}

fn end_or_middle(cursor: &mut Cursor<'_, '_>, today: Date, settings: &Settings) -> Option<FoundDate> {
    let word = cursor.next()?.to_ascii_lowercase();
    let (end, strength) = match word.as_str() {
        "mid" => return middle(cursor, today),
        "eow" => ("week", Strength::Weak),
        "eom" => ("month", Strength::Weak),
        "eoy" => ("year", Strength::Weak),
        "end" if cursor.take(&["of"]) => ("", Strength::Strong),
        "eo" => {
            cursor.take(&["of"]);
            ("", Strength::Strong)
        }
        _ => return None,
    };
    let unit = if end.is_empty() {
        let _ = cursor.take(&["the", "this"]);
        cursor.next()?.to_ascii_lowercase()
    } else {
        end.to_owned()
    };
    let date = match unit.as_str() {
        "week" => days::after(days::start_of_week(today, settings.week_start)?, 6)?,
        "month" => days::last_of_month(today)?,
        "year" => Date::from_calendar_date(today.year(), Month::December, 31).ok()?,
        _ => return None,
    };
    Some(FoundDate::new(date, strength))
}

fn middle(cursor: &mut Cursor<'_, '_>, today: Date) -> Option<FoundDate> {
    let date = if cursor.take(&["month"]) {
        days::next_on_day(today, 15)?
    } else {
        days::next_on_date(today, cursor.word(month)?, 15)?
    };
    Some(FoundDate::new(date, Strength::Weak))
}

/// `30 jan`, `30th of january 2027`, `jan 30`, and the days that have names.
fn of_month(cursor: &mut Cursor<'_, '_>, today: Date) -> Option<FoundDate> {
    let (month, day) = month_and_day(cursor)?;
    let date = match cursor.word(|word| digits(word).filter(|year| *year >= 1900)) {
        Some(year) => Date::from_calendar_date(i32::from(year), month, day).ok()?,
        None => days::next_on_date(today, month, day)?,
    };
    Some(FoundDate::new(date, Strength::WeakWithoutTime))
}

/// A day of any year, such as `30 jan`, `january 30th` or `halloween`.
pub(super) fn month_and_day(cursor: &mut Cursor<'_, '_>) -> Option<(Month, u8)> {
    for (words, month, day) in HOLIDAYS {
        if cursor.take_all(words) {
            return Some((month, day));
        }
    }
    cursor
        .read(|ahead| {
            let _ = ahead.take(&["the"]);
            let day = ahead.word(day_of_month)?;
            let _ = ahead.take(&["of"]);
            Some((ahead.word(month)?, day))
        })
        .or_else(|| {
            cursor.read(|ahead| {
                let month = ahead.word(month)?;
                let _ = ahead.take(&["the"]);
                Some((month, ahead.word(day_of_month)?))
            })
        })
}

fn day_of_month(word: &str) -> Option<u8> {
    let number = if is_number(word) { digits(word).and_then(|day| i8::try_from(day).ok()) } else { numbered(word) };
    u8::try_from(number?).ok().filter(|day| (1..=31).contains(day))
}

/// An ordinal in digits: `27th`. Words such as `second` are no dates.
fn numbered(word: &str) -> Option<i8> {
    if word.starts_with(|character: char| character.is_ascii_digit()) { ordinal(word) } else { None }
}

fn ordinal_day(cursor: &mut Cursor<'_, '_>, today: Date) -> Option<FoundDate> {
    let _ = cursor.take(&["the"]);
    let day = cursor.word(numbered).and_then(|day| u8::try_from(day).ok())?;
    if cursor.peek().and_then(number).is_some() || cursor.peek().and_then(month).is_some() {
        return None;
    }
    Some(FoundDate::new(days::next_on_day(today, day)?, Strength::WeakWithoutTime))
}

fn numeric(cursor: &mut Cursor<'_, '_>, today: Date, settings: &Settings) -> Option<FoundDate> {
    let word = cursor.next()?;
    if let Some(date) = parse_date(word) {
        return Some(FoundDate::new(date, Strength::Strong));
    }
    let separator = if word.contains('/') { '/' } else { '.' };
    let mut parts = word.split(separator);
    let (first, second, third, rest) = (parts.next()?, parts.next()?, parts.next(), parts.next());
    if rest.is_some() {
        return None;
    }
    if separator == '.' {
        let year = third?;
        return found(dated(today, two(first)?, two(second)?, year), None);
    }
    let Some(year) = third else {
        let (first, second) = (two(first)?, two(second)?);
        let (day, month) = if settings.date_order == DateOrder::DayFirst { (first, second) } else { (second, first) };
        return either_way(day, month, |day, month| dated(today, day, month, ""));
    };
    if first.len() == 4 || (settings.date_order == DateOrder::YearFirst && first.len() == 2 && two(year).is_some()) {
        return found(dated(today, two(year)?, two(second)?, first), None);
    }
    let (first, second) = (two(first)?, two(second)?);
    let (day, month) = if settings.date_order == DateOrder::MonthFirst { (second, first) } else { (first, second) };
    either_way(day, month, |day, month| dated(today, day, month, year))
}

/// The date in the expected order, with the other order as the other reading; that order alone if only it exists.
fn either_way(day: u8, month: u8, date: impl Fn(u8, u8) -> Option<Date>) -> Option<FoundDate> {
    let (expected, swapped) = (date(day, month), date(month, day));
    match expected {
        Some(_) => found(expected, swapped.filter(|_| day != month)),
        None => found(swapped, None),
    }
}

fn found(date: Option<Date>, other: Option<Date>) -> Option<FoundDate> {
    Some(FoundDate { other, ..FoundDate::new(date?, Strength::WeakWithoutTime) })
}

fn two(text: &str) -> Option<u8> {
    if is_number(text) { text.parse().ok() } else { None }
}

/// A date from its numbers; a year of two digits is in this century, an empty one the next that fits.
fn dated(today: Date, day: u8, month: u8, year: &str) -> Option<Date> {
    let month = Month::try_from(month).ok()?;
    let year = match year.len() {
        0 => return days::next_on_date(today, month, day),
        2 => 2000 + i32::from(digits(year)?),
        4 => i32::from(digits(year)?),
        _ => return None,
    };
    Date::from_calendar_date(year, month, day).ok().filter(|date| date.year() > 0)
}
