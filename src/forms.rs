//! Forms without JavaScript. Every form posts to the page it is on and names its server function in `do`; the same
//! function runs as it would from an island. Success leads on by a redirect; failure is the same page once more, with
//! the error's status, the messages beside the fields and everything typed still there. What is shown only once is on
//! the page that answers, since no redirect could carry it.

use crate::{
    actions, draft,
    middleware::{
        body::Accepts,
        guard::{see_other, sign_in_first},
    },
    pages,
    problem::{Answer, Refusal, note_wait, status},
    routes::{Access, Recorder, Rule},
    site::Site,
};
use app::{
    forms::{Failure, Outcome},
    request::Visitor,
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::Response,
};
use domain::{Error, ids::TaskId, tasks::Task};
use std::sync::Arc;
use tower_cookies::Cookies;

/// What pages say after a form was taken, and forget with the next one.
const NOTES: [&str; 6] = ["saved", "deleted", "gone", "selected", "done", "skipped"];
/// The functions after which a page says that something was saved.
const SAVING: [&str; 5] = ["edit_task", "update_profile", "change_password", "edit_project", "edit_tag"];

/// The functions whose answer is shown on the page, this once: no other page may be between it and its reader.
const SHOWING: [&str; 6] =
    ["make_token", "make_invite", "make_reset_link", "turn_totp_on", "renew_recovery_codes", "preview_lines"];

/// The functions that may tell of something that they had to leave as it is.
const WAYS_BACK: [&str; 2] = ["undo_change", "redo_change"];

/// Registers what a page does with a form. Guests' pages take forms from everybody: whoever signs in once more gets a
/// new session for the old one.
pub(crate) fn record(recorder: Recorder, path: &str, access: Access) -> Recorder {
    let access = if access == Access::SignedOut { Access::Open } else { access };
    recorder.post(path, Rule::page(access).reading(Accepts::Form), submit)
}

async fn submit(State(site): State<Arc<Site>>, cookies: Cookies, parts: Parts, body: Bytes) -> Answer {
    let mut failure = read(&body)?;
    let access = actions::access(&failure.action).ok_or_else(unreadable)?;
    let is_signed_in = parts.extensions.get::<Visitor>().is_some_and(|visitor| visitor.session.is_some());
    if access.is_guarded() && !is_signed_in {
        return Ok(sign_in_again(&site, &cookies, &parts, &failure).await);
    }
    match actions::run(&site, call(&parts, &failure.action, body)?).await {
        Ok(response) => {
            let (head, body) = response.into_parts();
            let answer = to_bytes(body, usize::MAX).await.map_err(|_| Refusal(Error::Internal))?;
            let next = next_page(&parts.uri, &failure, &head.headers, moved_to(&failure, &answer));
            if !shows(&failure.action, &answer) {
                return Ok(see_other(&next));
            }
            let outcome = Outcome { action: failure.action, answer: String::from_utf8_lossy(&answer).into_owned() };
            Ok(pages::render(&site, page_with(parts, outcome)).await)
        }
        Err(Error::SignedOut) => Ok(sign_in_again(&site, &cookies, &parts, &failure).await),
        Err(error) => {
            let status = status(&error);
            failure.error = Some(error.clone());
            let mut response = pages::render(&site, page_with(parts, failure)).await;
            if error == Error::Unavailable && response.status().is_server_error() {
                // The page needs the database too; the plain page that says so keeps what was typed.
                return Err(Refusal(error));
            }
            if response.status() == StatusCode::NOT_FOUND {
                // Its page is gone, perhaps on another device, and cannot show the form; the plain page gives back its text.
                return Err(Refusal(Error::NotFound));
            }
            if response.status().is_success() {
                *response.status_mut() = status;
            }
            note_wait(&error, response.headers_mut());
            Ok(response)
        }
    }
}

/// Whether the page that answers shows the answer itself: what is there once, and what a way back had to leave.
fn shows(action: &str, answer: &[u8]) -> bool {
    let left_something = || WAYS_BACK.contains(&action) && answer != b"[]";
    SHOWING.contains(&action) || left_something()
}

/// Takes the form apart: what it asks for, and what was typed but for passwords and codes.
fn read(body: &[u8]) -> Result<Failure, Refusal> {
    let text = std::str::from_utf8(body).map_err(|_| unreadable())?;
    let mut fields: Vec<(String, String)> = serde_urlencoded::from_str(text).map_err(|_| unreadable())?;
    let (_, action) = fields.iter().find(|(name, _)| name == "do").cloned().ok_or_else(unreadable)?;
    fields.retain(|(name, _)| name != "do" && name != "code" && !name.contains("password"));
    Ok(Failure { action, error: None, fields })
}

fn unreadable() -> Refusal {
    Refusal(Error::Malformed("This form could not be read. Go back, reload the page and try again.".to_owned()))
}

/// The same form as a call of its server function.
fn call(parts: &Parts, action: &str, body: Bytes) -> Answer<Request> {
    let mut request = Request::new(Body::from(body));
    let uri: Result<Uri, _> = format!("{}{action}", actions::PREFIX).parse();
    *request.uri_mut() = uri.map_err(|_| unreadable())?;
    *request.method_mut() = Method::POST;
    *request.headers_mut() = parts.headers.clone();
    *request.extensions_mut() = parts.extensions.clone();
    Ok(request)
}

