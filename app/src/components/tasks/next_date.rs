//! Says when a task that repeats is due next.

use domain::calendar::{parse_date, say_date};
#[cfg(feature = "ssr")]
use domain::{
    calendar::{Date, format_date},
    recurrence::Occurrence,
    tasks::Dates,
};

/// What was done, and to which date the task went on: "Done. Next Mon 23 Nov". `occurrence` is written as REST does.
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub fn say_next(done: &str, occurrence: &str, today: &str) -> Option<String> {
    Some(format!("{done}. Next {}", say(occurrence, today)?))
}

/// A date in the middle of a sentence, where the names of days keep their capitals.
#[cfg(any(feature = "hydrate", feature = "ssr"))]
fn say(occurrence: &str, today: &str) -> Option<String> {
    let (date, time) = occurrence.split_once('T').map_or((occurrence, None), |(date, time)| (date, Some(time)));
    let mut day = say_date(parse_date(date)?, parse_date(today)?);
    if day.ends_with("day") || day == "Tomorrow" {
        day.make_ascii_lowercase();
    }
    Some(time.map_or_else(|| day.clone(), |time| format!("{day}, {time}")))
}

/// When something that was completed had been due.
#[cfg(feature = "ssr")]
pub fn say_was_due(occurrence: &Occurrence, today: Date) -> String {
    format!("Due {}", say(&occurrence.to_string(), &format_date(today)).unwrap_or_default())
}

/// How something repeats and its next dates, in a line; nothing for what does not repeat.
#[cfg(feature = "ssr")]
pub fn say_dates(dates: &Dates, today: Date) -> String {
    let Some(words) = &dates.text else { return String::new() };
    let today = format_date(today);
    let next = |next: &Occurrence| say(&next.to_string(), &today);
    let due = dates.due.as_ref().and_then(next).unwrap_or_default();
    let following: Vec<String> = dates.occurrences.iter().filter_map(next).collect();
    if following.is_empty() {
        return format!("{words}. Due {due}, for the last time.");
    }
    format!("{words}. Due {due}, then {}", following.join(" · "))
}
