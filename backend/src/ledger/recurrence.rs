//! What completing and skipping do to tasks that repeat: the same row goes on to its next date, the parts of it that were
//! done are open again, and a completion names the date that was due.

use super::{
    carry_out::Outcome,
    lineage, parts,
    row::{Row, Step},
    task_change::about,
    tasks,
    work::Work,
};
use crate::{
    Error, Result, entity,
    notes::untick,
    recurrence::to_completion,
    zones::{WallClock, due_instant, local},
};
use domain::{
    Error as Refusal, Timestamp,
    change::Action,
    ids::{CompletionId, TaskId},
    json::FromText,
    quick_add::Settings,
    recurrence::Occurrence,
    tasks::{Completion, DoneBy, Judge, Notes, RecurrenceAnchor, Replaced, Schedule, Task, TaskPatch},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::{
    borrow::Cow,
    cmp::Ordering,
    collections::{HashMap, HashSet},
};
use uuid::Uuid;

/// A patch with the words that say when a task is due as they are meant at that time.
pub(super) fn with_due_read<'patch>(
    work: &Work<'_>,
    patch: &'patch TaskPatch,
    at: Timestamp,
) -> Result<Cow<'patch, TaskPatch>> {
    Ok(patch.with_due_read(local(at, work.owner.time_zone()), &Settings::from(work.choices))?)
}

/// Gives a task the repetition that a patch asked for at that time.
pub(super) fn settle(work: &Work<'_>, task: &mut Task, patch: &TaskPatch, at: Timestamp) -> Result<()> {
    let zone = work.zone_of(task).clone();
    let (settings, now) = (Settings::from(work.choices), local(at, work.owner.time_zone()));
    let judge = Judge { now, zone: &WallClock::of(&zone), settings: &settings };
    judge.settle(Schedule::of(task), patch)?.give(task);
    Ok(())
}

/// Completes the date that is named. One that is done with already, perhaps by another device, stays done.
pub(super) async fn complete(
    work: &mut Work<'_>,
    id: TaskId,
    named: Occurrence,
    if_revision: Option<i64>,
) -> Result<Outcome> {
    let before = work.find_present(id, if_revision).await?;
    if is_done_with(work, &before, named).await? {
        return Ok(about(Action::Complete, before, 0));
    }
    let patch = TaskPatch { is_completed: Some(true), ..TaskPatch::default() };
    tasks::patch_one(work, before, &patch).await
}

/// Goes on to the next date, without a completion of the one that is due.
pub(super) async fn skip(
    work: &mut Work<'_>,
    id: TaskId,
    named: Option<Occurrence>,
    if_revision: Option<i64>,
) -> Result<Outcome> {
    let before = work.find_present(id, if_revision).await?;
    if before.occurrence().is_none() {
        return Err(
            Refusal::field("rrule", "does_not_repeat", "This task does not repeat: there is no next date").into()
        );
    }
    if before.is_completed {
        return Err(Refusal::field("is_completed", "is_completed", "This task is done: there is no next date").into());
    }
    if let Some(named) = named
        && is_done_with(work, &before, named).await?
    {
        return Ok(about(Action::Skip, before, 0));
    }
    let after = moved_on(work, &before, DoneBy::Skipping)?;
    reopen_parts(work, [(&before, &after)]).await?;
    let after = work.put_task(Some(&before), after);
    // There may have been no other date: then it ends, and its parts with it.
    let parts = parts::follow(work, &[(&before, &after)]).await?;
    Ok(about(Action::Skip, after, parts))
}

/// Takes up tasks that were completed, each as it was and as its patch left it. Those that repeat go on to their next
/// dates. However many they are, it asks the database twice at most.
pub(super) async fn put_completed(work: &mut Work<'_>, tasks: Vec<(Task, Task)>) -> Result<Vec<Task>> {
    let mut moved = Vec::with_capacity(tasks.len());
    for (before, done) in tasks {
        let after = match done.occurrence() {
            Some(_) => {
                moved_on(work, &Task { is_completed: false, completed_at: None, ..done.clone() }, DoneBy::Completing)?
            }
            None => done.clone(),
        };
        moved.push((before, done, after));
    }
    let mut known = known_completions(work, moved.iter().map(|(_, done, _)| done)).await?;
    let mut reopened = reopen_parts(work, moved.iter().map(|(_, done, after)| (done, after))).await?;
    let mut put = Vec::with_capacity(moved.len());
    for (before, done, after) in moved {
        if let (Some(occurrence), Some(rrule)) = (done.occurrence(), done.rrule) {
            let occurrence = Occurrence { instant: None, ..occurrence };
            let known = known.remove(&(done.id, occurrence.to_string()));
            let id = known.as_ref().map_or_else(|| CompletionId::from_uuid(work.backend.new_uuid()), |known| known.id);
            let reopened = reopened.remove(&done.id).unwrap_or_default();
            let replaced = Replaced { rrule, start_date: done.start_date, deadline: done.deadline, reopened };
            let completion = Completion { id, task_id: done.id, occurrence, completed_at: work.now, replaced };
            let before = known.map(|known| Row::Completion(Box::new(known)));
            work.steps.push(Step { before, after: Some(Row::Completion(Box::new(completion))) });
        }
        put.push(work.put_task(Some(&before), after));
    }
    Ok(put)
}

