//! Changes to tags themselves. Tasks know their tags by name, so what happens to a tag happens to all that have it.

use super::{Answer, carry_out::Outcome, gather::tasks_where, row::Row, spelling, work::Work};
use crate::{Error as Fault, Result, entity::tags, tags::row, tasks::numbered};
use domain::{
    Error,
    change::Action,
    ids::TagId,
    tags::{NewTag, Tag, TagChange, TagPatch},
    tasks::{TagName, Tags, Task},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};

pub(super) async fn carry_out(work: &mut Work<'_>, change: &TagChange) -> Result<Outcome> {
    match change {
        TagChange::Create(new) => create(work, new).await,
        TagChange::Update(id, patch) => update(work, *id, patch).await,
        TagChange::Delete(id) => delete(work, *id).await,
        TagChange::Merge(id, into) => merge(work, *id, *into).await,
    }
}

async fn create(work: &mut Work<'_>, new: &NewTag) -> Result<Outcome> {
    if let Some(id) = new.id
        && let Some(known) = find(work, id).await?
    {
        // A client that was cut off sends its new tag once more: the same content is no second tag.
        let is_same = (&known.name, &known.colour) == (&new.name, &new.colour);
        return if is_same { Ok(about(Action::Create, known)) } else { Err(Error::IdTaken.into()) };
    }
    if find_named(work, &new.name).await?.is_some() {
        return Err(Error::TagTaken.into());
    }
    let id = new.id.unwrap_or_else(|| TagId::from_uuid(work.backend.new_uuid()));
    let tag = Tag { id, name: new.name.clone(), colour: new.colour.clone(), created_at: work.now };
    work.put(None, Row::Tag(tag.clone()));
    Ok(Outcome { created: true, ..about(Action::Create, tag) })
}

async fn update(work: &mut Work<'_>, id: TagId, patch: &TagPatch) -> Result<Outcome> {
    let before = find(work, id).await?.ok_or(Error::NotFound)?;
    let after = Tag {
        name: patch.name.clone().unwrap_or_else(|| before.name.clone()),
        colour: patch.colour.clone().unwrap_or_else(|| before.colour.clone()),
        ..before.clone()
    };
    if after == before {
        return Ok(about(Action::Update, after));
    }
    if find_named(work, &after.name).await?.is_some_and(|other| other.id != id) {
        return Err(Error::TagTaken.into());
    }
    let label = match before.name == after.name {
        true => Action::Update.label(&[after.name.as_str()], "tags"),
        false => format!("Renamed “{}” to “{}”", before.name.as_str(), after.name.as_str()),
    };
    work.put(Some(Row::Tag(before)), Row::Tag(after.clone()));
    Ok(Outcome { label, ..about(Action::Update, after) })
}

async fn delete(work: &mut Work<'_>, id: TagId) -> Result<Outcome> {
    let tag = find(work, id).await?.ok_or(Error::NotFound)?;
    replace(work, &tag, None).await?;
    work.remove(Row::Tag(tag.clone()));
    Ok(about(Action::Delete, tag))
}

async fn merge(work: &mut Work<'_>, id: TagId, into: TagId) -> Result<Outcome> {
    let tag = find(work, id).await?.ok_or(Error::NotFound)?;
    if id == into {
        return Err(Error::field("into", "same_tag", "A tag cannot be merged into itself").into());
    }
    let Some(other) = find(work, into).await? else {
        return Err(Error::field("into", "unknown_tag", "There is no such tag").into());
    };
    replace(work, &tag, Some(&other.name)).await?;
    let label = format!("Merged “{}” into “{}”", tag.name.as_str(), other.name.as_str());
    work.remove(Row::Tag(tag));
    Ok(Outcome { label, ..about(Action::Update, other) })
}

/// Every task that has the tag gets the other one in its place, or none.
async fn replace(work: &mut Work<'_>, tag: &Tag, by: Option<&TagName>) -> Result<()> {
    let linked = "tasks.id IN (SELECT task_id FROM task_tags WHERE user_id = ? AND tag_id = ?)";
    let linked = numbered(work.transaction.get_database_backend(), linked);
    let tagged = tasks_where(work, Expr::cust_with_values(linked, [work.user(), tag.id.uuid()])).await?;
    let mut changed = Vec::with_capacity(tagged.len());
    for before in tagged {
        let names = before.tags.iter().filter_map(|name| if *name == tag.name { by } else { Some(name) });
        let tags = Tags::new(names.cloned()).map_err(|_| Fault::Stored("tags"))?;
        changed.push((Task { tags, ..before.clone() }, before));
    }
    // The links are written by the ids of the tags that stay.
    spelling::learn(work, changed.iter().flat_map(|(after, _)| after.tags.iter())).await?;
    for (after, before) in changed {
        work.put_task(Some(&before), after);
    }
    Ok(())
}

async fn find(work: &Work<'_>, id: TagId) -> Result<Option<Tag>> {
    let found = tags::Entity::find_by_id((work.user(), id.uuid())).one(work.transaction).await?;
    found.as_ref().map(row::to_tag).transpose()
}

async fn find_named(work: &Work<'_>, name: &TagName) -> Result<Option<Tag>> {
    let found = tags::Entity::find()
        .filter(tags::Column::UserId.eq(work.user()))
        .filter(tags::Column::NameKey.eq(name.key()))
        .one(work.transaction)
        .await?;
    found.as_ref().map(row::to_tag).transpose()
}

/// What was done to one tag.
fn about(action: Action, tag: Tag) -> Outcome {
    let label = action.label(&[tag.name.as_str()], "tags");
    Outcome { action, label, answer: Answer::Tag(tag), created: false }
}
