//! The names that an account has already given, for whoever reads what people type.

use crate::{
    Backend, Owner, Result,
    entity::{projects, tags},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

/// The names of projects and tags, as they were first spelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownNames {
    projects: Vec<String>,
    tags: Vec<String>,
}

impl KnownNames {
    /// The names of the projects, and those of the tags.
    pub fn borrowed(&self) -> (Vec<&str>, Vec<&str>) {
        (self.projects.iter().map(String::as_str).collect(), self.tags.iter().map(String::as_str).collect())
    }
}

/// Every name of this account.
///
/// # Errors
/// The database is away.
pub async fn known_names(backend: &Backend, owner: &Owner) -> Result<KnownNames> {
    let (reader, user_id) = (backend.store.reader(), owner.user_id().uuid());
    let projects = projects::Entity::find()
        .select_only()
        .column(projects::Column::Name)
        .filter(projects::Column::UserId.eq(user_id))
        .filter(projects::Column::DeletedAt.is_null())
        .into_tuple()
        .all(reader)
        .await?;
    let tags = tags::Entity::find()
        .select_only()
        .column(tags::Column::Name)
        .filter(tags::Column::UserId.eq(user_id))
        .into_tuple()
        .all(reader)
        .await?;
    Ok(KnownNames { projects, tags })
}
