//! Reads rules. Upper and lower case, spaces around parts and a `RRULE:` before a line are all the same to it; whatever
//! else RFC 5545 does not allow is refused with a sentence. Whether any date fits is not its question, but `check`'s.

use super::{End, Frequency, Rule, RuleDay, RuleError, Weekday, Zone, write::two_letters};
use crate::{
    Timestamp,
    calendar::{ClockTime, Date, LocalTime, parse_date},
};
use std::{
    num::{NonZeroI8, NonZeroU16, NonZeroU32},
    str::FromStr,
};

/// A list of numbers that a part takes.
struct Numbers {
    part: &'static str,
    lowest: i16,
    highest: i16,
    /// Whether they may be counted from the end.
    from_end: bool,
}

const MONTHS: Numbers = Numbers { part: "BYMONTH", lowest: 1, highest: 12, from_end: false };
const WEEKS: Numbers = Numbers { part: "BYWEEKNO", lowest: 1, highest: 53, from_end: true };
const YEAR_DAYS: Numbers = Numbers { part: "BYYEARDAY", lowest: 1, highest: 366, from_end: true };
const MONTH_DAYS: Numbers = Numbers { part: "BYMONTHDAY", lowest: 1, highest: 31, from_end: true };
const HOURS: Numbers = Numbers { part: "BYHOUR", lowest: 0, highest: 23, from_end: false };
const MINUTES: Numbers = Numbers { part: "BYMINUTE", lowest: 0, highest: 59, from_end: false };
const POSITIONS: Numbers = Numbers { part: "BYSETPOS", lowest: 1, highest: 366, from_end: true };

/// The parts of a line as they are found.
#[derive(Default)]
struct Parts {
    frequency: Option<Frequency>,
    interval: Option<NonZeroU16>,
    months: Option<Vec<i16>>,
    weeks: Option<Vec<i16>>,
    year_days: Option<Vec<i16>>,
    month_days: Option<Vec<i16>>,
    weekdays: Option<Vec<RuleDay>>,
    hours: Option<Vec<i16>>,
    minutes: Option<Vec<i16>>,
    seconds: Option<()>,
    positions: Option<Vec<i16>>,
    count: Option<NonZeroU32>,
    until: Option<Date>,
    week_start: Option<Weekday>,
}

/// Reads one line. `zone` tells which local day an `UNTIL` in UTC is; `week_start` is where weeks begin if several of them
/// are counted and the line does not say.
pub(super) fn rule(line: &str, zone: &impl Zone, week_start: Weekday) -> Result<Rule, RuleError> {
    let line = line.trim().to_ascii_uppercase();
    let line = line.strip_prefix("RRULE:").unwrap_or(&line);
    let line = line.strip_suffix(';').unwrap_or(line);
    let mut parts = Parts::default();
    for part in line.split(';') {
        let (name, value) = part.split_once('=').ok_or_else(|| RuleError::NotAPart(excerpt(part)))?;
        parts.read(name.trim(), value.trim(), zone)?;
    }
    parts.into_rule(week_start)
}

impl Parts {
    fn read(&mut self, name: &str, value: &str, zone: &impl Zone) -> Result<(), RuleError> {
        match name {
            "FREQ" => put(&mut self.frequency, "FREQ", frequency(value)?),
            "INTERVAL" => put(&mut self.interval, "INTERVAL", interval(value)?),
            "BYMONTH" => put(&mut self.months, "BYMONTH", MONTHS.read(value)?),
            "BYWEEKNO" => put(&mut self.weeks, "BYWEEKNO", WEEKS.read(value)?),
            "BYYEARDAY" => put(&mut self.year_days, "BYYEARDAY", YEAR_DAYS.read(value)?),
            "BYMONTHDAY" => put(&mut self.month_days, "BYMONTHDAY", MONTH_DAYS.read(value)?),
            "BYDAY" => put(&mut self.weekdays, "BYDAY", weekdays(value)?),
            "BYHOUR" => put(&mut self.hours, "BYHOUR", HOURS.read(value)?),
            "BYMINUTE" => put(&mut self.minutes, "BYMINUTE", MINUTES.read(value)?),
            "BYSECOND" => put(&mut self.seconds, "BYSECOND", full_minute(value)?),
            "BYSETPOS" => put(&mut self.positions, "BYSETPOS", POSITIONS.read(value)?),
            "COUNT" => put(&mut self.count, "COUNT", count(value)?),
            "UNTIL" => put(&mut self.until, "UNTIL", until(value, zone)?),
            "WKST" => put(&mut self.week_start, "WKST", weekday("WKST", value)?),
            _ => Err(RuleError::UnknownPart(excerpt(name))),
        }
    }

