//! Reading saved filters: one, or all of an account, of which there are at most some hundreds. Writing them is `ledger`'s
//! work alone.

pub(crate) mod row;

use crate::{Backend, Owner, Result, entity::filters};
use domain::{Error, ids::FilterId, saved_filters::SavedFilter};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// Every saved filter of this account, in their order.
///
/// # Errors
/// The database is away.
pub async fn list(backend: &Backend, owner: &Owner) -> Result<Vec<SavedFilter>> {
    all(backend.store.reader(), owner).await
}

/// One saved filter.
///
/// # Errors
/// [`Error::NotFound`] if there is none of this id, or it is somebody else's: no way to tell which.
pub async fn get(backend: &Backend, owner: &Owner, id: FilterId) -> Result<SavedFilter> {
    let found = filters::Entity::find_by_id((owner.user_id().uuid(), id.uuid())).one(backend.store.reader()).await?;
    row::to_filter(found.ok_or(Error::NotFound)?)
}

pub(crate) async fn all(connection: &impl ConnectionTrait, owner: &Owner) -> Result<Vec<SavedFilter>> {
    let rows = filters::Entity::find()
        .filter(filters::Column::UserId.eq(owner.user_id().uuid()))
        .order_by_asc(filters::Column::Position)
        .order_by_asc(filters::Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(row::to_filter).collect()
}
