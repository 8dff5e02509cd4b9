//! Says in English how a task repeats: "Every other Monday", "Every month on the last day". Whatever RFC 5545 can say is
//! said here somehow; what people do say is said as they say it.

use super::{End, Frequency, Rule, RuleDay, RuleSet, Weekday};
use crate::calendar::{ClockTime, Date};
use std::fmt::Display;
use time::Month;

/// How a task repeats, as a sentence without a full stop.
pub fn describe(rules: &RuleSet) -> String {
    let series: Vec<String> = rules.rules().iter().map(describe_rule).collect();
    let end = rules.rules().first().map(|rule| say_end(rule.end)).unwrap_or_default();
    let has_one_end = rules.rules().iter().all(|rule| say_end(rule.end) == end);
    if has_one_end {
        return capitalized(&(series.join(", and ") + &end));
    }
    let with_ends = series.iter().zip(rules.rules()).map(|(series, rule)| format!("{series}{}", say_end(rule.end)));
    capitalized(&with_ends.collect::<Vec<_>>().join(", and "))
}

fn describe_rule(rule: &Rule) -> String {
    let days = say_days(rule);
    let names_weekdays = rule.frequency == Frequency::Weekly && !rule.weekdays.is_empty() && rule.positions.is_empty();
    let mut said = match (rule.interval.get(), rule.weekdays.as_slice()) {
        (1, weekdays) if names_weekdays && is_workdays(weekdays) => "every weekday".to_owned(),
        (1, weekdays) if names_weekdays => format!("every {}", say_weekdays(weekdays)),
        (2, [only]) if names_weekdays => format!("every other {}", only.weekday),
        (interval, _) => {
            let on = if days.is_empty() { String::new() } else { format!(" on {days}") };
            format!("every {}{on}", say_interval(rule.frequency, interval))
        }
    };
    said += &say_months(rule);
    if !rule.weeks.is_empty() {
        let weeks =
            rule.weeks.iter().map(|week| if *week < 0 { from_end(*week, "week") } else { format!("week {week}") });
        said += &format!(" in {}", listed(weeks));
    }
    said + &say_clocks(rule) + &say_positions(rule)
}

fn say_interval(frequency: Frequency, interval: u16) -> String {
    let unit = match frequency {
        Frequency::Minutely => "minute",
        Frequency::Hourly => "hour",
        Frequency::Daily => "day",
        Frequency::Weekly => "week",
        Frequency::Monthly => "month",
        Frequency::Yearly => "year",
    };
    match interval {
        1 => unit.to_owned(),
        2 => format!("other {unit}"),
        _ => format!("{interval} {unit}s"),
    }
}

/// The days of a round: "the 3rd Friday", "the 2nd and the 15th", "31 December".
fn say_days(rule: &Rule) -> String {
    let mut days = Vec::new();
    if !rule.year_days.is_empty() {
        days.push(listed(rule.year_days.iter().map(|day| format!("{} of the year", nth(*day, "day")))));
    }
    if !rule.month_days.is_empty() {
        days.push(say_month_days(rule));
    }
    if !rule.weekdays.is_empty() {
        days.push(match workday_position(rule) {
            Some(position) => nth(position, "workday"),
            None if repeats_within_round(rule) => format!("every {}", say_weekdays(&rule.weekdays)),
            None => say_weekdays(&rule.weekdays),
        });
    }
    days.join(" if it is ")
}

fn say_month_days(rule: &Rule) -> String {
    if let (Some(day), [-1]) = (clamped_day(rule), rule.positions.as_slice()) {
        return match single_month(rule) {
            Some(month) => format!("{day} {month}, or the day before if there is none"),
            None => format!("the {}, or the last day of a shorter month", ordinal(day)),
        };
    }
    if let (Some(month), true) = (single_month(rule), rule.month_days.iter().all(|day| *day > 0)) {
        return format!("{} {month}", listed(rule.month_days.iter()));
    }
    let days =
        rule.month_days.iter().map(|day| if *day < 0 { nth(*day, "day") } else { format!("the {}", ordinal(*day)) });
    listed(days)
}

/// The day that quick add means by 28 and all days up to it, with the last of them chosen.
fn clamped_day(rule: &Rule) -> Option<i16> {
    let last = *rule.month_days.last()?;
    let counts_up = rule.month_days.len() > 1 && rule.month_days.iter().copied().eq(28..=last);
    let is_in_one_month = rule.frequency == Frequency::Monthly || single_month(rule).is_some();
    (counts_up && is_in_one_month && rule.weekdays.is_empty()).then_some(last)
}

/// The month that stands beside its days, as in "31 December".
fn single_month(rule: &Rule) -> Option<&'static str> {
    match rule.months.as_slice() {
        [month] if rule.frequency == Frequency::Yearly && rule.month_days.iter().all(|day| *day > 0) => {
            (!rule.month_days.is_empty()).then(|| month_name(*month))
        }
        _ => None,
    }
}

