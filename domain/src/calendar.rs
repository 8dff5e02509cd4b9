//! Civil dates and clock times: how they are read, written and said in words. What "now" is comes in as an argument.

use crate::{accounts::WeekStart, days};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};
pub use time::Date;
use time::Month;

/// Reads `YYYY-MM-DD`, years 0001 to 9999.
pub fn parse_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    if !shaped {
        return None;
    }
    let year = text[..4].parse().ok().filter(|year| *year > 0)?;
    let month = Month::try_from(text[5..7].parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year, month, text[8..].parse().ok()?).ok()
}

/// Writes `YYYY-MM-DD`.
pub fn format_date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

/// Serde for an optional date as `YYYY-MM-DD` or null.
pub mod optional_date {
    use super::{Date, Deserialize, Deserializer, Serializer, format_date, parse_date};

    /// Writes the date, or null.
    pub fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => serializer.serialize_some(&format_date(*date)),
            None => serializer.serialize_none(),
        }
    }

    /// Reads the date, or null.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| parse_date(&text).ok_or_else(|| serde::de::Error::custom("not a date"))).transpose()
    }
}

/// A time of day to the minute, 00:00 to 23:59; `HH:MM` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(u16);

impl ClockTime {
    /// The beginning of a day.
    pub const MIDNIGHT: Self = Self(0);

    /// The time so many minutes after midnight, if that is within the day.
    pub const fn from_minutes(minutes: u16) -> Option<Self> {
        if minutes < 24 * 60 { Some(Self(minutes)) } else { None }
    }

    /// Minutes since midnight, 0 to 1439.
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// A text that is not a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time of day such as 09:30")]
pub struct InvalidClockTime;

impl FromStr for ClockTime {
    type Err = InvalidClockTime;

    fn from_str(text: &str) -> Result<Self, InvalidClockTime> {
        let (hour, minute) = text.split_once(':').ok_or(InvalidClockTime)?;
        let two_digits = |part: &str, limit: u16| {
            let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse::<u16>().ok()).flatten().filter(|number| *number < limit)
        };
        let hour = two_digits(hour, 24).ok_or(InvalidClockTime)?;
        let minute = two_digits(minute, 60).ok_or(InvalidClockTime)?;
        Ok(Self(hour * 60 + minute))
    }
}

impl Serialize for ClockTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ClockTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A date and a time of day in somebody's own zone: what the wall clock there says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    /// The date on the wall calendar.
    pub date: Date,
    /// The time on the wall clock.
    pub clock: ClockTime,
}

/// Says a date as people do, seen from `today`: "Today", "Tomorrow", "Yesterday", "Fri 27 Nov", "27 Nov 2027".
pub fn say_date(date: Date, today: Date) -> String {
    match (date - today).whole_days() {
        0 => "Today".to_owned(),
        1 => "Tomorrow".to_owned(),
        -1 => "Yesterday".to_owned(),
        _ => {
            let (day, month) = (date.day(), short_month(date.month()));
            if date.year() == today.year() {
                format!("{} {day} {month}", short_weekday(date))
            } else {
                format!("{day} {month} {}", date.year())
            }
        }
    }
}

/// Says a date in full: "Friday, 20 November".
pub fn say_day(date: Date) -> String {
    format!("{}, {} {}", date.weekday(), date.day(), date.month())
}

/// The first day of the week after the one that `today` is in.
pub fn first_of_next_week(today: Date, week_start: WeekStart) -> Option<Date> {
    days::after(days::start_of_week(today, week_start)?, 7)
}

fn short_month(month: Month) -> &'static str {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES[usize::from(u8::from(month)) - 1]
}

fn short_weekday(date: Date) -> &'static str {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    NAMES[usize::from(date.weekday().number_days_from_monday())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    #[test]
    fn dates_are_said_as_people_say_them() {
        let today = date("2026-11-20");
        let said = |text| say_date(date(text), today);
        assert_eq!(said("2026-11-20"), "Today");
        assert_eq!(said("2026-11-21"), "Tomorrow");
        assert_eq!(said("2026-11-19"), "Yesterday");
        assert_eq!(said("2026-11-27"), "Fri 27 Nov");
        assert_eq!(said("2027-11-27"), "27 Nov 2027");
        assert_eq!(say_day(today), "Friday, 20 November");
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for text in [
            "",
            "2026-02-30",
            "2026-13-01",
            "0000-01-01",
            "26-01-01",
            "2026-1-1",
            "2026/01/01",
            "+026-01-01",
            "٢٠٢٦-01-01",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert!(parse_date("0001-01-01").is_some() && parse_date("9999-12-31").is_some());
    }

    #[test]
    fn clock_times_need_two_digits_each() {
        assert_eq!("09:30".parse::<ClockTime>().map(ClockTime::minutes), Ok(570));
        for text in ["", "9:30", "24:00", "09:60", "09:30:00", "0930", "-1:30", "+9:30"] {
            assert_eq!(text.parse::<ClockTime>(), Err(InvalidClockTime), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,12}") {
            if let Some(date) = parse_date(&text) {
                prop_assert_eq!(format_date(date), text.clone());
            }
            if let Ok(time) = text.parse::<ClockTime>() {
                prop_assert_eq!(time.to_string(), text);
            }
        }
    }
}
