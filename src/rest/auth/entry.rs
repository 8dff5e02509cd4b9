//! `POST /api/auth/signup`, `signin`, `signin/code` and `signout`.

use super::{admitted, recovery::accepted};
use crate::{
    middleware::session::Carrier,
    openapi::{
        Accepted, Admission, CodeBody, InvalidFields, Overloaded, Problem, SignInBody, SignUpBody, SignedOut,
        TooManyAttempts, UnknownType,
    },
    problem::Answer,
    rest::{Caller, json::Json},
    site::Site,
};
use app::request::Visitor;
use axum::{Extension, extract::State, http::StatusCode};
use backend::accounts::{self, SignedUp};
use domain::accounts::{CodeEntry, Credentials, SignUp};
use std::sync::Arc;
use tower_cookies::Cookies;

/// Make an account
///
/// It opens a session at once, unless the server sends mail: then it answers 202 for new and known addresses alike, and the
/// mailbox gets a link to confirm. With `"cookies": false` no cookies are set, and `refresh_token` is in the answer.
#[utoipa::path(
    post,
    path = "/api/auth/signup",
    operation_id = "signUp",
    tag = "auth",
    request_body = SignUpBody,
    responses(
        (status = 201, description = "The account, with a session", body = Admission),
        (status = 202, description = "The mailbox has to confirm", body = Accepted),
        (status = 403, description = "Sign-up is closed", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Email already registered", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
        TooManyAttempts,
        Overloaded,
    ),
    security(()),
)]
pub(crate) async fn sign_up(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    cookies: Cookies,
    Json(body): Json,
) -> Answer {
    let sign_up = SignUp::from_json(body, site.backend.least_password())?;
    let cookies = sign_up.cookies.then_some(cookies);
    let replaced = visitor.session.filter(|_| cookies.is_some());
    Ok(match accounts::sign_up(&site.backend, sign_up, &visitor.client, replaced.as_ref()).await? {
        SignedUp::In(signed_in) => admitted(StatusCode::CREATED, &site, cookies.as_ref(), &signed_in),
        SignedUp::ToConfirm => accepted("We have written to this address. Open the link in the mail to go on."),
    })
}

/// Sign in
///
/// A wrong password and an unknown address are answered alike. With `"cookies": false` no cookies are set, and
/// `refresh_token` is in the answer. Where a code of an app is asked for too, a right password is answered by 401
/// `second_factor_required` with a `challenge` for `POST /api/auth/signin/code`.
#[utoipa::path(
    post,
    path = "/api/auth/signin",
    operation_id = "signIn",
    tag = "auth",
    request_body = SignInBody,
    responses(
        (status = 200, description = "A session", body = Admission),
        (status = 401, description = "Invalid credentials, or a code is asked for", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Nobody has confirmed the address yet", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
        TooManyAttempts,
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
    let credentials = Credentials::from_json(body)?;
    let cookies = credentials.cookies.then_some(cookies);
    let replaced = visitor.session.filter(|_| cookies.is_some());
    let signed_in = accounts::sign_in(&site.backend, &credentials, &visitor.client, replaced.as_ref()).await?;
    Ok(admitted(StatusCode::OK, &site, cookies.as_ref(), &signed_in))
}

/// Finish signing in with a code
///
/// The code is the one that the app shows, or a recovery code; each is good once. A challenge waits five minutes and
/// stands five wrong codes.
#[utoipa::path(
    post,
    path = "/api/auth/signin/code",
    operation_id = "signInWithCode",
    tag = "auth",
    request_body = CodeBody,
    responses(
        (status = 200, description = "A session", body = Admission),
        (status = 401, description = "The challenge is over", body = Problem, content_type = "application/problem+json"),
        UnknownType,
        InvalidFields,
        TooManyAttempts,
        Overloaded,
    ),
    security(()),
)]
pub(crate) async fn sign_in_with_code(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    cookies: Cookies,
    Json(body): Json,
) -> Answer {
    let entry = CodeEntry::from_json(body)?;
    let cookies = entry.cookies.then_some(cookies);
    let replaced = visitor.session.filter(|_| cookies.is_some());
    let signed_in = accounts::sign_in_with_code(&site.backend, &entry, &visitor.client, replaced.as_ref()).await?;
    Ok(admitted(StatusCode::OK, &site, cookies.as_ref(), &signed_in))
}

/// Sign out
///
/// The session ends on the server: its tokens are worth nothing from this moment on.
#[utoipa::path(
    post,
    path = "/api/auth/signout",
    operation_id = "signOut",
    tag = "auth",
    responses(
        (status = 204, description = "The session has ended"),
        SignedOut,
    ),
)]
pub(crate) async fn sign_out(
    State(site): State<Arc<Site>>,
    Extension(carrier): Extension<Carrier>,
    Extension(visitor): Extension<Visitor>,
    Caller(session): Caller,
    cookies: Cookies,
) -> Answer<StatusCode> {
    accounts::sign_out(&site.backend, &session, &visitor.client).await?;
    if carrier == Carrier::Cookies {
        site.cookies.clear(&cookies);
    }
    Ok(StatusCode::NO_CONTENT)
}
