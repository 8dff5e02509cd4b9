//! `/api/{owner}/tags`: tags themselves. Which tags a task has is said by the task.

use super::{Mine, Named, places, write::Write};
use crate::{
    openapi::{
        ForbiddenOwner, IfNoneMatch, InvalidFields, ListAddress, NewTag, NotJson, NotThere, Repeatable, SignedOut, Tag,
        TagAddress, TagList, TagMerge, TagPatch, TagTaken, TooLarge, UnknownType,
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
    ids::TagId,
    tags::{self, TagChange},
};
use std::sync::Arc;

/// List tags
///
/// All of them, by name. A tag is made when a task gets it first; it stays when no task has it any more.
#[utoipa::path(
    get,
    path = "/api/{owner}/tags",
    operation_id = "listTags",
    tag = "tags",
    params(ListAddress, IfNoneMatch),
    responses(
        (status = 200, description = "Every tag", body = TagList),
        (status = 304, description = "Nothing has changed"),
        SignedOut,
        ForbiddenOwner,
    ),
)]
pub(crate) async fn list(State(site): State<Arc<Site>>, Mine(owner): Mine, headers: HeaderMap) -> Answer {
    places::whole_list(&site, &owner, &headers, backend::tags::list).await
}

/// Add a tag
///
/// You may choose its id, a UUIDv7. The same id with the same body again is 200 and changes nothing. Two tags whose names
/// differ in case alone are one tag.
#[utoipa::path(
    post,
    path = "/api/{owner}/tags",
    operation_id = "addTag",
    tag = "tags",
    params(ListAddress, Repeatable),
    request_body = NewTag,
    responses(
        (status = 201, description = "The new tag", body = Tag, headers(
            ("Location" = String, description = "Where it is"),
            ("X-Change-Seq" = i64, description = "The change's number in your log"),
        )),
        (status = 200, description = "It was there already", body = Tag),
        NotJson,
        SignedOut,
        ForbiddenOwner,
        TagTaken,
        TooLarge,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn create(path: RawPathParams, write: Write) -> Answer {
    let tag = tags::NewTag::from_json(write.json()?)?;
    Ok(write.make(Operation::Tag(TagChange::Create(tag))).await?.made(places::owner_in(&path)))
}

/// Read a tag
#[utoipa::path(
    get,
    path = "/api/{owner}/tags/{id}",
    operation_id = "readTag",
    tag = "tags",
    params(TagAddress),
    responses((status = 200, description = "The tag", body = Tag), SignedOut, ForbiddenOwner, NotThere),
)]
pub(crate) async fn read(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    Named(id): Named<TagId>,
) -> Answer<axum::Json<tags::Tag>> {
    Ok(axum::Json(backend::tags::get(&site.backend, &owner, id).await?))
}

/// Change a tag
///
/// A merge patch (RFC 7396): what is absent stays, null clears. Every task that has the tag shows its new name at once, and
/// has a new revision. A name that another tag has is refused: merge the two instead.
#[utoipa::path(
    patch,
    path = "/api/{owner}/tags/{id}",
    operation_id = "updateTag",
    tag = "tags",
    params(TagAddress, Repeatable),
    request_body(content((TagPatch = "application/merge-patch+json"), (TagPatch = "application/json"))),
    responses(
        (status = 200, description = "The tag as it is now", body = Tag),
        NotJson,
        SignedOut,
        ForbiddenOwner,
        NotThere,
        TagTaken,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn update(Named(id): Named<TagId>, write: Write) -> Answer {
    let patch = tags::TagPatch::from_json(write.json()?)?;
    Ok(write.make(Operation::Tag(TagChange::Update(id, patch))).await?.shown())
}

/// Delete a tag
///
/// Its tasks stay, without it.
#[utoipa::path(
    delete,
    path = "/api/{owner}/tags/{id}",
    operation_id = "deleteTag",
    tag = "tags",
    params(TagAddress, Repeatable),
    responses((status = 204, description = "It is gone"), SignedOut, ForbiddenOwner, NotThere),
)]
pub(crate) async fn delete(Named(id): Named<TagId>, write: Write) -> Answer {
    Ok(write.make(Operation::Tag(TagChange::Delete(id))).await?.gone())
}

/// Merge a tag into another
///
/// Its tasks get the other tag in its place, and it is gone. The answer is the other tag.
#[utoipa::path(
    post,
    path = "/api/{owner}/tags/{id}/merge",
    operation_id = "mergeTag",
    tag = "tags",
    params(TagAddress, Repeatable),
    request_body = TagMerge,
    responses(
        (status = 200, description = "The tag that is left", body = Tag),
        NotJson,
        SignedOut,
        ForbiddenOwner,
        NotThere,
        UnknownType,
        InvalidFields,
    ),
)]
pub(crate) async fn merge(Named(id): Named<TagId>, write: Write) -> Answer {
    let into = tags::merged_into(write.json()?)?;
    Ok(write.make(Operation::Tag(TagChange::Merge(id, into))).await?.shown())
}
