//! `/api/auth/tokens`: what programs carry instead of a password.

use crate::{
    openapi::{
        ApiTokenList, InvalidFields, MadeApiToken, NewApiTokenBody, NotThere, Problem, SignedOut, TokenAddress,
        UnknownType,
    },
    problem::Answer,
    rest::{Caller, Mine, Named, json::Json},
    site::Site,
};
use app::request::Visitor;
use axum::{Extension, extract::State, http::StatusCode};
use backend::accounts::{self, MadeToken};
use domain::{accounts::NewApiToken, ids::ApiTokenId};
use serde_json::{Value, json};
use std::sync::Arc;

/// List the API tokens
///
/// The tokens themselves are not stored, only what tells them apart.
#[utoipa::path(
    get,
    path = "/api/auth/tokens",
    operation_id = "listTokens",
    tag = "auth",
    responses(
        (status = 200, description = "Every token, the newest first", body = ApiTokenList),
        SignedOut,
    ),
)]
pub(crate) async fn list(State(site): State<Arc<Site>>, Mine(owner): Mine) -> Answer<axum::Json<Value>> {
    let tokens = accounts::tokens(&site.backend, &owner).await?;
    Ok(axum::Json(json!({ "items": tokens })))
}

/// Make an API token
///
/// The token is in this answer and never again. It asks for a fresh confirmation (`POST /api/auth/confirm`).
#[utoipa::path(
    post,
    path = "/api/auth/tokens",
    operation_id = "makeToken",
    tag = "auth",
    request_body = NewApiTokenBody,
    responses(
        (status = 201, description = "The token", body = MadeApiToken),
        SignedOut,
        (status = 403, description = "Confirm your password first", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn make(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    Json(body): Json,
) -> Answer<(StatusCode, axum::Json<MadeToken>)> {
    let new = NewApiToken::from_json(body)?;
    let made = accounts::make_token(&site.backend, &session, &visitor.client, new).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}

/// Revoke an API token
///
/// It is worth nothing from this moment on.
#[utoipa::path(
    delete,
    path = "/api/auth/tokens/{id}",
    operation_id = "revokeToken",
    tag = "auth",
    params(TokenAddress),
    responses(
        (status = 204, description = "It is gone"),
        SignedOut,
        NotThere,
    ),
)]
pub(crate) async fn revoke(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    Named(id): Named<ApiTokenId>,
) -> Answer<StatusCode> {
    accounts::revoke_token(&site.backend, &session, &visitor.client, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
