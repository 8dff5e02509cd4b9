//! What stands above a task, and what below it: whose part it may become, and which parts follow it.

use super::work::Work;
use crate::{
    Result,
    entity::tasks,
    tasks::{numbered, row, tag_names},
};
use domain::{
    Error,
    ids::{ProjectId, TaskId},
    tasks::Task,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait, Statement, Value,
    sea_query::Expr,
};
use std::collections::HashSet;
use uuid::Uuid;

/// A parent of a parent of a parent … this deep is a mistake.
const DEEPEST: usize = 20;
/// How many ids one statement takes.
const AT_ONCE: usize = 10_000;
const TAG_NAMES: &str = "tag_names";

/// A task that others may become parts of.
#[derive(Debug, Clone, Default)]
pub(super) struct Lineage {
    project_id: Option<Uuid>,
    /// Itself, the task that it is a part of, and so on.
    line: Vec<Uuid>,
}

/// The parent must be there, be mine, and be neither one of the tasks themselves nor below them.
pub(super) async fn check_parent(work: &mut Work<'_>, tasks: &[TaskId], parent: TaskId) -> Result<()> {
    learn(work, &[parent]).await?;
    let Some(lineage) = work.known.lineages.get(&parent.uuid()) else {
        return Err(Error::field("parent_id", "unknown_task", "There is no such task").into());
    };
    if tasks.iter().any(|task| lineage.line.contains(&task.uuid())) {
        return Err(Error::field("parent_id", "cycle", "A task cannot be a part of itself").into());
    }
    if lineage.line.len() >= DEEPEST {
        return Err(Error::field("parent_id", "too_deep", format!("Tasks nest at most {DEEPEST} levels deep")).into());
    }
    Ok(())
}

/// The project of a task that was looked up.
pub(super) fn project_of(work: &Work<'_>, id: TaskId) -> Option<Option<ProjectId>> {
    work.known.lineages.get(&id.uuid()).map(|lineage| lineage.project_id.map(ProjectId::from_uuid))
}

/// Looks up many tasks in one statement, so that [`check_parent`] need not ask again.
pub(super) async fn learn(work: &mut Work<'_>, parents: &[TaskId]) -> Result<()> {
    let unknown: Vec<Uuid> =
        parents.iter().map(|id| id.uuid()).filter(|id| !work.known.lineages.contains_key(id)).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let database = work.backend.store.backend();
    let marks = vec!["?"; unknown.len()].join(", ");
    let sql = format!(
        "WITH RECURSIVE above(start, id, parent_id, project_id, level) AS (\
         SELECT id, id, parent_id, project_id, 0 FROM tasks \
         WHERE user_id = ? AND deleted_at IS NULL AND id IN ({marks}) \
         UNION ALL SELECT above.start, task.id, task.parent_id, above.project_id, above.level + 1 \
         FROM above INNER JOIN tasks AS task ON task.id = above.parent_id \
         WHERE task.user_id = ? AND task.deleted_at IS NULL AND above.level < {DEEPEST}) \
         SELECT start, id, project_id FROM above ORDER BY level"
    );
    let user: Value = work.user().into();
    let values = std::iter::once(user.clone()).chain(unknown.into_iter().map(Value::from)).chain([user]);
    let statement = Statement::from_sql_and_values(database, numbered(database, &sql), values);
    for found in work.transaction.query_all_raw(statement).await? {
        let lineage = work.known.lineages.entry(found.try_get("", "start")?).or_default();
        lineage.project_id = found.try_get("", "project_id")?;
        lineage.line.push(found.try_get("", "id")?);
    }
    Ok(())
}

/// Takes note of a task that is being made, which others that are made with it may become parts of.
pub(super) fn note(work: &mut Work<'_>, task: &Task) {
    let above = task.parent_id.and_then(|parent| work.known.lineages.get(&parent.uuid()));
    let line = std::iter::once(task.id.uuid()).chain(above.into_iter().flat_map(|above| above.line.iter().copied()));
    let lineage = Lineage { project_id: task.project_id.map(ProjectId::uuid), line: line.collect() };
    work.known.lineages.insert(task.id.uuid(), lineage);
}

/// The parts of tasks and theirs that are not in the bin.
pub(super) async fn below(work: &Work<'_>, wholes: &[TaskId]) -> Result<Vec<Task>> {
    find_below(work, wholes, "deleted_at IS NULL").await
}

/// The parts of tasks and theirs that are in the bin.
pub(super) async fn deleted_below(work: &Work<'_>, wholes: &[TaskId]) -> Result<Vec<Task>> {
    find_below(work, wholes, "deleted_at IS NOT NULL").await
}

async fn find_below(work: &Work<'_>, wholes: &[TaskId], state: &str) -> Result<Vec<Task>> {
    let database = work.backend.store.backend();
    let user: Value = work.user().into();
    let (mut known, mut parts) = (HashSet::new(), Vec::new());
    for wholes in wholes.chunks(AT_ONCE) {
        let marks = vec!["?"; wholes.len()].join(", ");
        // `UNION` ends it even where parts were in a circle.
        let sql = format!(
            "tasks.id IN (WITH RECURSIVE below(id) AS (\
             SELECT id FROM tasks WHERE user_id = ? AND parent_id IN ({marks}) AND {state} \
             UNION SELECT part.id FROM tasks AS part INNER JOIN below ON part.parent_id = below.id \
             WHERE part.user_id = ? AND part.{state}) SELECT id FROM below)"
        );
        let wholes = wholes.iter().map(|id| Value::from(id.uuid()));
        let values = std::iter::once(user.clone()).chain(wholes).chain([user.clone()]);
        let select = tasks::Entity::find()
            .filter(tasks::Column::UserId.eq(work.user()))
            .filter(Expr::cust_with_values(numbered(database, &sql), values));
        // A part of several of them is found with each.
        parts.extend(tagged(work, select).await?.into_iter().filter(|part| known.insert(part.id)));
    }
    Ok(parts)
}

/// Whole tasks in one statement, with the names of their tags.
pub(super) async fn tagged(work: &Work<'_>, select: sea_orm::Select<tasks::Entity>) -> Result<Vec<Task>> {
    let select = select.expr_as(Expr::cust(tag_names(work.backend.store.backend())), TAG_NAMES).into_query();
    let rows = work.transaction.query_all(&select).await?;
    let read = |found: &sea_orm::QueryResult| {
        row::listed(tasks::Model::from_query_result(found, "")?, found.try_get::<Option<String>>("", TAG_NAMES)?)
    };
    rows.iter().map(read).collect()
}
