//! `GET /api/{owner}/tasks/{id}/completions`.

use crate::{
    openapi::{CompletedDates, ForbiddenOwner, InvalidFields, NotThere, PageParameters, SignedOut, TaskAddress},
    problem::{Answer, Refusal},
    rest::{Mine, Named, query_pairs, unknown_parameter},
    site::Site,
};
use axum::{extract::State, http::Uri};
use backend::tasks;
use domain::{
    Error,
    ids::TaskId,
    tasks::{self as domain_tasks, TaskQuery, View},
};
use std::sync::Arc;

/// List the dates of a task that were completed
///
/// The last first. A task that does not repeat has none: its own `completed_at` says when it was done.
#[utoipa::path(
    get,
    path = "/api/{owner}/tasks/{id}/completions",
    operation_id = "listCompletions",
    tag = "tasks",
    params(TaskAddress, PageParameters),
    responses(
        (status = 200, description = "One page", body = CompletedDates),
        SignedOut,
        ForbiddenOwner,
        NotThere,
        InvalidFields,
    ),
)]
pub(crate) async fn completions(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    Named(id): Named<TaskId>,
    uri: Uri,
) -> Answer<axum::Json<domain_tasks::CompletedDates>> {
    let query = read_page(&query_pairs(&uri))?;
    Ok(axum::Json(tasks::completions(&site.backend, &owner, id, &query).await?))
}

/// The logbook's order and its cursors, without its other parameters.
fn read_page(pairs: &[(String, String)]) -> Result<TaskQuery, Refusal> {
    if let Some((name, _)) = pairs.iter().find(|(name, _)| name != "limit" && name != "cursor") {
        return Err(Refusal(Error::Invalid(vec![unknown_parameter(name)])));
    }
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Ok(TaskQuery::from_pairs(pairs.chain([("view", View::Logbook.as_str())]))?)
}
