//! What a patch makes of a task: the rules that need other rows or the time, beyond those of the fields themselves.

use super::{recurrence, spelling, work::Work};
use crate::{
    Result,
    entity::{projects, tasks},
    tasks::row,
    zones,
};
use domain::{
    Error,
    change::Action,
    ids::{ProjectId, TaskId},
    tasks::{NewTask, OrderKey, Priority, Tags, Task, TaskPatch, Title},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// A parent of a parent of a parent … this deep is a mistake.
const DEEPEST: usize = 20;

/// A task with nothing but a title, at the end of the manual order.
pub(super) async fn blank(work: &Work<'_>, id: TaskId, title: Title) -> Result<Task> {
    let last: Option<String> = tasks::Entity::find()
        .select_only()
        .column(tasks::Column::Position)
        .filter(tasks::Column::UserId.eq(work.user()))
        .order_by_desc(tasks::Column::Position)
        .limit(1)
        .into_tuple()
        .one(work.transaction)
        .await?;
    Ok(Task {
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
        position: OrderKey::after(last.map(OrderKey::from_stored).as_ref()),
        revision: 1,
        created_at: work.now,
        updated_at: work.now,
        deleted_at: None,
    })
}

/// The task with the patch laid over it.
pub(super) async fn patched(work: &mut Work<'_>, task: Task, patch: &TaskPatch) -> Result<Task> {
    check_places(work, &[task.id], patch).await?;
    laid_over(work, task, patch).await
}

/// The project and the parent that tasks are to get must be there.
pub(super) async fn check_places(work: &Work<'_>, tasks: &[TaskId], patch: &TaskPatch) -> Result<()> {
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
    let was_due = (task.due_date, task.due_time, task.time_zone.clone());
    lay_over(&mut task, patch);
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
    set(&mut task.time_zone, patch.time_zone);
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
    lay_over(&mut made, &new.fields);
    made.is_completed = new.fields.is_completed.unwrap_or(false);
    recurrence::settle(work, &mut made, &new.fields, task.created_at).is_ok() && made == *task
}

async fn check_project(work: &Work<'_>, id: ProjectId) -> Result<()> {
    let found = projects::Entity::find_by_id((work.user(), id.uuid()))
        .filter(projects::Column::DeletedAt.is_null())
        .one(work.transaction)
        .await?;
    match found {
        Some(_) => Ok(()),
        None => Err(Error::field("project_id", "unknown_project", "There is no such project").into()),
    }
}

/// The parent must be there, be mine, and not be one of the tasks themselves nor below them.
async fn check_parent(work: &Work<'_>, tasks: &[TaskId], parent: TaskId) -> Result<()> {
    let mut next = Some(parent);
    for _ in 0..DEEPEST {
        let Some(id) = next else { return Ok(()) };
        if tasks.contains(&id) {
            return Err(Error::field("parent_id", "cycle", "A task cannot be a part of itself").into());
        }
        let found = row::find_model(work.transaction, work.owner, id).await?;
        let Some(found) = found.filter(|found| found.deleted_at.is_none()) else {
            return Err(Error::field("parent_id", "unknown_task", "There is no such task").into());
        };
        next = found.parent_id.map(TaskId::from_uuid);
    }
    Err(Error::field("parent_id", "too_deep", format!("Tasks nest at most {DEEPEST} levels deep")).into())
}
