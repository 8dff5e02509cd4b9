//! Back into an account whose password is forgotten: by a link that comes by mail, or that the operator hands over. What
//! is answered tells nobody whether there is such an account.

use super::{
    Client,
    activity::{self, Happening},
    api_tokens,
    email_key::{key_of, typed_email_key},
    sessions::{self, to_user},
    strength,
    throttle::{self, TokenAttempt},
};
use crate::{
    Backend, Result,
    entity::users,
    mail::{
        Circumstances, Message,
        links::{self, Draft, Link, Purpose},
        outbox,
    },
};
use domain::{
    Error, Timestamp,
    accounts::{DisplayName, Email, Event, Password},
    ids::UserId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};

/// Writes to the mailbox of whoever forgot the password. The work is the same for an address that nobody has: who it
/// belongs to is looked up when the mail is sent.
///
/// # Errors
/// [`Error::NoMail`] where no mail is sent, [`Error::TooManyAttempts`].
pub async fn forgot_password(backend: &Backend, email: &Email, client: &Client) -> Result<()> {
    if !backend.sends_mail() {
        return Err(Error::NoMail.into());
    }
    let email_key = key_of(email, "email")?;
    throttle::count_mail(backend, client)?;
    if throttle::may_write_to(backend, "reset", &email_key).await? {
        let entry = outbox::Entry { user_id: None, recipient: email.as_str(), message: Message::ResetPassword };
        outbox::put(backend, backend.store.writer(), entry).await?;
        backend.ring();
    }
    Ok(())
}

/// Makes a link to set a new password with, for the operator to hand over. None if nobody has the address.
///
/// # Errors
/// The database is away.
pub async fn make_reset_link(backend: &Backend, email: &str) -> Result<Option<String>> {
    let key = typed_email_key(email).unwrap_or_default();
    let user = users::Entity::find().filter(users::Column::EmailKey.eq(key)).one(backend.store.reader()).await?;
    let Some(user) = user.filter(|user| user.is_active) else { return Ok(None) };
    let transaction = backend.store.begin().await?;
    let draft = Draft { id: backend.new_uuid(), user_id: user.id, purpose: Purpose::ResetPassword, email: None };
    let token = links::issue(backend, &transaction, draft).await?;
    let operator = Client::default();
    let happening = Happening::new(UserId::from_uuid(user.id), Event::ResetLinkMade, &operator);
    activity::record(&transaction, backend.now(), happening).await?;
    transaction.commit().await?;
    Ok(token.map(|token| format!("{}/reset?token={token}", backend.issuer)))
}

/// Sets a new password by a link. Every session ends, every API token too, and nothing is opened: whoever has the link has shown the mailbox, and
/// signs in like anybody else.
///
/// # Errors
/// [`Error::LinkDead`], a password that is too easy to guess, [`Error::TooManyAttempts`], [`Error::Busy`].
pub async fn reset_password(backend: &Backend, token: &str, password: &Password, client: &Client) -> Result<()> {
    let attempt = TokenAttempt::begin(backend, client)?;
    let link = links::find(backend, token, &[Purpose::ResetPassword]).await?;
    attempt.succeeded(backend);
    let user = users::Entity::find_by_id(link.user_id).one(backend.store.reader()).await?;
    let row = user.filter(|user| user.is_active).ok_or(Error::LinkDead)?;
    let (user, email_key) = (to_user(row.clone())?, row.email_key);
    let name = user.name.as_ref().map(DisplayName::as_str);
    strength::insist(password, &user.email, name, "password").await?;
    let hash = backend.hasher.hash(password.expose()).await?;
    let (now, transaction) = (backend.now(), backend.store.begin().await?);
    sessions::lock_account(&transaction, user.id).await?;
    link.consume(&transaction, now).await?;
    set_password(&transaction, &link, hash, now).await?;
    links::kill_all(&transaction, link.user_id, now).await?;
    sessions::end_all(&transaction, now, "password_reset", user.id).await?;
    api_tokens::end_all(&transaction, user.id).await?;
    throttle::forget_guesses(backend, &transaction, &email_key, user.id).await?;
    activity::record(&transaction, now, Happening::new(user.id, Event::PasswordReset, client)).await?;
    let message = Message::PasswordChanged { when: Circumstances::of(client, now, &user.settings.time_zone) };
    let entry = outbox::Entry { user_id: Some(link.user_id), recipient: user.email.as_str(), message };
    outbox::put(backend, &transaction, entry).await?;
    transaction.commit().await?;
    backend.ring();
    tracing::info!(user_id = %user.id, "password reset");
    Ok(())
}

/// Whoever has the link that came by mail has the mailbox, so the address is confirmed with it.
async fn set_password(transaction: &DatabaseTransaction, link: &Link, hash: String, now: Timestamp) -> Result<()> {
    let row = users::Entity::find_by_id(link.user_id).one(transaction).await?.ok_or(Error::LinkDead)?;
    let is_proven = link.email.as_ref() == Some(&row.email) && row.email_verified_at.is_none();
    let mut row = row.into_active_model();
    row.password_hash = Set(hash);
    row.awaits_verification = Set(false);
    if is_proven {
        row.email_verified_at = Set(Some(now.millis()));
    }
    row.updated_at = Set(now.millis());
    row.update(transaction).await?;
    Ok(())
}
