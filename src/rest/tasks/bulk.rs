//! `POST /api/{owner}/tasks/bulk`.

use crate::{
    openapi::{
        BulkBody, ForbiddenOwner, InvalidFields, ListAddress, NotJson, NotThere, Repeatable, SignedOut, TooLarge,
        Touched, UnknownType,
    },
    problem::Answer,
    rest::write::Write,
};
use domain::{change::Operation, tasks::BulkChange};
use serde_json::json;

/// Change many tasks
///
/// Up to 1000, by `ids` or by a `filter`, which finds what `GET /api/{owner}/tasks` finds by it. Either all of them are
/// changed or none; it is one change, and one undo takes all of it back. Send an `action`, or a `patch` as for one task but
/// without a title, or tags to add to and to remove from those that each task has.
#[utoipa::path(
    post,
    path = "/api/{owner}/tasks/bulk",
    operation_id = "changeTasks",
    tag = "tasks",
    params(ListAddress, Repeatable),
    request_body = BulkBody,
    responses(
        (status = 200, description = "What was changed; no `change` where all was so already", body = Touched),
        NotJson,
        SignedOut,
        ForbiddenOwner,
        NotThere,
        TooLarge,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn change(write: Write) -> Answer {
    let change = BulkChange::from_json(write.json()?)?;
    Ok(write.make(Operation::ChangeTasks(Box::new(change))).await?.touched(json!({})))
}
