//! Between a project and its row.

use crate::{Error, Result, entity::projects};
use domain::{
    Colour, Timestamp,
    ids::{ProjectId, UserId},
    json::FromText,
    projects::{Project, ProjectName},
    search::name_key,
    tasks::OrderKey,
};

pub(crate) fn to_project(model: projects::Model) -> Result<Project> {
    let colour = model.colour.as_deref().map(Colour::from_text).transpose();
    Ok(Project {
        id: ProjectId::from_uuid(model.id),
        user_id: UserId::from_uuid(model.user_id),
        parent_id: model.parent_id.map(ProjectId::from_uuid),
        name: ProjectName::from_text(&model.name).map_err(|_| Error::Stored("project"))?,
        colour: colour.map_err(|_| Error::Stored("colour"))?,
        position: OrderKey::from_stored(model.position),
        is_archived: model.archived_at.is_some(),
        archived_at: model.archived_at.map(Timestamp::from_millis),
        revision: model.revision,
        created_at: Timestamp::from_millis(model.created_at),
        updated_at: Timestamp::from_millis(model.updated_at),
    })
}

/// The row of a project, with the column that only searching needs.
pub(crate) fn from_project(project: &Project) -> projects::Model {
    projects::Model {
        user_id: project.user_id.uuid(),
        id: project.id.uuid(),
        parent_id: project.parent_id.map(ProjectId::uuid),
        name: project.name.as_str().to_owned(),
        name_key: name_key(project.name.as_str()),
        colour: project.colour.as_ref().map(|colour| colour.as_str().to_owned()),
        position: project.position.as_str().to_owned(),
        archived_at: project.archived_at.map(Timestamp::millis),
        revision: project.revision,
        created_at: project.created_at.millis(),
        updated_at: project.updated_at.millis(),
        deleted_at: None,
    }
}
