//! `DELETE /api/{owner}/tasks/{id}` and `DELETE /api/{owner}/bin`.

use crate::{
    openapi::{
        ForbiddenOwner, IfMatch, InvalidFields, ListAddress, NotThere, Permanence, Repeatable, SignedOut,
        StaleRevision, TaskAddress, Touched,
    },
    problem::{Answer, Refusal},
    rest::{Named, query_pairs, unknown_parameter, write::Write},
};
use axum::http::Uri;
use domain::{Error, change::Operation, ids::TaskId};
use serde_json::json;

/// Delete a task
///
/// It goes to the bin, from where `restore` takes it back within 30 days. With `permanent=true`, what is in the bin goes
/// for good, and its parts with it.
#[utoipa::path(
    delete,
    path = "/api/{owner}/tasks/{id}",
    operation_id = "deleteTask",
    tag = "tasks",
    params(TaskAddress, Permanence, IfMatch, Repeatable),
    responses(
        (status = 204, description = "It is in the bin, or gone"),
        SignedOut,
        ForbiddenOwner,
        NotThere,
        StaleRevision,
        InvalidFields,
    ),
)]
pub(crate) async fn delete(Named(id): Named<TaskId>, uri: Uri, write: Write) -> Answer {
    let operation =
        if is_permanent(&query_pairs(&uri))? { Operation::RemoveTask(id) } else { Operation::DeleteTask(id) };
    Ok(write.change(id, operation).await?.gone())
}

/// Empty the bin
///
/// Everything in it goes for good, up to 5000 tasks at once; one undo brings them back into it.
#[utoipa::path(
    delete,
    path = "/api/{owner}/bin",
    operation_id = "emptyBin",
    tag = "tasks",
    params(ListAddress, Repeatable),
    responses(
        (status = 200, description = "What is gone; no `change` where the bin was empty", body = Touched),
        SignedOut,
        ForbiddenOwner,
    ),
)]
pub(crate) async fn empty(write: Write) -> Answer {
    Ok(write.make(Operation::EmptyBin).await?.touched(json!({})))
}

fn is_permanent(pairs: &[(String, String)]) -> Result<bool, Refusal> {
    let mut is_permanent = false;
    for (name, value) in pairs {
        is_permanent = match (name.as_str(), value.as_str()) {
            ("permanent", "true") => true,
            ("permanent", "false") => false,
            ("permanent", _) => return Err(Refusal(Error::field(name, "not_a_boolean", "Send true or false"))),
            _ => return Err(Refusal(Error::Invalid(vec![unknown_parameter(name)]))),
        };
    }
    Ok(is_permanent)
}
