//! `/api/auth/factors`: what guards the account beside its password.

use crate::{
    openapi::{
        Code, FactorRemoval, Factors, InvalidFields, NotConfirmed, Nothing, Problem, RecoveryCodes, SignedOut,
        TooManyAttempts, TotpSetup, UnknownType,
    },
    problem::Answer,
    rest::{Caller, json::Json},
    site::Site,
};
use app::request::Visitor;
use axum::{Extension, extract::State, http::StatusCode};
use backend::accounts;
use domain::{
    Error,
    accounts::{self as rules, RecoveryCode, code_from_json},
    json::Reader,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Read what guards the account
#[utoipa::path(
    get,
    path = "/api/auth/factors",
    operation_id = "readFactors",
    tag = "auth",
    responses(
        (status = 200, description = "The second step, the recovery codes that are left, the passkeys", body = Factors),
        SignedOut,
    ),
)]
pub(crate) async fn read(State(site): State<Arc<Site>>, Caller(session): Caller) -> Answer<axum::Json<rules::Factors>> {
    Ok(axum::Json(accounts::factors(&site.backend, session.owner()).await?))
}

/// Begin to set up an authenticator app
///
/// Nothing is asked for at sign-in before a first code is confirmed. It asks for a fresh confirmation
/// (`POST /api/auth/confirm`).
#[utoipa::path(
    post,
    path = "/api/auth/factors/totp",
    operation_id = "beginTotp",
    tag = "auth",
    request_body = Nothing,
    responses(
        (status = 200, description = "What the app must be told", body = TotpSetup),
        SignedOut,
        NotConfirmed,
        (status = 409, description = "It is on already", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn begin_totp(
    State(site): State<Arc<Site>>,
    Caller(session): Caller,
    Json(body): Json,
) -> Answer<axum::Json<Value>> {
    nothing(body)?;
    let setup = accounts::begin_totp(&site.backend, &session).await?;
    Ok(axum::Json(json!({ "secret": setup.secret, "uri": setup.uri })))
}

/// Turn the second step on
///
/// With a first code of the app. The answer holds ten recovery codes, told this once; every other session ends.
#[utoipa::path(
    post,
    path = "/api/auth/factors/totp/confirm",
    operation_id = "turnTotpOn",
    tag = "auth",
    request_body = Code,
    responses(
        (status = 200, description = "It is on", body = RecoveryCodes),
        SignedOut,
        NotConfirmed,
        (status = 409, description = "It is on already, or was not begun", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
        TooManyAttempts,
    ),
)]
pub(crate) async fn turn_totp_on(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    Json(body): Json,
) -> Answer<axum::Json<Value>> {
    let code = code_from_json(body)?;
    let codes = accounts::turn_totp_on(&site.backend, &session, &visitor.client, &code).await?;
    Ok(axum::Json(shown(&codes)))
}

/// Turn the second step off
///
/// It takes the password and a code. The recovery codes go with it, and every other session ends.
#[utoipa::path(
    delete,
    path = "/api/auth/factors/totp",
    operation_id = "turnTotpOff",
    tag = "auth",
    request_body = FactorRemoval,
    responses(
        (status = 204, description = "It is off"),
        SignedOut,
        (status = 409, description = "It is not on", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
        TooManyAttempts,
    ),
)]
pub(crate) async fn turn_totp_off(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    Json(body): Json,
) -> Answer<StatusCode> {
    let removal = rules::FactorRemoval::from_json(body)?;
    accounts::turn_totp_off(&site.backend, &session, &visitor.client, &removal).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Renew the recovery codes
///
/// The old ones are void, the new ones are told this once. It asks for a fresh confirmation
/// (`POST /api/auth/confirm`).
#[utoipa::path(
    post,
    path = "/api/auth/factors/recovery-codes",
    operation_id = "renewRecoveryCodes",
    tag = "auth",
    request_body = Nothing,
    responses(
        (status = 200, description = "Ten codes", body = RecoveryCodes),
        SignedOut,
        NotConfirmed,
        (status = 409, description = "No code is asked for", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn renew_recovery_codes(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    Json(body): Json,
) -> Answer<axum::Json<Value>> {
    nothing(body)?;
    let codes = accounts::renew_recovery_codes(&site.backend, &session, &visitor.client).await?;
    Ok(axum::Json(shown(&codes)))
}

/// Reads an object without members.
pub(super) fn nothing(body: Value) -> Result<(), Error> {
    Reader::new(body)?.finish()
}

fn shown(codes: &[RecoveryCode]) -> Value {
    json!({ "recovery_codes": codes.iter().map(RecoveryCode::in_groups).collect::<Vec<_>>() })
}
