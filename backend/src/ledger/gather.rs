//! Reads the tasks that a change touches all of, some hundreds to a statement.

use super::work::Work;
use crate::{
    Result,
    entity::tasks::{Column, Entity},
    tasks::row,
};
use domain::tasks::Task;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::SimpleExpr};
use uuid::Uuid;

/// How many are read at once.
const CHUNK: u64 = 500;

/// Every task of the owner for which a condition holds, those in the bin included.
pub(super) async fn tasks_where(work: &Work<'_>, condition: SimpleExpr) -> Result<Vec<Task>> {
    let (mut all, mut after) = (Vec::new(), Uuid::nil());
    loop {
        let rows = Entity::find()
            .filter(Column::UserId.eq(work.user()))
            .filter(condition.clone())
            .filter(Column::Id.gt(after))
            .order_by_asc(Column::Id)
            .limit(CHUNK)
            .all(work.transaction)
            .await?;
        let Some(last) = rows.last() else { return Ok(all) };
        after = last.id;
        let is_last = (rows.len() as u64) < CHUNK;
        all.extend(row::to_tasks(work.transaction, work.owner, rows).await?);
        if is_last {
            return Ok(all);
        }
    }
}
