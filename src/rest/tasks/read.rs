//! `GET /api/{owner}/tasks/{id}`.

use crate::{
    openapi::{ForbiddenOwner, IfNoneMatch, NotThere, SignedOut, Task, TaskAddress},
    problem::Answer,
    rest::{Mine, Named, conditional},
    site::Site,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use backend::tasks;
use domain::ids::TaskId;
use std::sync::Arc;

/// Read a task
#[utoipa::path(
    get,
    path = "/api/{owner}/tasks/{id}",
    operation_id = "readTask",
    tag = "tasks",
    params(TaskAddress, IfNoneMatch),
    responses(
        (status = 200, description = "The task", body = Task, headers(("ETag" = String, description = "Its revision"))),
        (status = 304, description = "It has not changed"),
        SignedOut,
        ForbiddenOwner,
        NotThere,
    ),
)]
pub(crate) async fn read(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    Named(id): Named<TaskId>,
    headers: HeaderMap,
) -> Answer {
    let task = tasks::get(&site.backend, &owner, id).await?;
    let tag = conditional::of_task(&task);
    if conditional::is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    Ok(([(header::ETAG, tag)], axum::Json(task)).into_response())
}
