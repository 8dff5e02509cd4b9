//! The one write path. Every change to tasks, projects, tags and saved filters comes here as a value and is carried out whole or not
//! at all: the rows, and with them the entries of the change log. Undo, history and sync read that log.
//!
//! `carry_out` hands the change to the file of what it is about, which puts the rows that it touches into [`Work`] as
//! steps from one state to another. `write` then writes all of them, and `log` what became of each. A new kind of row is
//! a variant of `row::Row`, a file in `write` and an arm in `way_back::current`, by which changes to it are taken back.

mod apply;
mod bin;
mod carry_out;
mod floating;
mod gather;
mod history;
mod idempotency;
mod lineage;
mod log;
mod many;
mod many_tasks;
mod order;
mod parts;
mod projects;
mod recurrence;
mod row;
mod saved_filters;
mod spelling;
mod tags;
mod task_change;
mod tasks;
mod way_back;
mod work;
mod write;

pub use apply::{Answer, Applied, Touched, TouchedTask, apply};
pub(crate) use floating::move_floating;
pub use history::{Entry, Operations, Way, history, operations, way};
pub(crate) use idempotency::forget as forget_keys;
pub(crate) use log::forget_removed;
