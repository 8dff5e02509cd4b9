//! Gives a task another place in the manual order. There is one order for the whole account, of which every list shows
//! its part, so that a task keeps its place wherever it is seen; what is done or in the bin has a place in it too.

use super::{
    carry_out::Outcome,
    lineage::tagged,
    parts,
    task_change::{about, patched},
    work::Work,
};
use crate::{Error, Result, entity::tasks, tasks::row};
use domain::{
    change::Action,
    ids::TaskId,
    tasks::{OrderKey, Place, Placement, Task},
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoSimpleExpr, Order, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

/// How many tasks to either side get new keys where there is no short one between two.
const AROUND: u64 = 32;

pub(super) async fn move_task(
    work: &mut Work<'_>,
    id: TaskId,
    placement: &Placement,
    if_revision: Option<i64>,
) -> Result<Outcome> {
    let before = work.find_present(id, if_revision).await?;
    let mut after = patched(work, before.clone(), &placement.patch()).await?;
    if let Some(place) = placement.place {
        after.position = position(work, &before, place).await?;
    }
    let after = work.put_task(Some(&before), after);
    parts::follow(work, &[(&before, &after)]).await?;
    Ok(about(Action::Move, after, 0))
}

/// The key of such a place.
async fn position(work: &mut Work<'_>, task: &Task, place: Place) -> Result<OrderKey> {
    let gap = match place.neighbour() {
        None if place == Place::First => Gap { before: None, after: outermost(work, task, &Order::Asc).await? },
        None => Gap { before: outermost(work, task, &Order::Desc).await?, after: None },
        Some((_, id)) if id == task.id => return Ok(task.position.clone()),
        Some((field, id)) => {
            let anchor = row::find_model(work.transaction, work.owner, id).await?;
            let Some(anchor) = anchor.filter(|anchor| anchor.deleted_at.is_none()) else {
                return Err(domain::Error::field(field, "unknown_task", "There is no such task").into());
            };
            let anchor = (OrderKey::from_stored(anchor.position), anchor.id);
            if place == Place::Before(id) {
                Gap { before: next_to(work, task, &anchor, &Order::Desc).await?, after: Some(anchor) }
            } else {
                Gap { after: next_to(work, task, &anchor, &Order::Asc).await?, before: Some(anchor) }
            }
        }
    };
    if gap.holds(task) {
        return Ok(task.position.clone());
    }
    let key = OrderKey::between(gap.before.as_ref().map(|(key, _)| key), gap.after.as_ref().map(|(key, _)| key));
    match (key.filter(|key| key.as_str().len() < OrderKey::LONG), gap.after) {
        (Some(key), _) => Ok(key),
        (None, Some(after)) => make_room(work, task, &after).await,
        (None, None) => Err(Error::Stored("position")),
    }
}

/// A key, and the id by which equal ones are told apart.
type Placed = (OrderKey, Uuid);

/// The place between two that follow each other.
struct Gap {
    before: Option<Placed>,
    after: Option<Placed>,
}

impl Gap {
    /// Whether a task stands there already.
    fn holds(&self, task: &Task) -> bool {
        self.before.as_ref().is_none_or(|(key, _)| *key < task.position)
            && self.after.as_ref().is_none_or(|(key, _)| task.position < *key)
    }
}

/// The first or the last of all others.
async fn outermost(work: &Work<'_>, task: &Task, order: &Order) -> Result<Option<Placed>> {
    nearest(work, others(work, task, order)).await
}

/// What stands next to a place among all others.
async fn next_to(work: &Work<'_>, task: &Task, place: &Placed, order: &Order) -> Result<Option<Placed>> {
    nearest(work, beyond(others(work, task, order), place, order)).await
}

async fn nearest(work: &Work<'_>, select: Select<tasks::Entity>) -> Result<Option<Placed>> {
    let select = select.select_only().column(tasks::Column::Position).column(tasks::Column::Id);
    let found: Option<(String, Uuid)> = select.limit(1).into_tuple().one(work.transaction).await?;
    Ok(found.map(|(key, id)| (OrderKey::from_stored(key), id)))
}

/// All tasks but one, along the order or against it.
fn others(work: &Work<'_>, task: &Task, order: &Order) -> Select<tasks::Entity> {
    tasks::Entity::find()
        .filter(tasks::Column::UserId.eq(work.user()))
        .filter(tasks::Column::Id.ne(task.id.uuid()))
        .order_by(tasks::Column::Position, order.clone())
        .order_by(tasks::Column::Id, order.clone())
}

/// Those behind a place, or before it where the order is turned round.
fn beyond(select: Select<tasks::Entity>, (key, id): &Placed, order: &Order) -> Select<tasks::Entity> {
    let here = Expr::tuple([tasks::Column::Position.into_simple_expr(), tasks::Column::Id.into_simple_expr()]);
    let place = Expr::tuple([Expr::val(key.as_str()), Expr::val(*id)]);
    select.filter(if *order == Order::Asc { here.gt(place) } else { here.lt(place) })
}

/// Gives the tasks around a place keys that are short and differ, and tells the one of the place right before `after`.
/// The outermost of them keep theirs.
async fn make_room(work: &mut Work<'_>, task: &Task, after: &Placed) -> Result<OrderKey> {
    let before = beyond(others(work, task, &Order::Desc), after, &Order::Desc).limit(AROUND);
    let mut before = tagged(work, before).await?;
    before.reverse();
    let (key, id) = after;
    let from_here = Expr::tuple([tasks::Column::Position.into_simple_expr(), tasks::Column::Id.into_simple_expr()])
        .gte(Expr::tuple([Expr::val(key.as_str()), Expr::val(*id)]));
    let behind = tagged(work, others(work, task, &Order::Asc).filter(from_here).limit(AROUND)).await?;
    let is_full = |tasks: &[Task]| tasks.len() as u64 == AROUND;
    let first = is_full(&before).then(|| before.remove(0).position);
    let mut behind = behind;
    let last = if is_full(&behind) { behind.pop().map(|task| task.position) } else { None };
    let place = before.len();
    let keys = OrderKey::spread(first.as_ref(), last.as_ref(), before.len() + 1 + behind.len());
    let mut keys = keys.ok_or(Error::Stored("position"))?;
    let own = keys.remove(place);
    for (neighbour, position) in before.into_iter().chain(behind).zip(keys) {
        let after = Task { position, ..neighbour.clone() };
        work.put_task(Some(&neighbour), after);
    }
    Ok(own)
}
