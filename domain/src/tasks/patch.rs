//! A change to a task's fields, as a merge patch (RFC 7396): absent stays, null clears.

use crate::{
    Error,
    accounts::ZoneName,
    calendar::{ClockTime, Date},
    ids::{ProjectId, TaskId},
    json::{Complaint, FromText, Reader},
    tasks::{DuePhrase, DurationMinutes, Notes, Priority, RecurrenceAnchor, Repeat, TagName, Tags, Title},
};
use serde_json::Value;

/// The fields to change. `None` stays as it is; `Some(None)` is cleared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TaskPatch {
    /// The new title.
    pub title: Option<Title>,
    /// The new notes.
    pub notes: Option<Option<Notes>>,
    /// The new priority.
    pub priority: Option<Priority>,
    /// All tags from now on.
    pub tags: Option<Tags>,
    /// The new project.
    pub project_id: Option<Option<ProjectId>>,
    /// The task that this becomes a part of.
    pub parent_id: Option<Option<TaskId>>,
    /// When it shall be due, in words that say all of the following up to what its repetition counts from.
    pub due: Option<Option<DuePhrase>>,
    /// The new due day. Clearing it clears the time too.
    pub due_date: Option<Option<Date>>,
    /// The new due time.
    pub due_time: Option<Option<ClockTime>>,
    /// The new zone of the due time.
    pub time_zone: Option<Option<ZoneName>>,
    /// The new start.
    pub start_date: Option<Option<Date>>,
    /// The new deadline.
    pub deadline: Option<Option<Date>>,
    /// The new duration.
    pub duration_min: Option<Option<DurationMinutes>>,
    /// How it shall repeat.
    pub repeat: Option<Option<Repeat>>,
    /// What its repetition shall count from.
    pub rrule_anchor: Option<Option<RecurrenceAnchor>>,
    /// Whether it is done.
    pub is_completed: Option<bool>,
}

/// Fields that only the server may set; a body that names them is read as if it did not.
const SERVER_OWNED: [&str; 9] =
    ["id", "user_id", "completed_at", "due_at", "position", "revision", "created_at", "updated_at", "deleted_at"];

impl TaskPatch {
    /// Reads a JSON object.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let title = reader.not_null("title", "Give the task a title");
        let patch = Self::read_all_but_title(&mut reader);
        reader.finish()?;
        Ok(Self { title, ..patch })
    }

    /// Reads every field but the title; those that only the server may set are passed over.
    pub(crate) fn read_all_but_title(reader: &mut Reader) -> Self {
        reader.ignore(&SERVER_OWNED);
        let fields = Self {
            title: None,
            due: None,
            notes: reader.text::<Option<Notes>>("notes").map(Option::flatten),
            priority: reader.text("priority").map(Option::unwrap_or_default),
            tags: reader.value("tags", read_tags).map(Option::unwrap_or_default),
            project_id: reader.text("project_id"),
            parent_id: reader.text("parent_id"),
            due_date: reader.text("due_date"),
            due_time: reader.text("due_time"),
            time_zone: reader.text("time_zone"),
            start_date: reader.text("start_date"),
            deadline: reader.text("deadline"),
            duration_min: reader.value("duration_min", |value| {
                let minutes = value.as_i64().ok_or_else(|| Complaint::new("not_a_number", "Send whole minutes"))?;
                DurationMinutes::new(minutes)
            }),
            repeat: Repeat::read(reader),
            rrule_anchor: reader.text("rrule_anchor"),
            is_completed: reader.value("is_completed", read_boolean).map(Option::unwrap_or_default),
        };
        Self { due: DuePhrase::read(reader, &fields), ..fields }
    }
}

fn read_boolean(value: &Value) -> Result<bool, Complaint> {
    value.as_bool().ok_or_else(|| Complaint::new("not_a_boolean", "Send true or false"))
}

pub(super) fn read_tags(value: &Value) -> Result<Tags, Complaint> {
    let not_a_list = || Complaint::new("not_a_list", "Send the tags as a list of names");
    match value {
        Value::Array(names) => {
            let names = names.iter().zip(0..).map(|(name, number)| match name {
                Value::String(name) => TagName::from_text(name).map_err(|complaint| complaint.of_element(number, name)),
                other => Err(not_a_list().of_element(number, &other.to_string())),
            });
            Tags::new(names.collect::<Result<Vec<_>, _>>()?)
        }
        Value::String(names) => Tags::from_text(names),
        _ => Err(not_a_list()),
    }
}

/// The most tasks that are made at once.
pub const MOST_NEW_TASKS: usize = crate::quick_add::MOST_LINES;

/// A task to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTask {
    /// The id that the client chose, if it did (offline clients do).
    pub id: Option<TaskId>,
    /// What is to be done.
    pub title: Title,
    /// Everything else.
    pub fields: TaskPatch,
}

impl NewTask {
    /// Reads a JSON object; `title` must be there.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let id = reader.text("id").flatten();
        let title = reader.required("title", "Give the task a title");
        let fields = TaskPatch::read_all_but_title(&mut reader);
        reader.finish()?;
        title.map(|title| Self { id, title, fields }).ok_or(Error::Internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_date;
    use serde_json::json;

    #[test]
    fn absent_stays_and_null_clears() {
        let patch = TaskPatch::from_json(json!({"due_date": null, "notes": "call first"})).unwrap();
        assert_eq!(patch.due_date, Some(None));
        assert_eq!(patch.due_time, None);
        assert_eq!(patch.notes.unwrap().unwrap().as_str(), "call first");
    }

    #[test]
    fn what_the_server_owns_is_ignored_and_what_nobody_knows_is_refused() {
        let body = json!({"title": "Mine", "user_id": "someone", "revision": 99, "created_at": "1970"});
        assert!(NewTask::from_json(body).is_ok());
        let fault = TaskPatch::from_json(json!({"titel": "typo"})).unwrap_err();
        assert_eq!(fault.fields()[0].code, "unknown_field");
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let body = json!({"title": " ", "priority": "urgent", "due_date": "2026-02-30", "tags": [1], "duration_min": 0, "is_completed": "yes"});
        let fields: Vec<String> =
            TaskPatch::from_json(body).unwrap_err().fields().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["title", "priority", "tags", "due_date", "duration_min", "is_completed"]);
    }

    #[test]
    fn a_fault_in_a_list_says_which_element_it_is_about() {
        let fault = TaskPatch::from_json(json!({"tags": ["home", "a,b"]})).unwrap_err().fields().remove(0);
        assert_eq!((fault.field.as_str(), fault.inside.as_slice()), ("tags", &["1".to_owned()][..]));
        assert!(fault.detail.starts_with("“a,b”: A tag has no comma"), "{}", fault.detail);
        let long = TaskPatch::from_json(json!({"tags": ["x\0".repeat(500)]})).unwrap_err().fields().remove(0);
        assert!(long.detail.len() < 400 && !long.detail.contains('\0'), "{}", long.detail);
    }

    #[test]
    fn a_title_cannot_be_cleared() {
        assert!(TaskPatch::from_json(json!({"title": null})).is_err());
        assert!(NewTask::from_json(json!({})).is_err());
        assert!(NewTask::from_json(json!([])).is_err());
    }

    #[test]
    fn a_date_is_a_date() {
        let patch = TaskPatch::from_json(json!({"due_date": "2026-11-20", "due_time": "09:30"})).unwrap();
        assert_eq!(patch.due_date, Some(parse_date("2026-11-20")));
        assert_eq!(patch.due_time.flatten().unwrap().minutes(), 570);
    }
}
