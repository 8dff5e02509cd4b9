//! `/api/{owner}/projects`.

use super::{Mine, Named, places, write::Write};
use crate::{
    openapi::{
        ForbiddenOwner, IdTaken, IfMatch, IfNoneMatch, InvalidFields, ListAddress, NewProject, NotJson, NotThere,
        Project, ProjectAddress, ProjectList, ProjectPatch, Repeatable, SignedOut, StaleRevision, TooLarge,
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
    ids::ProjectId,
    projects::{self, ProjectChange},
};
use std::sync::Arc;

/// List projects
///
/// All of them, archived ones too, siblings in their order. `GET /api/{owner}/tasks` with `project_id` lists the tasks of
/// a project and of those below it.
#[utoipa::path(
    get,
    path = "/api/{owner}/projects",
    operation_id = "listProjects",
    tag = "projects",
    params(ListAddress, IfNoneMatch),
    responses(
        (status = 200, description = "Every project", body = ProjectList),
        (status = 304, description = "Nothing has changed"),
        SignedOut,
        ForbiddenOwner,
    ),
)]
pub(crate) async fn list(State(site): State<Arc<Site>>, Mine(owner): Mine, headers: HeaderMap) -> Answer {
    places::whole_list(&site, &owner, &headers, backend::projects::list).await
}

/// Add a project
///
/// You may choose its id, a UUIDv7. The same id with the same body again is 200 and changes nothing. Projects nest at most
/// five levels deep, and an account has at most 500 of them.
#[utoipa::path(
    post,
    path = "/api/{owner}/projects",
    operation_id = "addProject",
    tag = "projects",
    params(ListAddress, Repeatable),
    request_body = NewProject,
    responses(
        (status = 201, description = "The new project", body = Project, headers(
            ("Location" = String, description = "Where it is"),
            ("ETag" = String, description = "Its revision"),
            ("X-Change-Seq" = i64, description = "The change's number in your log"),
        )),
        (status = 200, description = "It was there already", body = Project),
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
    let project = projects::NewProject::from_json(write.json()?)?;
    let done = write.make(Operation::Project(ProjectChange::Create(project))).await?;
    Ok(done.made(places::owner_in(&path)))
}

/// Read a project
#[utoipa::path(
    get,
    path = "/api/{owner}/projects/{id}",
    operation_id = "readProject",
    tag = "projects",
    params(ProjectAddress, IfNoneMatch),
    responses(
        (status = 200, description = "The project", body = Project, headers(("ETag" = String, description = "Its revision"))),
        (status = 304, description = "It has not changed"),
        SignedOut,
        ForbiddenOwner,
        NotThere,
    ),
)]
pub(crate) async fn read(
    State(site): State<Arc<Site>>,
    Mine(owner): Mine,
    Named(id): Named<ProjectId>,
    headers: HeaderMap,
) -> Answer {
    let project = backend::projects::get(&site.backend, &owner, id).await?;
    Ok(places::one(&headers, project.revision, project))
}

/// Change a project
///
/// A merge patch (RFC 7396): what is absent stays, null clears. `is_archived` puts it away: its tasks, and those of the
/// projects below it, then stand in no view but their project's own, and come back when it is taken out again.
#[utoipa::path(
    patch,
    path = "/api/{owner}/projects/{id}",
    operation_id = "updateProject",
    tag = "projects",
    params(ProjectAddress, IfMatch, Repeatable),
    request_body(content((ProjectPatch = "application/merge-patch+json"), (ProjectPatch = "application/json"))),
    responses(
        (status = 200, description = "The project as it is now", body = Project, headers(
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
pub(crate) async fn update(Named(id): Named<ProjectId>, write: Write) -> Answer {
    let patch = projects::ProjectPatch::from_json(write.json()?)?;
    let operation = Operation::Project(ProjectChange::Update(id, patch));
    Ok(write
        .change_row(operation, async |backend, owner| backend::projects::get(backend, owner, id).await)
        .await?
        .shown())
}

/// Delete a project
///
/// It goes for good, and so do the projects below it. Their tasks go to the bin, in the same change; whoever restores one
/// of them from there finds it in the inbox. Taking the change back brings all of it back to where it was.
#[utoipa::path(
    delete,
    path = "/api/{owner}/projects/{id}",
    operation_id = "deleteProject",
    tag = "projects",
    params(ProjectAddress, IfMatch, Repeatable),
    responses((status = 204, description = "It is gone"), SignedOut, ForbiddenOwner, NotThere, StaleRevision),
)]
pub(crate) async fn delete(Named(id): Named<ProjectId>, write: Write) -> Answer {
    let operation = Operation::Project(ProjectChange::Delete(id));
    Ok(write
        .change_row(operation, async |backend, owner| backend::projects::get(backend, owner, id).await)
        .await?
        .gone())
}
