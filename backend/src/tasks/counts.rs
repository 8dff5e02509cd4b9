//! How many tasks stand in each view: one statement, which stops counting where a number would no longer be read. The
//! dashboard counts so too.

use super::{condition::Scope, list::matching};
use crate::{Backend, Owner, Result, entity::tasks};
use domain::tasks::{TaskQuery, View, ViewCounts};
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, Query, SelectStatement},
};

/// Where counting stops.
pub(super) const MOST: i64 = 1000;

/// How many tasks stand in each view, up to a thousand.
///
/// # Errors
/// The database is away.
pub async fn counts(backend: &Backend, owner: &Owner) -> Result<ViewCounts> {
    let scope = Scope::new(backend, owner);
    let mut select = Query::select();
    for view in View::ALL {
        select.expr_as(Expr::from(counted(&scope, *view)), Alias::new(view.as_str()));
    }
    let row = backend.store.reader().query_one(&select).await?;
    let number = |view: View| match &row {
        Some(row) => row.try_get::<i64>("", view.as_str()),
        None => Ok(0),
    };
    Ok(ViewCounts {
        inbox: number(View::Inbox)?,
        today: number(View::Today)?,
        overdue: number(View::Overdue)?,
        upcoming: number(View::Upcoming)?,
        all: number(View::All)?,
        logbook: number(View::Logbook)?,
        bin: number(View::Bin)?,
        most: MOST,
    })
}

fn counted(scope: &Scope<'_>, view: View) -> SelectStatement {
    let query = TaskQuery { view: Some(view), status: view.usual_status(), ..TaskQuery::default() };
    at_most(matching(scope, &query, false))
}

/// Counts the tasks for which a condition holds, up to a thousand.
pub(super) fn at_most(condition: Condition) -> SelectStatement {
    let some = tasks::Entity::find().select_only().expr(Expr::val(1)).filter(condition).limit(MOST.unsigned_abs());
    Query::select().expr(Expr::cust("count(*)")).from_subquery(some.into_query(), Alias::new("some")).take()
}