    fn into_rule(self, usual_week_start: Weekday) -> Result<Rule, RuleError> {
        let end = match (self.count, self.until) {
            (Some(_), Some(_)) => return Err(RuleError::CountAndUntil),
            (Some(count), None) => End::Count(count),
            (None, Some(until)) => End::Until(until),
            (None, None) => End::Never,
        };
        let frequency = self.frequency.ok_or(RuleError::NoFrequency)?;
        let interval = self.interval.unwrap_or(NonZeroU16::MIN);
        let counts_weeks = frequency == Frequency::Weekly && interval > NonZeroU16::MIN;
        let usual_week_start = if counts_weeks { usual_week_start } else { Weekday::Monday };
        let rule = Rule {
            frequency,
            interval,
            months: self.months.unwrap_or_default(),
            weeks: self.weeks.unwrap_or_default(),
            year_days: self.year_days.unwrap_or_default(),
            month_days: self.month_days.unwrap_or_default(),
            weekdays: self.weekdays.unwrap_or_default(),
            hours: self.hours.unwrap_or_default(),
            minutes: self.minutes.unwrap_or_default(),
            positions: self.positions.unwrap_or_default(),
            end,
            week_start: self.week_start.unwrap_or(usual_week_start),
        };
        nothing_misplaced(&rule)?;
        not_too_often(&rule)?;
        Ok(rule)
    }
}

fn put<T>(place: &mut Option<T>, part: &'static str, value: T) -> Result<(), RuleError> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(RuleError::RepeatedPart(part)),
    }
}

/// The table of RFC 5545 that says which part goes with which frequency.
fn nothing_misplaced(rule: &Rule) -> Result<(), RuleError> {
    use Frequency::{Daily, Monthly, Weekly, Yearly};
    let frequency = rule.frequency;
    let has_ordinals = rule.weekdays.iter().any(|day| day.ordinal.is_some());
    let months_or_years = matches!(frequency, Monthly | Yearly);
    let misplaced = [
        ("BYWEEKNO", !rule.weeks.is_empty() && frequency != Yearly),
        ("BYYEARDAY", !rule.year_days.is_empty() && matches!(frequency, Daily | Weekly | Monthly)),
        ("BYMONTHDAY", !rule.month_days.is_empty() && frequency == Weekly),
        ("A number before a weekday", has_ordinals && !months_or_years),
        ("A number before a weekday together with BYWEEKNO", has_ordinals && !rule.weeks.is_empty()),
    ];
    if let Some((part, _)) = misplaced.into_iter().find(|(_, is_misplaced)| *is_misplaced) {
        return Err(RuleError::Misplaced { part, frequency });
    }
    if !rule.positions.is_empty() && rule.is_plain() {
        return Err(RuleError::NothingToChoose);
    }
    Ok(())
}

fn not_too_often(rule: &Rule) -> Result<(), RuleError> {
    let shortest = Rule::SHORTEST_MINUTES;
    if rule.frequency == Frequency::Minutely {
        return if rule.interval.get() < shortest { Err(RuleError::TooOften) } else { Ok(()) };
    }
    let next_hour_follows = rule.frequency == Frequency::Hourly
        || rule.hours.iter().any(|hour| rule.hours.contains(&((hour + 1) % 24)) && rule.hours.len() > 1);
    let first_of_next_hour = rule.minutes.first().filter(|_| next_hour_follows).map(|minute| minute + 60);
    let mut minutes = rule.minutes.iter().copied().chain(first_of_next_hour);
    let Some(mut before) = minutes.next() else { return Ok(()) };
    for minute in minutes {
        if minute - before < i16::try_from(shortest).unwrap_or(i16::MAX) {
            return Err(RuleError::TooOften);
        }
        before = minute;
    }
    Ok(())
}

impl Numbers {
    fn read(&self, value: &str) -> Result<Vec<i16>, RuleError> {
        let mut numbers = value.split(',').map(|number| self.read_one(number.trim())).collect::<Result<Vec<_>, _>>()?;
        numbers.sort_unstable_by_key(|number| (*number < 0, *number));
        numbers.dedup();
        Ok(numbers)
    }

    fn read_one(&self, text: &str) -> Result<i16, RuleError> {
        let fits = |number: &i16| {
            let counted = if self.from_end { number.saturating_abs() } else { *number };
            (self.lowest..=self.highest).contains(&counted)
        };
        text.parse().ok().filter(fits).ok_or_else(|| {
            let Self { lowest, highest, .. } = self;
            let or_from_end = if self.from_end { ", or the same with a minus to count from the end" } else { "" };
            bad_number(self.part, format!("numbers from {lowest} to {highest}{or_from_end}"), text)
        })
    }
}

