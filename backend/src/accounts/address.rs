//! The address of an account: proving that it is its owner's, and moving to another. Where no mail is sent nothing can be
//! proven, and a move takes effect at once.

use super::{
    Client, Session,
    activity::{self, Happening},
    email_key::key_of,
    profile::{ShownPassword, prove, to_owner},
    sessions::{self, to_user},
    throttle::{self, TokenAttempt},
};
use crate::{
    Backend, Result,
    entity::users,
    mail::{
        Circumstances, Message,
        links::{self, Link, Purpose},
        outbox,
    },
};
use domain::{
    Error, Timestamp,
    accounts::{Email, EmailChange, Event, User},
    ids::UserId,
    json::FromText,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    SqlErr,
};

/// What came of the wish for another address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressChange {
    /// It is the address from now on.
    Done,
    /// Both mailboxes have been told, and the new one has to confirm.
    ToConfirm,
}

/// Asks for another address; the password is asked for with it, and a code where signing in asks for one. An address that somebody else has gets the same answer.
///
/// # Errors
/// The password is wrong, or was tried too often; [`Error::EmailTaken`] where no mail is sent.
pub async fn change_email(
    backend: &Backend,
    session: &Session,
    client: &Client,
    change: &EmailChange,
) -> Result<AddressChange> {
    let shown = prove(backend, session, client, change.expose_password(), change.code.as_ref()).await?;
    let email_key = key_of(&change.email, "email")?;
    if change.email == session.user().email {
        return Err(Error::field("email", "same_email", "This is your address already").into());
    }
    if backend.sends_mail() {
        ask_mailboxes(backend, session, shown, client, &change.email, &email_key).await?;
        return Ok(AddressChange::ToConfirm);
    }
    let (now, transaction) = (backend.now(), backend.store.begin().await?);
    let row = shown.insist(&transaction).await?;
    move_to(&transaction, row, &change.email, email_key, None, now).await?;
    sessions::end_others(&transaction, now, "email_changed", session).await?;
    record(&transaction, now, session.user().id, Event::EmailChanged, client).await?;
    transaction.commit().await?;
    Ok(AddressChange::Done)
}

async fn ask_mailboxes(
    backend: &Backend,
    session: &Session,
    shown: ShownPassword,
    client: &Client,
    new: &Email,
    email_key: &str,
) -> Result<()> {
    throttle::count_mail(backend, client)?;
    let may_write = throttle::may_write_to(backend, "change", email_key).await?;
    let (now, transaction) = (backend.now(), backend.store.begin().await?);
    shown.insist(&transaction).await?;
    let own_id = session.user().id.uuid();
    let target = users::Entity::find().filter(users::Column::EmailKey.eq(email_key)).one(&transaction).await?;
    let target = target.filter(|target| target.id != own_id);
    record(&transaction, now, session.user().id, Event::EmailChangeAsked, client).await?;
    if may_write {
        let entry = match &target {
            Some(target) => {
                outbox::Entry { user_id: Some(target.id), recipient: &target.email, message: Message::AddressInUse }
            }
            None => outbox::Entry { user_id: Some(own_id), recipient: new.as_str(), message: Message::ChangeAddress },
        };
        outbox::put(backend, &transaction, entry).await?;
        let when = Circumstances::of(client, now, session.owner().time_zone());
        let asked = Message::AddressChangeAsked { new: new.to_string(), when };
        outbox::put(backend, &transaction, to_owner(session, asked)).await?;
    }
    transaction.commit().await?;
    backend.ring();
    Ok(())
}

/// Proves an address by the link that came to it: that of a new account, or the one that an account shall move to. A move
/// ends every session but the one that confirms it.
///
/// # Errors
/// [`Error::LinkDead`], [`Error::TooManyAttempts`].
pub async fn verify_address(backend: &Backend, token: &str, client: &Client, session: Option<&Session>) -> Result<()> {
    let attempt = TokenAttempt::begin(backend, client)?;
    let link = links::find(backend, token, &[Purpose::VerifyAddress, Purpose::ChangeAddress]).await?;
    attempt.succeeded(backend);
    let (now, transaction) = (backend.now(), backend.store.begin().await?);
    let row = sessions::lock_account(&transaction, UserId::from_uuid(link.user_id)).await?;
    link.consume(&transaction, now).await?;
    let row = row.filter(|row| row.is_active).ok_or(Error::LinkDead)?;
    let user = to_user(row.clone())?;
    if link.purpose == Purpose::ChangeAddress {
        finish_move(backend, &transaction, &link, row, client).await?;
        match session.filter(|session| session.user().id == user.id) {
            Some(session) => sessions::end_others(&transaction, now, "email_changed", session).await?,
            None => sessions::end_all(&transaction, now, "email_changed", user.id).await?,
        }
    } else {
        let mut row = row.into_active_model();
        row.email_verified_at = Set(Some(now.millis()));
        row.awaits_verification = Set(false);
        row.update(&transaction).await?;
        record(&transaction, now, user.id, Event::EmailVerified, client).await?;
    }
    transaction.commit().await?;
    backend.ring();
    Ok(())
}

/// Carries out a move that the new mailbox has confirmed, and tells the old one.
async fn finish_move(
    backend: &Backend,
    transaction: &DatabaseTransaction,
    link: &Link,
    row: users::Model,
    client: &Client,
) -> Result<()> {
    let (now, user) = (backend.now(), to_user(row.clone())?);
    let new = link.email.as_deref().and_then(|email| Email::from_text(email).ok()).ok_or(Error::LinkDead)?;
    let email_key = key_of(&new, "email")?;
    let moved = move_to(transaction, row, &new, email_key, Some(now), now).await;
    // Somebody else has taken the address in between; who, is not told.
    moved.map_err(|error| match error {
        crate::Error::Refused(Error::EmailTaken) => Error::LinkDead.into(),
        error => error,
    })?;
    links::kill_all(transaction, link.user_id, now).await?;
    record(transaction, now, user.id, Event::EmailChanged, client).await?;
    let User { email, settings, .. } = &user;
    let when = Circumstances::of(client, now, &settings.time_zone);
    let message = Message::AddressChanged { new: new.to_string(), when };
    let entry = outbox::Entry { user_id: Some(link.user_id), recipient: email.as_str(), message };
    outbox::put(backend, transaction, entry).await
}

async fn move_to(
    transaction: &DatabaseTransaction,
    row: users::Model,
    email: &Email,
    email_key: String,
    verified_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    let mut row = row.into_active_model();
    row.email = Set(email.to_string());
    row.email_key = Set(email_key);
    row.email_verified_at = Set(verified_at.map(Timestamp::millis));
    row.awaits_verification = Set(false);
    row.updated_at = Set(now.millis());
    match row.update(transaction).await {
        Ok(_) => Ok(()),
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Err(Error::EmailTaken.into()),
            _ => Err(error.into()),
        },
    }
}

async fn record(
    transaction: &DatabaseTransaction,
    now: Timestamp,
    user: UserId,
    event: Event,
    client: &Client,
) -> Result<()> {
    activity::record(transaction, now, Happening::new(user, event, client)).await
}
