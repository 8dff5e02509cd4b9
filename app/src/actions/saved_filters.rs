//! The server functions of saved filters. REST and forms obey one reader: what a form sends becomes the JSON body that
//! REST takes.

use crate::AppError;
use domain::saved_filters::SavedFilter;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::{given, judged},
    crate::request::{backend, owner, refuse},
    backend::ledger::{self, Answer},
    domain::{
        Error,
        change::{Change, Operation},
        saved_filters::{FilterChange, FilterPatch, NewFilter},
    },
    serde_json::json,
};

/// Saves a filter and leads to it.
#[server(prefix = "/actions", endpoint = "add_filter")]
pub async fn add_filter(name: String, query: String, colour: Option<String>) -> Result<SavedFilter, AppError> {
    let body = json!({ "name": name, "query": query, "colour": given(colour) });
    let new = NewFilter::from_json(body).map_err(refuse)?;
    let filter = apply(FilterChange::Create(Box::new(new)), None).await?;
    leptos_axum::redirect(&format!("/filters/{}", filter.id));
    Ok(filter)
}

/// Changes every field that the form shows; `revision` is the one that the form was filled from.
#[server(prefix = "/actions", endpoint = "edit_filter")]
pub async fn edit_filter(
    id: String,
    name: String,
    query: String,
    colour: Option<String>,
    revision: Option<String>,
) -> Result<SavedFilter, AppError> {
    let id = judged(&id)?;
    let body = json!({ "name": name, "query": query, "colour": given(colour) });
    let patch = FilterPatch::from_json(body).map_err(refuse)?;
    let filter = apply(FilterChange::Update(id, Box::new(patch)), revision).await?;
    // What was chosen to build a query from is done with.
    leptos_axum::redirect(&format!("/filters/{}?saved=1", filter.id));
    Ok(filter)
}

/// Deletes a filter. No task is touched.
#[server(prefix = "/actions", endpoint = "delete_filter")]
pub async fn delete_filter(id: String) -> Result<(), AppError> {
    apply(FilterChange::Delete(judged(&id)?), None).await?;
    leptos_axum::redirect("/filters?gone=1");
    Ok(())
}

#[cfg(feature = "ssr")]
async fn apply(change: FilterChange, revision: Option<String>) -> Result<SavedFilter, AppError> {
    let mut change = Change::new(Operation::Filter(change));
    change.if_revision = revision.and_then(|revision| revision.parse().ok());
    let applied = ledger::apply(&backend(), &owner()?, change).await.map_err(refuse)?;
    match applied.answer {
        Answer::Filter(filter) => Ok(*filter),
        _ => Err(refuse(Error::Internal)),
    }
}
