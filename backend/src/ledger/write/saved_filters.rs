//! Saved filters that were made, changed or deleted: some hundreds at most.

use crate::{
    Result,
    entity::filters,
    ledger::{row::Row, work::Work},
    saved_filters::row,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, Iterable, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

pub(super) async fn write(work: &Work<'_>) -> Result<()> {
    let after = work.steps.iter().filter_map(|step| match &step.after {
        Some(Row::Filter(filter)) => Some(row::from_filter(filter).into_active_model()),
        _ => None,
    });
    let rows: Vec<filters::ActiveModel> = after.collect();
    if !rows.is_empty() {
        filters::Entity::insert_many(rows).on_conflict(replacing()).exec_without_returning(work.transaction).await?;
    }
    let gone: Vec<Uuid> = work
        .removed()
        .filter_map(|row| match row {
            Row::Filter(filter) => Some(filter.id.uuid()),
            _ => None,
        })
        .collect();
    if !gone.is_empty() {
        filters::Entity::delete_many()
            .filter(filters::Column::UserId.eq(work.user()))
            .filter(filters::Column::Id.is_in(gone))
            .exec(work.transaction)
            .await?;
    }
    Ok(())
}

fn replacing() -> OnConflict {
    use filters::Column::{CreatedAt, Id, UserId};
    let values = filters::Column::iter().filter(|column| !matches!(column, UserId | Id | CreatedAt));
    OnConflict::columns([UserId, Id]).update_columns(values).to_owned()
}
