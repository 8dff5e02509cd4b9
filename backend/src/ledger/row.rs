//! What a change can touch: one variant to each kind of row, and a row's way from one state to another.

use crate::Result;
use domain::{projects::Project, saved_filters::SavedFilter, tags::Tag, tasks::Task};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

/// The fields of a row, as the API shows them.
pub(super) type Fields = Map<String, Value>;

/// What the server keeps up by itself: no step of anybody's, so neither logged nor taken back.
const KEPT_BY_SERVER: [&str; 4] = ["user_id", "revision", "updated_at", "due_at"];

/// A row of any kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    Task(Box<Task>),
    Tag(Tag),
    Project(Box<Project>),
    Filter(Box<SavedFilter>),
}

impl Row {
    /// The kind's name in the log.
    pub(super) fn entity(&self) -> &'static str {
        match self {
            Self::Task(_) => "task",
            Self::Tag(_) => "tag",
            Self::Project(_) => "project",
            Self::Filter(_) => "filter",
        }
    }

    pub(super) fn id(&self) -> Uuid {
        match self {
            Self::Task(task) => task.id.uuid(),
            Self::Tag(tag) => tag.id.uuid(),
            Self::Project(project) => project.id.uuid(),
            Self::Filter(filter) => filter.id.uuid(),
        }
    }

    /// Everything that a change can set.
    pub(super) fn fields(&self) -> Result<Fields> {
        let mut fields = match self {
            Self::Task(task) => to_fields(task)?,
            Self::Tag(tag) => to_fields(tag)?,
            Self::Project(project) => to_fields(project)?,
            Self::Filter(filter) => to_fields(filter)?,
        };
        for name in KEPT_BY_SERVER {
            fields.remove(name);
        }
        Ok(fields)
    }
}

fn to_fields(row: &impl Serialize) -> Result<Fields> {
    match serde_json::to_value(row)? {
        Value::Object(fields) => Ok(fields),
        _ => Ok(Fields::new()),
    }
}

/// A row before and after a change: one of the two may be missing, never both.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) before: Option<Row>,
    pub(super) after: Option<Row>,
}

impl Step {
    /// The row as it is now, or as it was before it was removed.
    pub(super) fn row(&self) -> Option<&Row> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// The task before, if there was one, and after.
    pub(super) fn as_task(&self) -> Option<(Option<&Task>, &Task)> {
        let Some(Row::Task(after)) = &self.after else { return None };
        match &self.before {
            Some(Row::Task(before)) => Some((Some(before), after)),
            _ => Some((None, after)),
        }
    }
}
