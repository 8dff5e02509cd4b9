//! One page of tasks: at most two statements whatever the size of the account, and never an offset. Counting all there are
//! is one statement more, for whoever asks for it.

use super::{
    condition::{Projects, Scope, is_completed},
    cursor::{self, Cursor},
    family, row,
    way::{Way, words},
};
use crate::{Backend, Owner, Result, entity::tasks};
use domain::tasks::{Direction, Sort, StatusFilter, Task, TaskPage, TaskQuery, View};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, FromQueryResult, Iterable, Order,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};

/// The tasks that a query asks for, in its order.
///
/// # Errors
/// [`domain::Error::Invalid`] for a cursor of another list or another account, or a saved filter that is not there.
pub async fn list(backend: &Backend, owner: &Owner, query: &TaskQuery) -> Result<TaskPage> {
    let cursor = Cursor::read(backend, owner, query)?;
    let scope = Scope::new(backend, owner);
    let way = Way::to(backend, &scope, query).await?;
    let limit = usize::from(query.limit);
    let total = match query.count {
        true => Some(total(backend, &scope, query, &way).await?),
        false => None,
    };
    let page = page(&scope, query, cursor.as_ref(), &way);
    let mut rows = Vec::new();
    for row in backend.store.reader().query_all(&page).await? {
        let kin = query.with_kin.then(|| family::read(&row)).transpose()?;
        rows.push((tasks::Model::from_query_result(&row, "")?, row.try_get::<Option<String>>("", TAG_NAMES)?, kin));
    }
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| has_more);
    let next_cursor = last.and_then(|(row, ..)| Cursor::behind(query, row).write(backend, owner));
    let kin = rows.iter().filter_map(|(.., kin)| kin.clone()).collect();
    let items = rows.into_iter().map(|(row, names, _)| row::listed(row, names)).collect::<Result<Vec<Task>>>()?;
    Ok(TaskPage { items, next_cursor, has_more, total, kin })
}

/// Whether the cursor of a query is one that this list has given out.
///
/// # Errors
/// [`domain::Error::Invalid`].
pub fn check_cursor(backend: &Backend, owner: &Owner, query: &TaskQuery) -> Result<()> {
    Ok(Cursor::read(backend, owner, query).map(drop)?)
}

/// How many tasks there are on all pages.
async fn total(backend: &Backend, scope: &Scope<'_>, query: &TaskQuery, way: &Way<'_>) -> Result<u64> {
    let count = way.tasks(scope, query).expr_as(Expr::cust("count(*)"), Alias::new("total")).take();
    let row = backend.store.reader().query_one(&count).await?;
    let count: i64 = row.map(|row| row.try_get("", "total")).transpose()?.unwrap_or_default();
    Ok(count.unsigned_abs())
}

pub(super) const TAG_NAMES: &str = "tag_names";

/// What a query finds within a transaction, and one task more if there are more than its limit.
pub(crate) async fn found(
    backend: &Backend,
    connection: &impl ConnectionTrait,
    owner: &Owner,
    query: &TaskQuery,
) -> Result<Vec<Task>> {
    let scope = Scope::new(backend, owner);
    let rows = connection.query_all(&page(&scope, query, None, &Way::Order)).await?;
    rows.iter().map(|row| row::listed(tasks::Model::from_query_result(row, "")?, row.try_get("", TAG_NAMES)?)).collect()
}

/// The statement for a page: the tasks, and with each the names of its tags, and its kin if that is asked for.
pub(super) fn page(scope: &Scope<'_>, query: &TaskQuery, cursor: Option<&Cursor>, way: &Way<'_>) -> SelectStatement {
    let order = match query.order {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    };
    let columns = || tasks::Column::iter().map(|column| (tasks::Entity, column));
    let [key, id] = way.place(query);
    let rows = way
        .tasks(scope, query)
        .columns(columns())
        .cond_where(Condition::all().add_option(cursor.map(|cursor| behind(query, cursor, way))))
        .order_by_expr(key, order.clone())
        .order_by_expr(id, order.clone())
        .limit(u64::from(query.limit) + 1)
        .take();
    let mut select = Query::select();
    if query.with_kin {
        family::select(&mut select);
    }
    select
        .columns(columns())
        .expr_as(Expr::cust(tag_names(scope.database)), Alias::new(TAG_NAMES))
        .from_subquery(rows, tasks::Entity)
        .order_by_expr(cursor::sort_key(query), order.clone())
        .order_by((tasks::Entity, tasks::Column::Id), order)
        .take()
}

