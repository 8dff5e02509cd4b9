//! Which way to a page of a list is the shortest. Usually one walks along an index that has its order and stops when the page
//! is full. Where a text, a project or the like may be rare, a statement before it asks for what has it: if that is not
//! much, it is all there is to sort.

use super::{
    condition::{LINK, Projects, Scope},
    cursor,
    list::{matching, status},
};
use crate::{
    Backend, Result,
    entity::{task_tags, tasks},
    search,
};
use domain::{
    filter::Term,
    search::{Wanted, wanted},
    tasks::{Direction, Sort, StatusFilter, TagName, TaskQuery, View},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoSimpleExpr, JoinType, QueryFilter, QuerySelect,
    QueryTrait, Statement,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

/// How much of what has a text is little enough to be sorted as a whole.
const FEW: usize = 1000;
/// The same of what has a tag, a project or parts, which is told sooner while one walks along an index.
const FEW_TO_WALK: u16 = 400;

/// A way to the tasks of a list.
pub(super) enum Way<'a> {
    /// Along an index that has the order of the list.
    Order,
    /// All that can be meant, since it is few.
    Few(Vec<Uuid>),
    /// Along the links of a tag, which have the order by due date.
    Tag(&'a TagName),
}

impl<'a> Way<'a> {
    /// The shortest way to what a query asks for.
    pub(super) async fn to(backend: &Backend, scope: &Scope<'_>, query: &'a TaskQuery) -> Result<Self> {
        let way = Self::in_order(query);
        let Some((statement, most)) = narrowing(scope, query, &way) else { return Ok(way) };
        let rows = backend.store.reader().query_all_raw(statement).await?;
        if rows.len() > most {
            return Ok(way);
        }
        Ok(Self::Few(rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?))
    }

    /// The way that has the order of a list.
    pub(super) fn in_order(query: &'a TaskQuery) -> Self {
        let is_by_due = (query.sort, query.order) == (Sort::Due, Direction::Ascending);
        let is_of_open = query.status == StatusFilter::Open && query.view != Some(View::Bin);
        match tag(query) {
            Some(tag) if is_by_due && is_of_open => Self::Tag(tag),
            _ => Self::Order,
        }
    }

    /// The tasks that a query asks for, without columns or an order yet.
    pub(super) fn tasks(&self, scope: &Scope<'_>, query: &TaskQuery) -> SelectStatement {
        let mut select = Query::select();
        match self {
            Self::Order => select.from(tasks::Entity).cond_where(matching(scope, query, false)),
            Self::Few(ids) => {
                let are_these = tasks::Column::Id.is_in(ids.iter().copied());
                select.from(tasks::Entity).and_where(are_these).cond_where(matching(scope, query, true))
            }
            Self::Tag(tag) => {
                let link = |column: task_tags::Column| Expr::col((Alias::new(LINK), column));
                // SQLite takes a cross join in the order that it is written in.
                select
                    .from_as(task_tags::Entity, Alias::new(LINK))
                    .join(JoinType::CrossJoin, tasks::Entity, Condition::all())
                    .and_where(tasks::Column::UserId.into_simple_expr().eq(link(task_tags::Column::UserId)))
                    .and_where(tasks::Column::Id.into_simple_expr().eq(link(task_tags::Column::TaskId)))
                    .and_where(scope.links_to(tag))
                    .cond_where(matching(&scope.along_links(), query, true))
            }
        };
        select
    }

    /// What the order of a list goes by: its key, and the id.
    pub(super) fn place(&self, query: &TaskQuery) -> [SimpleExpr; 2] {
        match self {
            Self::Order | Self::Few(_) => [cursor::sort_key(query), tasks::Column::Id.into_simple_expr()],
            Self::Tag(_) => ["due_order", "task_id"].map(|column| Expr::col((Alias::new(LINK), Alias::new(column)))),
        }
    }
}

/// The words that a query looks for.
pub(super) fn words(query: &TaskQuery) -> Vec<Wanted> {
    query.q.as_deref().map(wanted).unwrap_or_default()
}

/// A tag that all tasks of a list have.
fn tag(query: &TaskQuery) -> Option<&TagName> {
    let of_filter = || {
        required(query, |term| match term {
            Term::Tag(tag) => Some(tag),
            _ => None,
        })
    };
    query.tag.as_ref().or_else(of_filter)
}

/// A project, with those below it, that all tasks of a list are in.
fn projects(query: &TaskQuery) -> Option<Projects<'_>> {
    let of_filter = || {
        required(query, |term| match term {
            Term::Project(name) => Some(Projects::Named(name)),
            _ => None,
        })
    };
    query.project_id.map(Projects::One).or_else(of_filter)
}

/// The first that is read from what a filter asks of every task.
fn required<'a, T>(query: &'a TaskQuery, read: impl Fn(&'a Term) -> Option<T>) -> Option<T> {
    query.filter.iter().flat_map(|filter| filter.required_terms()).find_map(read)
}

/// Asks for the ids of what has the rarest thing that is asked for, at most one more than few. A text is thought to be rarer
/// than the parts of a task, those than a tag, and a tag than a project.
fn narrowing(scope: &Scope<'_>, query: &TaskQuery, way: &Way<'_>) -> Option<(Statement, usize)> {
    let mut pieces = words(query);
    pieces.extend(query.filter.iter().flat_map(|filter| filter.required_text()));
    if !pieces.is_empty() {
        return Some((search::candidates(scope, &pieces, FEW + 1), FEW));
    }
    let few = |condition: Condition| {
        let tasks = tasks::Entity::find().select_only().column(tasks::Column::Id).filter(scope.mine().add(condition));
        (tasks.limit(u64::from(FEW_TO_WALK) + 1).build(scope.database), FEW_TO_WALK.into())
    };
    if let Some(parent) = query.parent_id {
        return Some(few(Condition::all().add(tasks::Column::ParentId.eq(parent.uuid()))));
    }
    if matches!(way, Way::Tag(_)) {
        return None;
    }
    if let Some(tag) = tag(query) {
        return Some((scope.some_with_tag(tag, i64::from(FEW_TO_WALK) + 1), FEW_TO_WALK.into()));
    }
    let projects = scope.found_in_projects(projects(query)?);
    let is_in_bin = query.view == Some(View::Bin);
    // The index of projects begins with these.
    let deleted = tasks::Column::DeletedAt;
    let present = if is_in_bin { deleted.is_not_null() } else { deleted.is_null() };
    Some(few(Condition::all().add(present).add_option(status(query)).add(projects)))
}
