//! Tags that were made or changed.

use super::AT_ONCE;
use crate::{
    Result,
    entity::tags,
    ledger::{row::Row, work::Work},
    tags::row,
};
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};

pub(super) async fn write(work: &Work<'_>) -> Result<()> {
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

fn replacing() -> OnConflict {
    OnConflict::columns([tags::Column::UserId, tags::Column::Id])
        .update_columns([tags::Column::Name, tags::Column::NameKey, tags::Column::Colour])
        .to_owned()
}
