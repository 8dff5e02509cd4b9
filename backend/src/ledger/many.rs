//! Makes many tasks at once, all or none, in as many statements as one task takes.

use super::{Answer, carry_out::Outcome, lineage, log, spelling, task_change, work::Work};
use crate::{Result, entity::tasks};
use domain::{
    change::Action,
    ids::TaskId,
    tasks::{NewTask, OrderKey, Tags, Task},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashSet;

pub(super) async fn create(work: &mut Work<'_>, new: &[NewTask]) -> Result<Outcome> {
    if let Some(known) = known(work, new).await? {
        return Ok(about(known, false));
    }
    let tags = new.iter().filter_map(|new| new.fields.tags.as_ref()).flat_map(Tags::iter);
    spelling::learn(work, tags).await?;
    let made: HashSet<TaskId> = new.iter().filter_map(|new| new.id).collect();
    let parents = new.iter().filter_map(|new| new.fields.parent_id.flatten()).filter(|id| !made.contains(id));
    lineage::learn(work, &parents.collect::<Vec<_>>()).await?;
    task_change::learn_projects(work, new.iter().filter_map(|new| new.fields.project_id.flatten())).await?;
    let mut position = task_change::last_position(work).await?;
    let mut tasks = Vec::with_capacity(new.len());
    for (number, new) in new.iter().enumerate() {
        let id = new.id.unwrap_or_else(|| TaskId::from_uuid(work.backend.new_uuid()));
        let next = OrderKey::after(position.as_ref());
        let blank = task_change::blank_at(work, id, new.title.clone(), next.clone());
        let task =
            task_change::patched(work, blank, &new.fields).await.map_err(|error| error.under(&number.to_string()))?;
        let task = work.put_task(None, task);
        lineage::note(work, &task);
        position = Some(next);
        tasks.push(task);
    }
    Ok(about(tasks, true))
}

/// The tasks if they are there already: a client that was cut off sends them once more.
async fn known(work: &Work<'_>, new: &[NewTask]) -> Result<Option<Vec<Task>>> {
    let ids: Vec<TaskId> = new.iter().filter_map(|new| new.id).collect();
    if ids.is_empty() {
        return Ok(None);
    }
    let mut seen = HashSet::new();
    let repeated = new.iter().position(|new| new.id.is_some_and(|id| !seen.insert(id)));
    if let Some(number) = repeated {
        let refusal = domain::Error::field("id", "repeated", "Two of these tasks have the same id");
        return Err(refusal.under(&number.to_string()).into());
    }
    let select = tasks::Entity::find()
        .filter(tasks::Column::UserId.eq(work.user()))
        .filter(tasks::Column::Id.is_in(ids.iter().map(|id| id.uuid())));
    let found = lineage::tagged(work, select).await?;
    if found.is_empty() {
        return Ok(None);
    }
    let made = log::as_made(work, &found).await?;
    let again = new.iter().map(|new| {
        let known = found.iter().find(|task| Some(task.id) == new.id && task.deleted_at.is_none())?;
        task_change::is_made_from(work, made.get(&known.id)?, new).then(|| known.clone())
    });
    again.collect::<Option<Vec<Task>>>().map(Some).ok_or_else(|| domain::Error::IdTaken.into())
}

fn about(tasks: Vec<Task>, created: bool) -> Outcome {
    let titles: Vec<&str> = tasks.iter().map(|task| task.title.as_str()).collect();
    let label = Action::Create.label(&titles, "tasks");
    Outcome { action: Action::Create, label, answer: Answer::Tasks(tasks), created }
}
