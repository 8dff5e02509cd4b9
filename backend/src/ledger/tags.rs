//! The tags of a task. A name that is new to the account becomes a tag; one that is known keeps its first spelling.

use super::apply::Work;
use crate::{
    Error, Result,
    entity::{tags, task_tags},
};
use domain::{
    json::FromText,
    tasks::{TagName, Tags, Task},
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

/// Links the task to its tags and gives it back with the names as they are spelled.
pub(super) async fn set(work: &Work<'_>, task: Task) -> Result<Task> {
    if task.revision > 1 {
        task_tags::Entity::delete_many()
            .filter(task_tags::Column::UserId.eq(work.owner.user_id().uuid()))
            .filter(task_tags::Column::TaskId.eq(task.id.uuid()))
            .exec(work.transaction)
            .await?;
    }
    if task.tags.is_empty() {
        return Ok(task);
    }
    let known = known_tags(work, &task.tags).await?;
    let mut missing = Vec::new();
    let mut chosen = Vec::new();
    for name in task.tags.iter() {
        let tag = known.iter().find(|tag| tag.name_key == name.key()).cloned().unwrap_or_else(|| {
            let tag = new_tag(work, name);
            missing.push(tag.clone().into_active_model());
            tag
        });
        chosen.push(tag);
    }
    if !missing.is_empty() {
        tags::Entity::insert_many(missing).exec_without_returning(work.transaction).await?;
    }
    let links = chosen.iter().zip(0..).map(|(tag, place)| {
        let link = task_tags::Model { user_id: tag.user_id, task_id: task.id.uuid(), tag_id: tag.id, place };
        link.into_active_model()
    });
    task_tags::Entity::insert_many(links).exec_without_returning(work.transaction).await?;
    let names = chosen.iter().map(|tag| TagName::from_text(&tag.name)).collect::<Result<Vec<_>, _>>();
    let tags = names.and_then(Tags::new).map_err(|_| Error::Stored("tag"))?;
    Ok(Task { tags, ..task })
}

async fn known_tags(work: &Work<'_>, names: &Tags) -> Result<Vec<tags::Model>> {
    let known = tags::Entity::find()
        .filter(tags::Column::UserId.eq(work.owner.user_id().uuid()))
        .filter(tags::Column::NameKey.is_in(names.iter().map(TagName::key)))
        .all(work.transaction)
        .await?;
    Ok(known)
}

fn new_tag(work: &Work<'_>, name: &TagName) -> tags::Model {
    tags::Model {
        user_id: work.owner.user_id().uuid(),
        id: work.backend.new_uuid(),
        name: name.as_str().to_owned(),
        name_key: name.key(),
        colour: None,
        created_at: work.now.millis(),
    }
}
