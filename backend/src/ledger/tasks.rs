//! Changes to one task.

use super::{
    Answer,
    carry_out::Outcome,
    recurrence, task_change,
    work::{Work, at_revision},
};
use crate::Result;
use domain::{
    Error,
    change::Action,
    ids::TaskId,
    tasks::{NewTask, Task, TaskPatch},
};

pub(super) async fn create(work: &mut Work<'_>, new: &NewTask) -> Result<Outcome> {
    if let Some(id) = new.id
        && let Some(known) = work.find(id).await?
    {
        return create_again(work, new, known);
    }
    let id = new.id.unwrap_or_else(|| TaskId::from_uuid(work.backend.new_uuid()));
    let blank = task_change::blank(work, id, new.title.clone()).await?;
    let after = task_change::patched(work, blank, &new.fields).await?;
    let task = work.put_task(None, after);
    Ok(Outcome { created: true, ..about(Action::Create, task) })
}

/// A client that was cut off sends its new task once more: the same content is no second task.
fn create_again(work: &Work<'_>, new: &NewTask, known: Task) -> Result<Outcome> {
    if known.deleted_at.is_none() && task_change::is_made_from(work, &known, new) {
        return Ok(about(Action::Create, known));
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
    if before.is_completed || !after.is_completed {
        return Ok(about(action, work.put_task(Some(&before), after)));
    }
    let put = recurrence::put_completed(work, vec![(before, after)]).await?;
    Ok(about(action, put.into_iter().next().ok_or(Error::Internal)?))
}

pub(super) async fn delete(work: &mut Work<'_>, id: TaskId, if_revision: Option<i64>) -> Result<Outcome> {
    let before = work.find_present(id, if_revision).await?;
    let after = Task { deleted_at: Some(work.now), ..before.clone() };
    Ok(about(Action::Delete, work.put_task(Some(&before), after)))
}

pub(super) async fn restore(work: &mut Work<'_>, id: TaskId, if_revision: Option<i64>) -> Result<Outcome> {
    let before = at_revision(work.find(id).await?.ok_or(Error::NotFound)?, if_revision)?;
    let after = Task { deleted_at: None, ..before.clone() };
    Ok(about(Action::Restore, work.put_task(Some(&before), after)))
}

/// What was done to one task.
pub(super) fn about(action: Action, task: Task) -> Outcome {
    let label = action.label(&[task.title.as_str()], "tasks");
    Outcome { action, label, answer: Answer::Task(Box::new(task)), created: false }
}
