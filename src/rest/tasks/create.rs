//! `POST /api/{owner}/tasks`.

use crate::{
    openapi::{
        ForbiddenOwner, IdTaken, InvalidFields, ListAddress, NewTask, NotJson, Repeatable, SignedOut, Task, TooLarge,
        UnknownType,
    },
    problem::Answer,
    rest::write::Write,
};
use axum::extract::RawPathParams;
use domain::{change::Operation, tasks};

/// Add a task
///
/// You may choose its id, a UUIDv7. The same id with the same body again is 200 and changes nothing.
#[utoipa::path(
    post,
    path = "/api/{owner}/tasks",
    operation_id = "addTask",
    tag = "tasks",
    params(ListAddress, Repeatable),
    request_body = NewTask,
    responses(
        (status = 201, description = "The new task", body = Task, headers(
            ("Location" = String, description = "Where it is"),
            ("ETag" = String, description = "Its revision"),
            ("X-Change-Seq" = i64, description = "The change's number in your log"),
        )),
        (status = 200, description = "It was there already", body = Task),
        NotJson,
        SignedOut,
        ForbiddenOwner,
        IdTaken,
        TooLarge,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn create(path: RawPathParams, write: Write) -> Answer {
    let task = tasks::NewTask::from_json(write.json()?)?;
    let done = write.make(Operation::CreateTask(Box::new(task))).await?;
    let owner = path.iter().find(|(name, _)| *name == "owner").map_or("me", |(_, owner)| owner);
    Ok(done.made(owner))
}
