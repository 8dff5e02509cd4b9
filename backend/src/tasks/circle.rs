//! Whether tasks would come to stand below themselves.

use super::numbered;
use crate::{Owner, Result};
use domain::ids::TaskId;
use sea_orm::{ConnectionTrait, Statement, Value};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Whether any of these tasks, put below the parents beside them, would be a part of itself. One statement reads all that
/// is above the parents; `UNION` ends it even where tasks are in a circle.
pub(crate) async fn would_circle(
    connection: &impl ConnectionTrait,
    owner: &Owner,
    moved: &HashMap<TaskId, TaskId>,
) -> Result<bool> {
    if moved.is_empty() {
        return Ok(false);
    }
    let marks = vec!["?"; moved.len()].join(", ");
    let sql = format!(
        "WITH RECURSIVE above(id, parent_id) AS (\
         SELECT id, parent_id FROM tasks WHERE user_id = ? AND id IN ({marks}) \
         UNION SELECT task.id, task.parent_id FROM tasks AS task INNER JOIN above ON task.id = above.parent_id \
         WHERE task.user_id = ?) SELECT id, parent_id FROM above"
    );
    let user = Value::from(owner.user_id().uuid());
    let parents = moved.values().map(|parent| Value::from(parent.uuid()));
    let values: Vec<Value> = std::iter::once(user.clone()).chain(parents).chain([user]).collect();
    let database = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(database, numbered(database, &sql), values);
    let mut above: HashMap<Uuid, Uuid> = HashMap::new();
    for row in connection.query_all_raw(statement).await? {
        if let Some(parent) = row.try_get::<Option<Uuid>>("", "parent_id")? {
            above.insert(row.try_get("", "id")?, parent);
        }
    }
    above.extend(moved.iter().map(|(task, parent)| (task.uuid(), parent.uuid())));
    Ok(moved.keys().any(|task| is_in_circle(&above, task.uuid())))
}

fn is_in_circle(above: &HashMap<Uuid, Uuid>, start: Uuid) -> bool {
    let (mut seen, mut here) = (HashSet::from([start]), start);
    while let Some(parent) = above.get(&here) {
        if !seen.insert(*parent) {
            return true;
        }
        here = *parent;
    }
    false
}
