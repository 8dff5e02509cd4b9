//! Tags that were made, changed or deleted.

use super::AT_ONCE;
use crate::{
    Result,
    entity::tags,
    ledger::{row::Row, work::Work},
    search::rename_tag,
    tags::row,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

pub(super) async fn write(work: &Work<'_>) -> Result<()> {
    follow_in_texts(work).await?;
    let after = work.steps.iter().filter_map(|step| match &step.after {
        Some(Row::Tag(tag)) => Some(row::from_tag(work.owner, tag).into_active_model()),
        _ => None,
    });
    let rows: Vec<tags::ActiveModel> = after.collect();
    for rows in rows.chunks(AT_ONCE) {
        tags::Entity::insert_many(rows.iter().cloned())
            .on_conflict(replacing())
            .exec_without_returning(work.transaction)
            .await?;
    }
    Ok(())
}

/// Removes the tags that are no more, and takes them from the tasks that have them.
pub(super) async fn remove(work: &Work<'_>) -> Result<()> {
    let gone = work.steps.iter().filter_map(|step| match (&step.before, &step.after) {
        (Some(Row::Tag(tag)), None) => Some(tag.id.uuid()),
        _ => None,
    });
    for ids in gone.collect::<Vec<Uuid>>().chunks(AT_ONCE) {
        tags::Entity::delete_many()
            .filter(tags::Column::UserId.eq(work.user()))
            .filter(tags::Column::Id.is_in(ids.iter().copied()))
            .exec(work.transaction)
            .await?;
    }
    Ok(())
}

/// The tasks that have a tag are found by its name.
async fn follow_in_texts(work: &Work<'_>) -> Result<()> {
    for step in &work.steps {
        let Some(Row::Tag(before)) = &step.before else { continue };
        let name = match &step.after {
            Some(Row::Tag(after)) => Some(after.name.as_str()),
            _ => None,
        };
        // The way back removes a tag only where no task has it any longer.
        let is_unused = name.is_none() && work.reverses.is_some();
        if !is_unused && name != Some(before.name.as_str()) {
            let (tag, old) = (before.id.uuid(), before.name.as_str());
            rename_tag(work.transaction, work.owner, work.sequence, tag, old, name).await?;
        }
    }
    Ok(())
}

fn replacing() -> OnConflict {
    OnConflict::columns([tags::Column::UserId, tags::Column::Id])
        .update_columns([tags::Column::Name, tags::Column::NameKey, tags::Column::Colour])
        .to_owned()
}
