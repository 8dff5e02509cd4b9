//! Who may make an account, and who of them becomes the first admin. An invitation lets in wherever not everybody may.
//! It is looked at before any password is hashed, and once more in the transaction that makes the account: of many who
//! come first at once, one does.

use super::{Client, operator::policy, throttle};
use crate::{
    Backend, Result, SignUpPolicy,
    entity::{instance, invites, users},
    secret::fingerprint,
    store::Store,
};
use domain::{Error, Timestamp};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, SqlErr,
};

/// The row of the instance that everybody locks who decides about accounts as a whole.
const LOCKED: &str = "id";

/// Refuses who may not come in, before any work is done for them.
///
/// # Errors
/// [`Error::SignUpClosed`], [`Error::InviteDead`], [`Error::TooManyAttempts`] for an address that guesses invitations.
pub(super) async fn check(backend: &Backend, invite: Option<&str>, client: &Client) -> Result<()> {
    match (policy(backend, backend.store.reader()).await?, invite) {
        (SignUpPolicy::Open, _) => Ok(()),
        (SignUpPolicy::First, _) if is_empty(backend.store.reader()).await? => Ok(()),
        (_, None) => Err(Error::SignUpClosed.into()),
        (_, Some(invite)) => {
            throttle::hear_token(backend, client)?;
            let known =
                invites::Entity::find().filter(alive(invite, backend.now())).one(backend.store.reader()).await?;
            if known.is_none() {
                throttle::count_wrong_token(backend, client);
                return Err(Error::InviteDead.into());
            }
            Ok(())
        }
    }
}

/// Lets a new account in, just before its row is written: uses up the invitation and makes the first one admin.
///
/// # Errors
/// As [`check`], when somebody else was quicker.
pub(super) async fn admit(
    transaction: &DatabaseTransaction,
    backend: &Backend,
    row: &mut users::Model,
    invite: Option<&str>,
) -> Result<()> {
    row.is_admin = is_first(transaction).await?;
    match (policy(backend, transaction).await?, invite) {
        (SignUpPolicy::Open, _) => Ok(()),
        (SignUpPolicy::First, _) if row.is_admin => Ok(()),
        (_, None) => Err(Error::SignUpClosed.into()),
        (_, Some(invite)) => {
            let used = invites::Entity::delete_many().filter(alive(invite, backend.now())).exec(transaction).await?;
            if used.rows_affected == 1 { Ok(()) } else { Err(Error::InviteDead.into()) }
        }
    }
}

/// Whether there is no account yet, and will be none before this transaction ends.
pub(super) async fn is_first(transaction: &DatabaseTransaction) -> Result<bool> {
    lock(transaction).await?;
    Ok(is_empty(transaction).await?)
}

/// Waits for whoever else decides about accounts as a whole. On SQLite there is one writer anyway.
pub(super) async fn lock(transaction: &DatabaseTransaction) -> Result<()> {
    instance::Entity::find_by_id(LOCKED.to_owned()).lock_exclusive().one(transaction).await?;
    Ok(())
}

/// Writes the row of a new account.
///
/// # Errors
/// [`Error::EmailTaken`].
pub(super) async fn insert(transaction: &DatabaseTransaction, row: &users::Model) -> Result<()> {
    let inserted = users::Entity::insert(row.clone().into_active_model()).exec_without_returning(transaction).await;
    match inserted.map_err(|error| (error.sql_err(), error)) {
        Ok(_) => Ok(()),
        Err((Some(SqlErr::UniqueConstraintViolation(_)), _)) => Err(Error::EmailTaken.into()),
        Err((_, error)) => Err(error.into()),
    }
}

/// Refuses to leave accounts behind that nobody runs the server for. Asked under [`lock`], after the change.
///
/// # Errors
/// [`Error::LastAdmin`].
pub(super) async fn insist_on_an_admin(transaction: &DatabaseTransaction) -> Result<()> {
    let admins = Condition::all().add(users::Column::IsAdmin.eq(true)).add(users::Column::IsActive.eq(true));
    let has_admin = users::Entity::find().filter(admins).one(transaction).await?.is_some();
    if has_admin || is_empty(transaction).await? { Ok(()) } else { Err(Error::LastAdmin.into()) }
}

/// Whether there is any account yet, for pages that show the way in.
pub(crate) async fn has_accounts(store: &Store) -> Result<bool, DbErr> {
    is_empty(store.reader()).await.map(|is_empty| !is_empty)
}

async fn is_empty(connection: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(users::Entity::find().limit(1).one(connection).await?.is_none())
}

fn alive(invite: &str, now: Timestamp) -> Condition {
    Condition::all().add(invites::Column::Hash.eq(fingerprint(invite))).add(invites::Column::ExpiresAt.gt(now.millis()))
}
