//! A form about tasks that was refused. The server tells a page of at most one, and an island keeps at most one; each
//! form looks whether it is its own.

#[cfg(feature = "hydrate")]
use crate::client::json::{FromJson, Json};
use crate::components::tasks::Card;
#[cfg(feature = "ssr")]
use crate::forms::Failure;

/// The fields of a form, by name.
pub type Fields = Vec<(String, String)>;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize))]
pub struct Fault {
    /// The field's name.
    pub field: String,
    /// A sentence for people.
    pub detail: String,
}

/// Why a form was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// A sentence for people.
    pub sentence: String,
    /// What is wrong with its fields.
    pub faults: Vec<Fault>,
    /// The task as somebody else has left it in the meantime.
    pub newest: Option<Card>,
    /// Whether the same may succeed when it is sent once more.
    pub may_pass: bool,
}

#[cfg(feature = "hydrate")]
impl Reason {
    /// Nothing is wrong but these fields.
    pub fn of_fields(faults: Vec<Fault>) -> Self {
        Self { sentence: String::new(), faults, newest: None, may_pass: false }
    }
}

/// A form that was refused.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize))]
pub struct Refusal {
    /// What the form does, such as `add_task`.
    pub action: String,
    /// What was typed.
    pub fields: Fields,
    /// What is to be said about the form as a whole.
    pub sentences: Vec<String>,
    /// What is wrong with its fields.
    pub faults: Vec<Fault>,
    /// The task as somebody else has left it in the meantime.
    pub newest: Option<Card>,
    /// Whether the same may succeed when it is sent once more.
    pub may_pass: bool,
}

impl Refusal {
    /// The refusal of such a form. What is wrong with a field is said beside it, but the filters say all in one place
    /// and a form that only has a button has no other.
    pub fn new(action: String, fields: Fields, reason: Reason) -> Self {
        let Reason { sentence, faults, newest, may_pass } = reason;
        let sentences = if faults.is_empty() || is_about_a_row(&action) {
            vec![sentence]
        } else if action == "list_tasks" {
            faults.iter().map(|fault| fault.detail.clone()).collect()
        } else {
            Vec::new()
        };
        Self { action, fields, sentences, faults, newest, may_pass }
    }

    /// What was typed into a field.
    pub fn draft(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// What is wrong with a field.
    pub fn message(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.detail.as_str())
    }

    /// Whether a field is the first to be mended.
    pub fn begins_with(&self, field: &str) -> bool {
        self.faults.first().is_some_and(|fault| fault.field == field)
    }

    /// Whether it is about such a form, and about this task if there is one.
    pub fn is_about(&self, action: &str, task: Option<&str>) -> bool {
        self.action == action && task.is_none_or(|task| self.draft("id") == Some(task))
    }

    /// Whether it is about a form that a row of a list has.
    pub fn is_about_a_row(&self) -> bool {
        is_about_a_row(&self.action)
    }
}

fn is_about_a_row(action: &str) -> bool {
    ["set_task_completed", "skip_task", "delete_task", "restore_task", "tick_note", "move_task"].contains(&action)
}

#[cfg(feature = "ssr")]
impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        use domain::Error;

        let is_about_a_row = is_about_a_row(&failure.action);
        let faults = failure.error.as_ref().map(Error::fields).unwrap_or_default();
        let sentence = match &failure.error {
            Some(error) => error.to_string(),
            None if is_about_a_row => "You had to sign in again before this was done.".to_owned(),
            None => "You are signed in again. What you typed is still here.".to_owned(),
        };
        let may_pass = match &failure.error {
            Some(error) => error.is_passing() || *error == Error::Internal,
            None => is_about_a_row,
        };
        let faults = faults.into_iter().map(|fault| Fault { field: fault.field, detail: fault.detail }).collect();
        let newest = match failure.error {
            Some(Error::Stale(task)) => Some(Card::from(*task)),
            _ => None,
        };
        Self::new(failure.action, failure.fields, Reason { sentence, faults, newest, may_pass })
    }
}

/// A page tells the field's name; REST points at it from the body's root, or at a part of it.
#[cfg(feature = "hydrate")]
impl FromJson for Fault {
    fn from_json(json: &Json) -> Option<Self> {
        let field = json.get::<String>("field").or_else(|| json.get("pointer"))?;
        let field = field.trim_start_matches('/').split('/').next().unwrap_or_default().to_owned();
        Some(Self { field, detail: json.get("detail")? })
    }
}

#[cfg(feature = "hydrate")]
impl FromJson for Refusal {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            action: json.get("action")?,
            fields: json.get("fields")?,
            sentences: json.get("sentences")?,
            faults: json.get("faults")?,
            newest: json.get("newest")?,
            may_pass: json.get("may_pass")?,
        })
    }
}
