//! Reading tasks: one, a page of many, and the overview. Writing them is `ledger`'s work alone.

mod circle;
mod condition;
mod counts;
mod cursor;
mod family;
mod list;
mod logbook;
mod names;
mod overview;
#[cfg(test)]
mod plans;
pub(crate) mod row;
mod way;

pub use counts::counts;
pub use family::wholes;
pub use list::{check_cursor, list};
pub use logbook::{completions, logbook};
pub use names::{KnownNames, known_names};
pub use overview::overview;

pub(crate) use circle::would_circle;
pub(crate) use condition::{Scope, numbered};
pub(crate) use list::{found, tag_names};

use crate::{Backend, Owner, Result, entity::tasks};
use domain::{Error, ids::TaskId, tasks::Task};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// How many rows are read at once where all are wanted.
const CHUNK: u64 = 500;

/// One task.
///
/// # Errors
/// [`Error::NotFound`] if there is none of this id, it is in the bin, or somebody else's: no way to tell which.
pub async fn get(backend: &Backend, owner: &Owner, id: TaskId) -> Result<Task> {
    let task = row::find(backend.store.reader(), owner, id).await?;
    Ok(task.filter(|task| task.deleted_at.is_none()).ok_or(Error::NotFound)?)
}

/// Every task of this account, the bin included, in the order they were made.
///
/// # Errors
/// The database is away.
pub(crate) async fn everything(backend: &Backend, owner: &Owner) -> Result<Vec<Task>> {
    let reader = backend.store.reader();
    let (mut all, mut after) = (Vec::new(), Uuid::nil());
    loop {
        let rows = tasks::Entity::find()
            .filter(tasks::Column::UserId.eq(owner.user_id().uuid()))
            .filter(tasks::Column::Id.gt(after))
            .order_by_asc(tasks::Column::Id)
            .limit(CHUNK)
            .all(reader)
            .await?;
        let Some(last) = rows.last() else { return Ok(all) };
        after = last.id;
        all.extend(row::to_tasks(reader, owner, rows).await?);
    }
}
