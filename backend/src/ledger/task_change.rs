//! What a patch makes of a task: the rules that need other rows or the time, beyond those of the fields themselves.

use super::{
    Answer,
    carry_out::Outcome,
    lineage::{check_parent, project_of},
    recurrence, spelling,
    work::Work,
};
use crate::{
    Result,
    entity::{projects, tasks},
    zones,
};
use domain::{
    Error,
    change::Action,
    ids::{ProjectId, TaskId},
    tasks::{NewTask, OrderKey, Priority, Tags, Task, TaskPatch, Title},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashSet;
use uuid::Uuid;

/// A task with nothing but a title, at the end of the manual order.
pub(super) async fn blank(work: &Work<'_>, id: TaskId, title: Title) -> Result<Task> {
    let last = last_position(work).await?;
    Ok(blank_at(work, id, title, OrderKey::after(last.as_ref())))
}

/// The last place of the manual order that is taken.
pub(super) async fn last_position(work: &Work<'_>) -> Result<Option<OrderKey>> {
    let last: Option<String> = tasks::Entity::find()
        .select_only()
        .column(tasks::Column::Position)
        .filter(tasks::Column::UserId.eq(work.user()))
        .order_by_desc(tasks::Column::Position)
        .limit(1)
        .into_tuple()
        .one(work.transaction)
        .await?;
    Ok(last.map(OrderKey::from_stored))
}

/// A task with nothing but a title, at such a place.
pub(super) fn blank_at(work: &Work<'_>, id: TaskId, title: Title, position: OrderKey) -> Task {
    Task {
        id,
        user_id: work.owner.user_id(),
        project_id: None,
        parent_id: None,
        title,
        notes: None,
        is_completed: false,
        completed_at: None,
        priority: Priority::None,
        tags: Tags::default(),
        due_date: None,
        due_time: None,
        time_zone: None,
        due_at: None,
        start_date: None,
        deadline: None,
        duration_min: None,
        rrule: None,
        rrule_anchor: None,
        position,
        revision: 1,
        created_at: work.now,
        updated_at: work.now,
        deleted_at: None,
    }
}

/// The task with the patch laid over it.
pub(super) async fn patched(work: &mut Work<'_>, task: Task, patch: &TaskPatch) -> Result<Task> {
    check_places(work, &[task.id], patch).await?;
    laid_over(work, task, patch).await
}

/// The project and the parent that tasks are to get must be there.
pub(super) async fn check_places(work: &mut Work<'_>, tasks: &[TaskId], patch: &TaskPatch) -> Result<()> {
    if let Some(Some(project)) = patch.project_id {
        check_project(work, project).await?;
    }
    if let Some(Some(parent)) = patch.parent_id {
        check_parent(work, tasks, parent).await?;
    }
    Ok(())
}

/// The task with a patch laid over it whose places were checked.
pub(super) async fn laid_over(work: &mut Work<'_>, mut task: Task, patch: &TaskPatch) -> Result<Task> {
    let patch = &*recurrence::with_due_read(work, patch, work.now)?;
    // What becomes a part is where the whole is, unless it is said where.
    let whole =
        patch.parent_id.flatten().filter(|parent| patch.project_id.is_none() && task.parent_id != Some(*parent));
    let was_due = (task.due_date, task.due_time, task.time_zone.clone());
    lay_over(&mut task, patch);
    set(&mut task.project_id, whole.and_then(|whole| project_of(work, whole)));
    recurrence::settle(work, &mut task, patch, work.now)?;
    if patch.tags.is_some() {
        task.tags = spelling::spelled(work, &task.tags).await?;
    }
    if task.due_time.is_some() && task.due_date.is_none() {
        return Err(Error::field("due_time", "needs_date", "Give a due date with the due time").into());
    }
    if let Some(zone) = task.time_zone.as_ref().filter(|zone| !zones::exists(zone)) {
        return Err(Error::field("time_zone", "invalid_time_zone", zones::unknown(zone)).into());
    }
    if let Some(is_completed) = patch.is_completed
        && is_completed != task.is_completed
    {
        task.is_completed = is_completed;
        task.completed_at = is_completed.then_some(work.now);
    }
    if was_due != (task.due_date, task.due_time, task.time_zone.clone()) {
        let zone = work.zone_of(&task);
        task.due_at = task.due_date.map(|date| zones::due_instant(date, task.due_time, zone));
    }
    Ok(task)
}

/// What the way from one state of a task to another is called.
pub(super) fn action(before: &Task, after: &Task) -> Action {
    let done = Task { is_completed: after.is_completed, completed_at: after.completed_at, ..before.clone() };
    match (done == *after, before.is_completed, after.is_completed) {
        (true, false, true) => Action::Complete,
        (true, true, false) => Action::Reopen,
        _ => Action::Update,
    }
}

fn lay_over(task: &mut Task, patch: &TaskPatch) {
    let patch = patch.clone();
    set(&mut task.title, patch.title);
    set(&mut task.notes, patch.notes);
    set(&mut task.priority, patch.priority);
    set(&mut task.tags, patch.tags);
    set(&mut task.project_id, patch.project_id);
    set(&mut task.parent_id, patch.parent_id);
    if patch.due_date == Some(None) {
        task.due_time = None;
    }
    set(&mut task.due_date, patch.due_date);
    set(&mut task.due_time, patch.due_time);
    set(&mut task.time_zone, patch.time_zone.map(|zone| zone.map(zones::spelled)));
    set(&mut task.start_date, patch.start_date);
    set(&mut task.deadline, patch.deadline);
    set(&mut task.duration_min, patch.duration_min);
}

fn set<T>(field: &mut T, patch: Option<T>) {
    if let Some(value) = patch {
        *field = value;
    }
}

/// Whether a task is what this request would make of nothing.
pub(super) fn is_made_from(work: &Work<'_>, task: &Task, new: &NewTask) -> bool {
    let mut made = Task {
        title: new.title.clone(),
        notes: None,
        priority: Priority::None,
        tags: Tags::default(),
        project_id: None,
        parent_id: None,
        due_date: None,
        due_time: None,
        time_zone: None,
        start_date: None,
        deadline: None,
        duration_min: None,
        rrule: None,
        rrule_anchor: None,
        ..task.clone()
    };
    let Ok(fields) = recurrence::with_due_read(work, &new.fields, task.created_at) else { return false };
    lay_over(&mut made, &fields);
    if new.fields.project_id.is_none() && new.fields.parent_id.flatten().is_some() {
        made.project_id = task.project_id;
    }
    made.is_completed = new.fields.is_completed.unwrap_or(false);
    recurrence::settle(work, &mut made, &fields, task.created_at).is_ok() && made == *task
}

async fn check_project(work: &mut Work<'_>, id: ProjectId) -> Result<()> {
    learn_projects(work, std::iter::once(id)).await?;
    if work.known.projects.contains(&id.uuid()) {
        Ok(())
    } else {
        Err(Error::field("project_id", "unknown_project", "There is no such project").into())
    }
}

/// Looks up many projects in one statement, so that [`patched`] need not ask again.
pub(super) async fn learn_projects(work: &mut Work<'_>, ids: impl Iterator<Item = ProjectId>) -> Result<()> {
    let unknown: HashSet<Uuid> = ids.map(ProjectId::uuid).filter(|id| !work.known.projects.contains(id)).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let found: Vec<Uuid> = projects::Entity::find()
        .select_only()
        .column(projects::Column::Id)
        .filter(projects::Column::UserId.eq(work.user()))
        .filter(projects::Column::Id.is_in(unknown))
        .filter(projects::Column::DeletedAt.is_null())
        .into_tuple()
        .all(work.transaction)
        .await?;
    work.known.projects.extend(found);
    Ok(())
}

/// What was done to one task, and to so many of its parts with it.
pub(super) fn about(action: Action, task: Task, parts: usize) -> Outcome {
    let label = action.label_with_parts(task.title.as_str(), parts);
    Outcome { action, label, answer: Answer::Task(Box::new(task)), created: false }
}
