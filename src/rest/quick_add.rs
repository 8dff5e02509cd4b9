//! `POST /api/{owner}/quick-add/parse`: how a line would be read. Nothing is written.

use super::{Account, Mine, json::Json};
use crate::{
    openapi::{ForbiddenOwner, InvalidFields, ListAddress, QuickAddBody, QuickAddReading, SignedOut, UnknownType},
    problem::Answer,
    site::Site,
};
use axum::extract::State;
use backend::quick_add::LineReader;
use domain::quick_add::{Parsed, Request, Settings};
use std::sync::Arc;

/// Read a line as quick add does
///
/// It says what a task made from the line would be, and which stretches of the text mean what. Nothing is written;
/// `POST /api/{owner}/tasks` with `{"quick_add": "…"}` makes the task.
#[utoipa::path(
    post,
    path = "/api/{owner}/quick-add/parse",
    operation_id = "readQuickAdd",
    tag = "tasks",
    params(ListAddress),
    request_body = QuickAddBody,
    responses(
        (status = 200, description = "What the line means", body = QuickAddReading),
        SignedOut,
        ForbiddenOwner,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn read(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    Account(user): Account,
    Json(body): Json,
) -> Answer<axum::Json<Parsed>> {
    let request = Request::from_json(body, &Settings::from(&user.settings))?;
    let reader = LineReader::of(&site.backend, &owner, &user).await?;
    Ok(axum::Json(reader.answer(&request)))
}
