//! Looks whether an address can be read, before anybody reads it. Programs are told; a page shows what it usually does,
//! under the status that says what is wrong.

use crate::problem::{Answer, Refusal};
use app::request::UnreadableQuery;
use axum::{
    extract::{Request, State},
    http::{StatusCode, Uri},
    middleware::Next,
};
use domain::{Error, parameters};

/// Lets through what can be read.
pub(crate) async fn check(State(is_page): State<bool>, mut request: Request, next: Next) -> Answer {
    let query = request.uri().query().unwrap_or_default();
    if parameters::are_readable(query.as_bytes()) {
        return Ok(next.run(request).await);
    }
    if !is_page {
        return Err(Refusal(Error::Malformed(UnreadableQuery::DETAIL.to_owned())));
    }
    *request.uri_mut() = without_query(request.uri());
    request.extensions_mut().insert(UnreadableQuery);
    let mut response = next.run(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    Ok(response)
}

fn without_query(uri: &Uri) -> Uri {
    uri.path().parse().unwrap_or(Uri::from_static("/"))
}
