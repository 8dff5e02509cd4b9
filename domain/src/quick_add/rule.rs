//! Writes a recurrence as RFC 5545 text. The parts always come in one order, so that equal rules are equal texts.

use super::recurrence::{End, Frequency, MonthPlace, Place, Recurrence, Weekdays};
use crate::{
    accounts::WeekStart,
    calendar::{ClockTime, Date},
};
use time::Weekday;

/// The rules of a pinned recurrence, one per line, ending on `until` if it ends on a day.
pub(super) fn text(recurrence: &Recurrence, until: Option<Date>) -> String {
    let mut lines = Vec::new();
    for days in day_parts(recurrence) {
        for times in time_parts(&recurrence.times) {
            lines.push(line(recurrence, &days, &times, until));
        }
    }
    lines.join("\n")
}

/// How many rules the recurrence needs.
pub(super) fn count(recurrence: &Recurrence) -> usize {
    day_parts(recurrence).len() * time_parts(&recurrence.times).len()
}

/// The parts of one rule that say on which days.
#[derive(Debug, Default)]
struct DayParts {
    month: Option<u8>,
    month_days: String,
    days: String,
    positions: String,
}

fn line(recurrence: &Recurrence, days: &DayParts, (hours, minutes): &(String, String), until: Option<Date>) -> String {
    let mut line = format!("FREQ={}", name(recurrence.frequency));
    let mut add = |part: &str, value: &str| {
        if !value.is_empty() {
            line.push(';');
            line.push_str(part);
            line.push('=');
            line.push_str(value);
        }
    };
    if recurrence.interval > 1 {
        add("INTERVAL", &recurrence.interval.to_string());
    }
    add("BYMONTH", &days.month.map(|month| month.to_string()).unwrap_or_default());
    add("BYMONTHDAY", &days.month_days);
    add("BYDAY", &days.days);
    add("BYHOUR", hours);
    add("BYMINUTE", minutes);
    add("BYSETPOS", &days.positions);
    if let End::Times(count) = recurrence.end {
        add("COUNT", &count.to_string());
    }
    if let Some(until) = until {
        add("UNTIL", &crate::calendar::format_date(until).replace('-', ""));
    }
    if recurrence.frequency == Frequency::Weekly && recurrence.interval > 1 {
        match recurrence.week_start {
            WeekStart::Monday => {}
            WeekStart::Saturday => add("WKST", "SA"),
            WeekStart::Sunday => add("WKST", "SU"),
        }
    }
    line
}

fn name(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Minutely => "MINUTELY",
        Frequency::Hourly => "HOURLY",
        Frequency::Daily => "DAILY",
        Frequency::Weekly => "WEEKLY",
        Frequency::Monthly => "MONTHLY",
        Frequency::Yearly => "YEARLY",
    }
}

fn day_parts(recurrence: &Recurrence) -> Vec<DayParts> {
    let weekdays = weekday_names(recurrence.weekdays);
    let Some(first) = recurrence.places.first() else {
        return vec![DayParts { days: weekdays, ..DayParts::default() }];
    };
    if first.month.is_some() {
        return recurrence.places.iter().map(|place| in_month(*place, &weekdays)).collect();
    }
    let places = sorted(&recurrence.places);
    let days: Vec<i8> = places.iter().filter_map(|place| plain_day(*place)).collect();
    let workdays: Vec<i8> = places.iter().filter_map(|place| workday(*place)).collect();
    let named: Vec<String> = places.iter().filter_map(|place| named_weekday(*place)).collect();
    let mut parts = Vec::new();
    if !days.is_empty() {
        parts.push(DayParts { month_days: joined(&days), days: weekdays.clone(), ..DayParts::default() });
    }
    if !named.is_empty() {
        parts.push(DayParts { days: named.join(","), ..DayParts::default() });
    }
    if !workdays.is_empty() {
        parts.push(workdays_at(joined(&workdays)));
    }
    parts.extend(places.iter().filter_map(|place| clamped(*place, 31)));
    parts
}

fn in_month(place: MonthPlace, weekdays: &str) -> DayParts {
    let month = place.month.map(u8::from);
    let february = month == Some(2);
    let parts = match place.place {
        Place::Day(29) if february => clamped(place.place, 29).unwrap_or_default(),
        Place::Day(day) => DayParts { month_days: day.to_string(), days: weekdays.to_owned(), ..DayParts::default() },
        Place::Weekday(..) => DayParts { days: named_weekday(place.place).unwrap_or_default(), ..DayParts::default() },
        Place::Workday(number) => workdays_at(number.to_string()),
    };
    DayParts { month, ..parts }
}

fn workdays_at(positions: String) -> DayParts {
    DayParts { days: weekday_names(Weekdays::WORKDAYS), positions, ..DayParts::default() }
}

/// The last of the days from the 28th on: months that are too short get their last day instead of none.
fn clamped(place: Place, longest: i8) -> Option<DayParts> {
    match place {
        Place::Day(day) if (29..=longest).contains(&day) => {
            let month_days = joined(&(28..=day).collect::<Vec<_>>());
            Some(DayParts { month_days, positions: "-1".to_owned(), ..DayParts::default() })
        }
        _ => None,
    }
}

fn plain_day(place: Place) -> Option<i8> {
    match place {
        Place::Day(day) if day <= 28 => Some(day),
        _ => None,
    }
}

fn workday(place: Place) -> Option<i8> {
    match place {
        Place::Workday(number) => Some(number),
        _ => None,
    }
}

fn named_weekday(place: Place) -> Option<String> {
    match place {
        Place::Weekday(weekday, number) => Some(format!("{number}{}", weekday_name(Weekday::Monday.nth_next(weekday)))),
        _ => None,
    }
}

/// The places in the order of a month: counted from its start, then from its end.
fn sorted(places: &[MonthPlace]) -> Vec<Place> {
    let number = |place: &Place| match *place {
        Place::Day(number) | Place::Weekday(_, number) | Place::Workday(number) => (number < 0, number),
    };
    let mut places: Vec<Place> = places.iter().map(|place| place.place).collect();
    places.sort_unstable_by_key(|place| (number(place), *place));
    places
}

fn joined(numbers: &[i8]) -> String {
    numbers.iter().map(i8::to_string).collect::<Vec<_>>().join(",")
}

fn weekday_names(weekdays: Weekdays) -> String {
    weekdays.iter().map(weekday_name).collect::<Vec<_>>().join(",")
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

/// The hours and minutes of each rule. One time is said by the due time; several fit one rule only if every hour goes
/// with every minute.
fn time_parts(times: &[ClockTime]) -> Vec<(String, String)> {
    if times.len() < 2 {
        return vec![Default::default()];
    }
    let distinct = |part: fn(u16) -> u16| {
        let mut numbers: Vec<u16> = times.iter().map(|time| part(time.minutes())).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    };
    let (hours, minutes) = (distinct(|time| time / 60), distinct(|time| time % 60));
    let list = |numbers: &[u16]| numbers.iter().map(u16::to_string).collect::<Vec<_>>().join(",");
    if hours.len() * minutes.len() == times.len() {
        return vec![(list(&hours), list(&minutes))];
    }
    let hours_of = |minute: u16| {
        let hours: Vec<u16> =
            times.iter().map(|time| time.minutes()).filter(|time| time % 60 == minute).map(|time| time / 60).collect();
        (list(&hours), minute.to_string())
    };
    minutes.into_iter().map(hours_of).collect()
}
