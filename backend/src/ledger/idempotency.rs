//! A request with an idempotency key acts once: its answer is kept with the rows it wrote, in the same transaction.

use super::Applied;
use crate::{Owner, Result, entity::idempotency_keys};
use domain::{Error, Timestamp, change::Idempotency};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// The answer to an earlier request with this key.
pub(super) async fn find(
    transaction: &DatabaseTransaction,
    owner: &Owner,
    key: Option<&Idempotency>,
    now: Timestamp,
) -> Result<Option<Applied>> {
    let Some(key) = key else { return Ok(None) };
    idempotency_keys::Entity::delete_many()
        .filter(idempotency_keys::Column::UserId.eq(owner.user_id().uuid()))
        .filter(idempotency_keys::Column::CreatedAt.lte(now.plus_seconds(-KEPT_SECONDS).millis()))
        .exec(transaction)
        .await?;
    let id = (owner.user_id().uuid(), key.key.clone());
    match idempotency_keys::Entity::find_by_id(id).one(transaction).await? {
        Some(earlier) if earlier.request == key.request => Ok(Some(serde_json::from_str(&earlier.answer)?)),
        Some(_) => Err(Error::IdempotencyKeyReused.into()),
        None => Ok(None),
    }
}

/// Keeps the answer for 24 hours.
pub(super) async fn keep(
    transaction: &DatabaseTransaction,
    owner: &Owner,
    key: &Idempotency,
    answer: &Applied,
    now: Timestamp,
) -> Result<()> {
    let row = idempotency_keys::ActiveModel {
        user_id: Set(owner.user_id().uuid()),
        name: Set(key.key.clone()),
        request: Set(key.request.to_vec()),
        answer: Set(serde_json::to_string(answer)?),
        created_at: Set(now.millis()),
    };
    idempotency_keys::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}
