//! Where a page of a list ended: the sort key and the id of its last task, opaque and signed, so that nobody depends on
//! what is inside or makes one up. It belongs to one account and one order.

use super::row::NEVER;
use crate::{Backend, Owner, entity::tasks};
use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Error, Timestamp,
    tasks::{Direction, Sort, TaskQuery},
};
use sea_orm::{
    IntoSimpleExpr, Value,
    sea_query::{Expr, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const MAC_BYTES: usize = 16;
/// Less than the order of any day.
const BEFORE_ALL: i64 = 0;

#[derive(Serialize, Deserialize)]
pub(super) struct Cursor {
    sort: Sort,
    order: Direction,
    key: Key,
    pub(super) id: Uuid,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Key {
    Number(i64),
    Text(String),
}

impl Cursor {
    /// The cursor behind a row.
    pub(super) fn behind(query: &TaskQuery, row: &tasks::Model) -> Self {
        let key = match query.sort {
            Sort::Due if query.order == Direction::Descending && row.due_order == NEVER => Key::Number(BEFORE_ALL),
            Sort::Due => Key::Number(row.due_order),
            Sort::Priority => Key::Number(row.priority.into()),
            Sort::Created => Key::Number(row.created_at),
            Sort::Title => Key::Text(row.title_key.clone()),
            Sort::Manual => Key::Text(row.position.clone()),
            Sort::Updated => Key::Number(row.updated_at),
            Sort::Completed => Key::Number(row.completed_at.unwrap_or(BEFORE_ALL)),
            Sort::Deleted => Key::Number(row.deleted_at.unwrap_or(BEFORE_ALL)),
        };
        Self { sort: query.sort, order: query.order, key, id: row.id }
    }

    /// The cursor behind what was completed then, in a list by the time of completion.
    pub(super) fn behind_completion(query: &TaskQuery, completed_at: Timestamp, id: Uuid) -> Self {
        Self { sort: query.sort, order: query.order, key: Key::Number(completed_at.millis()), id }
    }

    /// The sort key as a value of its column.
    pub(super) fn key(&self) -> Value {
        match (&self.key, self.sort) {
            (Key::Number(number), Sort::Priority) => Value::from(i16::try_from(*number).unwrap_or(i16::MAX)),
            (Key::Number(number), _) => Value::from(*number),
            (Key::Text(text), _) => Value::from(text.clone()),
        }
    }

    pub(super) fn write(&self, backend: &Backend, owner: &Owner) -> Option<String> {
        let body = serde_json::to_vec(self).ok()?;
        let mac = mac(&backend.keys.current.cursor, owner, &body);
        Some(URL_SAFE_NO_PAD.encode([&mac.as_ref()[..MAC_BYTES], &body].concat()))
    }

    /// Reads a cursor of this account for this order.
    pub(super) fn read(backend: &Backend, owner: &Owner, query: &TaskQuery) -> Result<Option<Self>, Error> {
        let Some(text) = &query.cursor else { return Ok(None) };
        let cursor =
            Self::parse(backend, owner, text).filter(|cursor| (cursor.sort, cursor.order) == (query.sort, query.order));
        let detail = "This cursor does not belong to this list. Start again without one.";
        cursor.map(Some).ok_or_else(|| Error::field("cursor", "invalid_cursor", detail))
    }

    fn parse(backend: &Backend, owner: &Owner, text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (tag, body) = bytes.split_at_checked(MAC_BYTES)?;
        let is_ours = backend.keys.all().any(|keys| {
            let expected = mac(&keys.cursor, owner, body);
            aws_lc_rs::constant_time::verify_slices_are_equal(&expected.as_ref()[..MAC_BYTES], tag).is_ok()
        });
        is_ours.then(|| serde_json::from_slice(body).ok()).flatten()
    }
}

fn mac(key: &hmac::Key, owner: &Owner, body: &[u8]) -> hmac::Tag {
    hmac::sign(key, &[owner.user_id().uuid().as_bytes(), body].concat())
}

/// What a list is sorted by. What is never due comes last whichever way the others stand.
pub(super) fn sort_key(query: &TaskQuery) -> SimpleExpr {
    let column = match query.sort {
        Sort::Due => tasks::Column::DueOrder,
        Sort::Priority => tasks::Column::Priority,
        Sort::Created => tasks::Column::CreatedAt,
        Sort::Title => tasks::Column::TitleKey,
        Sort::Manual => tasks::Column::Position,
        Sort::Updated => tasks::Column::UpdatedAt,
        Sort::Completed => tasks::Column::CompletedAt,
        Sort::Deleted => tasks::Column::DeletedAt,
    };
    match (query.sort, query.order) {
        (Sort::Due, Direction::Descending) => {
            // Letter by letter as in the index of this order.
            Expr::cust("CASE WHEN due_order = 9223372036854775807 THEN 0 ELSE due_order END")
        }
        _ => column.into_simple_expr(),
    }
}
