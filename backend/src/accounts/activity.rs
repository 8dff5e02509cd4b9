//! The security log of each account: written with what it tells, in the same transaction, and chained, so that an entry
//! that was changed, taken out or slipped in later is noticed. Wrong guesses are not written one by one: that would
//! tell an account that exists from one that does not, by the work; the next right password tells how many there were.

use super::Client;
use crate::{Backend, Error, Owner, Result, entity::security_log, entity::users};
use aws_lc_rs::digest;
use domain::{
    Timestamp,
    accounts::{Activity, Entry, Event},
    ids::UserId,
    json::FromText,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::LockType,
};
use serde::Serialize;
use std::fmt::Write;

/// How many entries a page has.
const PAGE: u64 = 50;

/// Something to write down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Happening<'a> {
    pub(super) user: UserId,
    pub(super) event: Event,
    pub(super) failures_before: i64,
    pub(super) client: &'a Client,
}

impl<'a> Happening<'a> {
    /// Something that a guess had nothing to do with.
    pub(super) const fn new(user: UserId, event: Event, client: &'a Client) -> Self {
        Self { user, event, failures_before: 0, client }
    }
}

/// Appends an entry.
pub(super) async fn record(transaction: &DatabaseTransaction, now: Timestamp, happening: Happening<'_>) -> Result<()> {
    let user_id = happening.user.uuid();
    // Two at once must not both follow the same entry. A stronger lock would wait for whoever has just opened a session,
    // who waits for us.
    users::Entity::find_by_id(user_id).lock(LockType::NoKeyUpdate).one(transaction).await?;
    let before = security_log::Entity::find()
        .filter(security_log::Column::UserId.eq(user_id))
        .order_by_desc(security_log::Column::Number)
        .one(transaction)
        .await?;
    let mut row = security_log::Model {
        user_id,
        number: before.as_ref().map_or(1, |before| before.number + 1),
        at: now.millis(),
        event: happening.event.as_str().to_owned(),
        failures_before: happening.failures_before,
        ip: happening.client.ip.clone(),
        user_agent: happening.client.user_agent.clone(),
        hash: Vec::new(),
    };
    row.hash = chained(before.as_ref().map_or(&[], |before| &before.hash), &row)?;
    security_log::Entity::insert(row.into_active_model()).exec_without_returning(transaction).await?;
    Ok(())
}

/// The newest entries of this account before the one of this number.
///
/// # Errors
/// The database is away.
pub async fn activity(backend: &Backend, owner: &Owner, before: Option<i64>) -> Result<Activity> {
    let rows = all(backend.store.reader(), owner).await?;
    let is_intact = is_intact(&rows)?;
    let older = rows.into_iter().rev().filter(|row| before.is_none_or(|before| row.number < before));
    let mut page: Vec<_> = older.take(PAGE as usize + 1).collect();
    let has_more = page.len() > PAGE as usize;
    page.truncate(PAGE as usize);
    let next_before = page.last().filter(|_| has_more).map(|row| row.number);
    let items = page.into_iter().map(to_entry).collect::<Result<_>>()?;
    Ok(Activity { items, is_intact, next_before })
}

/// The whole log of an account as one document, with what somebody else needs to compute its hashes anew.
#[derive(Debug, Serialize)]
pub struct Log {
    format: &'static str,
    user_id: UserId,
    is_intact: bool,
    /// The oldest first.
    entries: Vec<Entry>,
}

/// The shape of the document.
const FORMAT: &str = "tickbox-activity-1";

/// The whole log of this account, to take away.
///
/// # Errors
/// The database is away.
pub async fn log(backend: &Backend, owner: &Owner) -> Result<Log> {
    let rows = all(backend.store.reader(), owner).await?;
    let is_intact = is_intact(&rows)?;
    let entries = rows.into_iter().map(to_entry).collect::<Result<_>>()?;
    Ok(Log { format: FORMAT, user_id: owner.user_id(), is_intact, entries })
}

/// Every entry of this account, the oldest first.
pub(super) async fn entries(backend: &Backend, owner: &Owner) -> Result<Vec<Entry>> {
    let rows = all(backend.store.reader(), owner).await?;
    rows.into_iter().map(to_entry).collect()
}

async fn all(connection: &impl ConnectionTrait, owner: &Owner) -> Result<Vec<security_log::Model>> {
    let own = security_log::Entity::find().filter(security_log::Column::UserId.eq(owner.user_id().uuid()));
    Ok(own.order_by_asc(security_log::Column::Number).all(connection).await?)
}

fn is_intact(rows: &[security_log::Model]) -> Result<bool> {
    let mut before: &[u8] = &[];
    for (number, row) in (1..).zip(rows) {
        if row.number != number || row.hash != chained(before, row)? {
            return Ok(false);
        }
        before = &row.hash;
    }
    Ok(true)
}

/// The hash of an entry and of all before it. JSON keeps the parts apart, whatever they hold.
fn chained(before: &[u8], row: &security_log::Model) -> Result<Vec<u8>> {
    let parts = (
        hexadecimal(before),
        row.user_id,
        (row.number, row.at, &row.event, row.failures_before),
        (&row.ip, &row.user_agent),
    );
    Ok(digest::digest(&digest::SHA256, &serde_json::to_vec(&parts)?).as_ref().to_vec())
}

fn to_entry(row: security_log::Model) -> Result<Entry> {
    Ok(Entry {
        number: row.number,
        at: Timestamp::from_millis(row.at),
        event: Event::from_text(&row.event).map_err(|_| Error::Stored("event"))?,
        failures_before: row.failures_before,
        ip: row.ip,
        user_agent: row.user_agent,
        hash: hexadecimal(&row.hash),
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn log(length: i64) -> Vec<security_log::Model> {
        let mut rows: Vec<security_log::Model> = Vec::new();
        for number in 1..=length {
            let mut row = security_log::Model {
                user_id: Uuid::nil(),
                number,
                at: 1_795_168_800_000 + number,
                event: Event::SignedIn.as_str().to_owned(),
                failures_before: 0,
                ip: Some("192.0.2.7".to_owned()),
                user_agent: None,
                hash: Vec::new(),
            };
            row.hash = chained(rows.last().map_or(&[], |before| &before.hash), &row).unwrap();
            rows.push(row);
        }
        rows
    }

    #[test]
    fn i08_a_log_that_was_tampered_with_is_noticed() {
        assert!(is_intact(&[]).unwrap());
        assert!(is_intact(&log(4)).unwrap());
        let mut changed = log(4);
        changed[1].ip = Some("192.0.2.8".to_owned());
        let mut shortened = log(4);
        shortened.remove(2);
        let mut moved = log(4);
        moved.swap(1, 2);
        let mut rewritten = log(4);
        rewritten[1].failures_before = 3;
        rewritten[1].hash = chained(&rewritten[0].hash.clone(), &rewritten[1]).unwrap();
        for tampered in [changed, shortened, moved, rewritten] {
            assert!(!is_intact(&tampered).unwrap(), "{tampered:?}");
        }
    }
}
