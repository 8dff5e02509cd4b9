//! The log of changes: `GET /api/{owner}/operations`, `GET /api/{owner}/tasks/{id}/history`, and the way back along it:
//! `POST /api/{owner}/undo` and `redo`.

use super::{Mine, Named, query_pairs, unknown_parameter, write::Write};
use crate::{
    openapi::{
        CannotUndo, ForbiddenOwner, History, InvalidFields, ListAddress, NotThere, Nothing, OperationPage,
        OperationParameters, Repeatable, Reversal, SignedOut, TaskAddress, UndoBody,
    },
    problem::Answer,
    site::Site,
};
use axum::{extract::State, http::Uri};
use backend::ledger::{self, Operations};
use domain::{
    Error, FieldError,
    change::Operation,
    ids::{ChangeId, TaskId},
    json::Reader,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Undo a change
///
/// Without a body it takes back your newest change that stands, whichever device made it. With `change`, the `X-Change-Id`
/// of any write, it takes back that one, as far as nothing was changed since; `left` says in words what stays. An undo is a
/// change itself, and `redo` brings back what it took.
#[utoipa::path(
    post,
    path = "/api/{owner}/undo",
    operation_id = "undo",
    tag = "changes",
    params(ListAddress, Repeatable),
    request_body = Option<UndoBody>,
    responses(
        (status = 200, description = "What was taken back", body = Reversal),
        SignedOut,
        ForbiddenOwner,
        NotThere,
        CannotUndo,
        InvalidFields,
    ),
)]
pub(crate) async fn undo(State(site): State<Arc<Site>>, Mine(owner): Mine, write: Write) -> Answer {
    let named = write.optional_json()?.map(read_change).transpose()?.flatten();
    let done = write.make(Operation::Undo(named)).await?;
    Ok(done.touched(next(&site, &owner).await?))
}

/// Redo what was undone
///
/// Brings back what the newest undo took, unless something was changed since.
#[utoipa::path(
    post,
    path = "/api/{owner}/redo",
    operation_id = "redo",
    tag = "changes",
    params(ListAddress, Repeatable),
    request_body = Option<Nothing>,
    responses(
        (status = 200, description = "What was brought back", body = Reversal),
        SignedOut,
        ForbiddenOwner,
        CannotUndo,
        InvalidFields,
    ),
)]
pub(crate) async fn redo(State(site): State<Arc<Site>>, Mine(owner): Mine, write: Write) -> Answer {
    if let Some(body) = write.optional_json()? {
        Reader::new(body)?.finish()?;
    }
    let done = write.make(Operation::Redo).await?;
    Ok(done.touched(next(&site, &owner).await?))
}

/// List your changes
///
/// The newest first. Pages follow each other by `next_cursor`.
#[utoipa::path(
    get,
    path = "/api/{owner}/operations",
    operation_id = "listOperations",
    tag = "changes",
    params(ListAddress, OperationParameters),
    responses((status = 200, description = "One page", body = OperationPage), SignedOut, ForbiddenOwner, InvalidFields),
)]
pub(crate) async fn list(State(site): State<Arc<Site>>, Mine(owner): Mine, uri: Uri) -> Answer<axum::Json<Operations>> {
    let (limit, before) = read_page(&query_pairs(&uri))?;
    Ok(axum::Json(ledger::operations(&site.backend, &owner, limit, before).await?))
}

/// Read the history of a task
///
/// In words: when, by which device, and what became of each field. At most the newest 200 changes.
#[utoipa::path(
    get,
    path = "/api/{owner}/tasks/{id}/history",
    operation_id = "readHistory",
    tag = "changes",
    params(TaskAddress),
    responses((status = 200, description = "The newest first", body = History), SignedOut, ForbiddenOwner, NotThere),
)]
pub(crate) async fn history(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    Named(id): Named<TaskId>,
) -> Answer<axum::Json<Value>> {
    let items = ledger::history(&site.backend, &owner, id).await?;
    Ok(axum::Json(json!({ "items": items })))
}

/// What would be undone and redone next, in words.
async fn next(site: &Site, owner: &backend::Owner) -> Answer<Value> {
    let way = ledger::way(&site.backend, owner).await?;
    let label = |step: Option<(ChangeId, String)>| step.map(|(_, label)| label);
    Ok(json!({ "next_undo": label(way.undo), "next_redo": label(way.redo) }))
}

fn read_change(body: Value) -> Result<Option<ChangeId>, Error> {
    let mut reader = Reader::new(body)?;
    let change = reader.text("change").flatten();
    reader.finish()?;
    Ok(change)
}

/// How many changes, and before which.
fn read_page(pairs: &[(String, String)]) -> Result<(u16, Option<i64>), Error> {
    const USUAL: u16 = 50;
    const MOST: u16 = 200;
    let (mut limit, mut before, mut errors) = (USUAL, None, Vec::new());
    for (name, value) in pairs {
        match name.as_str() {
            "limit" => match value.parse().ok().filter(|limit| (1..=MOST).contains(limit)) {
                Some(number) => limit = number,
                None => {
                    errors.push(FieldError::new(name, "out_of_range", format!("Give a limit between 1 and {MOST}")))
                }
            },
            "cursor" => match value.parse() {
                Ok(number) => before = Some(number),
                Err(_) => errors.push(FieldError::new(name, "invalid_cursor", "Send the next_cursor of a page")),
            },
            _ => errors.push(unknown_parameter(name)),
        }
    }
    if errors.is_empty() { Ok((limit, before)) } else { Err(Error::Invalid(errors)) }
}
