//! How a refusal reaches the client: as problem+json (RFC 9457) under `/api` and `/actions`, as a page for a browser.
//! Whoever refuses returns a [`Refusal`]; the layer `middleware::answer` knows who asked and writes the body.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Error, FieldError};
use serde_json::{Value, json};

/// An answer that says no.
#[derive(Debug, Clone)]
pub(crate) struct Refusal(pub(crate) Error);

/// What a handler or a layer answers with.
pub(crate) type Answer<T = Response> = Result<T, Refusal>;

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<backend::Error> for Refusal {
    fn from(error: backend::Error) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The status of an error.
pub(crate) fn status(error: &Error) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Whether a page is wanted: outside the programs' paths, by somebody who reads HTML.
pub(crate) fn wants_page(path: &str, headers: &HeaderMap) -> bool {
    let for_programs = ["/api", "/actions", "/pkg"]
        .iter()
        .any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    !for_programs
        && headers
            .get_all(header::ACCEPT)
            .iter()
            .any(|accept| accept.to_str().is_ok_and(|text| text.contains("text/html")))
}

/// The problem as JSON. What is not there names neither path nor request: the answer is the same, byte for byte,
/// whether it belongs to another account or to nobody.
pub(crate) fn problem(error: &Error, path: &str, request_id: &str) -> Value {
    let status = status(error);
    let mut problem = json!({
        "type": format!("/api/docs#{}", error.code()),
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": error.to_string(),
        "code": error.code(),
    });
    let errors: Vec<Value> = error.fields().iter().map(field_problem).collect();
    if !errors.is_empty() {
        problem["errors"] = errors.into();
    }
    match error {
        Error::Stale(current) => problem["current"] = json!(current),
        Error::Overtaken(current) => problem["current"] = (**current).clone(),
        Error::SecondFactorRequired { challenge } => problem["challenge"] = challenge.as_str().into(),
        _ => (),
    }
    if !matches!(error, Error::NotFound) {
        problem["instance"] = path.into();
        problem["request_id"] = request_id.into();
    }
    problem
}

fn field_problem(fault: &FieldError) -> Value {
    let mut problem =
        json!({ "pointer": pointer(fault.item, &fault.field), "code": fault.code, "detail": fault.detail });
    if let Some(place) = fault.place {
        problem["start"] = place.start.into();
        problem["end"] = place.end.into();
    }
    problem
}

/// A JSON pointer (RFC 6901) to a member of the body, or of one of many; the body itself is the empty one.
fn pointer(item: Option<usize>, field: &str) -> String {
    let item = item.map(|item| format!("/{item}")).unwrap_or_default();
    if field.is_empty() { item } else { format!("{item}/{}", field.replace('~', "~0").replace('/', "~1")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_problem_tells_what_to_mend() {
        let error = Error::field("due/date", "invalid_date", "Give a date");
        let problem = problem(&error, "/api/me/tasks", "an-id");
        assert_eq!(problem["status"], 422);
        assert_eq!(problem["code"], "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/due~1date");
        assert_eq!(problem["instance"], "/api/me/tasks");
        assert_eq!(problem["request_id"], "an-id");
    }

    #[test]
    fn what_is_not_there_is_the_same_everywhere() {
        assert_eq!(problem(&Error::NotFound, "/api/a", "1"), problem(&Error::NotFound, "/api/b", "2"));
    }

    #[test]
    fn browsers_get_pages_and_programs_get_problems() {
        let mut headers = HeaderMap::new();
        assert!(!wants_page("/tasks", &headers));
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/html,*/*;q=0.8"));
        assert!(wants_page("/tasks", &headers));
        assert!(wants_page("/apiary", &headers));
        assert!(!wants_page("/api/me/tasks", &headers));
        assert!(!wants_page("/actions/sign_in", &headers));
        assert!(!wants_page("/pkg/tickbox.js", &headers));
    }
}
