//! Reading the log: what was done to everything, what became of one task, and what would be undone and redone next.

use super::{
    row::Fields,
    way_back::{REDOABLE, UNDOABLE},
};
use crate::{
    Backend, Error, Owner, Result,
    entity::{change_log, sessions},
    tasks::numbered,
    zones,
};
use domain::{
    Timestamp,
    accounts::device_name,
    change::ChangeKind,
    history::describe,
    ids::{ChangeId, SessionId, TaskId},
    json::FromText,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value,
    sea_query::{Expr, SimpleExpr},
};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// How much of a task's history is told.
const MOST_OF_HISTORY: u64 = 200;

/// A change, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The change's id, by which it can be taken back.
    pub change: ChangeId,
    /// Its number in the log.
    pub sequence: i64,
    /// Whether it takes another back, or brings it back.
    pub kind: ChangeKind,
    /// What was done, or taken back, in words.
    pub label: String,
    /// When.
    pub at: Timestamp,
    /// The device or program that asked for it, in words.
    pub by: String,
    /// Whether it was taken back since.
    pub is_undone: bool,
    /// What became of each field, in words; empty where more than one task may be meant.
    pub words: Vec<String>,
}

/// One page of the log, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operations {
    /// The changes.
    pub items: Vec<Entry>,
    /// What to send as `cursor` for the next page.
    pub next_cursor: Option<String>,
    /// Whether there is a next page.
    pub has_more: bool,
}

/// What would be undone and redone next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// The newest change that stands, and what it did in words.
    pub undo: Option<(ChangeId, String)>,
    /// The newest undo, and what it took back in words.
    pub redo: Option<(ChangeId, String)>,
}

/// The changes of this account before a number of the log.
///
/// # Errors
/// The database is away.
pub async fn operations(backend: &Backend, owner: &Owner, limit: u16, before: Option<i64>) -> Result<Operations> {
    let mut rows = change_log::Entity::find()
        .filter(change_log::Column::UserId.eq(owner.user_id().uuid()))
        .filter(change_log::Column::Place.eq(0))
        .filter(change_log::Column::Sequence.lt(before.unwrap_or(i64::MAX)))
        .order_by_desc(change_log::Column::Sequence)
        .limit(u64::from(limit) + 1)
        .all(backend.store.reader())
        .await?;
    let has_more = rows.len() > usize::from(limit);
    rows.truncate(limit.into());
    let next_cursor = rows.last().filter(|_| has_more).map(|row| row.sequence.to_string());
    let devices = devices(backend, owner, &rows).await?;
    let items = rows.iter().map(|row| entry(owner, row, &devices, Vec::new())).collect::<Result<_>>()?;
    Ok(Operations { items, next_cursor, has_more })
}

/// What became of a task, the newest first.
///
/// # Errors
/// [`domain::Error::NotFound`] if the log knows of no such task of this account.
pub async fn history(backend: &Backend, owner: &Owner, task: TaskId) -> Result<Vec<Entry>> {
    let rows = change_log::Entity::find()
        .filter(change_log::Column::UserId.eq(owner.user_id().uuid()))
        .filter(change_log::Column::EntityId.eq(task.uuid()))
        .filter(change_log::Column::Entity.eq("task"))
        .order_by_desc(change_log::Column::Sequence)
        .limit(MOST_OF_HISTORY)
        .all(backend.store.reader())
        .await?;
    if rows.is_empty() {
        return Err(domain::Error::NotFound.into());
    }
    let devices = devices(backend, owner, &rows).await?;
    let today = zones::local(backend.now(), owner.time_zone()).date;
    let told = |row: &change_log::Model| {
        let (before, after) = (fields(row.fields_before.as_deref())?, fields(row.fields_after.as_deref())?);
        entry(owner, row, &devices, describe(before.as_ref(), after.as_ref(), today))
    };
    rows.iter().map(told).collect()
}

/// What would be undone and redone next: one statement.
///
/// # Errors
/// The database is away.
pub async fn way(backend: &Backend, owner: &Owner) -> Result<Way> {
    let sql = format!("change_log.sequence IN ({UNDOABLE}, {REDOABLE})");
    let owners = vec![Value::from(owner.user_id().uuid()); sql.matches('?').count()];
    let newest: SimpleExpr = Expr::cust_with_values(numbered(backend.store.backend(), &sql), owners);
    let rows = change_log::Entity::find()
        .filter(change_log::Column::UserId.eq(owner.user_id().uuid()))
        .filter(change_log::Column::Place.eq(0))
        .filter(newest)
        .all(backend.store.reader())
        .await?;
    let mut way = Way::default();
    for row in rows {
        let named = Some((ChangeId::from_uuid(row.change_id), row.label));
        if row.kind == ChangeKind::Change.as_str() {
            way.undo = named;
        } else {
            way.redo = named;
        }
    }
    Ok(way)
}

fn entry(owner: &Owner, row: &change_log::Model, devices: &HashMap<Uuid, String>, words: Vec<String>) -> Result<Entry> {
    let device = |id: Uuid| match devices.get(&id) {
        Some(name) if owner.session_id().map(SessionId::uuid) == Some(id) => format!("{name} (this device)"),
        Some(name) => name.clone(),
        None => "A device that was signed out".to_owned(),
    };
    let kind = ChangeKind::from_text(&row.kind).map_err(|_| Error::Stored("kind"))?;
    Ok(Entry {
        change: ChangeId::from_uuid(row.change_id),
        sequence: row.sequence,
        kind,
        label: row.label.clone(),
        at: Timestamp::from_millis(row.created_at),
        by: match row.session_id {
            Some(id) => device(id),
            None if kind == ChangeKind::Expiry => "Tickbox, which keeps the bin".to_owned(),
            None => "An API token".to_owned(),
        },
        is_undone: row.undone_by.is_some(),
        words,
    })
}

/// The devices that the entries name.
async fn devices(backend: &Backend, owner: &Owner, rows: &[change_log::Model]) -> Result<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = rows.iter().filter_map(|row| row.session_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let found = sessions::Entity::find()
        .filter(sessions::Column::UserId.eq(owner.user_id().uuid()))
        .filter(sessions::Column::Id.is_in(ids))
        .all(backend.store.reader())
        .await?;
    Ok(found.into_iter().map(|session| (session.id, device_name(session.user_agent.as_deref()))).collect())
}

fn fields(text: Option<&str>) -> Result<Option<Fields>> {
    Ok(text.map(serde_json::from_str).transpose()?)
}
