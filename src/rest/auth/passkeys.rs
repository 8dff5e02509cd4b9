//! `/api/auth/factors/passkeys` and `/api/auth/signin/passkey`: adding passkeys, and signing in with one. Both go in two
//! steps: what is asked, and what the authenticator answers.

use super::{admitted, factors::nothing};
use crate::{
    openapi::{
        Admission, Ceremony, InvalidFields, NewPasskey, NotConfirmed, NotThere, Nothing, Overloaded, Passkey,
        PasskeyAddress, PasskeyNameBody, PasskeySignIn, Problem, SignedOut, TooManyAttempts, UnknownType,
    },
    problem::Answer,
    rest::{Caller, Named, json::Json},
    site::Site,
};
use app::request::Visitor;
use axum::{Extension, extract::State, http::StatusCode};
use backend::accounts;
use domain::{accounts as rules, ids::PasskeyId};
use std::sync::Arc;
use tower_cookies::Cookies;

/// Begin to add a passkey
///
/// `options` are for `navigator.credentials.create`, by `PublicKeyCredential.parseCreationOptionsFromJSON`. It asks for a
/// fresh confirmation (`POST /api/auth/confirm`).
#[utoipa::path(
    post,
    path = "/api/auth/factors/passkeys/start",
    operation_id = "beginPasskey",
    tag = "auth",
    request_body = Nothing,
    responses(
        (status = 200, description = "What to ask the authenticator", body = Ceremony),
        SignedOut,
        NotConfirmed,
        (status = 409, description = "There are twenty already, or this server has no name", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn begin(
    State(site): State<Arc<Site>>,
    Caller(session): Caller,
    Json(body): Json,
) -> Answer<axum::Json<accounts::Ceremony>> {
    nothing(body)?;
    Ok(axum::Json(accounts::begin_passkey(&site.backend, &session).await?))
}

/// Add a passkey
#[utoipa::path(
    post,
    path = "/api/auth/factors/passkeys",
    operation_id = "addPasskey",
    tag = "auth",
    request_body = NewPasskey,
    responses(
        (status = 201, description = "It is added", body = Passkey),
        SignedOut,
        NotConfirmed,
        (status = 409, description = "This server has no name", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    Json(body): Json,
) -> Answer<(StatusCode, axum::Json<rules::Passkey>)> {
    let new = rules::NewPasskey::from_json(body)?;
    let passkey = accounts::add_passkey(&site.backend, &session, &visitor.client, new).await?;
    Ok((StatusCode::CREATED, axum::Json(passkey)))
}

/// Rename a passkey
#[utoipa::path(
    patch,
    path = "/api/auth/factors/passkeys/{id}",
    operation_id = "renamePasskey",
    tag = "auth",
    params(PasskeyAddress),
    request_body(content((PasskeyNameBody = "application/merge-patch+json"), (PasskeyNameBody = "application/json"))),
    responses(
        (status = 200, description = "The passkey as it is now", body = Passkey),
        SignedOut,
        NotThere,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn rename(
    State(site): State<Arc<Site>>,
    Caller(session): Caller,
    Named(id): Named<PasskeyId>,
    Json(body): Json,
) -> Answer<axum::Json<rules::Passkey>> {
    let name = rules::PasskeyName::from_json(body)?;
    Ok(axum::Json(accounts::rename_passkey(&site.backend, &session, id, &name).await?))
}

/// Remove a passkey
///
/// Every other session ends. The last way in beside the app stays while no recovery code is left. It asks for a fresh
/// confirmation (`POST /api/auth/confirm`).
#[utoipa::path(
    delete,
    path = "/api/auth/factors/passkeys/{id}",
    operation_id = "removePasskey",
    tag = "auth",
    params(PasskeyAddress),
    responses(
        (status = 204, description = "It is removed"),
        SignedOut,
        NotConfirmed,
        NotThere,
        (status = 409, description = "It is the last way in", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn remove(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    Named(id): Named<PasskeyId>,
) -> Answer<StatusCode> {
    accounts::remove_passkey(&site.backend, &session, &visitor.client, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begin to sign in with a passkey
///
/// `options` are for `navigator.credentials.get`, by `PublicKeyCredential.parseRequestOptionsFromJSON`.
#[utoipa::path(
    post,
    path = "/api/auth/signin/passkey/start",
    operation_id = "beginPasskeySignIn",
    tag = "auth",
    request_body = Nothing,
    responses(
        (status = 200, description = "What to ask the authenticator", body = Ceremony),
        (status = 409, description = "This server has no name", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
        TooManyAttempts,
        Overloaded,
    ),
    security(()),
)]
pub(crate) async fn begin_sign_in(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Json(body): Json,
) -> Answer<axum::Json<accounts::Ceremony>> {
    nothing(body)?;
    Ok(axum::Json(accounts::begin_passkey_sign_in(&site.backend, &visitor.client).await?))
}

/// Sign in with a passkey
///
/// It stands for the password and for the second step, and counts as a fresh confirmation.
#[utoipa::path(
    post,
    path = "/api/auth/signin/passkey",
    operation_id = "signInWithPasskey",
    tag = "auth",
    request_body = PasskeySignIn,
    responses(
        (status = 200, description = "A session", body = Admission),
        (status = 401, description = "It could not be verified", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
        Overloaded,
    ),
    security(()),
)]
pub(crate) async fn sign_in(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    cookies: Cookies,
    Json(body): Json,
) -> Answer {
    let entry = rules::PasskeySignIn::from_json(body)?;
    let cookies = entry.cookies.then_some(cookies);
    let replaced = visitor.session.filter(|_| cookies.is_some());
    let signed_in = accounts::sign_in_with_passkey(&site.backend, entry, &visitor.client, replaced.as_ref()).await?;
    Ok(admitted(StatusCode::OK, &site, cookies.as_ref(), &signed_in))
}
