//! `/api/auth/reset`, `verify` and `email`: what goes by mail.

use crate::{
    openapi::{
        Accepted, EmailBody, EmailChangeBody, InvalidFields, LinkDead, Overloaded, Problem, ResetBody, SignedOut,
        TokenBody, TooManyAttempts, UnknownType,
    },
    problem::Answer,
    rest::{Caller, json::Json},
    site::Site,
};
use app::request::Visitor;
use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use backend::accounts::{self, AddressChange};
use domain::accounts::{EmailChange, PasswordReset, email_from_json, token_from_json};
use serde_json::json;
use std::sync::Arc;

/// Ask for a link to set a new password
///
/// The answer is the same whether there is such an account or not.
#[utoipa::path(
    post,
    path = "/api/auth/reset",
    operation_id = "forgotPassword",
    tag = "auth",
    request_body = EmailBody,
    responses(
        (status = 202, description = "If there is such an account, its mailbox is written to", body = Accepted),
        (status = 403, description = "This server sends no mail", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
        TooManyAttempts,
        Overloaded,
    ),
    security(()),
)]
pub(crate) async fn forgot(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Json(body): Json,
) -> Answer {
    accounts::forgot_password(&site.backend, &email_from_json(body)?, &visitor.client).await?;
    Ok(accepted("If there is an account with this address, we have sent it a link to set a new password."))
}

/// Set a new password by a link
///
/// Every session ends, and none is opened.
#[utoipa::path(
    post,
    path = "/api/auth/reset/confirm",
    operation_id = "resetPassword",
    tag = "auth",
    request_body = ResetBody,
    responses(
        (status = 204, description = "There is a new password"),
        LinkDead,
        UnknownType,
        InvalidFields,
        TooManyAttempts,
        Overloaded,
    ),
    security(()),
)]
pub(crate) async fn reset(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Json(body): Json,
) -> Answer<StatusCode> {
    let PasswordReset { token, password } = PasswordReset::from_json(body, site.backend.least_password())?;
    accounts::reset_password(&site.backend, &token, &password, &visitor.client).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Confirm an address by a link
///
/// That of a new account, or the one that an account shall move to. A move ends every session but the one that it is
/// confirmed in.
#[utoipa::path(
    post,
    path = "/api/auth/verify",
    operation_id = "verifyAddress",
    tag = "auth",
    request_body = TokenBody,
    responses(
        (status = 204, description = "It is confirmed"),
        LinkDead,
        UnknownType,
        InvalidFields,
        TooManyAttempts,
    ),
    security(()),
)]
pub(crate) async fn verify(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Json(body): Json,
) -> Answer<StatusCode> {
    accounts::verify_address(&site.backend, &token_from_json(body)?, &visitor.client, visitor.session.as_ref()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change the address
///
/// Where the server sends mail, both mailboxes are told and the new one has to confirm. An address that somebody else has
/// gets the same answer. Once it is changed, every other session is over.
#[utoipa::path(
    post,
    path = "/api/auth/email",
    operation_id = "changeEmail",
    tag = "auth",
    request_body = EmailChangeBody,
    responses(
        (status = 202, description = "The new mailbox has to confirm", body = Accepted),
        (status = 204, description = "It is changed: this server sends no mail"),
        (status = 409, description = "Email already registered: this server sends no mail", body = Problem, content_type = "application/problem+json"),
        SignedOut,
        UnknownType,
        InvalidFields,
        TooManyAttempts,
    ),
)]
pub(crate) async fn change_email(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    Json(body): Json,
) -> Answer {
    let change = EmailChange::from_json(body)?;
    Ok(match accounts::change_email(&site.backend, &session, &visitor.client, &change).await? {
        AddressChange::Done => StatusCode::NO_CONTENT.into_response(),
        AddressChange::ToConfirm => accepted("We have sent a link to the new address. Open it to confirm."),
    })
}

/// The answer to what a mailbox has the last word about.
pub(super) fn accepted(detail: &str) -> Response {
    (StatusCode::ACCEPTED, axum::Json(json!({ "detail": detail }))).into_response()
}
