//! Appends to the change log: who changed what, when, from which device, and the fields before and after.

use super::apply::{Outcome, Work, change_id};
use crate::{Result, entity::change_log};
use domain::{ids::ChangeId, tasks::Task};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Map, Value};

pub(super) async fn append(work: &Work<'_>, id: Option<ChangeId>, outcome: &Outcome) -> Result<()> {
    let (before, after) = changed_fields(outcome.before.as_ref(), &outcome.after)?;
    let entry = change_log::Model {
        user_id: work.owner.user_id().uuid(),
        sequence: work.sequence,
        change_id: change_id(work, id).uuid(),
        entity: "task".to_owned(),
        entity_id: outcome.after.id.uuid(),
        action: outcome.action.to_owned(),
        fields_before: before,
        fields_after: Some(after),
        session_id: Some(work.owner.session_id().uuid()),
        created_at: work.now.millis(),
    };
    change_log::Entity::insert(entry.into_active_model()).exec_without_returning(work.transaction).await?;
    Ok(())
}

/// Only the fields that differ, so that the log grows by the change and not by the task.
fn changed_fields(before: Option<&Task>, after: &Task) -> Result<(Option<String>, String)> {
    let new = to_map(after)?;
    let Some(before) = before else { return Ok((None, serde_json::to_string(&new)?)) };
    let old = to_map(before)?;
    let differing = |from: &Map<String, Value>, other: &Map<String, Value>| -> Map<String, Value> {
        let fields = from.iter().filter(|(name, value)| other.get(*name) != Some(value));
        fields.map(|(name, value)| (name.clone(), value.clone())).collect()
    };
    Ok((Some(serde_json::to_string(&differing(&old, &new))?), serde_json::to_string(&differing(&new, &old))?))
}

fn to_map(task: &Task) -> Result<Map<String, Value>> {
    match serde_json::to_value(task)? {
        Value::Object(fields) => Ok(fields),
        _ => Ok(Map::new()),
    }
}
