//! Reading tags themselves. Writing them is `ledger`'s work alone.

pub(crate) mod row;

use crate::{Backend, Owner, Result, entity::tags};
use domain::{Error, ids::TagId, tags::Tag};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// Every tag of this account, by name.
///
/// # Errors
/// The database is away.
pub async fn list(backend: &Backend, owner: &Owner) -> Result<Vec<Tag>> {
    let rows = tags::Entity::find()
        .filter(tags::Column::UserId.eq(owner.user_id().uuid()))
        .order_by_asc(tags::Column::NameKey)
        .all(backend.store.reader())
        .await?;
    rows.iter().map(row::to_tag).collect()
}

/// One tag.
///
/// # Errors
/// [`Error::NotFound`] if there is none of this id, or it is somebody else's: no way to tell which.
pub async fn get(backend: &Backend, owner: &Owner, id: TagId) -> Result<Tag> {
    let found = tags::Entity::find_by_id((owner.user_id().uuid(), id.uuid())).one(backend.store.reader()).await?;
    row::to_tag(&found.ok_or(Error::NotFound)?)
}
