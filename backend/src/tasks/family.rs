//! What stands around a task: how many parts it has, and what it is a part of.

use super::condition::numbered;
use crate::{Backend, Owner, Result};
use domain::{ids::TaskId, tasks::Kin};
use sea_orm::{
    ConnectionTrait, QueryResult, Statement,
    sea_query::{Alias, Expr, SelectStatement},
};
use uuid::Uuid;

const PARTS: &str = "kin_parts";
const DONE: &str = "kin_done";
const PARENT: &str = "kin_parent";

/// Asks for the kin of every task of a statement. Those that are done are counted, not asked for: the index of completion
/// would have every task that was ever done looked at for each.
pub(super) fn select(statement: &mut SelectStatement) {
    let parts = "FROM tasks AS part \
                 WHERE part.user_id = tasks.user_id AND part.parent_id = tasks.id AND part.deleted_at IS NULL";
    let parent = "SELECT whole.title FROM tasks AS whole \
                  WHERE whole.user_id = tasks.user_id AND whole.id = tasks.parent_id AND whole.deleted_at IS NULL";
    for (sql, name) in [
        (format!("(SELECT count(*) {parts})"), PARTS),
        (format!("(SELECT count(part.completed_at) {parts})"), DONE),
        (format!("({parent})"), PARENT),
    ] {
        statement.expr_as(Expr::cust(sql), Alias::new(name));
    }
}

/// The kin of a task that came with it.
pub(super) fn read(row: &QueryResult) -> Result<Kin> {
    Ok(Kin { parts: row.try_get("", PARTS)?, done: row.try_get("", DONE)?, parent: row.try_get("", PARENT)? })
}

/// The tasks that a task is a part of, the outermost first, with their titles: one statement.
///
/// # Errors
/// The database is away.
pub async fn wholes(backend: &Backend, owner: &Owner, id: TaskId) -> Result<Vec<(TaskId, String)>> {
    let database = backend.store.backend();
    let sql = "WITH RECURSIVE above(id, parent_id, title, level) AS (\
               SELECT id, parent_id, title, 0 FROM tasks WHERE user_id = ? AND id = ? \
               UNION ALL SELECT task.id, task.parent_id, task.title, above.level + 1 \
               FROM above INNER JOIN tasks AS task ON task.id = above.parent_id \
               WHERE task.user_id = ? AND task.deleted_at IS NULL AND above.level < 20) \
               SELECT id, title FROM above WHERE level > 0 ORDER BY level DESC";
    let user = owner.user_id().uuid();
    let values = [user.into(), id.uuid().into(), user.into()];
    let statement = Statement::from_sql_and_values(database, numbered(database, sql), values);
    let rows = backend.store.reader().query_all_raw(statement).await?;
    let read = |row: &QueryResult| Ok((TaskId::from_uuid(row.try_get::<Uuid>("", "id")?), row.try_get("", "title")?));
    rows.iter().map(read).collect()
}
