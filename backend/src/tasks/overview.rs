//! The dashboard's numbers and its two short lists.

use super::row;
use crate::{Backend, Owner, Result, entity::tasks, zones};
use domain::{
    Timestamp,
    calendar::Date,
    tasks::{Overview, Priority, PriorityCount},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

/// The most rows of a short list.
const LONGEST_LIST: u64 = 50;

/// What is late, what is due today, and how much there is.
///
/// # Errors
/// The database is away.
pub async fn overview(backend: &Backend, owner: &Owner) -> Result<Overview> {
    let now = backend.now();
    let today = zones::local(now, owner.time_zone()).date;
    let counts = counts(backend, owner).await?;
    let number = |wanted: &dyn Fn(&Count) -> bool| -> u64 {
        counts.iter().filter(|count| wanted(count)).map(|count| count.tasks).sum()
    };
    let by_priority = Priority::ALL.iter().rev().map(|&priority| PriorityCount {
        priority,
        open: number(&|count| !count.is_completed && count.priority == priority.rank()),
    });
    let (late, due_today) = (late(owner, now), due_today(owner, now, today));
    Ok(Overview {
        overdue_count: matching(backend, late.clone()).await?,
        today_count: matching(backend, due_today.clone()).await?,
        overdue: first_of(backend, owner, late).await?,
        today: first_of(backend, owner, due_today).await?,
        open: number(&|count| !count.is_completed),
        done: number(&|count| count.is_completed),
        by_priority: by_priority.collect(),
    })
}

struct Count {
    is_completed: bool,
    priority: i16,
    tasks: u64,
}

async fn counts(backend: &Backend, owner: &Owner) -> Result<Vec<Count>> {
    let rows: Vec<(bool, i16, i64)> = tasks::Entity::find()
        .select_only()
        .column(tasks::Column::IsCompleted)
        .column(tasks::Column::Priority)
        .column_as(tasks::Column::Id.count(), "tasks")
        .filter(present(owner))
        .group_by(tasks::Column::IsCompleted)
        .group_by(tasks::Column::Priority)
        .into_tuple()
        .all(backend.store.reader())
        .await?;
    let to_count = |(is_completed, priority, tasks): (bool, i16, i64)| Count {
        is_completed,
        priority,
        tasks: tasks.unsigned_abs(),
    };
    Ok(rows.into_iter().map(to_count).collect())
}

async fn matching(backend: &Backend, condition: Condition) -> Result<u64> {
    Ok(tasks::Entity::find().filter(condition).count(backend.store.reader()).await?)
}

async fn first_of(backend: &Backend, owner: &Owner, condition: Condition) -> Result<Vec<domain::tasks::Task>> {
    let rows = tasks::Entity::find()
        .filter(condition)
        .order_by_asc(tasks::Column::DueOrder)
        .order_by_asc(tasks::Column::Id)
        .limit(LONGEST_LIST)
        .all(backend.store.reader())
        .await?;
    row::to_tasks(backend.store.reader(), owner, rows).await
}

fn present(owner: &Owner) -> Condition {
    Condition::all().add(tasks::Column::UserId.eq(owner.user_id().uuid())).add(tasks::Column::DeletedAt.is_null())
}

fn late(owner: &Owner, now: Timestamp) -> Condition {
    present(owner).add(tasks::Column::IsCompleted.eq(false)).add(tasks::Column::DueAt.lte(now.millis()))
}

fn due_today(owner: &Owner, now: Timestamp, today: Date) -> Condition {
    present(owner)
        .add(tasks::Column::IsCompleted.eq(false))
        .add(tasks::Column::DueAt.gt(now.millis()))
        .add(tasks::Column::DueDate.eq(today))
}