pub(crate) fn tag_names(database: DatabaseBackend) -> String {
    let names = match database {
        DatabaseBackend::Postgres => "json_agg(tag.name ORDER BY link.place)::text",
        _ => "json_group_array(tag.name ORDER BY link.place)",
    };
    format!(
        "(SELECT {names} FROM task_tags AS link \
         INNER JOIN tags AS tag ON tag.user_id = link.user_id AND tag.id = link.tag_id \
         WHERE link.user_id = tasks.user_id AND link.task_id = tasks.id)"
    )
}

fn behind(query: &TaskQuery, cursor: &Cursor, way: &Way<'_>) -> SimpleExpr {
    let place = Expr::tuple(way.place(query));
    let last = Expr::tuple([Expr::val(cursor.key()), Expr::val(cursor.id)]);
    match query.order {
        Direction::Ascending => place.gt(last),
        Direction::Descending => place.lt(last),
    }
}

/// What a query asks for. Where the ids are known, no index but the one of ids shall be used: a sign before a column
/// keeps SQLite from others.
pub(super) fn matching(scope: &Scope<'_>, query: &TaskQuery, ids_are_known: bool) -> Condition {
    let is_sqlite = scope.database == DatabaseBackend::Sqlite;
    let bin = match (query.view, ids_are_known && is_sqlite) {
        (Some(View::Bin), false) => tasks::Column::DeletedAt.is_not_null(),
        (Some(View::Bin), true) => Expr::cust("+tasks.deleted_at IS NOT NULL"),
        (_, false) => tasks::Column::DeletedAt.is_null(),
        (_, true) => Expr::cust("+tasks.deleted_at IS NULL"),
    };
    let view = query.view.unwrap_or_default();
    let hides_archived = query.view.is_some_and(View::hides_archived) && query.filter.is_none();
    scope
        .mine()
        .add(bin)
        .add_option(status(query))
        .add_option(view.condition().map(|condition| scope.expression(&condition)))
        .add_option(view.hides_until_start().then(|| scope.has_begun()))
        .add_option((hides_archived && query.project_id.is_none()).then(|| scope.in_projects(Projects::Archived).not()))
        .add_option(query.filter.as_ref().map(|filter| scope.filter(filter)))
        .add_option(query.priority.map(|priority| tasks::Column::Priority.eq(priority.rank())))
        .add_option(query.project_id.map(|id| scope.in_projects(Projects::One(id))))
        .add_option(query.parent_id.map(|id| tasks::Column::ParentId.eq(id.uuid())))
        .add_option(query.due_from.map(|day| tasks::Column::DueDate.gte(day)))
        .add_option(query.due_to.map(|day| tasks::Column::DueDate.lte(day)))
        .add_option(query.tag.as_ref().map(|tag| scope.has_tag(tag)))
        .add_option(words(query).iter().map(|wanted| scope.contains(wanted)).reduce(|all, next| all.and(next)))
}

/// The indexes of the logbook and of sorting by completion hold done tasks alone.
pub(super) fn status(query: &TaskQuery) -> Option<SimpleExpr> {
    match (query.status, query.sort) {
        (StatusFilter::Done | StatusFilter::All, Sort::Completed) => Some(tasks::Column::CompletedAt.is_not_null()),
        (StatusFilter::Open, _) => Some(is_completed(false)),
        (StatusFilter::Done, _) => Some(is_completed(true)),
        (StatusFilter::All, _) => None,
    }
}
