//! Reading what has to do with tasks that repeat: the dates of a task, or of a repetition that nobody has kept yet, and the
//! dates that were completed.

use crate::{
    Backend, Error, Owner, Result,
    entity::completions,
    tasks::get,
    zones::{self, WallClock},
};
use domain::{
    Error as Refusal, Timestamp,
    accounts::{User, ZoneName},
    ids::{CompletionId, TaskId},
    json::FromText,
    quick_add::Settings,
    recurrence::Occurrence,
    tasks::{Completion, Dates, Judge, Preview, Schedule, Task, TaskPatch},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// The dates of a task.
///
/// # Errors
/// [`domain::Error::NotFound`] if there is no such task.
pub async fn dates(backend: &Backend, owner: &Owner, id: TaskId, how_many: usize) -> Result<Dates> {
    Ok(dates_of(owner, &get(backend, owner, id).await?, how_many))
}

/// The dates of a task that was read.
pub fn dates_of(owner: &Owner, task: &Task, how_many: usize) -> Dates {
    let schedule = Schedule::of(task);
    Dates::of(&schedule, how_many, &wall_clock(owner, &schedule))
}

/// The dates of a repetition that no task has yet.
///
/// # Errors
/// Rules that cannot be taken, or that do not go with the due date and time.
pub fn preview(backend: &Backend, owner: &Owner, user: &User, preview: &Preview) -> Result<Dates> {
    let schedule = preview.schedule();
    if let Some(zone) = schedule.zone.as_ref().filter(|zone| !zones::exists(zone)) {
        return Err(Refusal::field("time_zone", "invalid_time_zone", zones::unknown(zone)).into());
    }
    let settings = Settings::from(&user.settings);
    let judge = Judge { now: now(backend, owner), zone: &wall_clock(owner, &schedule), settings: &settings };
    Ok(preview.dates(&judge)?)
}

/// The dates that a task would have with a patch.
///
/// # Errors
/// Rules that cannot be taken, or that do not go with the due date and time.
pub fn dates_with(backend: &Backend, owner: &Owner, user: &User, task: &Task, patch: &TaskPatch) -> Result<Dates> {
    let schedule = Schedule {
        date: patch.due_date.unwrap_or(task.due_date),
        time: patch.due_time.unwrap_or(task.due_time),
        ..Schedule::of(task)
    };
    let zone = wall_clock(owner, &schedule);
    let settings = Settings::from(&user.settings);
    let judge = Judge { now: now(backend, owner), zone: &zone, settings: &settings };
    Ok(Dates::of(&judge.settle(schedule, patch)?, Dates::USUAL, &zone))
}

fn now(backend: &Backend, owner: &Owner) -> domain::calendar::LocalTime {
    zones::local(backend.now(), owner.time_zone())
}

/// The clock by which a schedule is meant: one that is due all day, or at a time without a zone, goes with its owner.
fn wall_clock(owner: &Owner, schedule: &Schedule) -> WallClock {
    let zone: Option<&ZoneName> = schedule.zone.as_ref().filter(|_| schedule.time.is_some());
    WallClock::of(zone.unwrap_or(owner.time_zone()))
}

/// Every date that was completed, in the order of their making.
pub(crate) async fn completions(backend: &Backend, owner: &Owner) -> Result<Vec<Completion>> {
    let rows = completions::Entity::find()
        .filter(completions::Column::UserId.eq(owner.user_id().uuid()))
        .order_by_asc(completions::Column::CompletedAt)
        .order_by_asc(completions::Column::Id)
        .all(backend.store.reader())
        .await?;
    rows.iter().map(to_completion).collect()
}

pub(crate) fn to_completion(model: &completions::Model) -> Result<Completion> {
    Ok(Completion {
        id: CompletionId::from_uuid(model.id),
        task_id: TaskId::from_uuid(model.task_id),
        occurrence: Occurrence::from_text(&model.occurrence).map_err(|_| Error::Stored("occurrence"))?,
        completed_at: Timestamp::from_millis(model.completed_at),
        replaced: serde_json::from_str(&model.replaced)?,
    })
}
