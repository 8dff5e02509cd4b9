//! The caller's account: getting in and out, the profile, the devices.

pub(crate) mod entry;
pub(crate) mod factors;
pub(crate) mod me;
pub(crate) mod passkeys;
pub(crate) mod recovery;
pub(crate) mod refresh;
pub(crate) mod security;
pub(crate) mod sessions;
pub(crate) mod tokens;

use crate::site::Site;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::accounts::{SignedIn, Tokens};
use serde_json::{Value, json};
use tower_cookies::Cookies;

/// The answer to whoever has a new session or new tokens. A browser gets them as cookies that its scripts cannot read,
/// a program in the body.
fn admitted(status: StatusCode, site: &Site, cookies: Option<&Cookies>, signed_in: &SignedIn) -> Response {
    let tokens = &signed_in.tokens;
    let mut body = shown(signed_in.session.user(), tokens);
    match cookies {
        Some(cookies) => site.cookies.welcome(cookies, signed_in),
        None => body["refresh_token"] = tokens.refresh.as_str().into(),
    }
    (status, axum::Json(body)).into_response()
}

fn shown(user: &domain::accounts::User, tokens: &Tokens) -> Value {
    json!({ "user": user, "access_token": tokens.access, "expires_in": tokens.access_seconds })
}
