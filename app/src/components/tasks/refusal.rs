//! What one form knows of its refusal. The server tells a page of at most one refused form, and an island keeps at
//! most one; each form looks whether it is its own.

use crate::forms::Failure;
use domain::{Error, ids::TaskId, tasks::Task};
use leptos::prelude::*;

/// The refusal of one form, if the last form that was refused was this one.
#[derive(Debug, Clone, Copy)]
pub struct Refusal {
    failure: RwSignal<Option<Failure>>,
    action: &'static str,
    task: Option<TaskId>,
}

impl Refusal {
    /// Of a form that is not about a task that exists.
    pub fn of(failure: RwSignal<Option<Failure>>, action: &'static str) -> Self {
        Self { failure, action, task: None }
    }

    /// Of a form about a task.
    pub fn of_task(failure: RwSignal<Option<Failure>>, action: &'static str, task: TaskId) -> Self {
        Self { failure, action, task: Some(task) }
    }

    /// What was typed into a field.
    pub fn draft(self, field: &str) -> Option<String> {
        self.read(|failure| failure.value(field))
    }

    /// What is wrong with a field.
    pub fn message(self, field: &str) -> Option<String> {
        self.read(|failure| failure.message(field))
    }

    /// Whether a field is the first to be mended.
    pub fn begins_with(self, field: &str) -> bool {
        self.read(|failure| failure.error.as_ref()?.fields().first().map(|fault| fault.field == field)).unwrap_or(false)
    }

    /// Why it was refused.
    pub fn error(self) -> Option<Error> {
        self.read(|failure| failure.error.clone())
    }

    /// What is to be said about the form as a whole.
    pub fn summary(self) -> Option<String> {
        self.read(|failure| match failure.error {
            None => Some("You are signed in again. What you typed is still here.".to_owned()),
            Some(_) => failure.summary(),
        })
    }

    /// Whether the same may succeed when it is sent once more.
    pub fn may_pass(self) -> bool {
        self.read(|failure| failure.error.as_ref().map(|error| error.is_passing() || *error == Error::Internal))
            .unwrap_or(false)
    }

    /// The task as somebody else has left it in the meantime.
    pub fn newest(self) -> Option<Task> {
        self.read(|failure| match &failure.error {
            Some(Error::Stale(task)) => Some((**task).clone()),
            _ => None,
        })
    }

    fn read<T>(self, read: impl FnOnce(&Failure) -> Option<T>) -> Option<T> {
        self.failure.with(|failure| failure.as_ref().filter(|failure| self.is_about(failure)).and_then(read))
    }

    fn is_about(self, failure: &Failure) -> bool {
        let same_task = || match self.task {
            Some(task) => failure.value("id").is_some_and(|id| id == task.to_string()),
            None => true,
        };
        failure.action == self.action && same_task()
    }
}
