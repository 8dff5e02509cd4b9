//! Carries out one change in one transaction.

use super::{idempotency, log, tags, task_change};
use crate::{
    Backend, Owner, Result,
    entity::{tasks, users},
    tasks::row,
};
use domain::{
    Error, Timestamp,
    accounts::ZoneName,
    change::{Change, Operation},
    ids::{ChangeId, TaskId},
    tasks::{NewTask, Task, TaskPatch},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Applied {
    /// The task after the change.
    pub task: Task,
    /// The change's number in the owner's log; that of the newest change where nothing had to be done.
    pub sequence: i64,
    /// Whether a task was made. A task that was there already, with the same id and content, was not.
    pub created: bool,
    /// Whether this is the answer to an earlier request with the same idempotency key.
    #[serde(skip)]
    pub replayed: bool,
}

/// Carries out a change: checks, writes the rows, appends to the log, in one transaction.
///
/// # Errors
/// What the change asks for cannot be done ([`Error`]), or the database is away. Nothing is half-written.
pub async fn apply(backend: &Backend, owner: &Owner, change: Change) -> Result<Applied> {
    let transaction = backend.store.begin().await?;
    let now = backend.now();
    let account = lock_account(&transaction, owner).await?;
    if let Some(earlier) = idempotency::find(&transaction, owner, change.idempotency.as_ref(), now).await? {
        return Ok(Applied { replayed: true, ..earlier });
    }
    let work = Work { backend, transaction: &transaction, owner, now, sequence: account.change_sequence };
    let outcome = work.carry_out(&change).await?;
    // Where nothing changed, nothing is logged and the sequence number stays free.
    if outcome.is_change {
        log::append(&work, change.id, &outcome).await?;
    }
    let applied = Applied {
        sequence: if outcome.is_change { work.sequence } else { work.sequence - 1 },
        created: outcome.before.is_none() && outcome.is_change,
        task: outcome.after,
        replayed: false,
    };
    if let Some(key) = &change.idempotency {
        idempotency::keep(&transaction, owner, key, &applied, now).await?;
    }
    if outcome.is_change || change.idempotency.is_some() {
        if !outcome.is_change {
            give_back_sequence(&transaction, owner).await?;
        }
        transaction.commit().await?;
    }
    Ok(applied)
}

/// What one change works with.
pub(super) struct Work<'a> {
    pub(super) backend: &'a Backend,
    pub(super) transaction: &'a DatabaseTransaction,
    pub(super) owner: &'a Owner,
    pub(super) now: Timestamp,
    pub(super) sequence: i64,
}

/// A task before and after.
pub(super) struct Outcome {
    pub(super) action: &'static str,
    pub(super) before: Option<Task>,
    pub(super) after: Task,
    pub(super) is_change: bool,
}

