//! What one change works with while it is carried out: the transaction, the time, and the steps it has come to so far.

use super::{
    lineage::Lineage,
    row::{Row, Step},
};
use crate::{Backend, Owner, Result, tasks::row};
use domain::{
    Error, Timestamp,
    accounts::{Settings, ZoneName},
    change::ChangeKind,
    ids::TaskId,
    tags::Tag,
    tasks::Task,
};
use sea_orm::DatabaseTransaction;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What a change in the making takes back or brings back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reversed {
    /// Whether it is an undo or a redo.
    pub(super) kind: ChangeKind,
    /// The number of the change that is taken back, or of the undo.
    pub(super) sequence: i64,
    /// For a redo, the number of the change that the undo had taken back.
    pub(super) again: Option<i64>,
}

/// A task, if it still has the revision that the client knows.
pub(super) fn at_revision(task: Task, if_revision: Option<i64>) -> Result<Task> {
    match if_revision {
        Some(revision) if revision != task.revision => Err(Error::Stale(Box::new(task)).into()),
        _ => Ok(task),
    }
}

/// A change in the making. Nothing is written before all of its steps are known.
pub(super) struct Work<'a> {
    pub(super) backend: &'a Backend,
    pub(super) transaction: &'a DatabaseTransaction,
    pub(super) owner: &'a Owner,
    /// The owner's choices.
    pub(super) choices: &'a Settings,
    pub(super) now: Timestamp,
    pub(super) sequence: i64,
    /// The changes that this one takes back or brings back, if that is what it does.
    pub(super) reverses: Option<Reversed>,
    pub(super) steps: Vec<Step>,
    /// The tags whose spelling was looked up, by key.
    pub(super) spelled: HashMap<String, Tag>,
    pub(super) known: Known,
}

/// What was looked up about what tasks refer to.
#[derive(Default)]
pub(super) struct Known {
    /// Projects that are there.
    pub(super) projects: HashSet<Uuid>,
    /// Tasks that others may become parts of.
    pub(super) lineages: HashMap<Uuid, Lineage>,
}

impl Work<'_> {
    pub(super) fn user(&self) -> Uuid {
        self.owner.user_id().uuid()
    }

    /// Takes up a task as it shall be, and gives it back with its new revision. One that stays as it was is no step.
    pub(super) fn put_task(&mut self, before: Option<&Task>, mut after: Task) -> Task {
        if let Some(before) = before {
            if *before == after {
                return after;
            }
            after.revision = before.revision + 1;
            after.updated_at = self.now;
        }
        let before = before.map(|task| Row::Task(Box::new(task.clone())));
        self.steps.push(Step { before, after: Some(Row::Task(Box::new(after.clone()))) });
        after
    }

    /// Takes up a row of another kind that differs from what it was, or that is new.
    pub(super) fn put(&mut self, before: Option<Row>, after: Row) {
        self.steps.push(Step { before, after: Some(after) });
    }

    /// Takes up that a row shall be gone.
    pub(super) fn remove(&mut self, row: Row) {
        self.steps.push(Step { before: Some(row), after: None });
    }

    /// The rows that shall be gone.
    pub(super) fn removed(&self) -> impl Iterator<Item = &Row> {
        self.steps.iter().filter(|step| step.after.is_none()).filter_map(|step| step.before.as_ref())
    }

    /// A task that is not in the bin, at the revision that the client knows.
    pub(super) async fn find_present(&self, id: TaskId, if_revision: Option<i64>) -> Result<Task> {
        let task = self.find(id).await?.filter(|task| task.deleted_at.is_none()).ok_or(Error::NotFound)?;
        at_revision(task, if_revision)
    }

    pub(super) async fn find(&self, id: TaskId) -> Result<Option<Task>> {
        row::find(self.transaction, self.owner, id).await
    }

    /// The zone in which a time of this task is meant.
    pub(super) fn zone_of<'task>(&'task self, task: &'task Task) -> &'task ZoneName {
        match &task.time_zone {
            Some(zone) if task.due_time.is_some() => zone,
            _ => self.owner.time_zone(),
        }
    }
}
