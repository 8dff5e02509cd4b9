//! The account itself: its name, its settings, its password, its end.

use super::{
    Client, Session,
    activity::{self, Happening},
    admission, factors, sessions, strength,
    throttle::{Attempt, Target},
};
use crate::{
    Backend, Error, Result,
    entity::users,
    ledger,
    mail::{Circumstances, Message, WayIn, links, outbox},
    zones,
};
use domain::{
    accounts::{Code, Confirmation, Event, PasswordChange, ProfilePatch, User},
    ids::UserId,
    json::Complaint,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

/// Changes the name or the settings. A new time zone moves every due instant that floats with its owner.
///
/// # Errors
/// A setting that cannot be taken.
pub async fn update_profile(backend: &Backend, session: &Session, patch: ProfilePatch) -> Result<User> {
    let transaction = backend.store.begin().await?;
    let row = own_row(&transaction, session).await?;
    let mut changed = row.clone().into_active_model();
    if let Some(name) = patch.name {
        changed.name = Set(name.map(|name| name.as_str().to_owned()));
    }
    if let Some(patch) = patch.settings {
        let before: domain::accounts::Settings = serde_json::from_str(&row.settings)?;
        let after = before.merged(patch)?;
        let after = domain::accounts::Settings { time_zone: zones::spelled(after.time_zone), ..after };
        if after.time_zone != before.time_zone {
            if !zones::exists(&after.time_zone) {
                let complaint = Complaint::new("invalid_time_zone", "There is no time zone of this name");
                return Err(domain::Error::Invalid(vec![complaint.about("time_zone")]).into());
            }
            ledger::move_floating(&transaction, session.owner(), &after.time_zone).await?;
        }
        changed.settings = Set(serde_json::to_string(&after)?);
    }
    changed.updated_at = Set(backend.now().millis());
    let row = changed.update(&transaction).await?;
    transaction.commit().await?;
    sessions::to_user(row)
}

/// Changes the password and ends every other session.
///
/// # Errors
/// The current password is wrong, or was tried too often; the new one is too easy to guess.
pub async fn change_password(
    backend: &Backend,
    session: &Session,
    client: &Client,
    change: &PasswordChange,
) -> Result<()> {
    let shown = confirm(backend, session, client, change.expose_current(), "current_password").await?;
    let User { email, name, .. } = session.user();
    let name = name.as_ref().map(domain::accounts::DisplayName::as_str);
    strength::insist(&change.new, email, name, "new_password").await?;
    let hash = backend.hasher.hash(change.new.expose()).await?;
    let transaction = backend.store.begin().await?;
    let mut row = shown.insist(&transaction).await?.into_active_model();
    row.password_hash = Set(hash);
    row.updated_at = Set(backend.now().millis());
    row.update(&transaction).await?;
    sessions::end_others(&transaction, backend.now(), "password_changed", session).await?;
    let happening = Happening::new(session.user().id, Event::PasswordChanged, client);
    activity::record(&transaction, backend.now(), happening).await?;
    links::kill_all(&transaction, session.user().id.uuid(), backend.now()).await?;
    let when = Circumstances::of(client, backend.now(), session.owner().time_zone());
    outbox::put(backend, &transaction, to_owner(session, Message::PasswordChanged { when })).await?;
    transaction.commit().await?;
    backend.ring();
    tracing::info!(user_id = %session.user().id, "password changed");
    Ok(())
}

/// Deletes the account with everything it owns. Nothing is left behind.
///
/// # Errors
/// The password or the code is wrong, or was tried too often; [`domain::Error::LastAdmin`] for whom the others need.
pub async fn delete_account(
    backend: &Backend,
    session: &Session,
    client: &Client,
    confirmation: &Confirmation,
) -> Result<()> {
    let shown = prove(backend, session, client, confirmation.expose_password(), confirmation.code.as_ref()).await?;
    let transaction = backend.store.begin().await?;
    admission::lock(&transaction).await?;
    let row = shown.insist(&transaction).await?;
    outbox::withdraw_unasked(&transaction, &row.email_key).await?;
    users::Entity::delete_by_id(session.user().id.uuid()).exec(&transaction).await?;
    if session.user().is_admin {
        admission::insist_on_an_admin(&transaction).await?;
    }
    transaction.commit().await?;
    tracing::info!(user_id = %session.user().id, "account deleted");
    Ok(())
}

/// Asks once more for what signing in asks for, which opens what is guarded by a fresh confirmation for ten minutes
/// (ASVS 7.5.1).
///
/// # Errors
/// The password or the code is wrong, or was tried too often.
pub async fn confirm_identity(
    backend: &Backend,
    session: &Session,
    client: &Client,
    confirmation: &Confirmation,
) -> Result<()> {
    let shown = prove(backend, session, client, confirmation.expose_password(), confirmation.code.as_ref()).await?;
    let (now, transaction) = (backend.now(), backend.store.begin().await?);
    shown.insist(&transaction).await?;
    sessions::note_confirmation(&transaction, session, now).await?;
    let happening = Happening::new(session.user().id, Event::Confirmed, client);
    activity::record(&transaction, now, happening).await?;
    transaction.commit().await?;
    Ok(())
}

/// A mail to the owner of this session's account.
pub(super) fn to_owner(session: &Session, message: Message) -> outbox::Entry<'_> {
    let user = session.user();
    outbox::Entry { user_id: Some(user.id.uuid()), recipient: user.email.as_str(), message }
}

