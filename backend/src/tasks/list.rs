//! One page of tasks: two statements whatever the size of the account, and never an offset.

use super::{
    cursor::{self, Cursor},
    row,
};
use crate::{
    Backend, Owner, Result,
    entity::{tags, task_tags, tasks},
};
use domain::tasks::{Direction, StatusFilter, TagName, TaskPage, TaskQuery};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoSimpleExpr, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, LikeExpr},
};

/// The tasks that a query asks for, in its order.
///
/// # Errors
/// [`domain::Error::Invalid`] for a cursor of another list or another account.
pub async fn list(backend: &Backend, owner: &Owner, query: &TaskQuery) -> Result<TaskPage> {
    let cursor = Cursor::read(backend, owner, query)?;
    let order = match query.order {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    };
    let limit = usize::from(query.limit);
    let mut rows = tasks::Entity::find()
        .filter(matching(owner, query))
        .apply_if(cursor, |select, cursor| select.filter(behind(query, &cursor)))
        .order_by(cursor::sort_key(query), order.clone())
        .order_by(tasks::Column::Id, order)
        .limit(limit as u64 + 1)
        .all(backend.store.reader())
        .await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| has_more);
    let next_cursor = last.and_then(|row| Cursor::behind(query, row).write(backend, owner));
    Ok(TaskPage { items: row::to_tasks(backend.store.reader(), owner, rows).await?, next_cursor, has_more })
}

fn behind(query: &TaskQuery, cursor: &Cursor) -> Condition {
    let place = Expr::tuple([cursor::sort_key(query), tasks::Column::Id.into_simple_expr()]);
    let last = Expr::tuple([Expr::val(cursor.key()), Expr::val(cursor.id)]);
    let beyond = match query.order {
        Direction::Ascending => place.gt(last),
        Direction::Descending => place.lt(last),
    };
    Condition::all().add(beyond)
}

fn matching(owner: &Owner, query: &TaskQuery) -> Condition {
    let mut condition = Condition::all()
        .add(tasks::Column::UserId.eq(owner.user_id().uuid()))
        .add(tasks::Column::DeletedAt.is_null())
        .add_option(match query.status {
            StatusFilter::Open => Some(tasks::Column::IsCompleted.eq(false)),
            StatusFilter::Done => Some(tasks::Column::IsCompleted.eq(true)),
            StatusFilter::All => None,
        })
        .add_option(query.priority.map(|priority| tasks::Column::Priority.eq(priority.rank())))
        .add_option(query.project_id.map(|id| tasks::Column::ProjectId.eq(id.uuid())))
        .add_option(query.due_from.map(|day| tasks::Column::DueDate.gte(day)))
        .add_option(query.due_to.map(|day| tasks::Column::DueDate.lte(day)));
    if let Some(text) = &query.q {
        condition = condition.add(Expr::col((tasks::Entity, tasks::Column::SearchText)).like(containing(text)));
    }
    if let Some(tag) = &query.tag {
        condition = condition.add(has_tag(owner, tag));
    }
    condition
}

/// What people type is looked for as it stands: `%` and `_` are characters like any other.
fn containing(text: &str) -> LikeExpr {
    let literal = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{literal}%")).escape('\\')
}

fn has_tag(owner: &Owner, tag: &TagName) -> sea_orm::sea_query::SimpleExpr {
    let tagged = task_tags::Entity::find()
        .select_only()
        .column(task_tags::Column::TaskId)
        .inner_join(tags::Entity)
        .filter(task_tags::Column::UserId.eq(owner.user_id().uuid()))
        .filter(tags::Column::NameKey.eq(tag.key()))
        .into_query();
    tasks::Column::Id.in_subquery(tagged)
}
