//! What happens to the parts of tasks when something happens to the tasks themselves: all of it is one change.

use super::{
    lineage,
    row::{Row, Step},
    work::Work,
};
use crate::Result;
use domain::{Timestamp, ids::TaskId, tasks::Task};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Completes the open parts of tasks that were completed, and takes along those of tasks that went to another project;
/// each task comes as it was and as it is. Tells how many followed.
pub(super) async fn follow(work: &mut Work<'_>, changed: &[(&Task, &Task)]) -> Result<usize> {
    let (steps, now) = (work.steps.len(), work.now);
    let done = changed.iter().filter(|(before, after)| !before.is_completed && after.is_completed);
    let done: Vec<TaskId> = done.map(|(_, after)| after.id).collect();
    let open = lineage::below(work, &done).await?;
    put_all(work, open, |part| {
        part.completed_at = part.completed_at.or(Some(now));
        part.is_completed = true;
    });
    let moved: Vec<_> = changed.iter().filter(|(before, after)| before.project_id != after.project_id).collect();
    if let Some((_, after)) = moved.first() {
        let (from, to) = (moved.iter().map(|(before, _)| before.project_id).collect::<HashSet<_>>(), after.project_id);
        let parts = lineage::below(work, &moved.iter().map(|(_, after)| after.id).collect::<Vec<_>>()).await?;
        put_all(work, parts, |part| {
            if from.contains(&part.project_id) {
                part.project_id = to;
            }
        });
    }
    Ok(work.steps.len() - steps)
}

/// Puts the parts of tasks into the bin with them.
pub(super) async fn delete(work: &mut Work<'_>, wholes: &[TaskId]) -> Result<usize> {
    let parts = lineage::below(work, wholes).await?;
    let now = work.now;
    Ok(put_all(work, parts, |part| part.deleted_at = Some(now)))
}

/// Takes the parts out of the bin that went into it with tasks, which come as they were.
pub(super) async fn restore(work: &mut Work<'_>, deleted: &[&Task]) -> Result<usize> {
    let since: HashSet<Timestamp> = deleted.iter().filter_map(|task| task.deleted_at).collect();
    let wholes: Vec<TaskId> = deleted.iter().filter(|task| task.deleted_at.is_some()).map(|task| task.id).collect();
    let mut parts = lineage::deleted_below(work, &wholes).await?;
    parts.retain(|part| part.deleted_at.is_some_and(|at| since.contains(&at)));
    Ok(put_all(work, parts, |part| part.deleted_at = None))
}

/// What comes out of the bin is no part of what stays in it.
pub(super) async fn detach(work: &mut Work<'_>) -> Result<()> {
    let back: HashSet<TaskId> = work.steps.iter().filter_map(Step::as_task).map(|(_, task)| task.id).collect();
    let parents = work.steps.iter().filter_map(Step::as_task).filter_map(|(_, task)| task.parent_id);
    let parents: Vec<TaskId> = parents.filter(|parent| !back.contains(parent)).collect();
    lineage::learn(work, &parents).await?;
    let gone: HashSet<TaskId> =
        parents.into_iter().filter(|parent| lineage::project_of(work, *parent).is_none()).collect();
    for step in &mut work.steps {
        if let Some(Row::Task(task)) = &mut step.after {
            task.parent_id = task.parent_id.filter(|parent| !gone.contains(parent));
        }
    }
    Ok(())
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
