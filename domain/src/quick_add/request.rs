//! What a client sends to have a line read, and what becomes of it when a task is made from it. What the account has no
//! place for stays in the title: nothing that was typed is lost.

use super::{Ignored, Names, Parsed, Settings, SpanKind, parse};
use crate::{
    Error,
    calendar::{ClockTime, Date, LocalTime},
    ids::TaskId,
    json::{Complaint, FromText, Reader},
    tasks::{NewTask, Notes, Tags, TaskPatch, Title},
};
use serde_json::Value;

/// The longest text that is read at once, in code points: a full page of lines.
const LONGEST: usize = 10_000;
/// What a task has no field for yet.
const HOMELESS: [SpanKind; 6] = [
    SpanKind::Project,
    SpanKind::Assignee,
    SpanKind::Section,
    SpanKind::Created,
    SpanKind::Reminder,
    SpanKind::Recurrence,
];

/// A line that is to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The line.
    pub text: String,
    /// The local time to read it at, if not now.
    pub now: Option<LocalTime>,
    /// The choices to read it by.
    pub settings: Settings,
    /// What shall stay text.
    pub ignored: Vec<Ignored>,
}

impl Request {
    /// Reads a JSON object with `text` and, if wanted, `now` (`2026-11-20T10:00`), `settings` and `ignored`. Choices
    /// that it does not name are those of the account.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value, account: &Settings) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let text = reader.required::<Line>("text", "Send the line to read as text");
        let now = reader.text::<LocalTime>("now").flatten();
        let settings = reader.value("settings", |value| Ok(value.clone())).flatten();
        let ignored = reader.value("ignored", |value| {
            let complaint = || Complaint::new("invalid_ignored", "Send a list of texts or of {start, end}");
            serde_json::from_value(value.clone()).map_err(|_| complaint())
        });
        reader.finish()?;
        let settings = settings.map_or(Ok(*account), |settings| read_settings(settings, account))?;
        let Line(text) = text.ok_or(Error::Internal)?;
        Ok(Self { text, now, settings, ignored: ignored.flatten().unwrap_or_default() })
    }
}

struct Line(String);

impl FromText for Line {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        if text.chars().nth(LONGEST).is_some() {
            return Err(Complaint::new("too_long", format!("At most {LONGEST} characters are read at once")));
        }
        Ok(Self(text.to_owned()))
    }
}

impl FromText for LocalTime {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let complaint = || Complaint::new("invalid_local_time", "Give a local time as 2026-11-20T10:00");
        let (date, clock) = text.split_once('T').ok_or_else(complaint)?;
        let clock = clock.get(..5).filter(|_| [5, 8].contains(&clock.len())).ok_or_else(complaint)?;
        Ok(Self {
            date: Date::from_text(date).map_err(|_| complaint())?,
            clock: ClockTime::from_text(clock).map_err(|_| complaint())?,
        })
    }
}

/// Choices whose words may be written in any case, such as `DMY`, with the two letters of iCalendar for weekdays.
fn read_settings(value: Value, account: &Settings) -> Result<Settings, Error> {
    let mut reader = Reader::new(value)?;
    reader.ignore(&["tz", "time_zone"]);
    let mut settings = *account;
    choose(&mut reader, "profile", &mut settings.profile);
    choose(&mut reader, "date_order", &mut settings.date_order);
    choose(&mut reader, "clock", &mut settings.clock);
    choose(&mut reader, "week_start", &mut settings.week_start);
    let parts = &mut settings.day_parts;
    for (name, part) in [
        ("morning", &mut parts.morning),
        ("noon", &mut parts.noon),
        ("afternoon", &mut parts.afternoon),
        ("evening", &mut parts.evening),
        ("night", &mut parts.night),
    ] {
        choose(&mut reader, name, part);
    }
    reader.finish()?;
    Ok(settings)
}

fn choose<T: FromText>(reader: &mut Reader, name: &str, choice: &mut T) {
    let chosen = reader.value(name, |value| match value {
        Value::String(text) => T::from_text(&plain(text)),
        _ => Err(Complaint::new("not_a_text", "Send this as a text")),
    });
    if let Some(chosen) = chosen.flatten() {
        *choice = chosen;
    }
}

