//! `PATCH /api/{owner}/tasks/{id}/complete`.

use crate::{
    openapi::{
        Completion, ForbiddenOwner, IfMatch, InvalidFields, NotThere, Preferring, Repeatable, SignedOut, StaleRevision,
        Task, TaskAddress,
    },
    problem::Answer,
    rest::{Named, write::Write},
};
use domain::{
    Error,
    change::Operation,
    ids::TaskId,
    json::{Complaint, Reader},
    tasks::TaskPatch,
};
use serde_json::Value;

/// Complete a task, or open it again
///
/// With `is_completed` it becomes that; without a body, or with an empty one, it becomes what it is not.
#[utoipa::path(
    patch,
    path = "/api/{owner}/tasks/{id}/complete",
    operation_id = "completeTask",
    tag = "tasks",
    params(TaskAddress, IfMatch, Preferring, Repeatable),
    request_body(content((Completion = "application/json"), (Completion = "application/merge-patch+json"))),
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
    let wish = write.optional_json()?.map(is_completed).transpose()?.flatten();
    let operation = match wish {
        None => Operation::ToggleTask(id),
        Some(is_completed) => {
            let patch = TaskPatch { is_completed: Some(is_completed), ..TaskPatch::default() };
            Operation::UpdateTask(id, Box::new(patch))
        }
    };
    Ok(write.change(id, operation).await?.shown())
}

/// What the body asks for; an empty object asks for nothing, as no body does.
fn is_completed(body: Value) -> Result<Option<bool>, Error> {
    let mut reader = Reader::new(body)?;
    let wish = reader.value("is_completed", |value| {
        value.as_bool().ok_or_else(|| Complaint::new("not_a_boolean", "Send true or false"))
    });
    if wish == Some(None) {
        reader.complain("is_completed", "required", "Send true or false, or leave it out");
    }
    reader.finish()?;
    Ok(wish.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_body_says_what_it_wants_or_nothing() {
        assert_eq!(is_completed(json!({"is_completed": true})), Ok(Some(true)));
        assert_eq!(is_completed(json!({})), Ok(None));
        for body in [json!({"is_completed": null}), json!({"is_completed": "yes"}), json!({"done": true}), json!([])] {
            assert!(is_completed(body.clone()).is_err(), "{body}");
        }
    }
}
