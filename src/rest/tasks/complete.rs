//! `PATCH /api/{owner}/tasks/{id}/complete`.

use crate::{
    openapi::{
        Completion, ForbiddenOwner, IfMatch, InvalidFields, NotThere, Repeatable, SignedOut, StaleRevision, Task,
        TaskAddress,
    },
    problem::Answer,
    rest::{Named, write::Write},
};
use domain::{Error, change::Operation, ids::TaskId, json::Reader, tasks::TaskPatch};
use serde_json::Value;

/// Complete a task, or open it again
///
/// With `is_completed` it becomes that; without a body it becomes what it is not.
#[utoipa::path(
    patch,
    path = "/api/{owner}/tasks/{id}/complete",
    operation_id = "completeTask",
    tag = "tasks",
    params(TaskAddress, IfMatch, Repeatable),
    request_body = Option<Completion>,
    responses(
        (status = 200, description = "The task as it is now", body = Task),
        SignedOut,
        ForbiddenOwner,
        NotThere,
        StaleRevision,
        InvalidFields,
    ),
)]
pub(crate) async fn complete(Named(id): Named<TaskId>, write: Write) -> Answer {
    let operation = match write.optional_json()? {
        None => Operation::ToggleTask(id),
        Some(body) => {
            let patch = TaskPatch { is_completed: Some(is_completed(body)?), ..TaskPatch::default() };
            Operation::UpdateTask(id, Box::new(patch))
        }
    };
    Ok(write.change(id, operation).await?.shown())
}

fn is_completed(body: Value) -> Result<bool, Error> {
    let mut reader = Reader::new(body)?;
    let is_completed = reader.boolean("is_completed");
    reader.finish()?;
    is_completed.ok_or_else(|| Error::field("is_completed", "required", "Send true or false, or no body at all"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_body_must_say_what_it_wants() {
        assert_eq!(is_completed(json!({"is_completed": true})), Ok(true));
        for body in
            [json!({}), json!({"is_completed": null}), json!({"is_completed": "yes"}), json!({"done": true}), json!([])]
        {
            assert!(is_completed(body.clone()).is_err(), "{body}");
        }
    }
}
