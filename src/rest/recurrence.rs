//! `POST /api/{owner}/recurrence/preview`: the dates of a repetition that no task has yet. Nothing is written.

use super::{Account, Mine, json::Json};
use crate::{
    openapi::{ForbiddenOwner, InvalidFields, ListAddress, RepetitionBody, RepetitionDates, SignedOut, UnknownType},
    problem::Answer,
    site::Site,
};
use axum::extract::State;
use domain::tasks::{Dates, Preview};
use std::sync::Arc;

/// Tell the dates of a repetition
///
/// It is read as a task would take it: without a due date it begins on the first date that it names from today on.
/// `occurrences` are the five dates after that. Nothing is written.
#[utoipa::path(
    post,
    path = "/api/{owner}/recurrence/preview",
    operation_id = "previewRepetition",
    tag = "tasks",
    params(ListAddress),
    request_body = RepetitionBody,
    responses(
        (status = 200, description = "Its dates", body = RepetitionDates),
        SignedOut,
        ForbiddenOwner,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn preview(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    Account(user): Account,
    Json(body): Json,
) -> Answer<axum::Json<Dates>> {
    let preview = Preview::from_json(body)?;
    Ok(axum::Json(backend::recurrence::preview(&site.backend, &owner, &user, &preview)?))
}
