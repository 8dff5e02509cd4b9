//! What projects, tags and saved filters have in common: short lists that are sent whole.

use super::conditional;
use crate::{problem::Answer, site::Site};
use axum::{
    extract::RawPathParams,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use backend::{Backend, Owner};
use serde::Serialize;
use serde_json::json;

/// A whole list, unless the client has it already.
pub(super) async fn whole_list<T: Serialize>(
    site: &Site,
    owner: &Owner,
    headers: &HeaderMap,
    read: impl AsyncFnOnce(&Backend, &Owner) -> backend::Result<Vec<T>>,
) -> Answer {
    // It was read before the list, so that a change in between is told again rather than missed.
    let tag = conditional::of_list(owner.change_sequence(), None);
    if conditional::is_known(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let items = read(&site.backend, owner).await?;
    Ok(([(header::ETAG, tag)], axum::Json(json!({ "items": items }))).into_response())
}

/// One row with its revision, unless the client has it already.
pub(super) fn one(headers: &HeaderMap, revision: i64, row: impl Serialize) -> Response {
    let tag = conditional::of_revision(revision);
    if conditional::is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    ([(header::ETAG, tag)], axum::Json(row)).into_response()
}

/// The owner as the path names it.
pub(super) fn owner_in(path: &RawPathParams) -> &str {
    path.iter().find(|(name, _)| *name == "owner").map_or("me", |(_, owner)| owner)
}