fn plain(word: &str) -> String {
    match word.to_lowercase().as_str() {
        "mo" => "monday".to_owned(),
        "su" => "sunday".to_owned(),
        "sa" => "saturday".to_owned(),
        word => word.to_owned(),
    }
}

/// The task that a line asks for.
///
/// # Errors
/// Nothing is left for a title, or what is left or said cannot be taken.
pub fn new_task(
    id: Option<TaskId>,
    text: &str,
    now: LocalTime,
    settings: &Settings,
    names: &Names<'_>,
    ignored: &[Ignored],
) -> Result<NewTask, Error> {
    let read = |ignored: &[Ignored]| parse(text, now, settings, names, ignored);
    let first = read(ignored);
    let homeless = first.spans.iter().filter(|span| HOMELESS.contains(&span.kind));
    let mut ignored = ignored.to_vec();
    ignored.extend(homeless.map(|span| Ignored::Range { start: span.start, end: span.end }));
    fields(id, read(&ignored))
}

fn fields(id: Option<TaskId>, parsed: Parsed) -> Result<NewTask, Error> {
    if parsed.lacks_title() {
        return Err(Error::field("quick_add", "title_required", "Give the task a title"));
    }
    let refuse = |complaint: Complaint| Error::Invalid(vec![complaint.about("quick_add")]);
    let title = Title::from_text(&parsed.title).map_err(refuse)?;
    let notes = parsed.notes.as_deref().map(Option::<Notes>::from_text).transpose().map_err(refuse)?;
    let fields = TaskPatch {
        notes,
        priority: Some(parsed.priority),
        tags: Some(Tags::new(parsed.tags).map_err(refuse)?),
        due_date: Some(parsed.due_date),
        due_time: Some(parsed.due_time),
        time_zone: Some(parsed.time_zone),
        deadline: Some(parsed.deadline),
        duration_min: Some(parsed.duration_min),
        ..TaskPatch::default()
    };
    Ok(NewTask { id, title, fields })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{calendar::parse_date, tasks::Priority};
    use serde_json::json;

    fn now() -> LocalTime {
        LocalTime::from_text("2026-11-20T10:00").unwrap()
    }

    #[test]
    fn a_request_overrides_the_choices_of_the_account() {
        let body = json!({"text": "Pay 5/12", "now": "2026-11-20T10:00", "settings": {
            "profile": "todoist", "date_order": "MDY", "clock": "12h", "week_start": "SU", "morning": "08:00", "tz": "Europe/Berlin"
        }});
        let request = Request::from_json(body, &Settings::default()).unwrap();
        assert_eq!(request.now, Some(now()));
        assert_eq!(request.settings.date_order.as_str(), "mdy");
        assert_eq!(request.settings.week_start.as_str(), "sunday");
        assert_eq!(request.settings.day_parts.morning.to_string(), "08:00");
    }

    #[test]
    fn nonsense_is_told_field_by_field() {
        for (body, field) in [
            (json!({}), "text"),
            (json!({"text": "x".repeat(10_001)}), "text"),
            (json!({"text": "x", "now": "soon"}), "now"),
            (json!({"text": "x", "settings": {"clock": "13h"}}), "clock"),
            (json!({"text": "x", "ignored": 7}), "ignored"),
            (json!({"text": "x", "volume": 11}), "volume"),
        ] {
            let faults = Request::from_json(body.clone(), &Settings::default()).unwrap_err().fields();
            assert_eq!(faults[0].field, field, "{body}");
        }
    }

    #[test]
    fn a_line_becomes_a_task_and_nothing_is_lost() {
        let task = |text: &str| new_task(None, text, now(), &Settings::default(), &Names::default(), &[]);
        let made = task("Call mom tomorrow 5pm !high #family // about the trip").unwrap();
        assert_eq!(made.title.as_str(), "Call mom");
        assert_eq!(made.fields.due_date, Some(parse_date("2026-11-21")));
        assert_eq!(made.fields.priority, Some(Priority::High));
        assert_eq!(made.fields.notes.unwrap().unwrap().as_str(), "about the trip");
        assert_eq!(task("Fix tap @alice !1").unwrap().title.as_str(), "Fix tap @alice");
        assert_eq!(task("#home !1").unwrap_err().fields()[0].code, "title_required");
    }
}
