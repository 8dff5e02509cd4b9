//! What happens to the parts of tasks when something happens to the tasks themselves: all of it is one change.

use super::{
    lineage,
    row::{Row, Step},
    work::Work,
};
use crate::Result;
use domain::{ids::TaskId, tasks::Task};
use std::collections::HashMap;
use uuid::Uuid;

/// Completes the open parts of a task that was completed, and takes them along where it went. Tells how many followed.
pub(super) async fn follow(work: &mut Work<'_>, before: &Task, after: &Task) -> Result<usize> {
    let is_done = !before.is_completed && after.is_completed;
    let is_elsewhere = before.project_id != after.project_id;
    if !is_done && !is_elsewhere {
        return Ok(0);
    }
    let now = work.now;
    let parts = lineage::below(work, &[after.id]).await?;
    Ok(put_all(work, parts, |part| {
        if is_done && !part.is_completed {
            part.is_completed = true;
            part.completed_at = Some(now);
        }
        if is_elsewhere && part.project_id == before.project_id {
            part.project_id = after.project_id;
        }
    }))
}

/// Puts the parts of tasks into the bin with them.
pub(super) async fn delete(work: &mut Work<'_>, wholes: &[TaskId]) -> Result<usize> {
    let parts = lineage::below(work, wholes).await?;
    let now = work.now;
    Ok(put_all(work, parts, |part| part.deleted_at = Some(now)))
}

/// Takes the parts out of the bin that went into it with a task.
pub(super) async fn restore(work: &mut Work<'_>, deleted: &Task) -> Result<usize> {
    let Some(since) = deleted.deleted_at else { return Ok(0) };
    let parts = lineage::deleted_with(work, deleted.id, since).await?;
    Ok(put_all(work, parts, |part| part.deleted_at = None))
}

/// Takes up parts as they shall be, also those that the change has touched already. Tells how many more it touches now.
fn put_all(work: &mut Work<'_>, parts: Vec<Task>, change: impl Fn(&mut Task)) -> usize {
    let touched = |(place, step): (usize, &Step)| step.as_task().map(|(_, task)| (task.id.uuid(), place));
    let touched: HashMap<Uuid, usize> = work.steps.iter().enumerate().filter_map(touched).collect();
    let count = work.steps.len();
    for before in parts {
        let step = touched.get(&before.id.uuid()).and_then(|place| work.steps.get_mut(*place));
        if let Some(Row::Task(task)) = step.and_then(|step| step.after.as_mut()) {
            change(task);
            continue;
        }
        let mut after = before.clone();
        change(&mut after);
        work.put_task(Some(&before), after);
    }
    work.steps.len() - count
}
