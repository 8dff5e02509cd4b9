//! `GET /api/{owner}/search`.

use super::{Mine, query_pairs};
use crate::{
    openapi::{ForbiddenOwner, Found, InvalidFields, ListAddress, SearchParameters, SignedOut},
    problem::Answer,
    site::Site,
};
use axum::{extract::State, http::Uri};
use domain::search;
use std::sync::Arc;

/// Search everything
///
/// Tasks whose title, notes or tags contain every word, done ones included; projects and tags by their names. Case and
/// accents do not matter. Three letters are found anywhere, fewer where a word begins. What begins with the search
/// stands first, then what has it in its title; among equals what was changed last.
#[utoipa::path(
    get,
    path = "/api/{owner}/search",
    operation_id = "search",
    tag = "tasks",
    params(ListAddress, SearchParameters),
    responses(
        (status = 200, description = "What was found, and where the words stand in it", body = Found),
        SignedOut,
        ForbiddenOwner,
        InvalidFields,
    ),
)]
pub(crate) async fn search(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    uri: Uri,
) -> Answer<axum::Json<search::Found>> {
    let pairs = query_pairs(&uri);
    let query = search::SearchQuery::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
    Ok(axum::Json(backend::search::search(&site.backend, &owner, &query).await?))
}
