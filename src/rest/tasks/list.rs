//! `GET /api/{owner}/tasks`.

use crate::{
    openapi::{ForbiddenOwner, IfNoneMatch, InvalidFields, ListAddress, ListFilters, SignedOut, TaskPage},
    problem::Answer,
    rest::{Mine, conditional, query_pairs},
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
///
/// `filter` is a condition such as `(overdue | today) !high #home -#someday project:"House" plumber sort:due`. It knows
/// `due:`, `start:`, `deadline:`, `created:`, `updated:` and `completed:` with days (`today`, `friday`, `+7d`,
/// `next week`, `2026-12-24`, `2026-12`), ranges (`today..+7d`) and bounds (`<today`); `!high` to `!none` or `p1` to `p4`;
/// `#tag`; `project:` with what is below it, and `in:inbox`; `is:` open, done, overdue, recurring, subtask, parent,
/// archived; `has:` and `no:` due, time, start, deadline, notes, tags, project, priority, duration, subtasks; text, in
/// quotes if it has spaces; `sort:` and `order:`. What stands side by side must all be so, `|` or `or` means either, `-`
/// or `not` turns round, parentheses hold together. Faults come with the place of what is wrong.
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
    let pairs = query_pairs(&uri);
    let query = TaskQuery::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
    tasks::check_cursor(&site.backend, &owner, &query)?;
    let now = query.depends_on_time().then(|| site.backend.clock().now());
    // It was read before the list, so that a change in between is told again rather than missed.
    let tag = conditional::of_list(owner.change_sequence(), now);
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
