//! The rules of Tickbox: what a task, an account and a change are, and which values they may have.
//!
//! The same code runs in the browser (instant feedback) and on the server (the word that counts).
//! Nothing here knows of HTTP, SQL, the clock or the browser: the time and the offsets of a zone come in as arguments.

pub mod accounts;
pub mod calendar;
pub mod change;
mod choice;
mod colour;
mod days;
mod error;
pub mod filter;
pub mod history;
pub mod ids;
pub mod json;
pub mod projects;
pub mod quick_add;
pub mod recurrence;
pub mod return_to;
pub mod saved_filters;
pub mod search;
pub mod tags;
pub mod tasks;
mod timestamp;

pub use colour::Colour;
pub use error::{Error, FieldError, Place};
pub use timestamp::Timestamp;
