//! A change to what an account owns, as a value. `backend::ledger::apply` is the only place that carries one out.

use crate::{
    ids::{ChangeId, TaskId},
    tasks::{NewTask, TaskPatch},
};

/// What is to be done to one task.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// Make a task.
    CreateTask(Box<NewTask>),
    /// Change some of its fields.
    UpdateTask(TaskId, Box<TaskPatch>),
    /// Turn done into open and open into done.
    ToggleTask(TaskId),
    /// Put it into the bin.
    DeleteTask(TaskId),
    /// Take it out of the bin.
    RestoreTask(TaskId),
}

/// A request that may come twice and must act once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// The key that the client chose, 1 to 64 visible characters.
    pub key: String,
    /// A digest of the whole request: the same key with another request is refused.
    pub request: [u8; 32],
}

/// One change, carried out whole or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What to do.
    pub operation: Operation,
    /// The change's own id, if the client chose one.
    pub id: Option<ChangeId>,
    /// Only if the task still has this revision (`If-Match`).
    pub if_revision: Option<i64>,
    /// What makes a repetition harmless.
    pub idempotency: Option<Idempotency>,
}

impl Change {
    /// A change without conditions.
    pub fn new(operation: Operation) -> Self {
        Self { operation, id: None, if_revision: None, idempotency: None }
    }
}
