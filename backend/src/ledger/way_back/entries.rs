//! The entries that the log has of a change.

use crate::{
    Error, Result,
    entity::change_log,
    ledger::{row::Fields, work::Work},
    tasks::numbered,
};
use domain::{
    Error as Refusal,
    change::{Action, ChangeKind},
    ids::ChangeId,
    json::FromText,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Value,
    sea_query::{Expr, SimpleExpr},
};
use uuid::Uuid;

/// The number of the newest change that stands; asks for the owner.
pub(crate) const UNDOABLE: &str = "\
    (SELECT sequence FROM change_log WHERE user_id = ? AND place = 0 AND kind = 'change' AND undone_by IS NULL \
    ORDER BY sequence DESC LIMIT 1)";
/// The number of the newest undo that stands, unless something was changed after it; asks for the owner twice.
pub(crate) const REDOABLE: &str = "\
    (SELECT sequence FROM change_log WHERE user_id = ? AND place = 0 AND kind = 'undo' AND undone_by IS NULL \
    AND sequence > coalesce((SELECT sequence FROM change_log WHERE user_id = ? AND place = 0 AND kind = 'change' \
    ORDER BY sequence DESC LIMIT 1), 0) ORDER BY sequence DESC LIMIT 1)";

/// A change as the log has it.
pub(super) struct Logged {
    pub(super) sequence: i64,
    pub(super) action: Action,
    pub(super) label: String,
    pub(super) reverses: Option<i64>,
    pub(super) entries: Vec<Entry>,
}

/// What became of one row.
pub(super) struct Entry {
    pub(super) entity: String,
    pub(super) id: Uuid,
    pub(super) before: Option<Fields>,
    pub(super) after: Option<Fields>,
}

/// The change whose number SQL tells.
pub(super) async fn newest(work: &Work<'_>, sequence: &str) -> Result<Option<Logged>> {
    let owners = vec![Value::from(work.user()); sequence.matches('?').count()];
    let sql = numbered(work.transaction.get_database_backend(), &format!("change_log.sequence = {sequence}"));
    read(work, Expr::cust_with_values(sql, owners)).await.map(|found| found.map(|(_, logged)| logged))
}

/// The change with this id, which still stands.
pub(super) async fn named(work: &Work<'_>, id: ChangeId) -> Result<Logged> {
    let found = read(work, change_log::Column::ChangeId.eq(id.uuid())).await?;
    let (first, logged) = found.ok_or(Refusal::NotFound)?;
    if first.kind != ChangeKind::Change.as_str() {
        return Err(Refusal::CannotUndo("This took something back itself: redo it instead.".to_owned()).into());
    }
    match first.undone_by {
        None => Ok(logged),
        Some(_) => Err(Refusal::CannotUndo("This was undone already.".to_owned()).into()),
    }
}

async fn read(work: &Work<'_>, which: SimpleExpr) -> Result<Option<(change_log::Model, Logged)>> {
    let rows = change_log::Entity::find()
        .filter(change_log::Column::UserId.eq(work.user()))
        .filter(which)
        .order_by_asc(change_log::Column::Place)
        .all(work.transaction)
        .await?;
    let Some(first) = rows.first().cloned() else { return Ok(None) };
    let entries = rows.into_iter().map(entry).collect::<Result<_>>()?;
    let logged = Logged {
        sequence: first.sequence,
        action: Action::from_text(&first.action).map_err(|_| Error::Stored("action"))?,
        label: first.label.clone(),
        reverses: first.reverses,
        entries,
    };
    Ok(Some((first, logged)))
}

fn entry(row: change_log::Model) -> Result<Entry> {
    let fields = |text: Option<String>| text.map(|text| serde_json::from_str(&text)).transpose();
    let (before, after) = (fields(row.fields_before)?, fields(row.fields_after)?);
    Ok(Entry { entity: row.entity, id: row.entity_id, before, after })
}
