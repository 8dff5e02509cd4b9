//! Writes a task as a line that reads back as the same task: dates in digits, rules as phrases, marks of the profile.

use super::{
    Names, Settings, marks, parse,
    parsed::{Parsed, SpanKind},
    recurrence::{End, Frequency, MonthPlace, Place, Recurrence, Weekdays},
    vocabulary::{Unit, month_name, unit_name, weekday_name},
    words::PUNCTUATION,
};
use crate::{
    accounts::QuickAddProfile,
    calendar::{Date, LocalTime, format_date},
    tasks::{Priority, RecurrenceAnchor},
};
use time::Weekday;

/// Writes a task as a line: reading it at the same time with the same settings gives the same task.
///
/// Words of the title are escaped only if they would mean something as they are.
pub fn render(parsed: &Parsed, now: LocalTime, settings: &Settings) -> String {
    let escaped: Vec<String> = parsed.title.split_whitespace().map(|word| format!("\\{word}")).collect();
    let mut line = String::new();
    for when in [with_keys(parsed, settings), Some(phrase(parsed))].into_iter().flatten() {
        for title in [&parsed.title, &escaped.join(" ")] {
            line = assemble(parsed, title, &when, settings.profile);
            if parse(&line, now, settings, &Names::default(), &[]).means_the_same_as(parsed) {
                return line;
            }
        }
    }
    line
}

fn assemble(parsed: &Parsed, title: &str, when: &str, profile: QuickAddProfile) -> String {
    let mut parts = Vec::new();
    if profile == QuickAddProfile::TodoTxt {
        parts.extend(todo_txt_priority(parsed.priority).map(str::to_owned));
        parts.extend(parsed.created.map(format_date));
    }
    parts.extend([title.to_owned(), when.to_owned()]);
    let marked = marks::priorities(profile).iter().find(|(_, priority)| *priority == parsed.priority);
    parts.extend(marked.filter(|_| parsed.priority != Priority::None).map(|(mark, _)| (*mark).to_owned()));
    let tags = parsed.tags.iter().map(|tag| (SpanKind::Tag, tag.as_str()));
    let others = [
        (SpanKind::Project, &parsed.project),
        (SpanKind::Section, &parsed.section),
        (SpanKind::Assignee, &parsed.assignee),
    ];
    let others = others.into_iter().filter_map(|(kind, name)| Some((kind, name.as_deref()?)));
    let names = tags.chain(others).filter_map(|(kind, name)| Some(named(marks::sign(profile, kind)?, name)));
    parts.extend(names);
    parts.extend(parsed.deadline.map(|date| format!("{{{}}}", format_date(date))));
    parts.extend(parsed.reminders.iter().map(|reminder| remind(reminder)));
    parts.extend(parsed.notes.as_ref().map(|notes| format!("// {notes}")));
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn todo_txt_priority(priority: Priority) -> Option<&'static str> {
    match priority {
        Priority::None => None,
        Priority::Low => Some("(C)"),
        Priority::Medium => Some("(B)"),
        Priority::High => Some("(A)"),
    }
}

fn named(sign: char, name: &str) -> String {
    let plain = name.starts_with(char::is_alphabetic)
        && !name.contains(char::is_whitespace)
        && !name.ends_with(PUNCTUATION)
        && !name.ends_with('}');
    if plain { format!("{sign}{name}") } else { format!("{sign}\"{name}\"") }
}

fn remind(reminder: &str) -> String {
    let offset = reminder.strip_prefix("-P").and_then(|offset| {
        let unit = offset.chars().last()?;
        let count = offset.trim_start_matches('T').strip_suffix(unit)?;
        let unit = match unit {
            'M' => Unit::Minute,
            'H' => Unit::Hour,
            'D' => Unit::Day,
            _ => Unit::Week,
        };
        Some(format!("remind {count} {} before", unit_name(unit)))
    });
    offset.unwrap_or_else(|| format!("remind at {}", reminder.replace('T', " ")))
}

