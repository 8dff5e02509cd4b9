//! `GET /api/{owner}/tasks/{id}/occurrences`.

use crate::{
    openapi::{ForbiddenOwner, InvalidFields, NotThere, OccurrenceParameters, RepetitionDates, SignedOut, TaskAddress},
    problem::{Answer, Refusal},
    rest::{Mine, Named, query_pairs, unknown_parameter},
    site::Site,
};
use axum::{extract::State, http::Uri};
use domain::{Error, ids::TaskId, tasks::Dates};
use std::sync::Arc;

/// Tell the next dates of a task
///
/// Those after the one that it is due on, if each is completed when it is due. A task that does not repeat has none.
#[utoipa::path(
    get,
    path = "/api/{owner}/tasks/{id}/occurrences",
    operation_id = "listOccurrences",
    tag = "tasks",
    params(TaskAddress, OccurrenceParameters),
    responses(
        (status = 200, description = "Its next dates", body = RepetitionDates),
        SignedOut,
        ForbiddenOwner,
        NotThere,
        InvalidFields,
    ),
)]
pub(crate) async fn occurrences(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    Named(id): Named<TaskId>,
    uri: Uri,
) -> Answer<axum::Json<Dates>> {
    let how_many = limit(&query_pairs(&uri))?;
    Ok(axum::Json(backend::recurrence::dates(&site.backend, &owner, id, how_many).await?))
}

fn limit(pairs: &[(String, String)]) -> Result<usize, Refusal> {
    let mut limit = Dates::USUAL;
    for (name, value) in pairs {
        if name != "limit" {
            return Err(Refusal(Error::Invalid(vec![unknown_parameter(name)])));
        }
        limit = value.parse().ok().filter(|limit| (1..=Dates::MOST).contains(limit)).ok_or_else(|| {
            Refusal(Error::field("limit", "out_of_range", format!("Choose a limit from 1 to {}", Dates::MOST)))
        })?;
    }
    Ok(limit)
}
