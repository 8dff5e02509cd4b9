//! Tags that were made or changed.

use super::AT_ONCE;
use crate::{
    Result,
    entity::tags,
    ledger::{row::Row, work::Work},
    search::rename_tag,
    tags::row,
};
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};

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

/// The tasks that have a tag are found by its name.
async fn follow_in_texts(work: &Work<'_>) -> Result<()> {
    for step in &work.steps {
        let Some(Row::Tag(before)) = &step.before else { continue };
        let name = match &step.after {
            Some(Row::Tag(after)) => Some(after.name.as_str()),
            _ => None,
        };
        if name != Some(before.name.as_str()) {
            rename_tag(work.transaction, work.owner, before.id.uuid(), before.name.as_str(), name).await?;
        }
    }
    Ok(())
}

fn replacing() -> OnConflict {
    OnConflict::columns([tags::Column::UserId, tags::Column::Id])
        .update_columns([tags::Column::Name, tags::Column::NameKey, tags::Column::Colour])
        .to_owned()
}
