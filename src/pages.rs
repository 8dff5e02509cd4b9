//! The pages of `app`: who may see which, and how they are rendered.
//!
//! Each page is written whole before its first byte is sent. It is one packet more often than not, and whatever the
//! page decides while its data comes (a status, a header, a cookie) still counts; a stream would have lost it.

use crate::{
    draft, links,
    middleware::guard::see_other,
    problem::{Answer, Refusal, wants_page},
    routes::{Access, Recorder, Rule},
    server::StartError,
    site::Site,
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
};
use domain::Error;
use std::sync::Arc;

const ACCESS: &[(&str, Access)] = &[
    ("/", Access::Open),
    ("/signup", Access::SignedOut),
    ("/signin", Access::SignedOut),
    ("/signin/code", Access::Open),
    ("/forgot", Access::Open),
    ("/reset", Access::Open),
    ("/verify", Access::Open),
    ("/signout", Access::Session),
    ("/dashboard", Access::Session),
    ("/tasks", Access::Session),
    ("/tasks/paste", Access::Session),
    ("/tasks/{id}", Access::Session),
    ("/inbox", Access::Session),
    ("/today", Access::Session),
    ("/upcoming", Access::Session),
    ("/logbook", Access::Session),
    ("/bin", Access::Session),
    ("/search", Access::Session),
    ("/projects", Access::Session),
    ("/projects/{id}", Access::Session),
    ("/tags", Access::Session),
    ("/tags/{id}", Access::Session),
    ("/filters", Access::Session),
    ("/filters/{id}", Access::Session),
    ("/settings", Access::Session),
    ("/settings/security", Access::Session),
    ("/settings/devices", Access::Session),
    ("/settings/tokens", Access::Session),
    ("/settings/activity", Access::Session),
    ("/settings/data", Access::Session),
    ("/admin", Access::Admin),
    ("/admin/users", Access::Admin),
];

/// Other names that people try.
const ALIASES: [(&str, &str); 3] = [("/login", "/signin"), ("/register", "/signup"), ("/logout", "/signout")];

/// Registers every page that `app` has; `forms` adds what a page does with a form that is posted to it. A page that
/// nobody decided about stops the start, and so does a decision about one that is gone.
pub(crate) fn record(
    recorder: Recorder,
    forms: impl Fn(Recorder, &str, Access) -> Recorder,
) -> Result<Recorder, StartError> {
    let pages = app::paths();
    if let Some((path, _)) = ACCESS.iter().find(|(path, _)| !pages.iter().any(|page| page == path)) {
        return Err(StartError::Undecided(format!("there is no page {path}")));
    }
    let recorder = pages.iter().try_fold(recorder, |recorder, page| {
        let decided = ACCESS.iter().find(|(path, _)| path == page);
        let (path, access) =
            decided.ok_or_else(|| StartError::Undecided(format!("nothing is decided about {page}")))?;
        Ok::<_, StartError>(forms(recorder.get(path, Rule::page(*access), show), path, *access))
    })?;
    Ok(ALIASES.iter().fold(recorder, |recorder, (alias, page)| {
        recorder.get(alias, Rule::anonymous(), async move |request: Request| lead(page, &request))
    }))
}

async fn show(State(site): State<Arc<Site>>, mut request: Request) -> Response {
    if let Some(response) = links::hide_token(&site, &request) {
        return response;
    }
    draft::take_up(&site, &mut request);
    render(&site, request).await
}

/// Renders the page of the request's path.
pub(crate) async fn render(site: &Arc<Site>, request: Request) -> Response {
    let page = app::render(site.leptos.clone(), Arc::new(site.context()), request);
    let (parts, body) = page.await.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(page) => Response::from_parts(parts, Body::from(trimmed(&page))),
        Err(error) => {
            tracing::error!(%error, "a page broke off");
            Refusal(Error::Internal).into_response()
        }
    }
}

/// What Leptos writes and nobody needs is left out: scripts about resources where no island wakes to read them, and the
/// wish to load WASM at once, which a browser without scripts would follow for nothing and then complain.
fn trimmed(page: &[u8]) -> Vec<u8> {
    let page = match (find(page, END_OF_PAGE), find(page, WAKES_ISLANDS)) {
        (Some(end), None) => &page[..end + END_OF_PAGE.len()],
        _ => page,
    };
    match find(page, PRELOADS_WASM).map(|start| page.split_at(start)) {
        Some((before, link)) => {
            let length = find(link, b">").map_or(0, |end| end + 1);
            [before, &link[length..]].concat()
        }
        None => page.to_vec(),
    }
}

fn find(page: &[u8], part: &[u8]) -> Option<usize> {
    page.windows(part.len()).position(|window| window == part)
}

const END_OF_PAGE: &[u8] = b"</html>";
const WAKES_ISLANDS: &[u8] = b"<script type=\"module\"";
const PRELOADS_WASM: &[u8] = b"<link rel=\"preload\"";

/// Answers a path that leads nowhere.
pub(crate) async fn lost(State(site): State<Arc<Site>>, request: Request) -> Answer {
    let is_asked_for = [Method::GET, Method::HEAD].contains(request.method());
    if !is_asked_for || !wants_page(request.uri().path(), request.headers()) {
        return Err(Refusal(Error::NotFound));
    }
    let mut response = render(&site, request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

/// Answers a path that is asked in a way it does not know.
pub(crate) async fn wrong_method() -> Refusal {
    Refusal(Error::MethodNotAllowed)
}

fn lead(page: &str, request: &Request) -> Response {
    match request.uri().query() {
        Some(query) => see_other(&format!("{page}?{query}")),
        None => see_other(page),
    }
}

#[cfg(test)]
mod tests {
    use super::trimmed;

    #[test]
    fn a_page_without_islands_ends_with_its_html() {
        let page = b"<html><p>words</p></html><script>__RESOLVED_RESOURCES=[];</script>";
        assert_eq!(trimmed(page), b"<html><p>words</p></html>");
    }

    #[test]
    fn a_page_with_islands_keeps_its_scripts_and_loads_wasm_when_it_is_wanted() {
        let page =
            b"<link rel=\"preload\" href=\"/pkg/x.wasm\"><script type=\"module\">1</script></html><script>2</script>";
        assert_eq!(trimmed(page), b"<script type=\"module\">1</script></html><script>2</script>");
    }
}
