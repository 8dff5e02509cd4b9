//! `PATCH /api/{owner}/tasks/{id}/complete`.

use crate::{
    openapi::{
        Completion, ForbiddenOwner, IfMatch, InvalidFields, NotThere, Repeatable, SignedOut, StaleRevision, Task,
        TaskAddress,
    },
    problem::Answer,
    rest::{Named, write::Write},
};
use domain::{
    Error,
    change::Operation,
    ids::TaskId,
    json::{Complaint, Reader},
    recurrence::Occurrence,
    tasks::TaskPatch,
};
use serde_json::Value;

/// Complete a task, or open it again
///
/// With `is_completed` it becomes that; without a body, or with an empty one, it becomes what it is not. A task that
/// repeats goes on to its next date and stays open: `due_date` is the next. With `occurrence` that happens once for each
/// date, however many devices send it: one that is done with already is 200 and changes nothing.
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
    let wish = write.optional_json()?.map(wish).transpose()?.unwrap_or((None, None));
    let operation = match wish {
        (_, Some(occurrence)) => Operation::CompleteTask(id, occurrence),
        (None, None) => Operation::ToggleTask(id),
        (Some(is_completed), None) => {
            let patch = TaskPatch { is_completed: Some(is_completed), ..TaskPatch::default() };
            Operation::UpdateTask(id, Box::new(patch))
        }
    };
    Ok(write.change(id, operation).await?.shown())
}

/// What the body asks for; an empty object asks for nothing, as no body does.
fn wish(body: Value) -> Result<(Option<bool>, Option<Occurrence>), Error> {
    let mut reader = Reader::new(body)?;
    let wish = reader.value("is_completed", |value| {
        value.as_bool().ok_or_else(|| Complaint::new("not_a_boolean", "Send true or false"))
    });
    if wish == Some(None) {
        reader.complain("is_completed", "required", "Send true or false, or leave it out");
    }
    let occurrence = reader.text("occurrence").flatten();
    if wish == Some(Some(false)) && occurrence.is_some() {
        reader.complain("occurrence", "not_completed", "Only what is completed has a date to name");
    }
    reader.finish()?;
    Ok((wish.flatten(), occurrence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_body_says_what_it_wants_or_nothing() {
        assert_eq!(wish(json!({"is_completed": true})), Ok((Some(true), None)));
        assert_eq!(wish(json!({})), Ok((None, None)));
        let named = wish(json!({"occurrence": "2026-12-01T09:00"})).unwrap().1.unwrap();
        assert_eq!(named.to_string(), "2026-12-01T09:00");
        for body in [
            json!({"is_completed": null}),
            json!({"is_completed": "yes"}),
            json!({"is_completed": false, "occurrence": "2026-12-01"}),
            json!({"occurrence": "1 December"}),
            json!({"done": true}),
            json!([]),
        ] {
            assert!(wish(body.clone()).is_err(), "{body}");
        }
    }
}
