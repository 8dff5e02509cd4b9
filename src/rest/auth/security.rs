//! `/api/auth/password`, `confirm` and `activity`: what guards the account, and what happened to it.

use crate::{
    openapi::{
        ActivityLog, ActivityPage, Farewell, InvalidFields, PasswordBody, Problem, SignedOut, TooManyAttempts,
        UnknownType,
    },
    problem::{Answer, Refusal},
    rest::{Caller, Mine, json::Json},
    site::Site,
};
use app::request::Visitor;
use axum::{
    Extension,
    extract::{Query, State},
    http::{StatusCode, header},
    response::IntoResponse,
};
use backend::accounts::{self, Grant};
use domain::{
    Error,
    accounts::{Activity, Confirmation, LeastLength, PasswordChange},
    json::Reader,
};
use serde_json::Value;
use std::sync::Arc;

/// Change the password
///
/// Every other session ends.
#[utoipa::path(
    post,
    path = "/api/auth/password",
    operation_id = "changePassword",
    tag = "auth",
    request_body = PasswordBody,
    responses(
        (status = 204, description = "It is changed"),
        SignedOut,
        UnknownType,
        InvalidFields,
        TooManyAttempts,
    ),
)]
pub(crate) async fn change_password(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    Json(body): Json,
) -> Answer<StatusCode> {
    let change = read_change(body, site.backend.least_password())?;
    accounts::change_password(&site.backend, &session, &visitor.client, &change).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Confirm who you are
///
/// With the password, and a code where signing in asks for one. For ten minutes this session may do what asks for a fresh confirmation, such as taking the data away.
#[utoipa::path(
    post,
    path = "/api/auth/confirm",
    operation_id = "confirmIdentity",
    tag = "auth",
    request_body = Farewell,
    responses(
        (status = 204, description = "It is confirmed"),
        SignedOut,
        UnknownType,
        InvalidFields,
        TooManyAttempts,
    ),
)]
pub(crate) async fn confirm(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    Json(body): Json,
) -> Answer<StatusCode> {
    let confirmation = Confirmation::from_json(body)?;
    accounts::confirm_identity(&site.backend, &session, &visitor.client, &confirmation).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List what happened to the account
///
/// The newest first; `next_before` goes into `before` for the next page.
#[utoipa::path(
    get,
    path = "/api/auth/activity",
    operation_id = "listActivity",
    tag = "auth",
    params(("before" = Option<i64>, Query, description = "Only entries before the one of this number")),
    responses(
        (status = 200, description = "A page of the log, and whether the log is intact", body = ActivityPage),
        SignedOut,
        InvalidFields,
    ),
)]
pub(crate) async fn activity(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<axum::Json<Activity>> {
    let before = pairs.iter().find(|(name, _)| name == "before").map(|(_, number)| number.parse::<i64>());
    let before =
        before.transpose().map_err(|_| Error::field("before", "not_a_number", "Give the number of an entry"))?;
    Ok(axum::Json(accounts::activity(&site.backend, &owner, before).await?))
}

/// Take the log away
///
/// The whole log, the oldest entry first, as one document. Each `hash` is the SHA-256 of the JSON array
/// `[hash before, user_id, [number, at, event, failures_before], [ip, user_agent]]` without spaces, where the hash before
/// the first is the empty text and `at` is in milliseconds since 1970.
#[utoipa::path(
    get,
    path = "/api/auth/activity/log",
    operation_id = "exportActivity",
    tag = "auth",
    responses(
        (status = 200, description = "The log", body = ActivityLog),
        SignedOut,
    ),
)]
pub(crate) async fn log(State(site): State<Arc<Site>>, Mine(owner): Mine) -> Answer {
    let log = accounts::log(&site.backend, &owner).await?;
    let name = "attachment; filename=\"tickbox-activity.json\"";
    Ok(([(header::CONTENT_DISPOSITION, name)], axum::Json(log)).into_response())
}

/// Take the data away
///
/// Everything that you own, the bin included, as one document. It asks for a fresh confirmation
/// (`POST /api/auth/confirm`); a program's API token was made behind one.
#[utoipa::path(
    get,
    path = "/api/auth/export",
    operation_id = "exportAccount",
    tag = "auth",
    responses(
        (status = 200, description = "Your data", body = Object),
        SignedOut,
        (status = 403, description = "Confirm your password first", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn export(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    grant: Option<Extension<Grant>>,
) -> Answer {
    let export = match (visitor.session, grant) {
        (Some(session), _) => accounts::export(&site.backend, &session).await?,
        (None, Some(Extension(grant))) => accounts::export_granted(&site.backend, &grant).await?,
        (None, None) => return Err(Refusal(Error::SignedOut)),
    };
    let name = "attachment; filename=\"tickbox.json\"";
    Ok(([(header::CONTENT_DISPOSITION, name)], axum::Json(export)).into_response())
}

fn read_change(body: Value, least: LeastLength) -> Result<PasswordChange, Error> {
    let mut reader = Reader::new(body)?;
    let mut text = |name: &str, missing: &str| {
        reader.text::<String>(name).flatten().ok_or_else(|| Error::field(name, "required", missing))
    };
    let current = text("current_password", "Enter your current password")?;
    let new = text("new_password", "Choose a password")?;
    reader.finish()?;
    PasswordChange::parse(current, &new, least)
}
