//! `DELETE /api/{owner}/tasks/{id}`.

use crate::{
    openapi::{ForbiddenOwner, IfMatch, NotThere, Repeatable, SignedOut, StaleRevision, TaskAddress},
    problem::Answer,
    rest::{Named, write::Write},
};
use domain::{change::Operation, ids::TaskId};

/// Delete a task
///
/// It goes to the bin, from where `restore` takes it back.
#[utoipa::path(
    delete,
    path = "/api/{owner}/tasks/{id}",
    operation_id = "deleteTask",
    tag = "tasks",
    params(TaskAddress, IfMatch, Repeatable),
    responses(
        (status = 204, description = "It is in the bin"),
        SignedOut,
        ForbiddenOwner,
        NotThere,
        StaleRevision,
    ),
)]
pub(crate) async fn delete(Named(id): Named<TaskId>, write: Write) -> Answer {
    Ok(write.change(id, Operation::DeleteTask(id)).await?.gone())
}
