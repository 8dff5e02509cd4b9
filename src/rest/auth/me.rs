//! `GET`, `PATCH` and `DELETE /api/auth/me`.

use crate::{
    middleware::session::Carrier,
    openapi::{Farewell, InvalidFields, Problem, ProfilePatch, SignedOut, TooManyAttempts, UnknownType, User},
    problem::Answer,
    rest::{Account, Caller, json::Json},
    site::Site,
};
use app::request::Visitor;
use axum::{Extension, extract::State, http::StatusCode};
use backend::accounts;
use domain::accounts::{self as rules, Confirmation};
use std::sync::Arc;
use tower_cookies::Cookies;

/// Read the account
#[utoipa::path(
    get,
    path = "/api/auth/me",
    operation_id = "readAccount",
    tag = "auth",
    responses(
        (status = 200, description = "Your account", body = User),
        SignedOut,
    ),
)]
pub(crate) async fn read(Account(user): Account) -> axum::Json<rules::User> {
    axum::Json(user)
}

/// Change the profile or the settings
///
/// A merge patch (RFC 7396): what is absent stays, null clears.
#[utoipa::path(
    patch,
    path = "/api/auth/me",
    operation_id = "updateAccount",
    tag = "auth",
    request_body(content((ProfilePatch = "application/merge-patch+json"), (ProfilePatch = "application/json"))),
    responses(
        (status = 200, description = "The account as it is now", body = User),
        SignedOut,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn update(
    State(site): State<Arc<Site>>,
    Caller(session): Caller,
    Json(body): Json,
) -> Answer<axum::Json<rules::User>> {
    let patch = rules::ProfilePatch::from_json(body)?;
    Ok(axum::Json(accounts::update_profile(&site.backend, &session, patch).await?))
}

/// Delete the account
///
/// Every row that belongs to it goes with it. There is no way back.
#[utoipa::path(
    delete,
    path = "/api/auth/me",
    operation_id = "deleteAccount",
    tag = "auth",
    request_body = Farewell,
    responses(
        (status = 204, description = "It is gone"),
        SignedOut,
        (status = 422, description = "The password is wrong, or the code", body = Problem, content_type = "application/problem+json"),
        TooManyAttempts,
    ),
)]
pub(crate) async fn delete(
    State(site): State<Arc<Site>>,
    Extension(carrier): Extension<Carrier>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    cookies: Cookies,
    Json(body): Json,
) -> Answer<StatusCode> {
    let confirmation = Confirmation::from_json(body)?;
    accounts::delete_account(&site.backend, &session, &visitor.client, &confirmation).await?;
    if carrier == Carrier::Cookies {
        site.cookies.clear(&cookies);
    }
    Ok(StatusCode::NO_CONTENT)
}
