//! `POST /api/{owner}/tasks/{id}/restore`.

use crate::{
    openapi::{ForbiddenOwner, IfMatch, NotThere, Preferring, Repeatable, SignedOut, StaleRevision, Task, TaskAddress},
    problem::Answer,
    rest::{Named, write::Write},
};
use domain::{change::Operation, ids::TaskId};

/// Take a task out of the bin
#[utoipa::path(
    post,
    path = "/api/{owner}/tasks/{id}/restore",
    operation_id = "restoreTask",
    tag = "tasks",
    params(TaskAddress, IfMatch, Preferring, Repeatable),
    responses(
        (status = 200, description = "The task as it is now", body = Task),
        SignedOut,
        ForbiddenOwner,
        NotThere,
        StaleRevision,
    ),
)]
pub(crate) async fn restore(Named(id): Named<TaskId>, write: Write) -> Answer {
    Ok(write.change(id, Operation::RestoreTask(id)).await?.shown())
}
