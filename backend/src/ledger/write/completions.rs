//! Dates of tasks that repeat which were completed, or whose completion is taken back.

use super::AT_ONCE;
use crate::{
    Result,
    entity::completions,
    ledger::{row::Row, work::Work},
};
use domain::tasks::Completion;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

pub(super) async fn write(work: &Work<'_>) -> Result<()> {
    let (mut gone, mut rows) = (Vec::new(), Vec::new());
    for step in &work.steps {
        match (&step.before, &step.after) {
            (_, Some(Row::Completion(completion))) => rows.push(to_row(work.user(), completion)?.into_active_model()),
            (Some(Row::Completion(completion)), None) => gone.push(completion.id.uuid()),
            _ => {}
        }
    }
    for gone in gone.chunks(AT_ONCE) {
        completions::Entity::delete_many()
            .filter(completions::Column::UserId.eq(work.user()))
            .filter(completions::Column::Id.is_in(gone.iter().copied()))
            .exec(work.transaction)
            .await?;
    }
    for rows in rows.chunks(AT_ONCE) {
        completions::Entity::insert_many(rows.iter().cloned())
            .on_conflict(replacing())
            .exec_without_returning(work.transaction)
            .await?;
    }
    Ok(())
}

fn to_row(user_id: Uuid, completion: &Completion) -> Result<completions::Model> {
    Ok(completions::Model {
        user_id,
        id: completion.id.uuid(),
        task_id: completion.task_id.uuid(),
        occurrence: completion.occurrence.to_string(),
        completed_at: completion.completed_at.millis(),
        replaced: serde_json::to_string(&completion.replaced)?,
    })
}

fn replacing() -> OnConflict {
    use completions::Column::{CompletedAt, Id, Replaced, UserId};
    OnConflict::columns([UserId, Id]).update_columns([CompletedAt, Replaced]).to_owned()
}
