//! Arithmetic with civil dates that knows where the calendar ends: what lies beyond is `None`, never a panic.

use crate::{accounts::WeekStart, calendar::Date};
use time::{Duration, Month, Weekday};

/// The date so many days later.
pub(crate) fn after(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Duration::days(days)).filter(|date| (1..=9999).contains(&date.year()))
}

/// The date so many months later; where that month is too short, its last day.
pub(crate) fn months_after(date: Date, months: i32) -> Option<Date> {
    let count = date.year().checked_mul(12)?.checked_add(i32::from(u8::from(date.month())) - 1)?.checked_add(months)?;
    let month = Month::try_from(u8::try_from(count.rem_euclid(12) + 1).ok()?).ok()?;
    let year = count.div_euclid(12);
    if !(1..=9999).contains(&year) {
        return None;
    }
    Date::from_calendar_date(year, month, date.day().min(month.length(year))).ok()
}

/// The first of the date's month.
pub(crate) fn first_of_month(date: Date) -> Option<Date> {
    date.replace_day(1).ok()
}

/// The last of the date's month.
pub(crate) fn last_of_month(date: Date) -> Option<Date> {
    date.replace_day(date.month().length(date.year())).ok()
}

/// The first such weekday that is not before the date.
pub(crate) fn on_or_after(date: Date, weekday: Weekday) -> Option<Date> {
    let ahead = 7 + i64::from(weekday.number_days_from_monday()) - i64::from(date.weekday().number_days_from_monday());
    after(date, ahead % 7)
}

/// The day that the date's week begins with.
pub(crate) fn start_of_week(date: Date, week_start: WeekStart) -> Option<Date> {
    let first = match week_start {
        WeekStart::Monday => 0,
        WeekStart::Saturday => 5,
        WeekStart::Sunday => 6,
    };
    after(date, -((7 + i64::from(date.weekday().number_days_from_monday()) - first) % 7))
}

/// The first such day of a year that is not before the date; 29 February waits for a leap year.
pub(crate) fn next_on_date(date: Date, month: Month, day: u8) -> Option<Date> {
    (date.year()..=date.year().saturating_add(8).min(9999))
        .filter_map(|year| Date::from_calendar_date(year, month, day).ok())
        .find(|found| *found >= date)
}

/// The first such day of a month that is not before the date, in a month that has it.
pub(crate) fn next_on_day(date: Date, day: u8) -> Option<Date> {
    let first = first_of_month(date)?;
    (0..=2).filter_map(|months| months_after(first, months)?.replace_day(day).ok()).find(|found| *found >= date)
}

/// The date so many working days later.
pub(crate) fn workdays_after(date: Date, count: u16) -> Option<Date> {
    let (weeks, rest) = (i64::from(count / 5), count % 5);
    let mut date = after(date, weeks * 7)?;
    let mut left = rest;
    while left > 0 {
        date = after(date, 1)?;
        left -= u16::from(!is_weekend(date));
    }
    Some(date)
}

/// Whether nobody works on that day.
pub(crate) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}
