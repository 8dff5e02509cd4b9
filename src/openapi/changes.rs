//! The JSON of changes to many tasks, of the log and of the way back, as a reader sees it.
#![expect(dead_code, reason = "these describe JSON that other types write and read")]

use super::schemas::{Problem, TaskPatch};
use utoipa::{IntoResponses, ToSchema};

/// What to do to which tasks: `ids` or `filter`, and either `action` or what to change.
#[derive(ToSchema)]
pub(crate) struct BulkBody {
    #[schema(min_items = 1, max_items = 1000)]
    ids: Option<Vec<String>>,
    /// A condition, as for the list of tasks.
    #[schema(max_length = 1000, example = "#home due:<today")]
    filter: Option<String>,
    /// `complete`, `reopen`, `delete` or `restore`.
    action: Option<String>,
    /// As for one task, but without a title.
    patch: Option<TaskPatch>,
    add_tags: Option<Vec<String>>,
    remove_tags: Option<Vec<String>>,
}

/// What a change did.
#[derive(ToSchema)]
pub(crate) struct Touched {
    /// By which it can be undone.
    #[schema(format = "uuid")]
    change: Option<String>,
    #[schema(example = "Completed 3 tasks")]
    label: String,
    tasks: Vec<TouchedTask>,
    /// What could not be done, in words.
    left: Vec<String>,
}

/// A task that is not as it was.
#[derive(ToSchema)]
pub(crate) struct TouchedTask {
    #[schema(format = "uuid")]
    id: String,
    /// Null if there is no such task any longer.
    revision: Option<i64>,
}

/// Which change to undo.
#[derive(ToSchema)]
pub(crate) struct UndoBody {
    /// The `X-Change-Id` of a write.
    #[schema(format = "uuid")]
    change: Option<String>,
}

/// What was undone or redone, and what would be next.
#[derive(ToSchema)]
pub(crate) struct Reversal {
    /// The id of the undo or redo itself.
    #[schema(format = "uuid")]
    change: String,
    /// What was taken back or brought back, in words.
    #[schema(example = "Completed “Buy milk”")]
    label: String,
    tasks: Vec<TouchedTask>,
    /// What could not be taken back because it was changed since, in words.
    left: Vec<String>,
    next_undo: Option<String>,
    next_redo: Option<String>,
}

/// One page of the log.
#[derive(ToSchema)]
pub(crate) struct OperationPage {
    items: Vec<Operation>,
    /// What to send as `cursor` for the next page.
    next_cursor: Option<String>,
    has_more: bool,
}

/// What became of a task.
#[derive(ToSchema)]
pub(crate) struct History {
    items: Vec<Operation>,
}

/// A change.
#[derive(ToSchema)]
pub(crate) struct Operation {
    #[schema(format = "uuid")]
    change: String,
    /// Its number in the log.
    sequence: i64,
    /// `change`, `undo`, `redo`, or `expiry` of what was in the bin for 30 days.
    kind: String,
    #[schema(example = "Completed “Buy milk”")]
    label: String,
    #[schema(format = "date-time")]
    at: String,
    /// The device or program, in words.
    by: String,
    is_undone: bool,
    /// In the history of a task, what became of each field.
    #[schema(example = json!(["Priority from none to high"]))]
    words: Vec<String>,
}

/// Nothing to undo or redo, or not as things are now; `detail` says why.
#[derive(IntoResponses)]
#[response(status = 409, content_type = "application/problem+json")]
pub(crate) struct CannotUndo(Problem);
