//! Carries out one change in one transaction.

use super::{
    carry_out::carry_out,
    idempotency, log, way_back,
    work::{Known, Work},
    write::write,
};
use crate::{Backend, Error, Owner, Result, entity::users};
use domain::{
    change::{Change, ChangeKind, Operation},
    ids::{ChangeId, TaskId},
    projects::Project,
    saved_filters::SavedFilter,
    tags::Tag,
    tasks::Task,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What whoever asked for a change gets to see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The one task that the change was about, as it is now.
    Task(Box<Task>),
    /// The tasks that the change made, in the order that was asked for.
    Tasks(Vec<Task>),
    /// The one project.
    Project(Box<Project>),
    /// The one tag.
    Tag(Tag),
    /// The one saved filter.
    Filter(Box<SavedFilter>),
    /// Everything that the change touched.
    Many(Box<Touched>),
}

/// What a change did to many rows, or what taking one back did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Touched {
    /// What was done, or taken back, in words.
    pub label: String,
    /// The tasks that are not as they were.
    pub tasks: Vec<TouchedTask>,
    /// What could not be taken back, in words.
    pub left: Vec<String>,
}

/// A task that a change touched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TouchedTask {
    /// Its id.
    pub id: TaskId,
    /// Its revision from now on; none if there is no such task any longer.
    pub revision: Option<i64>,
}

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Applied {
    /// What it was about, as it is now.
    pub answer: Answer,
    /// The change's number in the owner's log; that of the newest change where nothing had to be done.
    pub sequence: i64,
    /// The id by which the change can be taken back; none where nothing had to be done.
    #[serde(default)]
    pub change: Option<ChangeId>,
    /// Whether something was made. What was there already, with the same id and content, was not.
    pub created: bool,
    /// Whether this is the answer to an earlier request with the same idempotency key.
    #[serde(skip)]
    pub replayed: bool,
}

impl Applied {
    /// The task that a change to one task was about.
    ///
    /// # Errors
    /// The change was about something else.
    pub fn into_task(self) -> Result<Task> {
        match self.answer {
            Answer::Task(task) => Ok(*task),
            _ => Err(Error::Stored("answer")),
        }
    }
}

/// Carries out a change: checks, writes the rows, appends to the log, in one transaction.
///
/// # Errors
/// What the change asks for cannot be done ([`domain::Error`]), or the database is away. Nothing is half-written.
pub async fn apply(backend: &Backend, owner: &Owner, change: Change) -> Result<Applied> {
    let key = change.idempotency.clone();
    let applied = apply_once(backend, owner, change).await;
    // Only what cannot be done, or was done already, costs another look at the key.
    match (key, applied) {
        (Some(key), Err(error)) => match idempotency::find(backend, owner, &key).await? {
            Some(earlier) => Ok(Applied { replayed: true, ..earlier }),
            None => Err(error),
        },
        (_, applied) => applied,
    }
}

async fn apply_once(backend: &Backend, owner: &Owner, change: Change) -> Result<Applied> {
    let transaction = backend.store.begin().await?;
    let now = backend.now();
    let account = lock_account(&transaction, owner).await?;
    let (sequence, steps, spelled) = (account.change_sequence, Vec::new(), HashMap::new());
    let (choices, known) = (&serde_json::from_str(&account.settings)?, Known::default());
    let mut work = Work {
        backend,
        transaction: &transaction,
        owner,
        choices,
        now,
        sequence,
        reverses: None,
        steps,
        spelled,
        known,
    };
    let outcome = carry_out(&mut work, &change).await?;
    // Where nothing changed, nothing is logged and the sequence number stays free.
    let is_change = !work.steps.is_empty();
    let change_id = change.id.unwrap_or_else(|| ChangeId::from_uuid(backend.new_uuid()));
    if is_change {
        write(&work).await.map_err(|error| way_back::explain(&work, error))?;
        log::append(&work, change_id, kind(&work, &change.operation), &outcome).await?;
        way_back::mark(&work).await?;
    }
    let applied = Applied {
        answer: outcome.answer,
        sequence: if is_change { sequence } else { sequence - 1 },
        change: is_change.then_some(change_id),
        created: outcome.created,
        replayed: false,
    };
    if let Some(key) = &change.idempotency {
        idempotency::keep(&transaction, owner, key, &applied, now).await?;
    }
    if is_change || change.idempotency.is_some() {
        if !is_change {
            shift_sequence(&transaction, owner, -1).await?;
        }
        transaction.commit().await?;
    }
    Ok(applied)
}

fn kind(work: &Work<'_>, operation: &Operation) -> ChangeKind {
    match (work.reverses, operation) {
        (Some(reversed), _) => reversed.kind,
        (None, Operation::ExpireBin(_)) => ChangeKind::Expiry,
        (None, _) => ChangeKind::Change,
    }
}

/// Takes the next number of the owner's log. The row stays locked until the transaction ends, so the changes of one
/// account come one after another while those of others go on.
pub(super) async fn lock_account(transaction: &DatabaseTransaction, owner: &Owner) -> Result<users::Model> {
    shift_sequence(transaction, owner, 1).await?.ok_or(Error::Refused(domain::Error::SignedOut))
}

pub(super) async fn shift_sequence(
    connection: &impl ConnectionTrait,
    owner: &Owner,
    by: i64,
) -> Result<Option<users::Model>> {
    let rows = users::Entity::update_many()
        .col_expr(users::Column::ChangeSequence, Expr::col(users::Column::ChangeSequence).add(by))
        .filter(users::Column::Id.eq(owner.user_id().uuid()))
        .exec_with_returning(connection)
        .await?;
    Ok(rows.into_iter().next())
}
