//! A project as its owner sees it.

use crate::{
    Colour, Timestamp,
    ids::{ProjectId, UserId},
    projects::ProjectName,
    tasks::OrderKey,
};
use serde::{Deserialize, Serialize};

/// A project, with every field that the API shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// The project's id.
    pub id: ProjectId,
    /// Whose it is.
    pub user_id: UserId,
    /// The project it is a part of.
    pub parent_id: Option<ProjectId>,
    /// What it is called.
    pub name: ProjectName,
    /// Its colour, if it has one.
    pub colour: Option<Colour>,
    /// Its place among its siblings.
    pub position: OrderKey,
    /// Whether it is put away; what is below it then is too.
    pub is_archived: bool,
    /// Since when it is put away.
    pub archived_at: Option<Timestamp>,
    /// Grows by one with each change; the ETag.
    pub revision: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
