//! `POST /api/{owner}/tasks`.

use crate::{
    openapi::{
        ForbiddenOwner, IdTaken, InvalidFields, ListAddress, NewTask, NotJson, Preferring, Repeatable, SignedOut, Task,
        TooLarge, UnknownType,
    },
    problem::Answer,
    rest::{Account, write::Write},
};
use axum::extract::RawPathParams;
use domain::{change::Operation, quick_add::NewLine, tasks};

/// Add a task
///
/// You may choose its id, a UUIDv7. The same id with the same body again is 200 and changes nothing. Instead of a
/// title you may send a line as `quick_add`, which is read as `POST /api/{owner}/quick-add/parse` reads it; what a task
/// has no field for stays in the title, and what you send as a field counts more than what the line says. A task that
/// repeats has a due date: without one it is the first date that its rule names from today on.
#[utoipa::path(
    post,
    path = "/api/{owner}/tasks",
    operation_id = "addTask",
    tag = "tasks",
    params(ListAddress, Preferring, Repeatable),
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
pub(crate) async fn create(path: RawPathParams, Account(user): Account, write: Write) -> Answer {
    let body = write.json()?;
    let task = match body.get("quick_add") {
        Some(_) => write.read_line(&user, NewLine::from_json(body)?).await?,
        None => tasks::NewTask::from_json(body)?,
    };
    let done = write.make(Operation::CreateTask(Box::new(task))).await?;
    let owner = path.iter().find(|(name, _)| *name == "owner").map_or("me", |(_, owner)| owner);
    Ok(done.made(owner))
}
