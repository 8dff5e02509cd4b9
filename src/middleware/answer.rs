//! Writes the body of a refusal, the same way wherever it was refused.

use super::{keep::Kept, trace::RequestId};
use crate::{
    fault::{self, Again},
    problem::{self, Refusal, wants_page},
    site::Site,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

/// Turns a refusal that comes back into a problem or a page.
pub(crate) async fn finish(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let address = request.uri().path_and_query().map_or("/", |here| here.as_str()).to_owned();
    let is_asked_for = request.method().is_safe();
    let wants_page = wants_page(&path, request.headers());
    let request_id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let mut response = next.run(request).await;
    let Some(Refusal(error)) = response.extensions_mut().remove::<Refusal>() else { return response };
    let (media_type, body) = if wants_page {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, fault::POLICY);
        let again = match response.extensions_mut().remove::<Kept>() {
            Some(Kept(fields)) if error.is_passing() => Again::Form { address, fields },
            Some(Kept(fields)) => Again::Elsewhere { fields },
            None if is_asked_for && error.is_passing() => Again::Link { address },
            None => Again::Never,
        };
        ("text/html; charset=utf-8", fault::page(&error, &again, &site.stylesheet, &request_id))
    } else {
        ("application/problem+json", problem::problem(&error, &path, &request_id).to_string())
    };
    *response.status_mut() = problem::status(&error);
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    problem::note_wait(&error, headers);
    if response.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    *response.body_mut() = Body::from(body);
    response
}
