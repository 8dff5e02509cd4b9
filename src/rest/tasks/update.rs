//! `PATCH` and `PUT /api/{owner}/tasks/{id}`.

use crate::{
    openapi::{
        ForbiddenOwner, IfMatch, InvalidFields, NotJson, NotThere, Preferring, Repeatable, SignedOut, StaleRevision,
        Task, TaskAddress, TaskPatch, UnknownType,
    },
    problem::Answer,
    rest::{Named, write::Write},
};
use domain::{change::Operation, ids::TaskId, tasks};

/// Change a task
///
/// A merge patch (RFC 7396): what is absent stays, null clears. Fields that the server owns are ignored.
#[utoipa::path(
    patch,
    path = "/api/{owner}/tasks/{id}",
    operation_id = "updateTask",
    tag = "tasks",
    params(TaskAddress, IfMatch, Preferring, Repeatable),
    request_body(content((TaskPatch = "application/merge-patch+json"), (TaskPatch = "application/json"))),
    responses(
        (status = 200, description = "The task as it is now", body = Task, headers(
            ("ETag" = String, description = "Its revision"),
            ("X-Change-Seq" = i64, description = "The change's number in your log"),
        )),
        NotJson,
        SignedOut,
        ForbiddenOwner,
        NotThere,
        StaleRevision,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn patch(Named(id): Named<TaskId>, write: Write) -> Answer {
    let patch = tasks::TaskPatch::from_json(write.json()?)?;
    Ok(write.change(id, Operation::UpdateTask(id, Box::new(patch))).await?.shown())
}

/// Change a task (for clients that expect PUT)
///
/// The same as PATCH, with the same body.
#[utoipa::path(
    put,
    path = "/api/{owner}/tasks/{id}",
    operation_id = "putTask",
    tag = "tasks",
    params(TaskAddress, IfMatch, Preferring, Repeatable),
    request_body = TaskPatch,
    responses(
        (status = 200, description = "The task as it is now", body = Task),
        SignedOut,
        ForbiddenOwner,
        NotThere,
        StaleRevision,
        InvalidFields,
    ),
)]
pub(crate) async fn put(id: Named<TaskId>, write: Write) -> Answer {
    patch(id, write).await
}
