//! `POST /api/{owner}/tasks`.

use crate::{
    openapi::{
        ForbiddenOwner, IdTaken, InvalidFields, ListAddress, NewTask, NotJson, Repeatable, SignedOut, Task, TooLarge,
        UnknownType,
    },
    problem::Answer,
    rest::{Account, write::Write},
};
use axum::extract::RawPathParams;
use domain::{
    Error,
    accounts::User,
    change::Operation,
    ids::TaskId,
    json::Reader,
    quick_add::{Names, Settings, new_task},
    tasks,
};
use serde_json::Value;

/// Add a task
///
/// You may choose its id, a UUIDv7. The same id with the same body again is 200 and changes nothing. Instead of fields
/// you may send a line as `quick_add`, which is read as `POST /api/{owner}/quick-add/parse` reads it; what a task has no
/// field for stays in the title.
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
pub(crate) async fn create(path: RawPathParams, Account(user): Account, write: Write) -> Answer {
    let body = write.json()?;
    let task = match body.get("quick_add") {
        Some(_) => quick_add(&write, &user, body).await?,
        None => tasks::NewTask::from_json(body)?,
    };
    let done = write.make(Operation::CreateTask(Box::new(task))).await?;
    let owner = path.iter().find(|(name, _)| *name == "owner").map_or("me", |(_, owner)| owner);
    Ok(done.made(owner))
}

async fn quick_add(write: &Write, user: &User, body: Value) -> Answer<tasks::NewTask> {
    let mut reader = Reader::new(body)?;
    let id = reader.text::<TaskId>("id").flatten();
    let line = reader.text::<String>("quick_add");
    reader.finish()?;
    let line = line.flatten().ok_or_else(|| Error::field("quick_add", "title_required", "Give the task a title"))?;
    let known = write.known_names().await?;
    let (projects, tags) = known.borrowed();
    let names = Names { projects: &projects, tags: &tags };
    let settings = Settings::from(&user.settings);
    Ok(new_task(id, &line, write.local_time(), &settings, &names, &[])?)
}