fn bad_number(part: &'static str, wanted: String, value: &str) -> RuleError {
    RuleError::BadNumber { part, wanted, value: excerpt(value) }
}

fn frequency(value: &str) -> Result<Frequency, RuleError> {
    if value == "SECONDLY" {
        return Err(RuleError::TooOften);
    }
    let found = Frequency::ALL.into_iter().find(|frequency| frequency.as_str() == value);
    found.ok_or_else(|| RuleError::UnknownFrequency(excerpt(value)))
}

fn interval(value: &str) -> Result<NonZeroU16, RuleError> {
    let highest = Rule::LONGEST_INTERVAL;
    let interval = whole_number(value).filter(|interval: &NonZeroU16| interval.get() <= highest);
    interval.ok_or_else(|| bad_number("INTERVAL", format!("a number from 1 to {highest}"), value))
}

fn count(value: &str) -> Result<NonZeroU32, RuleError> {
    let highest = Rule::HIGHEST_COUNT;
    let count = whole_number(value).filter(|count: &NonZeroU32| count.get() <= highest);
    count.ok_or_else(|| bad_number("COUNT", format!("a number from 1 to {highest}"), value))
}

fn whole_number<T: FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Tickbox knows no seconds; other programs write the one that changes nothing.
fn full_minute(value: &str) -> Result<(), RuleError> {
    if value.parse() == Ok(0_u8) { Ok(()) } else { Err(bad_number("BYSECOND", "0".to_owned(), value)) }
}

fn weekdays(value: &str) -> Result<Vec<RuleDay>, RuleError> {
    let mut days = value.split(',').map(|day| rule_day(day.trim())).collect::<Result<Vec<_>, _>>()?;
    days.sort_unstable_by_key(|day| {
        let ordinal = day.ordinal.map_or(0, NonZeroI8::get);
        (ordinal < 0, ordinal, day.weekday.number_days_from_monday())
    });
    days.dedup();
    Ok(days)
}

fn rule_day(text: &str) -> Result<RuleDay, RuleError> {
    let bad = || RuleError::BadWeekday { part: "BYDAY", value: excerpt(text) };
    let letters = text.len().checked_sub(2).ok_or_else(bad)?;
    let (ordinal, letters) = text.split_at_checked(letters).ok_or_else(bad)?;
    let weekday = weekday("BYDAY", letters).map_err(|_| bad())?;
    if ordinal.is_empty() {
        return Ok(RuleDay { ordinal: None, weekday });
    }
    let ordinal = ordinal.parse::<NonZeroI8>().ok().filter(|ordinal| ordinal.unsigned_abs().get() <= 53);
    Ok(RuleDay { ordinal: Some(ordinal.ok_or_else(bad)?), weekday })
}

fn weekday(part: &'static str, value: &str) -> Result<Weekday, RuleError> {
    let mut week = std::iter::successors(Some(Weekday::Monday), |day| Some(day.next())).take(7);
    let found = week.find(|weekday| two_letters(*weekday) == value);
    found.ok_or_else(|| RuleError::BadWeekday { part, value: excerpt(value) })
}

/// The last day: a date, or a date and a time of which only the local day matters.
fn until(value: &str, zone: &impl Zone) -> Result<Date, RuleError> {
    let bad = || RuleError::BadUntil(excerpt(value));
    let (day, time) = value.split_once('T').map_or((value, None), |(day, time)| (day, Some(time)));
    let date = basic_date(day).ok_or_else(bad)?;
    let Some(time) = time else { return Ok(date) };
    let (digits, is_utc) = time.strip_suffix('Z').map_or((time, false), |digits| (digits, true));
    let clock = basic_time(digits).ok_or_else(bad)?;
    if is_utc { zone.local(utc(date, clock)).map(|local| local.date).ok_or_else(bad) } else { Ok(date) }
}

fn basic_date(text: &str) -> Option<Date> {
    let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    parse_date(&format!("{year}-{month}-{day}"))
}

fn basic_time(text: &str) -> Option<ClockTime> {
    let (hour, minute, second) = (text.get(..2)?, text.get(2..4)?, text.get(4..)?);
    let is_second = second.len() == 2 && whole_number(second).is_some_and(|second: u8| second <= 60);
    format!("{hour}:{minute}").parse().ok().filter(|_| is_second)
}

fn utc(date: Date, clock: ClockTime) -> Timestamp {
    super::zone::as_utc(LocalTime { date, clock })
}

/// Enough of what was given to find it again.
fn excerpt(text: &str) -> String {
    text.trim().chars().take(24).collect()
}
