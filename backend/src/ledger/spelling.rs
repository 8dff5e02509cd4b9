//! How tags are spelled. A name that is new to the account becomes a tag; one that is known keeps its first spelling.

use super::{
    row::{Row, Step},
    work::Work,
};
use crate::{Error, Result, entity::tags, tags::row};
use domain::{
    ids::TagId,
    tags::Tag,
    tasks::{TagName, Tags},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// The same tags as they were first spelled; those that nobody gave before are made.
pub(super) async fn spelled(work: &mut Work<'_>, names: &Tags) -> Result<Tags> {
    learn(work, names.iter()).await?;
    let known = names.iter().filter_map(|name| work.spelled.get(&name.key())).map(|tag| tag.name.clone());
    Tags::new(known).map_err(|_| Error::Stored("tags"))
}

/// Looks up many names in one statement, so that [`spelled`] need not ask again.
pub(super) async fn learn(work: &mut Work<'_>, names: impl Iterator<Item = &TagName>) -> Result<()> {
    let mut unknown: Vec<&TagName> = Vec::new();
    for name in names {
        let is_new = !work.spelled.contains_key(&name.key()) && !unknown.iter().any(|other| other.key() == name.key());
        if is_new {
            unknown.push(name);
        }
    }
    if unknown.is_empty() {
        return Ok(());
    }
    let found = tags::Entity::find()
        .filter(tags::Column::UserId.eq(work.user()))
        .filter(tags::Column::NameKey.is_in(unknown.iter().map(|name| name.key())))
        .all(work.transaction)
        .await?;
    for model in found {
        let tag = row::to_tag(&model)?;
        work.spelled.insert(model.name_key, tag);
    }
    for name in unknown {
        if !work.spelled.contains_key(&name.key()) {
            make(work, name);
        }
    }
    Ok(())
}

fn make(work: &mut Work<'_>, name: &TagName) {
    let id = TagId::from_uuid(work.backend.new_uuid());
    let tag = Tag { id, name: name.clone(), colour: None, created_at: work.now };
    work.steps.push(Step { before: None, after: Some(Row::Tag(tag.clone())) });
    work.spelled.insert(name.key(), tag);
}
