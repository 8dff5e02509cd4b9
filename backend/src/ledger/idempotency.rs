//! A request with an idempotency key acts once: its answer is kept with the rows it wrote, in the same transaction. A key
//! that is taken stops that transaction, so that nothing was done; then the answer from before is given again.

use super::Applied;
use crate::{Backend, Owner, Result, entity::idempotency_keys};
use domain::{Error, Timestamp, change::Idempotency};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};

/// How long a key is remembered.
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// What was kept until this instant is forgotten.
fn expired_at(now: Timestamp) -> i64 {
    now.plus_seconds(-KEPT_SECONDS).millis()
}

/// The answer to an earlier request with this key.
pub(super) async fn find(backend: &Backend, owner: &Owner, key: &Idempotency) -> Result<Option<Applied>> {
    let kept = idempotency_keys::Entity::find_by_id((owner.user_id().uuid(), key.key.clone()))
        .filter(idempotency_keys::Column::CreatedAt.gt(expired_at(backend.now())))
        .one(backend.store.writer())
        .await?;
    match kept {
        Some(earlier) if earlier.request == key.request => Ok(Some(serde_json::from_str(&earlier.answer)?)),
        Some(_) => Err(Error::IdempotencyKeyReused.into()),
        None => Ok(None),
    }
}

/// Keeps the answer for 24 hours.
///
/// # Errors
/// The key was used within that time.
pub(super) async fn keep(
    transaction: &DatabaseTransaction,
    owner: &Owner,
    key: &Idempotency,
    answer: &Applied,
    now: Timestamp,
) -> Result<()> {
    use idempotency_keys::Column::{Answer, CreatedAt, Name, Request, UserId};
    let row = idempotency_keys::ActiveModel {
        user_id: Set(owner.user_id().uuid()),
        name: Set(key.key.clone()),
        request: Set(key.request.to_vec()),
        answer: Set(serde_json::to_string(answer)?),
        created_at: Set(now.millis()),
    };
    let has_expired = Expr::col((idempotency_keys::Entity, CreatedAt)).lte(expired_at(now));
    let replacing = OnConflict::columns([UserId, Name])
        .update_columns([Request, Answer, CreatedAt])
        .action_and_where(has_expired)
        .to_owned();
    let kept = idempotency_keys::Entity::insert(row).on_conflict(replacing).exec_without_returning(transaction).await?;
    if kept == 0 { Err(Error::IdempotencyKeyReused.into()) } else { Ok(()) }
}

/// Forgets the keys whose time is over, of all accounts.
pub(crate) async fn forget(backend: &Backend) -> Result<()> {
    idempotency_keys::Entity::delete_many()
        .filter(idempotency_keys::Column::CreatedAt.lte(expired_at(backend.now())))
        .exec(backend.store.writer())
        .await?;
    Ok(())
}
