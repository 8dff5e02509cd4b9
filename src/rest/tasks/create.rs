//! `POST /api/{owner}/tasks`.

use super::many;
use crate::{
    openapi::{
        ForbiddenOwner, IdTaken, InvalidFields, ListAddress, NewTaskBody, NotJson, Preferring, Repeatable, SignedOut,
        TaskAnswer, TooLarge, UnknownType,
    },
    problem::Answer,
    rest::{Account, write::Write},
};
use axum::extract::RawPathParams;
use domain::{change::Operation, quick_add::NewLine, tasks};
use serde_json::Value;

/// Add a task, or many
///
/// You may choose its id, a UUIDv7. The same id with the same body again is 200 and changes nothing. Instead of a
/// title you may send a line as `quick_add`, which is read as `POST /api/{owner}/quick-add/parse` reads it; what a task
/// has no field for stays in the title, and what you send as a field counts more than what the line says. A task that
/// repeats has a due date: without one it is the first date that its rule names from today on.
///
/// A list of up to 500 such bodies makes all of them in their order or none, as one change; the answer has them as
/// `items`. So do `lines`, up to 500 of them, each read like `quick_add`; what is indented becomes a part of the line
/// above it.
#[utoipa::path(
    post,
    path = "/api/{owner}/tasks",
    operation_id = "addTask",
    tag = "tasks",
    params(ListAddress, Preferring, Repeatable),
    request_body = NewTaskBody,
    responses(
        (status = 201, description = "The new task", body = TaskAnswer, headers(
            ("Location" = String, description = "Where it is"),
            ("ETag" = String, description = "Its revision"),
            ("X-Change-Seq" = i64, description = "The change's number in your log"),
        )),
        (status = 200, description = "It was there already", body = TaskAnswer),
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
    let done = match write.json()? {
        Value::Array(bodies) => many::create_all(write, &user, bodies).await?,
        body if body.get("lines").is_some() => many::create_lines(write, &user, body).await?,
        body => {
            let task = match body.get("quick_add") {
                Some(_) => {
                    many::one_line(&body)?;
                    write.read_line(&user, NewLine::from_json(body)?).await?
                }
                None => tasks::NewTask::from_json(body)?,
            };
            write.make(Operation::CreateTask(Box::new(task))).await?
        }
    };
    let owner = path.iter().find(|(name, _)| *name == "owner").map_or("me", |(_, owner)| owner);
    Ok(done.made(owner))
}
