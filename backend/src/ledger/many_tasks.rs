//! The same change to many tasks: one entry to each in the log, one step back for all. Nothing is asked task by task.

use super::{
    Answer, Touched, TouchedTask, carry_out::Outcome, parts, recurrence, row::Step, spelling, task_change, work::Work,
};
use crate::{Result, tasks};
use domain::{
    Error,
    change::Action,
    tasks::{BulkAction, BulkChange, BulkEdit, Selection, Task, TaskPatch, TaskQuery, View},
};
use uuid::Uuid;

/// How many tasks are read in one statement.
const AT_ONCE: usize = 500;

pub(super) async fn change(work: &mut Work<'_>, change: &BulkChange) -> Result<Outcome> {
    let tasks = selected(work, change).await?;
    let (action, edit) = match &change.action {
        BulkAction::Complete => (Action::Complete, completing(true)),
        BulkAction::Reopen => (Action::Reopen, completing(false)),
        BulkAction::Edit(edit) => (Action::Update, edit.as_ref().clone()),
        BulkAction::Delete | BulkAction::Restore => {
            return move_bin(work, &tasks, change.action == BulkAction::Delete).await;
        }
    };
    let patches = tasks.iter().map(|task| edit.patch_of(task)).collect::<Result<Vec<TaskPatch>, Error>>()?;
    spelling::learn(work, patches.iter().filter_map(|patch| patch.tags.as_ref()).flat_map(|tags| tags.iter())).await?;
    let ids: Vec<_> = tasks.iter().map(|task| task.id).collect();
    task_change::check_places(work, &ids, &edit.patch).await.map_err(|error| error.under("patch"))?;
    let (mut changed, mut completed) = (Vec::with_capacity(tasks.len()), Vec::new());
    for (task, patch) in tasks.iter().zip(&patches) {
        let after = task_change::laid_over(work, task.clone(), patch).await.map_err(|error| error.under("patch"))?;
        if after.is_completed && !task.is_completed {
            completed.push((task.clone(), after));
        } else {
            changed.push((task, work.put_task(Some(task), after)));
        }
    }
    let befores: Vec<Task> = completed.iter().map(|(before, _)| before.clone()).collect();
    let put = recurrence::put_completed(work, completed).await?;
    let changed = changed.iter().map(|(before, after)| (*before, after)).chain(befores.iter().zip(&put));
    parts::follow(work, &changed.collect::<Vec<_>>()).await?;
    Ok(outcome(work, action))
}

fn completing(is_completed: bool) -> BulkEdit {
    let patch = TaskPatch { is_completed: Some(is_completed), ..TaskPatch::default() };
    BulkEdit { patch, ..BulkEdit::default() }
}

async fn move_bin(work: &mut Work<'_>, tasks: &[Task], is_deleted: bool) -> Result<Outcome> {
    for task in tasks {
        let deleted_at = is_deleted.then_some(work.now);
        work.put_task(Some(task), Task { deleted_at, ..task.clone() });
    }
    if is_deleted {
        parts::delete(work, &tasks.iter().map(|task| task.id).collect::<Vec<_>>()).await?;
    } else {
        parts::restore(work, &tasks.iter().collect::<Vec<_>>()).await?;
        parts::detach(work).await?;
    }
    Ok(outcome(work, if is_deleted { Action::Delete } else { Action::Restore }))
}

/// The tasks that a change is about. Whether an id that is not among them is somebody else's is not told.
async fn selected(work: &Work<'_>, change: &BulkChange) -> Result<Vec<Task>> {
    match &change.selection {
        Selection::Filter(filter) => {
            let text = filter.to_string();
            let view = if change.action == BulkAction::Restore { View::Bin } else { View::All };
            let query = TaskQuery::from_pairs([("filter", text.as_str()), ("view", view.as_str())])?;
            let query = TaskQuery { limit: u16::try_from(BulkChange::MOST).unwrap_or(u16::MAX), ..query };
            let found = tasks::found(work.backend, work.transaction, work.owner, &query).await?;
            if found.len() > BulkChange::MOST {
                let detail =
                    format!("This finds more than {} tasks, and no more are changed at once", BulkChange::MOST);
                return Err(Error::field("filter", "too_many", detail).into());
            }
            Ok(found)
        }
        Selection::Ids(ids) => {
            let mut found = Vec::with_capacity(ids.len());
            let uuids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
            for uuids in uuids.chunks(AT_ONCE) {
                found.extend(tasks::row::find_many(work.transaction, work.owner, uuids).await?);
            }
            let may_be_deleted = change.action == BulkAction::Restore;
            found.retain(|task| may_be_deleted || task.deleted_at.is_none());
            if found.len() == ids.len() { Ok(found) } else { Err(Error::NotFound.into()) }
        }
    }
}

fn outcome(work: &Work<'_>, action: Action) -> Outcome {
    let changed: Vec<&Task> = work.steps.iter().filter_map(Step::as_task).map(|(_, task)| task).collect();
    // The parts of what repeats were opened again along the way: they were not what was asked for.
    let is_meant = |step: &&Step| !step.opens() || action != Action::Complete;
    let meant = work.steps.iter().filter(is_meant).filter_map(Step::as_task);
    let titles: Vec<&str> = meant.map(|(_, task)| task.title.as_str()).collect();
    let label = action.label(&titles, "tasks");
    let tasks = changed.iter().map(|task| TouchedTask { id: task.id, revision: Some(task.revision) }).collect();
    let answer = Answer::Many(Box::new(Touched { label: label.clone(), tasks, left: Vec::new() }));
    Outcome { action, label, answer, created: false }
}
