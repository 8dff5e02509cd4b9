//! The one write path. Every change to tasks, projects and tags comes here as a value and is carried out whole or not
//! at all: the rows, and with them the entries of the change log. Undo, history and sync read that log.
//!
//! `carry_out` hands the change to the file of what it is about, which puts the rows that it touches into [`Work`] as
//! steps from one state to another. `write` then writes all of them, and `log` what became of each. A new kind of row is
//! a variant of `row::Row` and a file in `write`.

mod apply;
mod carry_out;
mod floating;
mod idempotency;
mod lineage;
mod log;
mod many;
mod order;
mod parts;
mod row;
mod spelling;
mod task_change;
mod tasks;
mod work;
mod write;

pub use apply::{Answer, Applied, apply};
pub(crate) use floating::move_floating;
