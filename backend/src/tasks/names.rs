//! The names that an account has already given, for whoever reads what people type.

use crate::{
    Backend, Owner, Result,
    entity::{projects, tags},
};
use domain::ids::ProjectId;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, UnionType},
};
use uuid::Uuid;

/// The names of projects and tags, as they were first spelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownNames {
    projects: Vec<(Uuid, String)>,
    tags: Vec<String>,
}

impl KnownNames {
    /// The names of the projects, and those of the tags.
    pub fn borrowed(&self) -> (Vec<&str>, Vec<&str>) {
        let projects = self.projects.iter().map(|(_, name)| name.as_str());
        (projects.collect(), self.tags.iter().map(String::as_str).collect())
    }

    /// The first project of this name.
    pub fn project(&self, name: &str) -> Option<ProjectId> {
        self.projects.iter().find(|(_, known)| known == name).map(|(id, _)| ProjectId::from_uuid(*id))
    }
}

/// Every name of this account. Projects that are put away have none.
///
/// # Errors
/// The database is away.
pub async fn known_names(backend: &Backend, owner: &Owner) -> Result<KnownNames> {
    let user_id = owner.user_id().uuid();
    let tags = tags::Entity::find()
        .select_only()
        .expr_as(Expr::cust("NULL"), "id")
        .column(tags::Column::Name)
        .expr_as(Expr::cust("NULL"), "position")
        .filter(tags::Column::UserId.eq(user_id))
        .into_query();
    let mut both = projects::Entity::find()
        .select_only()
        .columns([projects::Column::Id, projects::Column::Name, projects::Column::Position])
        .filter(projects::Column::UserId.eq(user_id))
        .filter(projects::Column::DeletedAt.is_null())
        .filter(projects::Column::ArchivedAt.is_null())
        .into_query();
    both.union(UnionType::All, tags).order_by("position", Order::Asc);
    let mut known = KnownNames { projects: Vec::new(), tags: Vec::new() };
    for row in backend.store.reader().query_all(&both).await? {
        let name = row.try_get("", "name")?;
        match row.try_get::<Option<Uuid>>("", "id")? {
            Some(id) => known.projects.push((id, name)),
            None => known.tags.push(name),
        }
    }
    Ok(known)
}
