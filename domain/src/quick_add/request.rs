//! What a client sends to have a line read, and what becomes of it when a task is made from it. What the account has no
//! place for stays in the title: nothing that was typed is lost.

use super::{Ignored, Names, Parsed, Settings, Span, SpanKind, parse};
use crate::{
    Error,
    calendar::{ClockTime, Date, LocalTime},
    ids::{ProjectId, TaskId},
    json::{Complaint, FromText, Reader, without_controls},
    recurrence::RuleSet,
    tasks::{NewTask, Notes, Repeat, Tags, TaskPatch, Title},
};
use serde_json::Value;

/// The longest text that is read at once, in code points: a full page of lines.
pub const LONGEST: usize = 10_000;
/// What a task has no field for yet; a project that there is not has no place either.
const HOMELESS: [SpanKind; 5] =
    [SpanKind::Project, SpanKind::Assignee, SpanKind::Section, SpanKind::Created, SpanKind::Reminder];

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
        let ignored = reader.value("ignored", read_ignored);
        reader.finish()?;
        let settings = settings.map_or(Ok(*account), |settings| {
            read_settings(settings, account).map_err(|error| error.under("settings"))
        })?;
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

/// A line that a task is to be made from, and what was said beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewLine {
    /// The id that the client chose, if it did.
    pub id: Option<TaskId>,
    /// The line.
    pub text: String,
    /// What shall stay text.
    pub ignored: Vec<Ignored>,
    /// What the fields say. It counts more than what the line says; tags of both are kept.
    pub fields: TaskPatch,
    /// When it is due if neither the line nor a field says so.
    pub usual_due_date: Option<Date>,
    /// The project it is in if neither the line nor a field says so.
    pub usual_project_id: Option<ProjectId>,
}

impl NewLine {
    /// Reads a JSON object with `quick_add` and, if wanted, `id`, `ignored`, `usual_due_date`, `usual_project_id` and
    /// the fields of a task but for its title.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let id = reader.text("id").flatten();
        let text = reader.text("quick_add");
        let ignored = reader.value("ignored", read_ignored);
        let usual_due_date = reader.text("usual_due_date").flatten();
        let usual_project_id = reader.text("usual_project_id").flatten();
        let fields = TaskPatch::read_all_but_title(&mut reader);
        reader.finish()?;
        let text = text.flatten().ok_or_else(no_title)?;
        Ok(Self { id, text, ignored: ignored.flatten().unwrap_or_default(), fields, usual_due_date, usual_project_id })
    }
}

/// What shall stay text: as JSON texts and ranges, or as a form sends texts, each on a line of its own.
fn read_ignored(value: &Value) -> Result<Vec<Ignored>, Complaint> {
    let complaint = || Complaint::new("invalid_ignored", "Send a list of texts or of {start, end}");
    match value {
        Value::String(words) => Ok(words.lines().map(|words| Ignored::Words(words.to_owned())).collect()),
        value => serde_json::from_value(value.clone()).map_err(|_| complaint()),
    }
}

/// The task that a line asks for; `project` tells which project has a name that the line says.
///
/// # Errors
/// Nothing is left for a title, or what is left or said cannot be taken.
pub fn new_task(
    line: NewLine,
    now: LocalTime,
    settings: &Settings,
    names: &Names<'_>,
    project: impl Fn(&str) -> Option<ProjectId>,
) -> Result<NewTask, Error> {
    let NewLine { id, text, ignored, fields, usual_due_date, usual_project_id } = line;
    let refuse = |complaint: Complaint| Error::Invalid(vec![complaint.about("quick_add")]);
    // Some of them count as spaces, which a title would silently swallow.
    without_controls(&text, &['\t', '\n', '\r']).map_err(refuse)?;
    let parsed = parse_for_task(&text, now, settings, names, &ignored);
    if parsed.lacks_title() {
        return Err(no_title());
    }
    let title = Title::from_text(&parsed.title).map_err(refuse)?;
    let project = parsed.project.as_deref().and_then(project).or(usual_project_id);
    let mut fields = together(parsed, fields).map_err(refuse)?;
    if let (Some(None), Some(usual)) = (fields.due_date, usual_due_date) {
        fields.due_date = Some(Some(usual));
    }
    fields.project_id = fields.project_id.or(project.map(Some));
    Ok(NewTask { id, title, fields })
}

/// Reads a line as a task can take it: what a task has no field for is text.
pub fn parse_for_task(
    text: &str,
    now: LocalTime,
    settings: &Settings,
    names: &Names<'_>,
    ignored: &[Ignored],
) -> Parsed {
    let first = parse(text, now, settings, names, ignored);
    let is_there = |span: &Span| span.kind == SpanKind::Project && names.projects.contains(&span.value.as_str());
    let homeless = first.spans.iter().filter(|span| HOMELESS.contains(&span.kind) && !is_there(span));
    let homeless = homeless.map(|span| Ignored::Range { start: span.start, end: span.end });
    let ignored: Vec<Ignored> = ignored.iter().cloned().chain(homeless).collect();
    parse(text, now, settings, names, &ignored)
}

