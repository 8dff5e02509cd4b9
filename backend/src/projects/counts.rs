//! How many open tasks stand in each project: one statement, which stops counting where a number would no longer be read.

use crate::{Backend, Owner, Result, tasks::numbered};
use domain::ids::ProjectId;
use sea_orm::{ConnectionTrait, Statement, Value};
use std::collections::HashMap;
use uuid::Uuid;

/// Where counting stops.
pub(super) const MOST: i64 = 1000;

/// The open tasks of each project, those of the projects below it not included, up to a thousand.
///
/// # Errors
/// The database is away.
pub async fn open_tasks(backend: &Backend, owner: &Owner) -> Result<HashMap<ProjectId, i64>> {
    let database = backend.store.backend();
    let counted = "SELECT project.id, (SELECT count(*) FROM (\
         SELECT 1 FROM tasks WHERE user_id = project.user_id AND deleted_at IS NULL AND is_completed = FALSE \
         AND project_id = project.id LIMIT ?) AS counted) AS tasks \
         FROM projects AS project WHERE project.user_id = ? AND project.deleted_at IS NULL";
    let values = [Value::from(MOST), Value::from(owner.user_id().uuid())];
    let statement = Statement::from_sql_and_values(database, numbered(database, counted), values);
    let rows = backend.store.reader().query_all_raw(statement).await?;
    let read = |row: &sea_orm::QueryResult| -> Result<(ProjectId, i64)> {
        Ok((ProjectId::from_uuid(row.try_get::<Uuid>("", "id")?), row.try_get("", "tasks")?))
    };
    rows.iter().map(read).collect()
}
