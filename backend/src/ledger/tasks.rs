//! Changes to one task.

use super::{
    carry_out::Outcome,
    lineage, log, parts, recurrence,
    task_change::{self, about},
    work::{Work, at_revision},
};
use crate::Result;
use domain::{
    Error,
    change::Action,
    ids::TaskId,
    tasks::{NewTask, Task, TaskPatch},
};
use std::slice;

pub(super) async fn create(work: &mut Work<'_>, new: &NewTask) -> Result<Outcome> {
    if let Some(id) = new.id
        && let Some(known) = work.find(id).await?
    {
        return create_again(work, new, known).await;
    }
    let id = new.id.unwrap_or_else(|| TaskId::from_uuid(work.backend.new_uuid()));
    let blank = task_change::blank(work, id, new.title.clone()).await?;
    let after = task_change::patched(work, blank, &new.fields).await?;
    let task = work.put_task(None, after);
    Ok(Outcome { created: true, ..about(Action::Create, task, 0) })
}

/// A client that was cut off sends its new task once more: the same content is no second task, whatever has become of the
/// first since.
async fn create_again(work: &Work<'_>, new: &NewTask, known: Task) -> Result<Outcome> {
    let made = log::as_made(work, slice::from_ref(&known)).await?;
    let is_same = made.get(&known.id).is_some_and(|made| task_change::is_made_from(work, made, new));
    if known.deleted_at.is_none() && is_same {
        return Ok(about(Action::Create, known, 0));
    }
    Err(Error::IdTaken.into())
}

pub(super) async fn update(
    work: &mut Work<'_>,
    id: TaskId,
    patch: &TaskPatch,
    if_revision: Option<i64>,
) -> Result<Outcome> {
    let before = work.find_present(id, if_revision).await?;
    patch_one(work, before, patch).await
}

pub(super) async fn toggle(work: &mut Work<'_>, id: TaskId, if_revision: Option<i64>) -> Result<Outcome> {
    let before = work.find_present(id, if_revision).await?;
    let patch = TaskPatch { is_completed: Some(!before.is_completed), ..TaskPatch::default() };
    patch_one(work, before, &patch).await
}

pub(super) async fn patch_one(work: &mut Work<'_>, before: Task, patch: &TaskPatch) -> Result<Outcome> {
    let after = task_change::patched(work, before.clone(), patch).await?;
    let action = task_change::action(&before, &after);
    let after = if after.is_completed && !before.is_completed {
        let put = recurrence::put_completed(work, vec![(before.clone(), after)]).await?;
        put.into_iter().next().ok_or(Error::Internal)?
    } else {
        work.put_task(Some(&before), after)
    };
    let parts = parts::follow(work, &[(&before, &after)]).await?;
    Ok(about(action, after, parts))
}

pub(super) async fn delete(work: &mut Work<'_>, id: TaskId, if_revision: Option<i64>) -> Result<Outcome> {
    let before = work.find_present(id, if_revision).await?;
    let after = Task { deleted_at: Some(work.now), ..before.clone() };
    let after = work.put_task(Some(&before), after);
    let parts = parts::delete(work, &[id]).await?;
    Ok(about(Action::Delete, after, parts))
}

pub(super) async fn restore(work: &mut Work<'_>, id: TaskId, if_revision: Option<i64>) -> Result<Outcome> {
    let before = at_revision(work.find(id).await?.ok_or(Error::NotFound)?, if_revision)?;
    let mut after = Task { deleted_at: None, ..before.clone() };
    // What is not in the bin is no part of what is.
    if let Some(parent) = before.parent_id.filter(|_| before.deleted_at.is_some())
        && lineage::check_parent(work, &[id], parent).await.is_err()
    {
        after.parent_id = None;
    }
    let after = work.put_task(Some(&before), after);
    let parts = parts::restore(work, &[&before]).await?;
    Ok(about(Action::Restore, after, parts))
}
