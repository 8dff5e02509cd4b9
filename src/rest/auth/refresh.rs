//! `POST /api/auth/refresh`. Pages never call it, the session layer renews their tokens; it is for programs.

use super::admitted;
use crate::{
    middleware::session,
    openapi::{Admission, InvalidFields, RefreshBody, SignedOut},
    problem::{Answer, Refusal},
    rest::json,
    site::Site,
};
use app::request::Visitor;
use axum::{
    Extension,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use backend::accounts;
use domain::{Error, json::Reader};
use std::sync::Arc;
use tower_cookies::Cookies;

/// Renew the tokens
///
/// The refresh token comes in the body or in its cookie, and the new ones go back the same way. Each is good once; used
/// again much later, it ends the session.
#[utoipa::path(
    post,
    path = "/api/auth/refresh",
    operation_id = "refreshTokens",
    tag = "auth",
    request_body = Option<RefreshBody>,
    responses(
        (status = 200, description = "New tokens", body = Admission),
        SignedOut,
        InvalidFields,
    ),
    security((), ("refresh_cookie" = [])),
)]
pub(crate) async fn refresh(
    State(site): State<Arc<Site>>,
    Extension(Visitor { client, .. }): Extension<Visitor>,
    cookies: Cookies,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    if let Some(token) = sent_token(&body)? {
        let signed_in = accounts::refresh(&site.backend, &token, session::bearer(&headers), &client).await?;
        return Ok(admitted(StatusCode::OK, &site, None, &signed_in));
    }
    let token = session::cookie(&headers, site.cookies.refresh()).ok_or(Refusal(Error::SignedOut))?;
    let access = session::cookie(&headers, site.cookies.access());
    match accounts::refresh(&site.backend, token, access, &client).await.map_err(Error::from) {
        Ok(signed_in) => Ok(admitted(StatusCode::OK, &site, Some(&cookies), &signed_in)),
        Err(error) => {
            if error == Error::SignedOut {
                site.cookies.clear(&cookies);
            }
            Err(Refusal(error))
        }
    }
}

fn sent_token(body: &[u8]) -> Answer<Option<String>> {
    if body.is_empty() {
        return Ok(None);
    }
    let mut reader = Reader::new(json::parse(body)?)?;
    let token = reader.text::<String>("refresh_token");
    reader.finish()?;
    Ok(token.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_a_text_or_comes_by_cookie() {
        assert_eq!(sent_token(b"").unwrap(), None);
        assert_eq!(sent_token(b"{}").unwrap(), None);
        assert_eq!(sent_token(b"{\"refresh_token\": \"abc\"}").unwrap().as_deref(), Some("abc"));
        assert!(sent_token(b"{\"refresh_token\": 1}").is_err());
        assert!(sent_token(b"nonsense").is_err());
    }
}