/// The task on its next date, with the checkboxes of its notes as they were at first.
fn moved_on(work: &Work<'_>, task: &Task, by: DoneBy) -> Result<Task> {
    let zone = work.zone_of(task).clone();
    let moved = task.moved_on(by, work.now, &WallClock::of(&zone)).ok_or(Error::Stored("rrule"))?;
    if moved.is_completed {
        return Ok(moved);
    }
    let notes = moved.notes.as_ref().map(|notes| Option::<Notes>::from_text(&untick(notes.as_str())));
    let notes = notes.transpose().map_err(|_| Error::Stored("notes"))?.flatten();
    let due_at = moved.due_at.or_else(|| moved.due_date.map(|date| due_instant(date, moved.due_time, &zone)));
    Ok(Task { notes, due_at, ..moved })
}

/// Whether a date is done with. One that is still to come is refused.
async fn is_done_with(work: &Work<'_>, task: &Task, named: Occurrence) -> Result<bool> {
    let Some(due) = task.occurrence().filter(|_| !task.is_completed) else { return Ok(task.is_completed) };
    match named.against(&due) {
        // Counted from completion, and done early by just the interval, it is due again on the date that is done.
        Ordering::Equal => Ok(stays(work, task, due)? && was_completed(work, task, &named).await?),
        Ordering::Less => Ok(true),
        Ordering::Greater => {
            if !was_completed(work, task, &named).await? {
                let detail = format!("This task is due on {due}, which comes before {named}");
                return Err(Refusal::field("occurrence", "not_due", detail).into());
            }
            Ok(true)
        }
    }
}

/// Whether completing the task now would leave it due when it is. From the schedule it never would.
fn stays(work: &Work<'_>, task: &Task, due: Occurrence) -> Result<bool> {
    if task.rrule_anchor != Some(RecurrenceAnchor::Completion) {
        return Ok(false);
    }
    let next = moved_on(work, task, DoneBy::Completing)?;
    Ok(!next.is_completed && next.occurrence().is_some_and(|next| next.against(&due) == Ordering::Equal))
}

async fn was_completed(work: &Work<'_>, task: &Task, named: &Occurrence) -> Result<bool> {
    Ok(!known_completions_of(work, [task.id.uuid()], [named.to_string()]).await?.is_empty())
}

/// The completions of these very dates, which there are where a task was moved back to a date.
async fn known_completions<'task>(
    work: &Work<'_>,
    tasks: impl Iterator<Item = &'task Task>,
) -> Result<HashMap<(TaskId, String), Completion>> {
    let dates: Vec<(Uuid, String)> =
        tasks.filter_map(|task| Some((task.id.uuid(), task.occurrence()?.to_string()))).collect();
    if dates.is_empty() {
        return Ok(HashMap::new());
    }
    let (ids, names): (Vec<Uuid>, Vec<String>) = dates.into_iter().unzip();
    let known = known_completions_of(work, ids, names).await?.into_iter();
    Ok(known.map(|completion| ((completion.task_id, completion.occurrence.to_string()), completion)).collect())
}

async fn known_completions_of(
    work: &Work<'_>,
    ids: impl IntoIterator<Item = Uuid>,
    names: impl IntoIterator<Item = String>,
) -> Result<Vec<Completion>> {
    let known = entity::completions::Entity::find()
        .filter(entity::completions::Column::UserId.eq(work.user()))
        .filter(entity::completions::Column::TaskId.is_in(ids))
        .filter(entity::completions::Column::Occurrence.is_in(names))
        .all(work.transaction)
        .await?;
    known.iter().map(to_completion).collect()
}

/// Opens the parts of tasks that have gone on to another date, however deep they are. Gives back which of them were done,
/// to the task that they are directly a part of or, of parts of parts, to the first of the tasks.
async fn reopen_parts<'task>(
    work: &mut Work<'_>,
    tasks: impl IntoIterator<Item = (&'task Task, &'task Task)>,
) -> Result<HashMap<TaskId, Vec<TaskId>>> {
    let gone_on =
        |(before, after): (&Task, &Task)| (before.occurrence().is_some() && !after.is_completed).then_some(after.id);
    let ids: Vec<TaskId> = tasks.into_iter().filter_map(gone_on).collect();
    let mut reopened: HashMap<TaskId, Vec<TaskId>> = HashMap::new();
    let Some(first) = ids.first().copied() else { return Ok(reopened) };
    let taken: HashSet<TaskId> = ids.iter().copied().collect();
    for part in lineage::below(work, &ids).await? {
        if !part.is_completed || taken.contains(&part.id) {
            continue;
        }
        let whole = part.parent_id.filter(|parent| taken.contains(parent)).unwrap_or(first);
        reopened.entry(whole).or_default().push(part.id);
        let open = Task { is_completed: false, completed_at: None, ..part.clone() };
        work.put_task(Some(&part), open);
    }
    Ok(reopened)
}
