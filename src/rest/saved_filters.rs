//! `/api/{owner}/filters`.

use super::{Mine, Named, places, write::Write};
use crate::{
    openapi::{
        FilterAddress, FilterList, FilterPatch, ForbiddenOwner, IdTaken, IfMatch, IfNoneMatch, InvalidFields,
        ListAddress, NewFilter, NotJson, NotThere, Repeatable, SavedFilter, SignedOut, StaleRevision, TooLarge,
        UnknownType,
    },
    problem::Answer,
    site::Site,
};
use axum::{
    extract::{RawPathParams, State},
    http::HeaderMap,
};
use domain::{
    change::Operation,
    ids::FilterId,
    saved_filters::{self, FilterChange},
};
use std::sync::Arc;

/// List saved filters
///
/// All of them, in their order.
#[utoipa::path(
    get,
    path = "/api/{owner}/filters",
    operation_id = "listFilters",
    tag = "filters",
    params(ListAddress, IfNoneMatch),
    responses(
        (status = 200, description = "Every saved filter", body = FilterList),
        (status = 304, description = "Nothing has changed"),
        SignedOut,
        ForbiddenOwner,
    ),
)]
pub(crate) async fn list(State(site): State<Arc<Site>>, Mine(owner): Mine, headers: HeaderMap) -> Answer {
    places::whole_list(&site, &owner, &headers, backend::saved_filters::list).await
}

/// Save a filter
///
/// Its `query` is a condition as `GET /api/{owner}/tasks` takes it in `filter`; one that cannot be read is refused with the
/// place of its fault. You may choose its id, a UUIDv7; the same id with the same body again is 200 and changes nothing.
/// An account has at most 200 of them.
#[utoipa::path(
    post,
    path = "/api/{owner}/filters",
    operation_id = "addFilter",
    tag = "filters",
    params(ListAddress, Repeatable),
    request_body = NewFilter,
    responses(
        (status = 201, description = "The new filter", body = SavedFilter, headers(
            ("Location" = String, description = "Where it is"),
            ("ETag" = String, description = "Its revision"),
            ("X-Change-Seq" = i64, description = "The change's number in your log"),
        )),
        (status = 200, description = "It was there already", body = SavedFilter),
        NotJson,
        SignedOut,
        ForbiddenOwner,
        IdTaken,
        TooLarge,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn create(path: RawPathParams, write: Write) -> Answer {
    let filter = saved_filters::NewFilter::from_json(write.json()?)?;
    let done = write.make(Operation::Filter(FilterChange::Create(Box::new(filter)))).await?;
    Ok(done.made(places::owner_in(&path)))
}

/// Read a saved filter
#[utoipa::path(
    get,
    path = "/api/{owner}/filters/{id}",
    operation_id = "readFilter",
    tag = "filters",
    params(FilterAddress, IfNoneMatch),
    responses(
        (status = 200, description = "The filter", body = SavedFilter, headers(("ETag" = String, description = "Its revision"))),
        (status = 304, description = "It has not changed"),
        SignedOut,
        ForbiddenOwner,
        NotThere,
    ),
)]
pub(crate) async fn read(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    Named(id): Named<FilterId>,
    headers: HeaderMap,
) -> Answer {
    let filter = backend::saved_filters::get(&site.backend, &owner, id).await?;
    Ok(places::one(&headers, filter.revision, filter))
}

/// Change a saved filter
///
/// A merge patch (RFC 7396): what is absent stays, null clears.
#[utoipa::path(
    patch,
    path = "/api/{owner}/filters/{id}",
    operation_id = "updateFilter",
    tag = "filters",
    params(FilterAddress, IfMatch, Repeatable),
    request_body(content((FilterPatch = "application/merge-patch+json"), (FilterPatch = "application/json"))),
    responses(
        (status = 200, description = "The filter as it is now", body = SavedFilter, headers(
            ("ETag" = String, description = "Its revision"),
            ("X-Change-Seq" = i64, description = "The change's number in your log"),
        )),
        NotJson,
        SignedOut,
        ForbiddenOwner,
        NotThere,
        StaleRevision,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn update(Named(id): Named<FilterId>, write: Write) -> Answer {
    let patch = saved_filters::FilterPatch::from_json(write.json()?)?;
    let operation = Operation::Filter(FilterChange::Update(id, Box::new(patch)));
    let read = async |backend: &_, owner: &_| backend::saved_filters::get(backend, owner, id).await;
    Ok(write.change_row(operation, read).await?.shown())
}

/// Delete a saved filter
///
/// No task is touched.
#[utoipa::path(
    delete,
    path = "/api/{owner}/filters/{id}",
    operation_id = "deleteFilter",
    tag = "filters",
    params(FilterAddress, IfMatch, Repeatable),
    responses((status = 204, description = "It is gone"), SignedOut, ForbiddenOwner, NotThere, StaleRevision),
)]
pub(crate) async fn delete(Named(id): Named<FilterId>, write: Write) -> Answer {
    let operation = Operation::Filter(FilterChange::Delete(id));
    let read = async |backend: &_, owner: &_| backend::saved_filters::get(backend, owner, id).await;
    Ok(write.change_row(operation, read).await?.gone())
}
