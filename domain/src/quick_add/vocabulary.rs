//! The words for days, months, numbers and units. Every table is searched without regard to case.

use time::{Month, Weekday};

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Workday,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
}

const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Monday, &["monday", "mon"]),
    (Weekday::Tuesday, &["tuesday", "tue", "tues"]),
    (Weekday::Wednesday, &["wednesday", "wed", "weds"]),
    (Weekday::Thursday, &["thursday", "thu", "thur", "thurs"]),
    (Weekday::Friday, &["friday", "fri"]),
    (Weekday::Saturday, &["saturday", "sat"]),
    (Weekday::Sunday, &["sunday", "sun"]),
];

const MONTHS: [(Month, &[&str]); 12] = [
    (Month::January, &["january", "jan"]),
    (Month::February, &["february", "feb"]),
    (Month::March, &["march", "mar"]),
    (Month::April, &["april", "apr"]),
    (Month::May, &["may"]),
    (Month::June, &["june", "jun"]),
    (Month::July, &["july", "jul"]),
    (Month::August, &["august", "aug"]),
    (Month::September, &["september", "sep", "sept"]),
    (Month::October, &["october", "oct"]),
    (Month::November, &["november", "nov"]),
    (Month::December, &["december", "dec"]),
];

const UNITS: [(Unit, &[&str]); 9] = [
    (Unit::Minute, &["minutes", "minute", "mins", "min", "m"]),
    (Unit::Hour, &["hours", "hour", "hrs", "hr", "h"]),
    (Unit::Day, &["days", "day", "d"]),
    (Unit::Workday, &["workdays", "workday", "weekdays", "weekday"]),
    (Unit::Weekend, &["weekends", "weekend"]),
    (Unit::Week, &["weeks", "week", "wks", "wk", "w"]),
    (Unit::Month, &["months", "month", "mos", "mo"]),
    (Unit::Quarter, &["quarters", "quarter"]),
    (Unit::Year, &["years", "year", "yrs", "yr", "y"]),
];

const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// Days of the year with a name, longest names first.
pub(super) const HOLIDAYS: [(&[&str], Month, u8); 20] = [
    (&["new", "year's", "eve"], Month::December, 31),
    (&["new", "year’s", "eve"], Month::December, 31),
    (&["new", "years", "eve"], Month::December, 31),
    (&["new", "year", "eve"], Month::December, 31),
    (&["new", "year's", "day"], Month::January, 1),
    (&["new", "year’s", "day"], Month::January, 1),
    (&["new", "years", "day"], Month::January, 1),
    (&["new", "year", "day"], Month::January, 1),
    (&["valentine's", "day"], Month::February, 14),
    (&["valentine’s", "day"], Month::February, 14),
    (&["valentines", "day"], Month::February, 14),
    (&["valentine", "day"], Month::February, 14),
    (&["valentine"], Month::February, 14),
    (&["valentines"], Month::February, 14),
    (&["halloween"], Month::October, 31),
    (&["christmas", "eve"], Month::December, 24),
    (&["christmas", "day"], Month::December, 25),
    (&["christmas"], Month::December, 25),
    (&["xmas", "eve"], Month::December, 24),
    (&["xmas"], Month::December, 25),
];

/// A day of the week by its name.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    find(&WEEKDAYS, word)
}

/// A month by its name.
pub(super) fn month(word: &str) -> Option<Month> {
    find(&MONTHS, word)
}

/// A unit by its name.
pub(super) fn unit(word: &str) -> Option<Unit> {
    find(&UNITS, word)
}

/// The name of a unit, in the plural.
pub(super) fn unit_name(unit: Unit) -> &'static str {
    UNITS.iter().find(|(known, _)| *known == unit).and_then(|(_, names)| names.first()).copied().unwrap_or_default()
}

/// The short name of a day.
pub(crate) fn weekday_name(weekday: Weekday) -> &'static str {
    WEEKDAYS
        .iter()
        .find(|(known, _)| *known == weekday)
        .and_then(|(_, names)| names.get(1))
        .copied()
        .unwrap_or_default()
}

/// The full name of a month.
pub(super) fn month_name(month: Month) -> &'static str {
    MONTHS.iter().find(|(known, _)| *known == month).and_then(|(_, names)| names.first()).copied().unwrap_or_default()
}

/// A whole number of at most four digits, or a word for one.
pub(super) fn number(word: &str) -> Option<u16> {
    digits(word).or_else(|| position(&NUMBERS, word))
}

/// A whole number of at most four digits.
pub(super) fn digits(word: &str) -> Option<u16> {
    let plain = (1..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    if plain { word.parse().ok() } else { None }
}

/// `1st`, `22nd`, `third`; -1 is `last`.
pub(super) fn ordinal(word: &str) -> Option<i8> {
    if word.eq_ignore_ascii_case("last") {
        return Some(-1);
    }
    let numbered = word.len().checked_sub(2).and_then(|length| Some((word.get(..length)?, word.get(length..)?)));
    let number = match numbered {
        Some((number, suffix)) if is_number_suffix(suffix) => digits(number),
        _ => None,
    };
    let number = number.or_else(|| position(&ORDINALS, word))?;
    i8::try_from(number).ok().filter(|number| (1..=31).contains(number))
}

fn is_number_suffix(text: &str) -> bool {
    ["st", "nd", "rd", "th"].iter().any(|suffix| text.eq_ignore_ascii_case(suffix))
}

fn find<T: Copy>(table: &[(T, &[&str])], word: &str) -> Option<T> {
    let named = |(_, names): &&(T, &[&str])| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    table.iter().find(named).map(|(meaning, _)| *meaning)
}

fn position(names: &[&str], word: &str) -> Option<u16> {
    let at = names.iter().position(|name| name.eq_ignore_ascii_case(word))?;
    u16::try_from(at + 1).ok()
}
