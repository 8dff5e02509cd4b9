//! Reading projects: one, or all of an account, of which there are at most some hundreds. Writing them is `ledger`'s work
//! alone.

mod counts;
pub(crate) mod row;

pub use counts::open_tasks;

use crate::{Backend, Owner, Result, entity::projects};
use domain::{Error, ids::ProjectId, projects::Project};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// Every project of this account, archived ones too, siblings in their order.
///
/// # Errors
/// The database is away.
pub async fn list(backend: &Backend, owner: &Owner) -> Result<Vec<Project>> {
    all(backend.store.reader(), owner).await
}

/// One project.
///
/// # Errors
/// [`Error::NotFound`] if there is none of this id, or it is somebody else's: no way to tell which.
pub async fn get(backend: &Backend, owner: &Owner, id: ProjectId) -> Result<Project> {
    let found = projects::Entity::find_by_id((owner.user_id().uuid(), id.uuid()))
        .filter(projects::Column::DeletedAt.is_null())
        .one(backend.store.reader())
        .await?;
    row::to_project(found.ok_or(Error::NotFound)?)
}

pub(crate) async fn all(connection: &impl ConnectionTrait, owner: &Owner) -> Result<Vec<Project>> {
    let rows = projects::Entity::find()
        .filter(projects::Column::UserId.eq(owner.user_id().uuid()))
        .filter(projects::Column::DeletedAt.is_null())
        .order_by_asc(projects::Column::Position)
        .order_by_asc(projects::Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(row::to_project).collect()
}