/// The password that somebody has just shown once more.
#[must_use = "it may have changed before what it was asked for is done"]
pub(super) struct ShownPassword(users::Model);

impl ShownPassword {
    /// The account as it is now, if that is still its password: hashing takes its time, and a reset in between has ended
    /// the session that asks. Nobody changes it before the transaction ends.
    ///
    /// # Errors
    /// [`domain::Error::SignedOut`].
    pub(super) async fn insist(self, transaction: &DatabaseTransaction) -> Result<users::Model> {
        let row = sessions::lock_account(transaction, UserId::from_uuid(self.0.id)).await?;
        let row = row.filter(|row| row.is_active && row.password_hash == self.0.password_hash);
        row.ok_or_else(|| domain::Error::SignedOut.into())
    }
}

/// Tells the owner of this session's account of a way in that there was not before.
pub(super) async fn tell_way_in(
    backend: &Backend,
    connection: &impl ConnectionTrait,
    session: &Session,
    client: &Client,
    way: WayIn,
) -> Result<()> {
    let when = Circumstances::of(client, backend.now(), session.owner().time_zone());
    outbox::put(backend, connection, to_owner(session, Message::WayInAdded { way, when })).await
}

/// Asks for the password once more, and for a code where signing in asks for one.
pub(super) async fn prove(
    backend: &Backend,
    session: &Session,
    client: &Client,
    password: &str,
    code: Option<&Code>,
) -> Result<ShownPassword> {
    let needs_code = factors::asks_for_code(backend, session.owner()).await?;
    if needs_code && code.is_none() {
        return Err(domain::Error::field("code", "required", "Enter a code of your app, or a recovery code").into());
    }
    let shown = confirm(backend, session, client, password, "password").await?;
    if let Some(code) = code.filter(|_| needs_code) {
        factors::insist_on_code(backend, session.user().id, client, code).await?;
    }
    Ok(shown)
}

/// Asks for the password once more; a wrong one is told beside its field.
pub(super) async fn confirm(
    backend: &Backend,
    session: &Session,
    client: &Client,
    password: &str,
    field: &str,
) -> Result<ShownPassword> {
    let attempt = Attempt::begin(backend, Target::Confirmation(session.user().id), client).await?;
    let row = own_row(backend.store.reader(), session).await?;
    let verdict = backend.hasher.verify(password, Some(&row.password_hash)).await?;
    if verdict.matches {
        attempt.succeeded(backend).await?;
        Ok(ShownPassword(row))
    } else {
        let complaint = Complaint::new("wrong_password", "This is not your current password");
        Err(domain::Error::Invalid(vec![complaint.about(field)]).into())
    }
}

pub(super) async fn own_row(connection: &impl ConnectionTrait, session: &Session) -> Result<users::Model> {
    let row = users::Entity::find_by_id(session.user().id.uuid()).one(connection).await?;
    row.ok_or_else(|| Error::Refused(domain::Error::SignedOut))
}