fn say_months(rule: &Rule) -> String {
    if rule.months.is_empty() || single_month(rule).is_some() {
        return String::new();
    }
    format!(" in {}", listed(rule.months.iter().map(|month| month_name(*month))))
}

const WORKDAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

fn is_workdays(days: &[RuleDay]) -> bool {
    days.iter().all(|day| day.ordinal.is_none()) && days.iter().map(|day| day.weekday).eq(WORKDAYS)
}

/// "The 15th workday" is how people say that position among Monday to Friday.
fn workday_position(rule: &Rule) -> Option<i16> {
    let is_said_so = is_workdays(&rule.weekdays) && rule.month_days.is_empty() && rule.year_days.is_empty();
    match rule.positions.as_slice() {
        [position] if is_said_so && matches!(rule.frequency, Frequency::Monthly | Frequency::Yearly) => Some(*position),
        _ => None,
    }
}

/// "Every Monday" of a month, where "on Monday" would sound like one.
fn repeats_within_round(rule: &Rule) -> bool {
    matches!(rule.frequency, Frequency::Monthly | Frequency::Yearly)
        && rule.month_days.is_empty()
        && rule.year_days.is_empty()
        && rule.weeks.is_empty()
        && rule.positions.is_empty()
        && !is_workdays(&rule.weekdays)
        && rule.weekdays.iter().all(|day| day.ordinal.is_none())
}

fn say_weekdays(days: &[RuleDay]) -> String {
    if is_workdays(days) {
        return "weekdays".to_owned();
    }
    let days = days.iter().map(|day| match day.ordinal {
        Some(number) => nth(number.get().into(), &day.weekday.to_string()),
        None => day.weekday.to_string(),
    });
    listed(days)
}

fn say_clocks(rule: &Rule) -> String {
    let hours_stand_alone = rule.frequency.is_within_a_day() || rule.minutes.is_empty();
    if !rule.hours.is_empty() && !hours_stand_alone {
        let clocks = rule.hours.iter().flat_map(|hour| rule.minutes.iter().map(move |minute| hour * 60 + minute));
        let clocks = clocks.filter_map(|minutes| ClockTime::from_minutes(u16::try_from(minutes).ok()?));
        return format!(" at {}", listed(clocks));
    }
    let mut said = String::new();
    if !rule.minutes.is_empty() {
        said += &format!(" at minute {}", listed(rule.minutes.iter()));
    }
    if !rule.hours.is_empty() {
        said += &format!(" in the hours of {}", listed(rule.hours.iter()));
    }
    said
}

/// What `BYSETPOS` chooses, unless the days have said so.
fn say_positions(rule: &Rule) -> String {
    let is_said = rule.positions.is_empty() || workday_position(rule).is_some();
    if is_said || clamped_day(rule).is_some() && rule.positions == [-1] {
        return String::new();
    }
    format!(", only {} of them", listed(rule.positions.iter().map(|position| nth(*position, ""))))
}

fn say_end(end: End) -> String {
    match end {
        End::Never => String::new(),
        End::Count(count) if count.get() == 1 => ", once more".to_owned(),
        End::Count(count) => format!(", {count} times"),
        End::Until(date) => format!(", until {}", say_full_date(date)),
    }
}

fn say_full_date(date: Date) -> String {
    format!("{} {} {}", date.day(), date.month(), date.year())
}

/// "the 3rd Friday", "the last day", "the 2nd last day".
fn nth(number: i16, what: &str) -> String {
    let said = if number < 0 { from_end(number, what) } else { format!("the {} {what}", ordinal(number)) };
    said.trim_end().to_owned()
}

fn from_end(number: i16, what: &str) -> String {
    match number {
        -1 => format!("the last {what}"),
        _ => format!("the {} last {what}", ordinal(number.saturating_neg())),
    }
}

fn ordinal(number: i16) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn month_name(number: i16) -> &'static str {
    match u8::try_from(number).ok().and_then(|number| Month::try_from(number).ok()) {
        Some(Month::January) => "January",
        Some(Month::February) => "February",
        Some(Month::March) => "March",
        Some(Month::April) => "April",
        Some(Month::May) => "May",
        Some(Month::June) => "June",
        Some(Month::July) => "July",
        Some(Month::August) => "August",
        Some(Month::September) => "September",
        Some(Month::October) => "October",
        Some(Month::November) => "November",
        Some(Month::December) | None => "December",
    }
}

/// "a", "a and b", "a, b and c".
fn listed(items: impl Iterator<Item = impl Display>) -> String {
    let mut items: Vec<String> = items.map(|item| item.to_string()).collect();
    let last = items.pop().unwrap_or_default();
    if items.is_empty() { last } else { format!("{} and {last}", items.join(", ")) }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
