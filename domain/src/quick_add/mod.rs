//! Quick add: reads a line such as `Pay rent every month on the 1st !high #home` into the fields of a task. A pure
//! function of the text, the local time and a person's choices; it knows no clock and changes nothing.
//!
//! The way of a line: `words` cuts it, `marks` reads what has a sign, `reminders` what begins with "remind",
//! `candidates` the phrases that say when (`moments` once, `phrases` repeatedly), `apart` joins a day and a time between
//! which others stand, `line` decides, `title` has the rest.

mod apart;
mod bounds;
mod candidates;
mod dates;
mod first;
mod line;
mod lines;
mod many;
mod marks;
mod moments;
mod parsed;
mod phrases;
mod recurrence;
mod reminders;
mod render;
mod repetition;
mod request;
mod rule;
mod settings;
mod times;
mod title;
pub(crate) mod vocabulary;
mod words;

use crate::{Error, calendar::LocalTime, days};
pub use lines::{Line, MOST_LINES, Typed, outline};
pub use many::{NewLines, by_line, new_tasks};
pub use parsed::{Parsed, Span, SpanKind};
pub use render::render;
pub use repetition::{Due, Repetition, read_due, read_repetition};
pub use request::{LONGEST, NewLine, Request, new_task, parse_for_task};
pub use settings::{DayParts, Ignored, Names, Settings};

/// Reads one task; line breaks count as spaces. What is in `ignored` stays text.
///
/// ```
/// use domain::{calendar::{ClockTime, LocalTime, parse_date}, quick_add::{Names, Settings, parse}};
///
/// let now = LocalTime { date: parse_date("2026-11-20").unwrap(), clock: ClockTime::from_minutes(600).unwrap() };
/// let task = parse("Call mom tomorrow 5pm #family", now, &Settings::default(), &Names::default(), &[]);
/// assert_eq!(task.title, "Call mom");
/// assert_eq!(task.due_date, parse_date("2026-11-21"));
/// assert_eq!(task.spans.len(), 2);
/// ```
pub fn parse(text: &str, now: LocalTime, settings: &Settings, names: &Names<'_>, ignored: &[Ignored]) -> Parsed {
    line::line(text, 0, line::Context { now, settings, names, ignored })
}

/// Reads every line as a task of its own; what is indented is a part of the line above it.
///
/// # Errors
/// More than [`MOST_LINES`] lines with text.
pub fn parse_lines(
    text: &str,
    now: LocalTime,
    settings: &Settings,
    names: &Names<'_>,
    ignored: &[Ignored],
) -> Result<Vec<Line>, Error> {
    lines::lines(text, line::Context { now, settings, names, ignored })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{ClockTime, parse_date};

    fn now() -> LocalTime {
        LocalTime { date: parse_date("2026-11-20").unwrap(), clock: ClockTime::from_minutes(600).unwrap() }
    }

    fn read(text: &str, ignored: &[Ignored]) -> Parsed {
        parse(text, now(), &Settings::default(), &Names::default(), ignored)
    }

    #[test]
    fn known_names_keep_their_spelling() {
        let names = Names { projects: &["House"], tags: &["Errand"], ..Names::default() };
        let task = parse("Buy paint +house #ERRAND #new", now(), &Settings::default(), &names, &[]);
        assert_eq!(task.project.as_deref(), Some("House"));
        assert_eq!(task.tags.iter().map(|tag| tag.as_str()).collect::<Vec<_>>(), ["Errand", "new"]);
    }

    #[test]
    fn a_phrase_ends_before_a_zone_that_is_not_known() {
        let names = Names { zones: &["Asia/Tokyo"], ..Names::default() };
        let read = |text| parse(text, now(), &Settings::default(), &names, &[]);
        let (known, unknown) = (read("Call 5pm ASIA/tokyo Bob"), read("Call 5pm Asia/Atlantis Bob"));
        assert_eq!((known.title.as_str(), known.time_zone.unwrap().as_str()), ("Call Bob", "Asia/Tokyo"));
        assert_eq!((unknown.title.as_str(), unknown.time_zone), ("Call Asia/Atlantis Bob", None));
        assert_eq!((known.spans[0].end, unknown.spans[0].end), (19, 8));
    }

    #[test]
    fn a_chip_that_was_turned_back_stays_text() {
        let text = "Read tomorrow friday";
        let due = &read(text, &[]).spans[0];
        let other = read(text, &[Ignored::Range { start: due.start, end: due.end }]);
        assert_eq!((other.title.as_str(), other.due_date), ("Read friday", parse_date("2026-11-21")));
        let none = read(text, &[Ignored::Words("Tomorrow".to_owned()), Ignored::Words("friday".to_owned())]);
        assert_eq!((none.title.as_str(), none.due_date), (text, None));
    }

    #[test]
    fn what_else_it_could_mean_is_told() {
        let task = read("dentist tomorrow and gym 12/5", &[]);
        let others: Vec<&str> = task.alternatives.iter().map(|span| span.value.as_str()).collect();
        assert_eq!(others, ["2026-11-21", "2026-12-05"]);
    }

    #[test]
    fn spans_count_code_points_and_go_around_marks() {
        let text = "Café 👍 mon #sport 9am";
        let task = read(text, &[]);
        let slices: Vec<String> =
            task.spans.iter().map(|span| text.chars().skip(span.start).take(span.end - span.start).collect()).collect();
        assert_eq!(slices, ["mon", "#sport", "9am"]);
        assert_eq!(task.title, "Café 👍");
    }

    #[test]
    fn a_day_and_a_time_apart_have_a_span_each_and_can_be_turned_back_one_by_one() {
        let text = "Lunch tomorrow with Ann 12:30";
        let spans = read(text, &[]).spans;
        let seen: Vec<_> = spans.iter().map(|span| (span.start, span.end, span.value.as_str())).collect();
        assert_eq!(seen, [(6, 14, "2026-11-21 12:30"), (24, 29, "2026-11-21 12:30")]);
        let without_time = read(text, &[Ignored::Range { start: 24, end: 29 }]);
        assert_eq!((without_time.title.as_str(), without_time.due_time), ("Lunch with Ann 12:30", None));
        assert_eq!(without_time.due_date, parse_date("2026-11-21"));
    }

    #[test]
    fn lines_are_tasks_and_indentation_makes_parts() {
        let text = "House #home\n  Roof tomorrow\r\n\tTiles\n\n  Door\nGarden";
        let lines = parse_lines(text, now(), &Settings::default(), &Names::default(), &[]).unwrap();
        let seen: Vec<_> = lines.iter().map(|line| (line.parsed.title.as_str(), line.parent)).collect();
        assert_eq!(seen, [("House", None), ("Roof", Some(0)), ("Tiles", Some(1)), ("Door", Some(0)), ("Garden", None)]);
        let span = &lines[1].parsed.spans[0];
        assert_eq!(text.chars().skip(span.start).take(span.end - span.start).collect::<String>(), "tomorrow");
    }

    #[test]
    fn only_marks_make_no_title() {
        assert!(read("#home +House", &[]).lacks_title());
        assert_eq!(read("tomorrow {fri} #home", &[]).title, "tomorrow {fri}");
    }
}