/// The date or the rule in the keys of todo.txt, where they can say it.
fn with_keys(parsed: &Parsed, settings: &Settings) -> Option<String> {
    if settings.profile != QuickAddProfile::TodoTxt || parsed.due_time.is_some() {
        return None;
    }
    let due = format!("due:{}", format_date(parsed.due_date?));
    let Some(recurrence) = &parsed.recurrence else { return Some(due) };
    let plus = if recurrence.anchor == RecurrenceAnchor::Schedule { "+" } else { "" };
    let unit = match recurrence.frequency {
        _ if recurrence.weekdays == Weekdays::WORKDAYS => 'b',
        Frequency::Weekly => 'w',
        Frequency::Monthly => 'm',
        Frequency::Yearly => 'y',
        _ => 'd',
    };
    Some(format!("{due} rec:{plus}{}{unit}", recurrence.interval))
}

/// When it is due, as a phrase.
fn phrase(parsed: &Parsed) -> String {
    let zone = parsed.time_zone.as_ref().map(|zone| format!(" {}", zone.as_str())).unwrap_or_default();
    let duration = parsed.duration_min.map(|minutes| minutes_phrase(minutes.minutes())).unwrap_or_default();
    let Some(date) = parsed.due_date else { return String::new() };
    match (&parsed.recurrence, parsed.due_time) {
        (Some(recurrence), _) => rule_phrase(recurrence, date, &zone, &duration),
        (None, Some(time)) => format!("{} {time}{zone}{duration}", format_date(date)),
        (None, None) => format_date(date),
    }
}

/// More minutes than four digits can say are hours with the rest.
fn minutes_phrase(minutes: i32) -> String {
    if minutes < 10_000 { format!(" for {minutes} min") } else { format!(" for {}h{}m", minutes / 60, minutes % 60) }
}

fn rule_phrase(recurrence: &Recurrence, first: Date, zone: &str, duration: &str) -> String {
    let mut phrase = String::from(if recurrence.anchor == RecurrenceAnchor::Schedule { "every " } else { "every! " });
    phrase.push_str(&days(recurrence));
    if !recurrence.times.is_empty() {
        let times: Vec<String> = recurrence.times.iter().map(ToString::to_string).collect();
        phrase.push_str(&format!(" at {}{zone}{duration}", times.join(", ")));
    }
    phrase.push_str(&format!(" starting {}", format_date(first)));
    if let (true, Some(time)) = (recurrence.is_within_day(), recurrence.start_time) {
        phrase.push_str(&format!(" {time}{zone}"));
    }
    match recurrence.end {
        End::Until(date) => phrase.push_str(&format!(" until {}", format_date(date))),
        End::Times(count) => phrase.push_str(&format!(" for {count} times")),
        End::Never | End::After(..) => {}
    }
    phrase
}

fn days(recurrence: &Recurrence) -> String {
    let interval = recurrence.interval;
    let unit = match recurrence.frequency {
        Frequency::Minutely => Unit::Minute,
        Frequency::Hourly => Unit::Hour,
        Frequency::Daily => Unit::Day,
        Frequency::Weekly => Unit::Week,
        Frequency::Monthly => Unit::Month,
        Frequency::Yearly => Unit::Year,
    };
    if recurrence.frequency == Frequency::Weekly && !recurrence.weekdays.is_empty() {
        return format!("{interval} {}", weekdays(recurrence.weekdays));
    }
    let mut days = format!("{interval} {}", unit_name(unit));
    if !recurrence.places.is_empty() {
        let places: Vec<String> = recurrence.places.iter().map(|place| place_phrase(*place)).collect();
        days.push_str(&format!(" on the {}", places.join(", ")));
    }
    if let Some(others) = Weekdays::default().except(recurrence.weekdays).filter(|_| !recurrence.weekdays.is_empty()) {
        days.push_str(&format!(" except {}", weekdays(others)));
    }
    days
}

fn weekdays(weekdays: Weekdays) -> String {
    weekdays.iter().map(weekday_name).collect::<Vec<_>>().join(", ")
}

fn place_phrase(place: MonthPlace) -> String {
    let (number, name) = match place.place {
        Place::Day(-1) => (-1, "day"),
        Place::Day(number) => (number, ""),
        Place::Workday(number) => (number, "workday"),
        Place::Weekday(weekday, number) => (number, weekday_name(Weekday::Monday.nth_next(weekday))),
    };
    let mut phrase = if number < 0 { "last".to_owned() } else { format!("{number}{}", suffix(number)) };
    for part in [Some(name), place.month.map(month_name)].into_iter().flatten().filter(|part| !part.is_empty()) {
        phrase.push(' ');
        phrase.push_str(part);
    }
    phrase
}

fn suffix(number: i8) -> &'static str {
    match (number / 10, number % 10) {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}
