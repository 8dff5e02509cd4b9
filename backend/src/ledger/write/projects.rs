//! Projects that were made, changed or deleted. An account has some hundreds at most, so one statement takes them all,
//! whichever of them is below which.

use crate::{
    Result,
    entity::projects,
    ledger::{row::Row, work::Work},
    projects::row,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, Iterable, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

pub(super) async fn write(work: &Work<'_>) -> Result<()> {
    let after = work.steps.iter().filter_map(|step| match &step.after {
        Some(Row::Project(project)) => Some(row::from_project(project).into_active_model()),
        _ => None,
    });
    let rows: Vec<projects::ActiveModel> = after.collect();
    if !rows.is_empty() {
        projects::Entity::insert_many(rows).on_conflict(replacing()).exec_without_returning(work.transaction).await?;
    }
    Ok(())
}

/// Deletes those that are gone, once no task refers to them any more.
pub(super) async fn remove(work: &Work<'_>) -> Result<()> {
    let gone: Vec<Uuid> = work
        .removed()
        .filter_map(|row| match row {
            Row::Project(project) => Some(project.id.uuid()),
            _ => None,
        })
        .collect();
    if !gone.is_empty() {
        projects::Entity::delete_many()
            .filter(projects::Column::UserId.eq(work.user()))
            .filter(projects::Column::Id.is_in(gone))
            .exec(work.transaction)
            .await?;
    }
    Ok(())
}

fn replacing() -> OnConflict {
    use projects::Column::{CreatedAt, Id, UserId};
    let values = projects::Column::iter().filter(|column| !matches!(column, UserId | Id | CreatedAt));
    OnConflict::columns([UserId, Id]).update_columns(values).to_owned()
}
