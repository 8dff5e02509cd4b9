//! `/api/openapi.json`, and a page to read it and try it. Every byte of the page comes from this binary.

use crate::{
    openapi,
    problem::{Answer, Refusal},
    routes::{Recorder, Rule},
};
use axum::{
    body::Bytes,
    extract::RawPathParams,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::Error;
use std::sync::Arc;
use utoipa_swagger_ui::Config;

/// Scripts and styles come from here alone; the viewer draws its icons from `data:` addresses.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
);
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

const PAGE: &str = include_str!("docs_page/index.html");
const STARTER: &str = include_str!("docs_page/start.js");

/// Registers the description of the endpoints that were registered before.
pub(crate) fn record(recorder: Recorder) -> Recorder {
    let description = openapi::describe(recorder.routes()).to_json().unwrap_or_default();
    let description = Bytes::from(description);
    recorder
        .get("/api/openapi.json", Rule::anonymous(), async move || -> Response {
            ([(header::CONTENT_TYPE, "application/json")], description.clone()).into_response()
        })
        .get("/api/docs", Rule::anonymous(), page)
        .get("/api/docs/{file}", Rule::anonymous(), file)
}

async fn page() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, PAGE).into_response()
}

async fn file(path: RawPathParams) -> Answer {
    let name = path.iter().next().map_or("", |(_, name)| name);
    if name == "start.js" {
        let headers =
            [(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript")), (header::CACHE_CONTROL, FOR_AN_HOUR)];
        return Ok((headers, STARTER).into_response());
    }
    let known = ["swagger-ui.css", "swagger-ui-bundle.js"].contains(&name);
    let found = utoipa_swagger_ui::serve(name, Arc::new(Config::default())).ok().flatten().filter(|_| known);
    let file = found.ok_or(Refusal(Error::NotFound))?;
    let media_type = HeaderValue::from_str(&file.content_type).map_err(|_| Refusal(Error::Internal))?;
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_ENCODING, HeaderValue::from_static("gzip")),
        (header::CACHE_CONTROL, FOR_AN_HOUR),
    ];
    Ok((headers, file.bytes.into_owned()).into_response())
}
