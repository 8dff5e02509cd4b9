//! When a task is due, said in words such as "tomorrow 5pm" or "every month on the 1st". What they mean depends on the
//! day on which they are read and on whose task it is.

use crate::{
    Error,
    calendar::LocalTime,
    json::{Complaint, FromText, Reader, without_controls},
    quick_add::{Settings, read_due},
    tasks::{Repeat, TaskPatch},
};
use std::borrow::Cow;

/// The longest phrase, in code points.
const LONGEST: usize = 200;

/// Such words, not read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuePhrase(String);

impl FromText for DuePhrase {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        without_controls(text, &[])?;
        if text.chars().nth(LONGEST).is_some() {
            return Err(Complaint::new("too_long", format!("Say it in at most {LONGEST} characters")));
        }
        Ok(Self(text.to_owned()))
    }
}

impl DuePhrase {
    /// Reads `due`, which says all that these fields say.
    pub(super) fn read(reader: &mut Reader, fields: &TaskPatch) -> Option<Option<Self>> {
        let due = reader.text("due");
        let is_said = fields.due_date.is_some()
            || fields.due_time.is_some()
            || fields.time_zone.is_some()
            || fields.repeat.is_some()
            || fields.rrule_anchor.is_some();
        if due.is_some() && is_said {
            let detail = "Send either due, or due_date and the fields that go with it";
            reader.complain("due", "said_twice", detail);
        }
        due
    }
}

impl TaskPatch {
    /// The same with the words of `due` read into the fields that they are about. How the task repeats stays, unless
    /// they say that too.
    ///
    /// # Errors
    /// The words do not say when, or say more than that.
    pub fn with_due_read(&self, now: LocalTime, settings: &Settings) -> Result<Cow<'_, Self>, Error> {
        let Some(due) = &self.due else { return Ok(Cow::Borrowed(self)) };
        let patch = Self { due: None, ..self.clone() };
        let Some(DuePhrase(text)) = due else { return Ok(Cow::Owned(Self { due_date: Some(None), ..patch })) };
        let due = read_due(text, now, settings).ok_or_else(|| {
            let detail = "Say it like “tomorrow 5pm”, “in 3 days” or “every month on the 1st”";
            Error::field("due", "not_understood", detail)
        })?;
        let (rule, anchor) = due.repetition.unzip();
        Ok(Cow::Owned(Self {
            due_date: Some(Some(due.date)),
            due_time: Some(due.time),
            time_zone: due.time_zone.map(Some),
            repeat: rule.map(|rule| Some(Repeat::Rule(rule))),
            rrule_anchor: anchor.map(Some),
            ..patch
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{calendar::parse_date, tasks::RecurrenceAnchor};
    use serde_json::{Value, json};

    /// What a body asks for on Friday, 20 November 2026 at ten.
    fn read(body: Value) -> Result<TaskPatch, Error> {
        let now = LocalTime::from_text("2026-11-20T10:00").unwrap();
        let patch = TaskPatch::from_json(body)?;
        patch.with_due_read(now, &Settings::default()).map(Cow::into_owned)
    }

    #[test]
    fn words_say_the_day_the_time_and_how_it_repeats() {
        let once = read(json!({"due": "tomorrow 5pm"})).unwrap();
        assert_eq!(once.due_date, Some(parse_date("2026-11-21")));
        assert_eq!(once.due_time.flatten().unwrap().to_string(), "17:00");
        assert_eq!((once.repeat, once.due), (None, None));
        let repeated = read(json!({"due": "every! month on the 1st"})).unwrap();
        assert_eq!(repeated.due_date, Some(parse_date("2026-12-01")));
        assert_eq!(repeated.due_time, Some(None));
        assert_eq!(repeated.repeat, Some(Some(Repeat::Rule("FREQ=MONTHLY;BYMONTHDAY=1".to_owned()))));
        assert_eq!(repeated.rrule_anchor, Some(Some(RecurrenceAnchor::Completion)));
        assert_eq!(read(json!({"due": null})).unwrap().due_date, Some(None));
    }

    #[test]
    fn words_that_say_something_else_are_refused() {
        for (due, code) in [
            (json!("when it rains"), "not_understood"),
            (json!("call Ann tomorrow"), "not_understood"),
            (json!("tomorrow !high"), "not_understood"),
            (json!(""), "not_understood"),
            (json!("tomorrow ".repeat(30)), "too_long"),
            (json!("tomorrow\u{0}"), "control_character"),
            (json!(7), "not_a_text"),
        ] {
            let fault = read(json!({ "due": due })).unwrap_err().fields().remove(0);
            assert_eq!((fault.field.as_str(), fault.code.as_str()), ("due", code), "{due}");
        }
    }

    #[test]
    fn what_is_said_in_words_is_not_said_in_fields_too() {
        for field in [json!({"due_date": "2026-12-01"}), json!({"due_time": null}), json!({"repeat": "every day"})] {
            let mut body = field.clone();
            body["due"] = json!("tomorrow");
            assert_eq!(read(body).unwrap_err().fields()[0].code, "said_twice", "{field}");
        }
    }
}
