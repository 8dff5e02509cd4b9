//! The headers of every answer, whatever it is: page, redirect, error, file (OWASP Secure Headers, ASVS 3.4).

use crate::site::Site;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

/// For whatever brings no policy of its own: nothing may load, frame, post or rebase.
const STRICTEST: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");

const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
        ),
    ),
];

/// A year (RFC 6797). What lies below the host is its operator's to say: a neighbour that has no https would be lost.
const HTTPS_HERE: HeaderValue = HeaderValue::from_static("max-age=31536000");
const HTTPS_EVERYWHERE: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// What a browser is to forget of somebody who has left. The cookies are taken away one by one: others on this machine
/// may be none of ours.
const FORGET: HeaderValue = HeaderValue::from_static("\"cache\", \"storage\"");
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Adds what the answer does not say itself.
pub(crate) async fn add(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    if site.is_secure {
        let policy = if site.has_secure_subdomains { HTTPS_EVERYWHERE } else { HTTPS_HERE };
        headers.insert(header::STRICT_TRANSPORT_SECURITY, policy);
    }
    if takes_session_away(headers, &site) {
        headers.insert(CLEAR_SITE_DATA, FORGET);
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(STRICTEST);
    if !headers.contains_key(header::CACHE_CONTROL) {
        keep_private(headers, is_api);
    }
    response
}

/// Whether an answer empties the cookie of a session.
fn takes_session_away(headers: &HeaderMap, site: &Site) -> bool {
    let emptied = format!("{}=;", site.cookies.access());
    headers.get_all(header::SET_COOKIE).iter().any(|cookie| cookie.as_bytes().starts_with(emptied.as_bytes()))
}

/// What may belong to somebody is kept by no cache, and one that keeps it nonetheless keeps it apart.
fn keep_private(headers: &mut HeaderMap, is_api: bool) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.append(header::VARY, HeaderValue::from_static(if is_api { "Cookie, Authorization" } else { "Cookie" }));
}