impl Work<'_> {
    async fn carry_out(&self, change: &Change) -> Result<Outcome> {
        match &change.operation {
            Operation::CreateTask(new) => self.create(new).await,
            Operation::UpdateTask(id, patch) => {
                let before = self.find_present(*id, change.if_revision).await?;
                self.update(before, patch).await
            }
            Operation::ToggleTask(id) => {
                let before = self.find_present(*id, change.if_revision).await?;
                let patch = TaskPatch { is_completed: Some(!before.is_completed), ..TaskPatch::default() };
                self.update(before, &patch).await
            }
            Operation::DeleteTask(id) => {
                let before = self.find_present(*id, change.if_revision).await?;
                let after = Task { deleted_at: Some(self.now), ..before.clone() };
                self.save("delete", before, after).await
            }
            Operation::RestoreTask(id) => {
                let before = self.find(*id).await?.ok_or(Error::NotFound)?;
                let after = Task { deleted_at: None, ..before.clone() };
                self.save("restore", before, after).await
            }
        }
    }

    async fn create(&self, new: &NewTask) -> Result<Outcome> {
        if let Some(id) = new.id
            && let Some(known) = self.find(id).await?
        {
            return self.create_again(new, known);
        }
        let id = new.id.unwrap_or_else(|| TaskId::from_uuid(self.backend.new_uuid()));
        let blank = task_change::blank(self, id, new.title.clone()).await?;
        let after = task_change::patched(self, blank, &new.fields).await?;
        let model = row::from_task(&after, self.sequence);
        tasks::Entity::insert(model.into_active_model()).exec_without_returning(self.transaction).await?;
        let after = tags::set(self, after).await?;
        Ok(Outcome { action: "create", before: None, after, is_change: true })
    }

    /// A client that was cut off sends its new task once more: the same content is no second task.
    fn create_again(&self, new: &NewTask, known: Task) -> Result<Outcome> {
        if known.deleted_at.is_none() && task_change::is_made_from(&known, new) {
            return Ok(Outcome { action: "create", before: Some(known.clone()), after: known, is_change: false });
        }
        Err(Error::IdTaken.into())
    }

    async fn update(&self, before: Task, patch: &TaskPatch) -> Result<Outcome> {
        let after = task_change::patched(self, before.clone(), patch).await?;
        self.save("update", before, after).await
    }

    async fn save(&self, action: &'static str, before: Task, mut after: Task) -> Result<Outcome> {
        if after == before {
            return Ok(Outcome { action, before: Some(before), after, is_change: false });
        }
        after.revision = before.revision + 1;
        after.updated_at = self.now;
        let model = row::from_task(&after, self.sequence);
        model.into_active_model().reset_all().update_without_returning(self.transaction).await?;
        if after.tags != before.tags {
            after = tags::set(self, after).await?;
        }
        Ok(Outcome { action, before: Some(before), after, is_change: true })
    }

    /// A task that is not in the bin, at the revision that the client knows.
    async fn find_present(&self, id: TaskId, if_revision: Option<i64>) -> Result<Task> {
        let task = self.find(id).await?.filter(|task| task.deleted_at.is_none()).ok_or(Error::NotFound)?;
        if if_revision.is_some_and(|revision| revision != task.revision) {
            return Err(Error::Stale(Box::new(task)).into());
        }
        Ok(task)
    }

    async fn find(&self, id: TaskId) -> Result<Option<Task>> {
        row::find(self.transaction, self.owner, id).await
    }

    /// The zone in which a time of this task is meant.
    pub(super) fn zone_of<'a>(&'a self, task: &'a Task) -> &'a ZoneName {
        match &task.time_zone {
            Some(zone) if task.due_time.is_some() => zone,
            _ => self.owner.time_zone(),
        }
    }
}

/// Takes the next number of the owner's log. The row stays locked until the transaction ends, so the changes of one
/// account come one after another while those of others go on.
async fn lock_account(transaction: &DatabaseTransaction, owner: &Owner) -> Result<users::Model> {
    shift_sequence(transaction, owner, 1).await?.ok_or_else(|| Error::SignedOut.into())
}

async fn give_back_sequence(transaction: &DatabaseTransaction, owner: &Owner) -> Result<()> {
    shift_sequence(transaction, owner, -1).await.map(drop)
}

async fn shift_sequence(connection: &impl ConnectionTrait, owner: &Owner, by: i64) -> Result<Option<users::Model>> {
    let rows = users::Entity::update_many()
        .col_expr(users::Column::ChangeSequence, Expr::col(users::Column::ChangeSequence).add(by))
        .filter(users::Column::Id.eq(owner.user_id().uuid()))
        .exec_with_returning(connection)
        .await?;
    Ok(rows.into_iter().next())
}

/// The log's own name for a change that the client did not name.
pub(super) fn change_id(work: &Work<'_>, chosen: Option<ChangeId>) -> ChangeId {
    chosen.unwrap_or_else(|| ChangeId::from_uuid(work.backend.new_uuid()))
}
