//! The server functions of tags themselves. REST and forms obey one reader: what a form sends becomes the JSON body that
//! REST takes.

use crate::AppError;
use domain::tags::Tag;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::{given, judged},
    crate::request::{backend, owner, refuse},
    backend::ledger::{self, Answer},
    domain::{
        Error,
        change::{Change, Operation},
        tags::{NewTag, TagChange, TagPatch, merged_into},
    },
    serde_json::json,
};

/// Makes a tag that no task has yet.
#[server(prefix = "/actions", endpoint = "add_tag")]
pub async fn add_tag(name: String, colour: Option<String>) -> Result<Tag, AppError> {
    let new = NewTag::from_json(json!({ "name": name, "colour": given(colour) })).map_err(refuse)?;
    apply(TagChange::Create(new)).await
}

/// Changes the name and the colour of a tag.
#[server(prefix = "/actions", endpoint = "edit_tag")]
pub async fn edit_tag(id: String, name: String, colour: Option<String>) -> Result<Tag, AppError> {
    let id = judged(&id)?;
    let patch = TagPatch::from_json(json!({ "name": name, "colour": given(colour) })).map_err(refuse)?;
    apply(TagChange::Update(id, patch)).await
}

/// Takes a tag off its tasks and deletes it.
#[server(prefix = "/actions", endpoint = "delete_tag")]
pub async fn delete_tag(id: String) -> Result<(), AppError> {
    apply(TagChange::Delete(judged(&id)?)).await?;
    leptos_axum::redirect("/tags?gone=1");
    Ok(())
}

/// Gives the tasks of a tag another one instead, and leads to that.
#[server(prefix = "/actions", endpoint = "merge_tag")]
pub async fn merge_tag(id: String, into: String) -> Result<Tag, AppError> {
    let id = judged(&id)?;
    let into = merged_into(json!({ "into": given(Some(into)) })).map_err(refuse)?;
    let tag = apply(TagChange::Merge(id, into)).await?;
    leptos_axum::redirect(&format!("/tags/{}?saved=1", tag.id));
    Ok(tag)
}

#[cfg(feature = "ssr")]
async fn apply(change: TagChange) -> Result<Tag, AppError> {
    let change = Change::new(Operation::Tag(change));
    let applied = ledger::apply(&backend(), &owner()?, change).await.map_err(refuse)?;
    match applied.answer {
        Answer::Tag(tag) => Ok(tag),
        _ => Err(refuse(Error::Internal)),
    }
}
