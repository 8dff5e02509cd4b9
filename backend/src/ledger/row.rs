//! What a change can touch: one variant to each kind of row, and a row's way from one state to another.

use super::work::Work;
use crate::{Error, Result, zones};
use domain::{
    projects::Project,
    saved_filters::SavedFilter,
    tags::Tag,
    tasks::{Completion, Task},
};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

/// The fields of a row, as the API shows them.
pub(super) type Fields = Map<String, Value>;

/// What the server keeps up by itself: no step of anybody's, so neither logged nor taken back.
const KEPT_BY_SERVER: [&str; 5] = ["user_id", "revision", "updated_at", "due_at", "repeat"];

/// A row of any kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    Task(Box<Task>),
    Tag(Tag),
    Completion(Box<Completion>),
    Project(Box<Project>),
    Filter(Box<SavedFilter>),
}

impl Row {
    /// The kind's name in the log.
    pub(super) fn entity(&self) -> &'static str {
        match self {
            Self::Task(_) => "task",
            Self::Tag(_) => "tag",
            Self::Completion(_) => "completion",
            Self::Project(_) => "project",
            Self::Filter(_) => "filter",
        }
    }

    pub(super) fn id(&self) -> Uuid {
        match self {
            Self::Task(task) => task.id.uuid(),
            Self::Tag(tag) => tag.id.uuid(),
            Self::Completion(completion) => completion.id.uuid(),
            Self::Project(project) => project.id.uuid(),
            Self::Filter(filter) => filter.id.uuid(),
        }
    }

    /// A row of the log's fields, laid over the row as it is now; without one, it is made anew. What the server keeps up
    /// by itself is as after any other change.
    pub(super) fn from_fields(work: &Work<'_>, entity: &str, fields: &Fields, now: Option<&Self>) -> Result<Self> {
        let mut all = match now {
            Some(row) => row.all_fields()?,
            // No row of an account was changed as often as the account itself, so no revision comes twice.
            None => Fields::from_iter([("revision".to_owned(), work.sequence.into())]),
        };
        if let Some(revision) = all.get("revision").and_then(Value::as_i64).filter(|_| now.is_some()) {
            all.insert("revision".to_owned(), (revision + 1).into());
        }
        all.insert("user_id".to_owned(), serde_json::to_value(work.owner.user_id())?);
        all.insert("updated_at".to_owned(), serde_json::to_value(work.now)?);
        all.extend(fields.clone());
        let all = Value::Object(all);
        match entity {
            "task" => {
                let mut task: Task = serde_json::from_value(all)?;
                let zone = work.zone_of(&task);
                task.due_at = task.due_date.map(|date| zones::due_instant(date, task.due_time, zone));
                Ok(Self::Task(Box::new(task)))
            }
            "tag" => Ok(Self::Tag(serde_json::from_value(all)?)),
            "completion" => Ok(Self::Completion(Box::new(serde_json::from_value(all)?))),
            "project" => Ok(Self::Project(serde_json::from_value(all)?)),
            "filter" => Ok(Self::Filter(serde_json::from_value(all)?)),
            _ => Err(Error::Stored("entity")),
        }
    }

    /// Everything that a change can set.
    pub(super) fn fields(&self) -> Result<Fields> {
        let mut fields = self.all_fields()?;
        for name in KEPT_BY_SERVER {
            fields.remove(name);
        }
        Ok(fields)
    }

    fn all_fields(&self) -> Result<Fields> {
        match self {
            Self::Task(task) => to_fields(task),
            Self::Tag(tag) => to_fields(tag),
            Self::Completion(completion) => to_fields(completion),
            Self::Project(project) => to_fields(project),
            Self::Filter(filter) => to_fields(filter),
        }
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

    /// Whether it opens a task that was done.
    pub(super) fn opens(&self) -> bool {
        matches!(self.as_task(), Some((Some(before), after)) if before.is_completed && !after.is_completed)
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
