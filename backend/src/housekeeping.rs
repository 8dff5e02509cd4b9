//! What time alone brings about: what is in the bin for long goes for good, the log forgets what was deleted for good long
//! ago, and the keys of old requests are forgotten. Any number of servers may do it at once.

use crate::{
    Backend, Owner, Result,
    entity::{tasks, users},
    ledger,
};
use domain::{
    Timestamp,
    change::{Change, Operation},
    ids::UserId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::time::Duration;
use tokio::{sync::watch, time::sleep};
use uuid::Uuid;

/// How long deleted tasks stay in the bin.
pub const BIN_DAYS: i64 = 30;
/// How long the log remembers what was deleted for good, so that it can be taken back.
const REMEMBERED_DAYS: i64 = 90;
const DAY: i64 = 24 * 60 * 60;
const ROUND: Duration = Duration::from_secs(60 * 60);
/// How many accounts are looked after in one go.
const AT_ONCE: u64 = 100;

impl Backend {
    /// Tidies up now and every hour, until it is told to stop.
    pub async fn keep_house(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.tidy_up().await {
                tracing::warn!(%error, "tidying up did not come to its end and is tried again in an hour");
            }
            tokio::select! {
                _ = stop.changed() => {}
                () = sleep(ROUND) => {}
            }
        }
    }

    /// Does what is due.
    ///
    /// # Errors
    /// The database is away.
    pub async fn tidy_up(&self) -> Result<()> {
        ledger::forget_keys(self).await?;
        ledger::forget_removed(self, self.now().plus_seconds(-REMEMBERED_DAYS * DAY)).await?;
        let since = self.now().plus_seconds(-BIN_DAYS * DAY);
        loop {
            let accounts = with_old_tasks(self, since).await?;
            if accounts.is_empty() {
                return Ok(());
            }
            for account in accounts {
                let settings = serde_json::from_str(&account.settings)?;
                let owner = Owner::of_account(UserId::from_uuid(account.id), &settings, account.change_sequence);
                ledger::apply(self, &owner, Change::new(Operation::ExpireBin(since))).await?;
            }
        }
    }
}

/// Accounts that have tasks in the bin since then or longer.
async fn with_old_tasks(backend: &Backend, since: Timestamp) -> Result<Vec<users::Model>> {
    let ids: Vec<Uuid> = tasks::Entity::find()
        .select_only()
        .column(tasks::Column::UserId)
        .distinct()
        .filter(tasks::Column::DeletedAt.is_not_null())
        .filter(tasks::Column::DeletedAt.lte(since.millis()))
        .limit(AT_ONCE)
        .into_tuple()
        .all(backend.store.reader())
        .await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(users::Entity::find().filter(users::Column::Id.is_in(ids)).all(backend.store.reader()).await?)
}
