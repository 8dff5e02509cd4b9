//! Gives each request an id and a span, and logs its answer. Paths are logged without their query (it may hold what
//! somebody searched for); tokens, cookies and bodies never are.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use std::{fmt, time::Instant};
use tracing::{Instrument, Span, field::Empty};
use uuid::Uuid;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names one request in the log and in its answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RequestId(Uuid);

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Follows a request until its answer begins.
pub(crate) async fn follow(mut request: Request, next: Next) -> Response {
    let id = RequestId(Uuid::new_v4());
    let span = tracing::info_span!(
        "request",
        request_id = %id,
        method = %request.method(),
        path = request.uri().path(),
        user_id = Empty,
        session_id = Empty,
        token_id = Empty,
    );
    request.extensions_mut().insert(id);
    let shown = HeaderValue::from_str(&id.to_string()).unwrap_or(HeaderValue::from_static("unknown"));
    // Pages read it off the request; whatever the client called it is overwritten.
    request.headers_mut().insert(X_REQUEST_ID, shown.clone());
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    response.headers_mut().insert(X_REQUEST_ID, shown);
    let duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(status = response.status().as_u16(), duration_us, "answered"));
    response
}

/// Notes in the request's span whose it is.
pub(crate) fn note_session(user_id: impl fmt::Display, session_id: impl fmt::Display) {
    Span::current()
        .record("user_id", tracing::field::display(user_id))
        .record("session_id", tracing::field::display(session_id));
}

/// The same for a program with an API token.
pub(crate) fn note_grant(user_id: impl fmt::Display, token_id: impl fmt::Display) {
    Span::current()
        .record("user_id", tracing::field::display(user_id))
        .record("token_id", tracing::field::display(token_id));
}
