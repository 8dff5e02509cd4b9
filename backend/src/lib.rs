//! Everything of Tickbox that needs a database or a secret.
//!
//! [`Owner`] is the one door to what a user owns, [`ledger::apply`] the one way to change it. The tables' entities are
//! private: whoever forgets to name the owner of a row writes something that does not compile.

pub mod accounts;
mod clock;
mod entity;
mod error;
mod housekeeping;
pub mod ledger;
pub mod mail;
pub mod notes;
mod owner;
pub mod places;
pub mod projects;
pub mod quick_add;
pub mod recurrence;
pub mod saved_filters;
pub mod search;
mod secret;
mod start;
mod store;
pub mod tags;
pub mod tasks;
pub mod zones;

pub use clock::Clock;
pub use error::{Error, Result};
pub use housekeeping::BIN_DAYS;
pub use owner::Owner;
pub use secret::{Secret, WeakSecret};
pub use start::{Backend, Options, SignUpPolicy, StartError};
