//! The one write path. Every change to tasks, projects and tags comes here as a value and is carried out whole or not
//! at all: the rows, and with them an entry in the change log. Undo, history and sync read that log.

mod apply;
mod floating;
mod idempotency;
mod log;
mod tags;
mod task_change;

pub use apply::{Applied, apply};
pub(crate) use floating::move_floating;
