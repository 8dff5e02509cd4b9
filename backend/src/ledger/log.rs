//! Appends to the change log: who changed what, when, from which device, and for each row the fields before and after.
//! Nothing is taken out of it but what is about tasks that were deleted for good long ago.

use super::{
    carry_out::Outcome,
    row::{Fields, Row, Step},
    work::Work,
};
use crate::{Backend, Error, Result, entity::change_log, tasks::numbered};
use domain::{
    Timestamp,
    change::ChangeKind,
    ids::{ChangeId, SessionId, TaskId},
    tasks::Task,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Statement};
use std::collections::HashMap;

/// How many entries go into one statement.
const AT_ONCE: usize = 500;

pub(super) async fn append(work: &Work<'_>, change: ChangeId, kind: ChangeKind, outcome: &Outcome) -> Result<()> {
    let mut entries = Vec::with_capacity(work.steps.len());
    for (step, place) in work.steps.iter().zip(0..) {
        let row = step.row().ok_or(Error::Stored("step"))?;
        let (before, after) = changed_fields(step)?;
        let entry = change_log::Model {
            user_id: work.user(),
            sequence: work.sequence,
            place,
            change_id: change.uuid(),
            kind: kind.as_str().to_owned(),
            action: outcome.action.as_str().to_owned(),
            label: outcome.label.clone(),
            entity: row.entity().to_owned(),
            entity_id: row.id(),
            fields_before: before.map(|fields| serde_json::to_string(&fields)).transpose()?,
            fields_after: after.map(|fields| serde_json::to_string(&fields)).transpose()?,
            session_id: work.owner.session_id().map(SessionId::uuid),
            created_at: work.now.millis(),
            reverses: work.reverses.map(|reversed| reversed.sequence),
            undone_by: None,
        };
        entries.push(entry.into_active_model());
    }
    for entries in entries.chunks(AT_ONCE) {
        change_log::Entity::insert_many(entries.iter().cloned()).exec_without_returning(work.transaction).await?;
    }
    Ok(())
}

/// Tasks as they were made, or as they are if the log has forgotten that: one statement.
pub(super) async fn as_made(work: &Work<'_>, tasks: &[Task]) -> Result<HashMap<TaskId, Task>> {
    let entries = change_log::Entity::find()
        .filter(change_log::Column::UserId.eq(work.user()))
        .filter(change_log::Column::EntityId.is_in(tasks.iter().map(|task| task.id.uuid())))
        .filter(change_log::Column::Entity.eq("task"))
        .filter(change_log::Column::FieldsBefore.is_null())
        .order_by_desc(change_log::Column::Sequence)
        .all(work.transaction)
        .await?;
    let mut made: HashMap<TaskId, Task> = tasks.iter().map(|task| (task.id, task.clone())).collect();
    // Of one that was forgotten and brought back, the first making counts.
    for entry in entries {
        let Some(task) = made.get_mut(&TaskId::from_uuid(entry.entity_id)) else { continue };
        let fields: Fields = serde_json::from_str(entry.fields_after.as_deref().unwrap_or("{}"))?;
        let now = Row::Task(Box::new(task.clone()));
        if let Row::Task(first) = Row::from_fields(work, &entry.entity, &fields, Some(&now))? {
            *task = *first;
        }
    }
    Ok(made)
}

/// Forgets all that was ever noted of tasks that were deleted for good by then and are still gone, of all accounts.
pub(crate) async fn forget_removed(backend: &Backend, by: Timestamp) -> Result<()> {
    let database = backend.store.backend();
    let sql = "DELETE FROM change_log WHERE (user_id, entity_id) IN (\
               SELECT removal.user_id, removal.entity_id FROM change_log AS removal \
               WHERE removal.entity = 'task' AND removal.fields_after IS NULL AND removal.created_at <= ? \
               AND NOT EXISTS (SELECT 1 FROM tasks AS task \
               WHERE task.user_id = removal.user_id AND task.id = removal.entity_id))";
    let statement = Statement::from_sql_and_values(database, numbered(database, sql), [by.millis().into()]);
    backend.store.writer().execute_raw(statement).await?;
    Ok(())
}

/// Only the fields that differ, so that the log grows by the change and not by the row.
fn changed_fields(step: &Step) -> Result<(Option<Fields>, Option<Fields>)> {
    let before = step.before.as_ref().map(Row::fields).transpose()?;
    let after = step.after.as_ref().map(Row::fields).transpose()?;
    let (Some(old), Some(new)) = (&before, &after) else { return Ok((before, after)) };
    Ok((Some(differing(old, new)), Some(differing(new, old))))
}

fn differing(fields: &Fields, others: &Fields) -> Fields {
    let differing = fields.iter().filter(|(name, value)| others.get(*name) != Some(value));
    differing.map(|(name, value)| (name.clone(), value.clone())).collect()
}
