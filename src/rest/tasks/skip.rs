//! `POST /api/{owner}/tasks/{id}/skip`.

use crate::{
    openapi::{
        ForbiddenOwner, IfMatch, InvalidFields, NotThere, Preferring, Repeatable, SignedOut, Skip, StaleRevision, Task,
        TaskAddress,
    },
    problem::Answer,
    rest::{Named, write::Write},
};
use domain::{Error, change::Operation, ids::TaskId, json::Reader, recurrence::Occurrence};
use serde_json::Value;

/// Leave out the date that a task is due on
///
/// It goes on to its next date without a completion; a `COUNT` counts it. With `occurrence`, only if that date is still
/// due: one that was completed or left out already is 200 and changes nothing.
#[utoipa::path(
    post,
    path = "/api/{owner}/tasks/{id}/skip",
    operation_id = "skipOccurrence",
    tag = "tasks",
    params(TaskAddress, IfMatch, Preferring, Repeatable),
    request_body = Option<Skip>,
    responses(
        (status = 200, description = "The task as it is now", body = Task),
        SignedOut,
        ForbiddenOwner,
        NotThere,
        StaleRevision,
        InvalidFields,
    ),
)]
pub(crate) async fn skip(Named(id): Named<TaskId>, write: Write) -> Answer {
    let named = write.optional_json()?.map(occurrence).transpose()?.flatten();
    Ok(write.change(id, Operation::SkipTask(id, named)).await?.shown())
}

fn occurrence(body: Value) -> Result<Option<Occurrence>, Error> {
    let mut reader = Reader::new(body)?;
    let named = reader.text("occurrence").flatten();
    reader.finish()?;
    Ok(named)
}