fn no_title() -> Error {
    Error::field("quick_add", "title_required", "Give the task a title")
}

fn together(parsed: Parsed, fields: TaskPatch) -> Result<TaskPatch, Complaint> {
    let notes = parsed.notes.as_deref().map(Option::<Notes>::from_text).transpose()?;
    parsed.rrule.as_deref().map(RuleSet::parse).transpose()?;
    let said = fields.tags.iter().flat_map(Tags::iter).cloned();
    let tags = Tags::new(parsed.tags.into_iter().chain(said))?;
    let fields = TaskPatch {
        notes: fields.notes.or(notes),
        priority: fields.priority.or(Some(parsed.priority)),
        tags: Some(tags),
        deadline: fields.deadline.or(Some(parsed.deadline)),
        duration_min: fields.duration_min.or(Some(parsed.duration_min)),
        ..fields
    };
    if fields.due.is_some() {
        return Ok(fields);
    }
    Ok(TaskPatch {
        due_date: fields.due_date.or(Some(parsed.due_date)),
        due_time: fields.due_time.or(Some(parsed.due_time)),
        time_zone: fields.time_zone.or(Some(parsed.time_zone)),
        rrule_anchor: fields.rrule_anchor.or(parsed.rrule_anchor.filter(|_| fields.repeat.is_none()).map(Some)),
        repeat: fields.repeat.or(parsed.rrule.map(Repeat::Rule).map(Some)),
        ..fields
    })
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
            (json!({"text": "x", "settings": {"clock": "13h"}}), "settings"),
            (json!({"text": "x", "ignored": 7}), "ignored"),
            (json!({"text": "x", "volume": 11}), "volume"),
        ] {
            let faults = Request::from_json(body.clone(), &Settings::default()).unwrap_err().fields();
            assert_eq!(faults[0].field, field, "{body}");
        }
    }

    const HOUSE: &str = "0193a5f0-1111-7abc-8def-0000000000a1";

    fn made(body: Value) -> Result<NewTask, Error> {
        let names = Names { projects: &["House"], ..Names::default() };
        let project = |name: &str| (name == "House").then(|| HOUSE.parse().unwrap());
        new_task(NewLine::from_json(body)?, now(), &Settings::default(), &names, project)
    }

    #[test]
    fn what_a_field_says_counts_more_than_the_line() {
        let task = made(json!({
            "quick_add": "Pay rent tomorrow !high #home", "due_date": "2026-12-01", "tags": "money", "ignored": "!high"
        }));
        let task = task.unwrap();
        assert_eq!(task.title.as_str(), "Pay rent !high");
        assert_eq!(task.fields.due_date, Some(parse_date("2026-12-01")));
        assert_eq!(task.fields.priority, Some(Priority::None));
        assert_eq!(task.fields.tags.unwrap().joined(), "home, money");
        let due = made(json!({"quick_add": "Pay rent every day", "due": "friday"})).unwrap();
        assert_eq!((due.title.as_str(), due.fields.due_date, due.fields.repeat), ("Pay rent", None, None));
    }

    #[test]
    fn a_project_that_is_there_is_taken_and_any_other_stays_text() {
        let task = |body: Value| made(body).unwrap();
        let (house, other) = (HOUSE.parse().unwrap(), "0193a5f0-1111-7abc-8def-0000000000a2");
        let paint = task(json!({"quick_add": "Paint +house", "usual_project_id": other}));
        assert_eq!((paint.title.as_str(), paint.fields.project_id), ("Paint", Some(Some(house))));
        let nowhere = task(json!({"quick_add": "Paint +Nowhere", "usual_project_id": HOUSE}));
        assert_eq!((nowhere.title.as_str(), nowhere.fields.project_id), ("Paint +Nowhere", Some(Some(house))));
        let said = task(json!({"quick_add": "Paint +House", "project_id": other}));
        assert_eq!(said.fields.project_id, Some(Some(other.parse().unwrap())));
        assert_eq!(task(json!({"quick_add": "Paint"})).fields.project_id, None);
    }

    #[test]
    fn a_line_becomes_a_task_and_nothing_is_lost() {
        let task = |text: &str| made(json!({ "quick_add": text }));
        let call = task("Call mom tomorrow 5pm !high #family // about the trip").unwrap();
        assert_eq!(call.title.as_str(), "Call mom");
        assert_eq!(call.fields.due_date, Some(parse_date("2026-11-21")));
        assert_eq!(call.fields.priority, Some(Priority::High));
        assert_eq!(call.fields.notes.unwrap().unwrap().as_str(), "about the trip");
        assert_eq!(task("Fix tap @alice !1").unwrap().title.as_str(), "Fix tap @alice");
        assert_eq!(task("#home !1").unwrap_err().fields()[0].code, "title_required");
    }
}