/// The page as if it were asked for, knowing what came of the form on it.
fn page_with(parts: Parts, outcome: impl Clone + Send + Sync + 'static) -> Request {
    let mut request = Request::from_parts(parts, Body::empty());
    *request.method_mut() = Method::GET;
    request.headers_mut().remove(header::CONTENT_LENGTH);
    request.headers_mut().remove(header::CONTENT_TYPE);
    request.extensions_mut().insert(outcome);
    request
}

/// Leads to the sign-in page, keeping what was typed for its writer.
async fn sign_in_again(site: &Site, cookies: &Cookies, parts: &Parts, failure: &Failure) -> Response {
    draft::put_aside(site, cookies, parts, failure).await;
    sign_in_first(&parts.uri, true)
}

/// The date that a task which repeats went on to, and the parameter by which its page says so.
fn moved_to(failure: &Failure, answer: &[u8]) -> Option<(&'static str, String)> {
    let name = match failure.action.as_str() {
        "set_task_completed" if failure.value("is_completed").as_deref() == Some("true") => "done",
        "skip_task" => "skipped",
        _ => return None,
    };
    let task: Task = serde_json::from_slice(answer).ok()?;
    let next = task.occurrence().filter(|_| !task.is_completed)?;
    Some((name, next.to_string()))
}

/// Where a form leads: where its function says, else back to its page, which says what happened.
fn next_page(uri: &Uri, failure: &Failure, headers: &HeaderMap, moved: Option<(&str, String)>) -> String {
    if let Some(location) = headers.get(header::LOCATION).map(HeaderValue::to_str).and_then(Result::ok) {
        return location.to_owned();
    }
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    let mut pairs: Vec<_> = pairs.into_iter().filter(|(name, _)| !NOTES.contains(&name.as_str())).collect();
    let mut path = uri.path();
    if failure.action == "delete_task" {
        // The page of a task is gone with it.
        if path.starts_with("/tasks/") {
            path = "/tasks";
        }
        pairs.push(("deleted".to_owned(), failure.value("id").unwrap_or_default()));
    } else if SAVING.contains(&failure.action.as_str()) {
        pairs.push(("saved".to_owned(), "1".to_owned()));
    }
    pairs.extend(moved.map(|(name, next)| (name.to_owned(), next)));
    let page = match serde_urlencoded::to_string(&pairs) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    };
    // Whoever moves a row wants to see where it stands now.
    let moved = failure.value("id").filter(|id| failure.action == "move_task" && id.parse::<TaskId>().is_ok());
    match moved {
        Some(id) => format!("{page}#task-{id}"),
        None => page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(action: &str, body: &str) -> Failure {
        read(format!("do={action}&{body}").as_bytes()).unwrap()
    }

    fn leads(page: &'static str, failure: &Failure) -> String {
        next_page(&Uri::from_static(page), failure, &HeaderMap::new(), None)
    }

    #[test]
    fn passwords_and_codes_are_not_kept() {
        let failure = form("sign_in", "email=a%40b.example&password=hush&new_password=hush&code=123456&next=%2Ftasks");
        assert_eq!(failure.action, "sign_in");
        assert_eq!(failure.fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["email", "next"]);
    }

    #[test]
    fn a_form_without_a_purpose_is_refused() {
        for body in ["", "title=x", "title=%ff", "\u{fffd}"] {
            assert!(read(body.as_bytes()).is_err(), "{body}");
        }
        assert!(read(&[0xff]).is_err());
    }

    #[test]
    fn forms_lead_back_to_their_page() {
        assert_eq!(leads("/tasks?q=a%20b&deleted=1", &form("restore_task", "id=1")), "/tasks?q=a+b");
        assert_eq!(leads("/tasks?status=all", &form("delete_task", "id=7")), "/tasks?status=all&deleted=7");
        assert_eq!(leads("/tasks/7?saved=1", &form("delete_task", "id=7")), "/tasks?deleted=7");
        assert_eq!(leads("/settings?saved=1", &form("update_profile", "name=x")), "/settings?saved=1");
        let id = "0193a5f0-1111-7abc-8def-000000000001";
        let moved = form("move_task", &format!("id={id}"));
        assert_eq!(leads("/tasks?sort=manual", &moved), format!("/tasks?sort=manual#task-{id}"));
        assert_eq!(leads("/inbox", &form("move_task", "id=%0d%0a")), "/inbox");
        assert_eq!(leads("/dashboard", &form("set_task_completed", "id=7")), "/dashboard");
        let (completed, moved) = (form("set_task_completed", "id=7"), Some(("done", "2026-11-23T09:00".to_owned())));
        let next = next_page(&Uri::from_static("/today?done=2026-11-20"), &completed, &HeaderMap::new(), moved);
        assert_eq!(next, "/today?done=2026-11-23T09%3A00");
    }

    #[test]
    fn a_function_may_lead_elsewhere() {
        let mut headers = HeaderMap::new();
        headers.insert(header::LOCATION, HeaderValue::from_static("/dashboard"));
        assert_eq!(next_page(&Uri::from_static("/signin"), &form("sign_in", ""), &headers, None), "/dashboard");
    }
}
