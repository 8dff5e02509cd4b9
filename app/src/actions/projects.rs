//! The server functions of projects. REST and forms obey one reader: what a form sends becomes the JSON body that REST
//! takes.

use crate::AppError;
use domain::projects::Project;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::{given, judged},
    crate::request::{backend, owner, refuse},
    backend::ledger::{self, Answer},
    domain::{
        Error,
        change::{Change, Operation},
        ids::ProjectId,
        projects::{NewProject, ProjectChange, ProjectPatch},
    },
    serde_json::json,
};

/// Makes a project and leads to it.
#[server(prefix = "/actions", endpoint = "add_project")]
pub async fn add_project(name: String, colour: Option<String>, parent_id: Option<String>) -> Result<Project, AppError> {
    let body = json!({ "name": name, "colour": given(colour), "parent_id": given(parent_id) });
    let new = NewProject::from_json(body).map_err(refuse)?;
    let project = apply(ProjectChange::Create(new), None).await?;
    leptos_axum::redirect(&format!("/projects/{}", project.id));
    Ok(project)
}

/// Changes every field that the form shows; `revision` is the one that the form was filled from.
#[server(prefix = "/actions", endpoint = "edit_project")]
pub async fn edit_project(
    id: String,
    name: String,
    colour: Option<String>,
    parent_id: Option<String>,
    revision: Option<String>,
) -> Result<Project, AppError> {
    let id = judged(&id)?;
    let body = json!({ "name": name, "colour": given(colour), "parent_id": given(parent_id) });
    let patch = ProjectPatch::from_json(body).map_err(refuse)?;
    apply(ProjectChange::Update(id, patch), revision).await
}

/// Puts a project away, or takes it out again.
#[server(prefix = "/actions", endpoint = "set_project_archived")]
pub async fn set_project_archived(id: String, is_archived: String) -> Result<Project, AppError> {
    let id = judged(&id)?;
    let is_archived =
        is_archived.parse().map_err(|_| refuse(Error::field("is_archived", "not_a_boolean", "Send true or false")))?;
    let patch = ProjectPatch { is_archived: Some(is_archived), ..ProjectPatch::default() };
    apply(ProjectChange::Update(id, patch), None).await
}

/// Deletes a project with those below it. Their tasks go to the bin.
#[server(prefix = "/actions", endpoint = "delete_project")]
pub async fn delete_project(id: String) -> Result<(), AppError> {
    let id: ProjectId = judged(&id)?;
    apply(ProjectChange::Delete(id), None).await?;
    leptos_axum::redirect("/projects?gone=1");
    Ok(())
}

#[cfg(feature = "ssr")]
async fn apply(change: ProjectChange, revision: Option<String>) -> Result<Project, AppError> {
    let mut change = Change::new(Operation::Project(change));
    change.if_revision = revision.and_then(|revision| revision.parse().ok());
    let applied = ledger::apply(&backend(), &owner()?, change).await.map_err(refuse)?;
    match applied.answer {
        Answer::Project(project) => Ok(*project),
        _ => Err(refuse(Error::Internal)),
    }
}
