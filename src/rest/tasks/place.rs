//! `POST /api/{owner}/tasks/{id}/move`.

use crate::{
    openapi::{
        ForbiddenOwner, IfMatch, InvalidFields, NotThere, PlacementBody, Preferring, Repeatable, SignedOut,
        StaleRevision, Task, TaskAddress,
    },
    problem::Answer,
    rest::{Named, write::Write},
};
use domain::{change::Operation, ids::TaskId, tasks::Placement};

/// Move a task
///
/// Before or behind another task, to the first or the last place, and if you like into another project or below another
/// task. There is one order for the whole account, of which every list sorted by `manual` shows its part; the server
/// chooses the key, `position`.
#[utoipa::path(
    post,
    path = "/api/{owner}/tasks/{id}/move",
    operation_id = "moveTask",
    tag = "tasks",
    params(TaskAddress, IfMatch, Preferring, Repeatable),
    request_body = PlacementBody,
    responses(
        (status = 200, description = "The task as it is now", body = Task),
        SignedOut,
        ForbiddenOwner,
        NotThere,
        StaleRevision,
        InvalidFields,
    ),
)]
pub(crate) async fn place(Named(id): Named<TaskId>, write: Write) -> Answer {
    let placement = Placement::from_json(write.json()?)?;
    Ok(write.change(id, Operation::MoveTask(id, placement)).await?.shown())
}
