//! The server function that tells the dates of a repetition while it is being typed. It changes nothing.

use crate::AppError;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use {
    super::tasks::form_fields,
    crate::{
        components::tasks::{Moment, say_dates},
        request::{backend, refuse, session},
    },
    domain::{Error, ids::TaskId, tasks::TaskPatch},
    serde_json::Value,
};

/// How a task would repeat and when, in a line; what is wrong with the fields in its place.
#[server(prefix = "/actions", endpoint = "preview_repeat")]
pub async fn preview_repeat(
    id: String,
    repeat: String,
    rrule_anchor: String,
    due_date: String,
    due_time: String,
) -> Result<String, AppError> {
    let session = session()?;
    let owner = session.owner();
    let id: TaskId = id.parse().map_err(|_| refuse(Error::NotFound))?;
    let task = backend::tasks::get(&backend(), owner, id).await.map_err(refuse)?;
    let said = [("repeat", &repeat), ("rrule_anchor", &rrule_anchor), ("due_date", &due_date), ("due_time", &due_time)];
    let body: Value = form_fields(said.into_iter().map(|(name, text)| (name, text.as_str()))).collect();
    let dates = TaskPatch::from_json(body).and_then(|patch| {
        backend::recurrence::dates_with(&backend(), owner, session.user(), &task, &patch).map_err(Error::from)
    });
    match dates {
        Ok(dates) => Ok(say_dates(&dates, Moment::of(owner).today)),
        Err(error) if error.status() == 422 => Ok(error.to_string()),
        Err(error) => Err(refuse(error)),
    }
}
