//! Finds out who asks, before anything else is decided. Browsers carry cookies, programs a bearer token, and those
//! under `/api` only: the access token of a session, or an API token, which opens no session but is a [`Grant`]. An
//! access token that has run out is renewed here, whatever the method: page code never sees it.

use crate::{
    actions,
    middleware::{client, deadline, trace},
    problem::{Answer, Refusal},
    site::Site,
};
use app::request::Visitor;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
};
use backend::accounts::{self, Client, Grant, Session};
use domain::Error;
use std::sync::Arc;
use tower_cookies::Cookies;

/// What a route wants to know about its visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Identity {
    /// Who it is.
    Known,
    /// Where it comes from; the tokens are the handler's own business.
    Unasked,
}

/// Marks a request that came with cookies of a session that is over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expired;

/// How the session was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// By cookies, as browsers do.
    Cookies,
    /// By `Authorization: Bearer`, as programs do.
    Bearer,
}

/// Puts the [`Visitor`], and how it came, into the request.
pub(crate) async fn identify(
    State((site, identity)): State<(Arc<Site>, Identity)>,
    cookies: Cookies,
    mut request: Request,
    next: Next,
) -> Answer {
    let headers = request.headers();
    let client = client::describe(headers, request.extensions(), &site);
    let path = request.uri().path();
    let is_program = path.starts_with("/api/") && headers.contains_key(header::AUTHORIZATION);
    let is_script = path.starts_with("/api/") || path.starts_with(actions::PREFIX);
    let carrier = if is_program { Carrier::Bearer } else { Carrier::Cookies };
    let api_token = bearer(headers).filter(|token| is_program && accounts::is_api_token(token));
    let (session, grant) = match (identity, carrier, api_token) {
        (Identity::Unasked, ..) => (None, None),
        (Identity::Known, Carrier::Bearer, Some(token)) => {
            (None, deadline::within(&site, by_api_token(&site, token, &client)).await??)
        }
        (Identity::Known, Carrier::Bearer, None) => (deadline::within(&site, by_bearer(&site, headers)).await??, None),
        (Identity::Known, Carrier::Cookies, _) => {
            (deadline::within(&site, by_cookies(&site, headers, &cookies, &client)).await??, None)
        }
    };
    if let Some(session) = &session {
        trace::note_session(session.user().id, session.id());
    }
    if let Some(grant) = &grant {
        trace::note_grant(grant.user().id, grant.token());
    }
    let came_with_cookies = sends(headers, site.cookies.access()) || sends(headers, site.cookies.refresh());
    let extensions = request.extensions_mut();
    if session.is_none() && came_with_cookies && carrier == Carrier::Cookies && identity == Identity::Known {
        // A script that is refused sends its form once more as a page; only these cookies say whose form it is.
        if !is_script {
            site.cookies.clear(&cookies);
        }
        extensions.insert(Expired);
    }
    if let Some(grant) = grant {
        extensions.insert(grant);
    }
    extensions.insert(carrier);
    extensions.insert(Visitor { session, client });
    Ok(next.run(request).await)
}

async fn by_bearer(site: &Site, headers: &HeaderMap) -> Answer<Option<Session>> {
    match bearer(headers) {
        Some(token) => alive(accounts::verify(&site.backend, token).await),
        None => Ok(None),
    }
}

async fn by_api_token(site: &Site, token: &str, client: &Client) -> Answer<Option<Grant>> {
    alive(accounts::verify_token(&site.backend, token, client).await)
}

async fn by_cookies(site: &Site, headers: &HeaderMap, cookies: &Cookies, client: &Client) -> Answer<Option<Session>> {
    let access = cookie(headers, site.cookies.access());
    if let Some(token) = access
        && let Some(session) = alive(accounts::verify(&site.backend, token).await)?
    {
        return Ok(Some(session));
    }
    let Some(refresh) = cookie(headers, site.cookies.refresh()) else { return Ok(None) };
    let renewed = alive(accounts::refresh(&site.backend, refresh, access, client).await)?;
    Ok(renewed.map(|renewed| {
        site.cookies.give(cookies, &renewed.tokens);
        renewed.session
    }))
}

/// A dead session is none, and so is a dead token; that the database is away says nothing about it.
fn alive<T>(outcome: backend::Result<T>) -> Answer<Option<T>> {
    match outcome.map_err(Error::from) {
        Ok(value) => Ok(Some(value)),
        Err(Error::SignedOut) => Ok(None),
        Err(error) => Err(Refusal(error)),
    }
}

/// The bearer token; none if there are two headers or another scheme.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (value, None) = (values.next()?.to_str().ok()?, values.next()) else { return None };
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// The value of a cookie. Two of one name are as good as none: one of them may have been planted.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = pairs(headers).filter(|(key, _)| *key == name).map(|(_, value)| value);
    match (values.next(), values.next()) {
        (Some(value), None) if !value.is_empty() => Some(value),
        _ => None,
    }
}

/// Whether a cookie of this name is sent, whatever its value.
pub(crate) fn sends(headers: &HeaderMap, name: &str) -> bool {
    pairs(headers).any(|(key, _)| key == name)
}

fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .map(|pair| pair.trim().split_once('=').unwrap_or((pair.trim(), "")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn headers(lines: &[(HeaderName, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn a_cookie_counts_if_it_comes_once() {
        let one = headers(&[(header::COOKIE, "theme=dark; tickbox_at=abc; x=y")]);
        assert_eq!(cookie(&one, "tickbox_at"), Some("abc"));
        assert_eq!(cookie(&one, "tickbox"), None);
        for lines in [
            vec![(header::COOKIE, "tickbox_at=abc; tickbox_at=def")],
            vec![(header::COOKIE, "tickbox_at=abc"), (header::COOKIE, "tickbox_at=abc")],
            vec![(header::COOKIE, "tickbox_at=")],
            vec![(header::COOKIE, "tickbox_at")],
        ] {
            let headers = headers(&lines);
            assert_eq!(cookie(&headers, "tickbox_at"), None, "{lines:?}");
            assert!(sends(&headers, "tickbox_at"), "{lines:?}");
        }
    }

    #[test]
    fn a_bearer_token_comes_once_and_by_its_name() {
        assert_eq!(bearer(&headers(&[(header::AUTHORIZATION, "bearer abc")])), Some("abc"));
        assert_eq!(bearer(&headers(&[(header::AUTHORIZATION, "Basic abc")])), None);
        assert_eq!(bearer(&headers(&[(header::AUTHORIZATION, "abc")])), None);
        let twice = headers(&[(header::AUTHORIZATION, "Bearer abc"), (header::AUTHORIZATION, "Bearer abc")]);
        assert_eq!(bearer(&twice), None);
    }
}
