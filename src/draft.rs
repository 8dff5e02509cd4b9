//! What somebody typed while the session ran out, kept in a cookie until its writer has signed in again. It names its
//! writer and its page: nobody else gets to see it, and nowhere else. Passwords are never in it.

use crate::{middleware::session, site::Site};
use app::{forms::Failure, request::Visitor};
use axum::{extract::Request, http::request::Parts};
use backend::accounts;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::ids::UserId;
use serde::{Deserialize, Serialize};
use tower_cookies::{Cookies, cookie::time::Duration};

/// Browsers keep about 4 KB to a cookie, name and attributes included.
const LARGEST: usize = 3 * 1024;
const LIFETIME: Duration = Duration::minutes(30);

#[derive(Serialize, Deserialize)]
struct Draft {
    user_id: UserId,
    path: String,
    failure: Failure,
}

impl Draft {
    fn write(&self) -> Option<String> {
        let json = serde_json::to_vec(self).ok()?;
        Some(URL_SAFE_NO_PAD.encode(json)).filter(|text| text.len() <= LARGEST)
    }

    fn read(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }
}

/// Keeps a form for whoever the ended session belonged to. A form too large to keep is lost, as it would be without
/// this; so is one whose writer is not known for certain.
pub(crate) async fn put_aside(site: &Site, cookies: &Cookies, parts: &Parts, failure: &Failure) {
    let Some(token) = session::cookie(&parts.headers, site.cookies.refresh()) else { return };
    let Some(user_id) = accounts::session_owner(&site.backend, token).await.ok().flatten() else { return };
    let path = parts.uri.path_and_query().map_or("/", |here| here.as_str()).to_owned();
    if let Some(value) = (Draft { user_id, path, failure: failure.clone() }).write() {
        cookies.add(site.cookies.cookie(site.cookies.draft(), value, Some(LIFETIME)));
    }
}

/// Gives a form back to its writer, once, on the page that it was typed into.
pub(crate) fn take_up(site: &Site, request: &mut Request) {
    let Some(text) = session::cookie(request.headers(), site.cookies.draft()) else { return };
    let Some(session) = request.extensions().get::<Visitor>().and_then(|visitor| visitor.session.as_ref()) else {
        return;
    };
    let here = request.uri().path_and_query().map_or("/", |here| here.as_str());
    let draft = Draft::read(text).filter(|draft| draft.user_id == session.user().id);
    if draft.as_ref().is_some_and(|draft| draft.path != here) {
        return;
    }
    if let Some(cookies) = request.extensions().get::<Cookies>() {
        site.cookies.expire(cookies, site.cookies.draft());
    }
    if let Some(Draft { failure, .. }) = draft {
        request.extensions_mut().insert(Failure { error: None, ..failure });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Draft {
        let failure =
            Failure { action: "add_task".to_owned(), error: None, fields: vec![("title".to_owned(), text.to_owned())] };
        let user_id = "0193a5f0-1111-7abc-8def-000000000001".parse().unwrap();
        Draft { user_id, path: "/tasks".to_owned(), failure }
    }

    #[test]
    fn a_draft_survives_its_cookie() {
        let text = draft("Milk; \"eggs\" & ü").write().unwrap();
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        assert_eq!(Draft::read(&text).unwrap().failure.value("title").as_deref(), Some("Milk; \"eggs\" & ü"));
        assert!(Draft::read("nonsense").is_none());
    }

    #[test]
    fn a_draft_too_large_for_a_cookie_is_not_written() {
        assert!(draft(&"x".repeat(LARGEST)).write().is_none());
    }
}
