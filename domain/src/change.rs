//! A change to what an account owns, as a value. `backend::ledger::apply` is the only place that carries one out.

use crate::{
    Timestamp,
    choice::choice,
    ids::{ChangeId, TaskId},
    projects::ProjectChange,
    recurrence::Occurrence,
    saved_filters::FilterChange,
    tags::TagChange,
    tasks::{BulkChange, NewTask, Placement, TaskPatch},
};

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// Make a task.
    CreateTask(Box<NewTask>),
    /// Make many, all or none. One may be a part of another before it.
    CreateTasks(Vec<NewTask>),
    /// Change some of its fields.
    UpdateTask(TaskId, Box<TaskPatch>),
    /// Turn done into open and open into done.
    ToggleTask(TaskId),
    /// Give it another place.
    MoveTask(TaskId, Placement),
    /// Complete the date of it that is named, if that is still due; where it does not repeat, the task.
    CompleteTask(TaskId, Occurrence),
    /// Leave out the date that it is due on; if one is named, only if that is still due.
    SkipTask(TaskId, Option<Occurrence>),
    /// Put it into the bin.
    DeleteTask(TaskId),
    /// Take it out of the bin.
    RestoreTask(TaskId),
    /// Delete it for good, with its parts. It must be in the bin.
    RemoveTask(TaskId),
    /// Delete for good what is in the bin.
    EmptyBin,
    /// Delete for good what has been in the bin since this instant or longer.
    ExpireBin(Timestamp),
    /// Change a project.
    Project(ProjectChange),
    /// Change a tag itself.
    Tag(TagChange),
    /// Change a saved filter.
    Filter(FilterChange),
    /// Do the same to many tasks.
    ChangeTasks(Box<BulkChange>),
    /// Take back this change, or else the newest that was not taken back.
    Undo(Option<ChangeId>),
    /// Bring back what was taken back last, unless something was changed since.
    Redo,
}

choice!(
    /// What a change is to those before it.
    ChangeKind {
        #[default] #[doc = "Something new."] Change = "change", #[doc = "It takes a change back."] Undo = "undo",
        #[doc = "It brings back what an undo took."] Redo = "redo",
        #[doc = "Its time had come: nobody did it, and nobody takes it back."] Expiry = "expiry"
    }
);

choice!(
    /// What a change did, as the log remembers it.
    Action {
        #[default] #[doc = "Some fields were changed."] Update = "update", #[doc = "Something was made."] Create = "create",
        #[doc = "Tasks were done."] Complete = "complete", #[doc = "A date was left out."] Skip = "skip", #[doc = "Tasks were opened again."] Reopen = "reopen",
        #[doc = "Something was put into the bin."] Delete = "delete",
        #[doc = "Something was taken out of the bin."] Restore = "restore",
        #[doc = "Something was deleted for good."] Remove = "remove",
        #[doc = "Something got another place."] Move = "move"
    }
);

impl Action {
    /// What was done to what, in words. `names` are those of everything that the change is about, `kind` what more than
    /// one of them are called.
    ///
    /// ```
    /// use domain::change::Action;
    /// assert_eq!(Action::Complete.label(&["Buy milk"], "tasks"), "Completed “Buy milk”");
    /// assert_eq!(Action::Delete.label(&["One", "Two"], "tasks"), "Deleted 2 tasks");
    /// assert_eq!(Action::Remove.label(&["Buy milk"], "tasks"), "Deleted “Buy milk” for good");
    /// ```
    pub fn label(self, names: &[&str], kind: &str) -> String {
        let done = match self {
            Self::Update => "Changed",
            Self::Create => "Added",
            Self::Complete => "Completed",
            Self::Skip => "Skipped",
            Self::Reopen => "Reopened",
            Self::Delete | Self::Remove => "Deleted",
            Self::Restore => "Restored",
            Self::Move => "Moved",
        };
        let how = if self == Self::Remove { " for good" } else { "" };
        match names {
            [name] => format!("{done} “{name}”{how}"),
            names => format!("{done} {} {kind}{how}", names.len()),
        }
    }

    /// What was done to one task, and to so many of its parts with it.
    ///
    /// ```
    /// use domain::change::Action;
    /// assert_eq!(Action::Complete.label_with_parts("Move house", 3), "Completed “Move house” and 3 subtasks");
    /// ```
    pub fn label_with_parts(self, name: &str, parts: usize) -> String {
        let label = self.label(&[name], "tasks");
        match parts {
            0 => label,
            1 => format!("{label} and its subtask"),
            parts => format!("{label} and {parts} subtasks"),
        }
    }
}

/// A request that may come twice and must act once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// The key that the client chose, 1 to 64 visible characters.
    pub key: String,
    /// A digest of the whole request: the same key with another request is refused.
    pub request: [u8; 32],
}

/// One change, carried out whole or not at all, and taken back as one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What to do.
    pub operation: Operation,
    /// The change's own id, if the client chose one.
    pub id: Option<ChangeId>,
    /// Only if what is changed still has this revision (`If-Match`).
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
