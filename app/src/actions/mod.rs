//! What pages and islands ask the server to do. Each function reads its fields, calls `backend` and answers.

pub mod accounts;
pub mod admin;
pub mod changes;
pub mod factors;
pub mod lines;
pub mod order;
pub mod projects;
pub mod quick_add;
pub mod recovery;
pub mod recurrence;
pub mod saved_filters;
pub mod tags;
pub mod tasks;
pub mod tokens;

#[cfg(feature = "ssr")]
use {
    crate::{
        AppError,
        request::{owner, refuse},
    },
    domain::Error,
    std::str::FromStr,
};

/// What was chosen or typed; an empty field says nothing.
#[cfg(feature = "ssr")]
fn given(field: Option<String>) -> Option<String> {
    field.filter(|text| !text.trim().is_empty())
}

/// The id that somebody who is signed in has sent. A text that is no id names nothing, so it is not there.
#[cfg(feature = "ssr")]
fn judged<Id: FromStr>(id: &str) -> Result<Id, AppError> {
    owner()?;
    id.parse().map_err(|_| refuse(Error::NotFound))
}
