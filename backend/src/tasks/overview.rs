//! The dashboard's numbers and its two short lists.

use super::{
    condition::{Scope, is_completed},
    counts::{MOST, at_most},
    list::matching,
    row,
};
use crate::{Backend, Owner, Result, entity::tasks};
use domain::tasks::{Overview, Priority, PriorityCount, TaskQuery, View};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Alias, Expr, Query},
};

/// The most rows of a short list.
const LONGEST_LIST: u64 = 20;

const OVERDUE: &str = "overdue";
const TODAY: &str = "today";
const DONE: &str = "done";

/// What is late, what is due today, and how much there is, up to a thousand of each.
///
/// # Errors
/// The database is away.
pub async fn overview(backend: &Backend, owner: &Owner) -> Result<Overview> {
    let scope = Scope::new(backend, owner);
    let (late, due_today) = (open(&scope, View::Overdue), due_today(&scope));
    let mut select = Query::select();
    let by_priority = Priority::ALL
        .iter()
        .map(|priority| (priority.as_str(), open(&scope, View::All).add(tasks::Column::Priority.eq(priority.rank()))));
    let others = [(OVERDUE, late.clone()), (TODAY, due_today.clone()), (DONE, present(&scope).add(is_completed(true)))];
    for (name, condition) in by_priority.chain(others) {
        select.expr_as(Expr::from(at_most(condition)), Alias::new(name));
    }
    let row = backend.store.reader().query_one(&select).await?;
    let number = |name: &str| -> Result<u64> {
        let number = row.as_ref().map(|row| row.try_get::<i64>("", name)).transpose()?;
        Ok(number.unwrap_or_default().unsigned_abs())
    };
    let mut by_priority = Vec::new();
    for &priority in Priority::ALL.iter().rev() {
        by_priority.push(PriorityCount { priority, open: number(priority.as_str())? });
    }
    let most = MOST.unsigned_abs();
    Ok(Overview {
        overdue_count: number(OVERDUE)?,
        today_count: number(TODAY)?,
        overdue: first_of(backend, owner, late).await?,
        today: first_of(backend, owner, due_today).await?,
        open: by_priority.iter().map(|count| count.open).sum::<u64>().min(most),
        done: number(DONE)?,
        by_priority,
        most,
    })
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

fn present(scope: &Scope<'_>) -> Condition {
    scope.mine().add(tasks::Column::DeletedAt.is_null())
}

/// What a view has that is open. The dashboard's numbers lead to those views.
fn open(scope: &Scope<'_>, view: View) -> Condition {
    matching(scope, &TaskQuery { view: Some(view), ..TaskQuery::default() }, false)
}

fn due_today(scope: &Scope<'_>) -> Condition {
    open(scope, View::Today).add(tasks::Column::DueAt.gt(scope.now.millis()))
}
