//! Tasks that were made or changed, and which tags they have.

use super::AT_ONCE;
use crate::{
    Error, Result,
    entity::{task_tags, tasks},
    ledger::{row::Row, work::Work},
    tasks::row,
};
use domain::tasks::Task;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, Iterable, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

pub(super) async fn write(work: &Work<'_>) -> Result<()> {
    let changed: Vec<(Option<&Task>, &Task)> = work.steps.iter().filter_map(|step| step.as_task()).collect();
    for changed in changed.chunks(AT_ONCE) {
        let rows = changed.iter().map(|(_, task)| row::from_task(task, work.sequence).into_active_model());
        tasks::Entity::insert_many(rows).on_conflict(replacing()).exec_without_returning(work.transaction).await?;
    }
    let tagged: Vec<&(Option<&Task>, &Task)> =
        changed.iter().filter(|(before, after)| tags_differ(*before, after)).collect();
    for tagged in tagged.chunks(AT_ONCE) {
        unlink(work, tagged).await?;
        link(work, tagged).await?;
    }
    Ok(())
}

/// Removes the rows that are no more, and with them which tags they had.
pub(super) async fn remove(work: &Work<'_>) -> Result<()> {
    let gone = work.steps.iter().filter_map(|step| match (&step.before, &step.after) {
        (Some(Row::Task(task)), None) => Some(task.id.uuid()),
        _ => None,
    });
    for ids in gone.collect::<Vec<Uuid>>().chunks(AT_ONCE) {
        tasks::Entity::delete_many()
            .filter(tasks::Column::UserId.eq(work.user()))
            .filter(tasks::Column::Id.is_in(ids.iter().copied()))
            .exec(work.transaction)
            .await?;
    }
    Ok(())
}

/// A row that is there gets every new value but for what it is known by.
fn replacing() -> OnConflict {
    use tasks::Column::{CreatedAt, Id, UserId};
    let values = tasks::Column::iter().filter(|column| !matches!(column, UserId | Id | CreatedAt));
    OnConflict::columns([UserId, Id]).update_columns(values).to_owned()
}

fn tags_differ(before: Option<&Task>, after: &Task) -> bool {
    before.map_or(!after.tags.is_empty(), |before| before.tags != after.tags)
}

async fn unlink(work: &Work<'_>, tagged: &[&(Option<&Task>, &Task)]) -> Result<()> {
    let had_tags = |before: &Option<&Task>| before.is_some_and(|before| !before.tags.is_empty());
    let ids: Vec<Uuid> = tagged.iter().filter(|(before, _)| had_tags(before)).map(|(_, task)| task.id.uuid()).collect();
    if !ids.is_empty() {
        task_tags::Entity::delete_many()
            .filter(task_tags::Column::UserId.eq(work.user()))
            .filter(task_tags::Column::TaskId.is_in(ids))
            .exec(work.transaction)
            .await?;
    }
    Ok(())
}

async fn link(work: &Work<'_>, tagged: &[&(Option<&Task>, &Task)]) -> Result<()> {
    let mut links = Vec::new();
    for (_, task) in tagged {
        for (name, place) in task.tags.iter().zip(0..) {
            let tag = work.spelled.get(&name.key()).ok_or(Error::Stored("tag"))?;
            let (task_id, tag_id) = (task.id.uuid(), tag.id.uuid());
            links.push(task_tags::Model { user_id: work.user(), task_id, tag_id, place }.into_active_model());
        }
    }
    for links in links.chunks(AT_ONCE) {
        task_tags::Entity::insert_many(links.iter().cloned()).exec_without_returning(work.transaction).await?;
    }
    Ok(())
}
