//! Server functions that only answer: what is asked while somebody types.

use super::json::Json;
use gloo_net::http::Request;
use web_sys::UrlSearchParams;

/// What a server function answers to these fields; nothing where it refuses, or cannot be reached.
pub async fn ask(function: &str, fields: &[(&str, &str)]) -> Option<Json> {
    let body = UrlSearchParams::new().ok()?;
    for (name, text) in fields {
        body.append(name, text);
    }
    let request = Request::post(&format!("/actions/{function}"));
    let response = request.header("accept", "application/json").body(body).ok()?.send().await.ok()?;
    let json = Json::parse(&response.text().await.ok()?)?;
    response.ok().then_some(json)
}
