//! Appends to the change log: who changed what, when, from which device, and for each row the fields before and after.

use super::{
    carry_out::Outcome,
    row::{Fields, Row, Step},
    work::Work,
};
use crate::{Error, Result, entity::change_log};
use domain::{
    change::ChangeKind,
    ids::{ChangeId, SessionId},
};
use sea_orm::{EntityTrait, IntoActiveModel};

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
