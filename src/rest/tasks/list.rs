//! `GET /api/{owner}/tasks`.

use crate::{
    openapi::{ForbiddenOwner, IfNoneMatch, InvalidFields, ListAddress, ListFilters, SignedOut, TaskPage},
    problem::Answer,
    rest::{Mine, conditional},
    site::Site,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::IntoResponse,
};
use backend::tasks;
use domain::tasks::TaskQuery;
use std::sync::Arc;

/// List tasks
///
/// Open ones, by due date, unless asked otherwise. Pages follow each other by `next_cursor`, which is also in `Link`.
#[utoipa::path(
    get,
    path = "/api/{owner}/tasks",
    operation_id = "listTasks",
    tag = "tasks",
    params(ListAddress, ListFilters, IfNoneMatch),
    responses(
        (status = 200, description = "One page", body = TaskPage),
        (status = 304, description = "Nothing has changed"),
        SignedOut,
        ForbiddenOwner,
        InvalidFields,
    ),
)]
pub(crate) async fn list(State(site): State<Arc<Site>>, Mine(owner): Mine, uri: Uri, headers: HeaderMap) -> Answer {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    let query = TaskQuery::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
    // Read before the list, so that a change in between is told again rather than missed.
    let tag = conditional::of_list(tasks::change_sequence(&site.backend, &owner).await?);
    if conditional::is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let page = tasks::list(&site.backend, &owner, &query).await?;
    let next = page.next_cursor.as_deref().map(|cursor| link(uri.path(), &query, cursor));
    let mut response = ([(header::ETAG, tag)], axum::Json(page)).into_response();
    if let Some(next) = next {
        response.headers_mut().insert(header::LINK, conditional::value(&next));
    }
    Ok(response)
}

/// Where the next page is (RFC 8288).
fn link(path: &str, query: &TaskQuery, cursor: &str) -> String {
    let next = TaskQuery { cursor: Some(cursor.to_owned()), ..query.clone() };
    let parameters = serde_urlencoded::to_string(next.to_pairs()).unwrap_or_default();
    format!("<{path}?{parameters}>; rel=\"next\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_its_filters() {
        let query = TaskQuery::from_pairs([("q", "a b"), ("limit", "2"), ("cursor", "old")]).unwrap();
        let expected = "</api/me/tasks?q=a+b&limit=2&cursor=new>; rel=\"next\"";
        assert_eq!(link("/api/me/tasks", &query, "new"), expected);
    }
}
