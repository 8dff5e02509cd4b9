//! Passkeys (WebAuthn): keys on a device that sign in alone. The device has asked for a finger, a face or a PIN, so a
//! passkey stands for the password and for the second step.

use super::{
    app,
    ceremony::{self, Ceremony, State, party},
    recovery,
};
use crate::{
    Backend, Error as Fault, Result,
    accounts::{
        Client, Session, SignedIn,
        activity::{self, Happening},
        opening::{self, Proof},
        profile, sessions,
    },
    entity::{passkeys, users},
    mail::WayIn,
};
use domain::{
    Error, Timestamp,
    accounts::{DisplayName, Event, NewPasskey, Passkey, PasskeyName, PasskeySignIn},
    ids::{PasskeyId, UserId},
    json::FromText,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    SqlErr,
    sea_query::{Condition, Expr},
};
use serde_json::Value;
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey as Credential, PublicKeyCredential, RegisterPublicKeyCredential, WebauthnError,
};

/// The most passkeys of one account.
const MOST: usize = 20;

/// Asks this browser for a new passkey.
///
/// # Errors
/// [`Error::ReauthRequired`] unless the owner has just shown who they are, [`Error::TooManyPasskeys`],
/// [`Error::PasskeysUnavailable`].
pub async fn begin_passkey(backend: &Backend, session: &Session) -> Result<Ceremony> {
    session.insist_on_confirmation(backend.now())?;
    let user = session.user();
    let known = of_user(backend.store.reader(), user.id).await?;
    if known.len() >= MOST {
        return Err(Error::TooManyPasskeys.into());
    }
    let known = known.into_iter().map(|row| row.credential_id).collect();
    let email = user.email.to_string();
    let name = user.name.as_ref().map_or(email.as_str(), DisplayName::as_str);
    let (asked, state) = party(backend)?
        .start_passkey_registration(user.id.uuid(), &email, name, Some(known))
        .map_err(|_| Error::Internal)?;
    let mut options = serde_json::to_value(asked.public_key)?;
    // Who signs in says no name, so the passkey itself must know whose it is.
    options["authenticatorSelection"]["residentKey"] = "required".into();
    options["authenticatorSelection"]["requireResidentKey"] = true.into();
    ceremony::ask(backend, Some(user.id), &State::Add(state), options).await
}

/// Adds the passkey that a browser has made.
///
/// # Errors
/// [`Error::ReauthRequired`] unless the owner has just shown who they are; what was not asked for, or does not verify.
pub async fn add_passkey(backend: &Backend, session: &Session, client: &Client, new: NewPasskey) -> Result<Passkey> {
    session.insist_on_confirmation(backend.now())?;
    let user = session.user().id;
    let answer: RegisterPublicKeyCredential = read(new.credential)?;
    let Some(State::Add(state)) = ceremony::take(backend, &new.ceremony, Some(user)).await? else {
        return Err(unverified().into());
    };
    let credential = party(backend)?.finish_passkey_registration(&answer, &state).map_err(|error| {
        tracing::info!(%error, user_id = %user, "a new passkey was refused");
        unverified()
    })?;
    let row = passkeys::Model {
        id: backend.new_uuid(),
        user_id: user.uuid(),
        credential_id: credential.cred_id().clone(),
        credential: serde_json::to_string(&credential)?,
        name: new.name.as_str().to_owned(),
        created_at: backend.now().millis(),
        last_used_at: None,
    };
    let transaction = backend.store.begin().await?;
    let inserted = passkeys::Entity::insert(row.clone().into_active_model()).exec_without_returning(&transaction).await;
    if let Err(error) = inserted {
        return match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Err(unverified().into()),
            _ => Err(error.into()),
        };
    }
    activity::record(&transaction, backend.now(), Happening::new(user, Event::PasskeyAdded, client)).await?;
    profile::tell_way_in(backend, &transaction, session, client, WayIn::Passkey).await?;
    transaction.commit().await?;
    backend.ring();
    to_passkey(&row)
}

/// Calls a passkey by another name.
///
/// # Errors
/// [`Error::NotFound`] for one that is not there or somebody else's.
pub async fn rename_passkey(
    backend: &Backend,
    session: &Session,
    id: PasskeyId,
    name: &PasskeyName,
) -> Result<Passkey> {
    let own = own(session.owner().user_id(), id);
    passkeys::Entity::update_many()
        .col_expr(passkeys::Column::Name, Expr::val(name.as_str()))
        .filter(own.clone())
        .exec(backend.store.writer())
        .await?;
    let row = passkeys::Entity::find().filter(own).one(backend.store.writer()).await?;
    to_passkey(&row.ok_or(Error::NotFound)?)
}

/// Removes a passkey. Every other session ends: one of them may be on the device that was lost.
///
/// # Errors
/// [`Error::ReauthRequired`] unless the owner has just shown who they are, [`Error::NotFound`], [`Error::LastWayIn`]
/// where the app would be left alone without a recovery code.
pub async fn remove_passkey(backend: &Backend, session: &Session, client: &Client, id: PasskeyId) -> Result<()> {
    session.insist_on_confirmation(backend.now())?;
    let (user, now) = (session.owner().user_id(), backend.now());
    let transaction = backend.store.begin().await?;
    sessions::lock_account(&transaction, user).await?;
    let needs_app = app::lock(&transaction, user).await?.is_some_and(|row| row.confirmed_at.is_some());
    let removed = passkeys::Entity::delete_many().filter(own(user, id)).exec(&transaction).await?;
    if removed.rows_affected == 0 {
        return Err(Error::NotFound.into());
    }
    let others = passkeys::Entity::find().filter(passkeys::Column::UserId.eq(user.uuid())).count(&transaction).await?;
    if needs_app && others == 0 && recovery::left(&transaction, user).await? == 0 {
        return Err(Error::LastWayIn.into());
    }
    sessions::end_others(&transaction, now, "passkey_removed", session).await?;
    activity::record(&transaction, now, Happening::new(user, Event::PasskeyRemoved, client)).await?;
    transaction.commit().await?;
    Ok(())
}

/// Asks this browser for a passkey of whoever is in front of it.
///
/// # Errors
/// [`Error::TooManyAttempts`], [`Error::PasskeysUnavailable`].
pub async fn begin_passkey_sign_in(backend: &Backend, client: &Client) -> Result<Ceremony> {
    let (asked, state) = party(backend)?.start_discoverable_authentication().map_err(|_| Error::Internal)?;
    let options = serde_json::to_value(asked.public_key)?;
    ceremony::ask_anybody(backend, client, &State::SignIn(state), options).await
}

/// Opens a session for whoever holds a passkey. It counts as a fresh confirmation.
///
/// # Errors
/// [`Error::PasskeyRefused`] whatever is wrong.
pub async fn sign_in_with_passkey(
    backend: &Backend,
    entry: PasskeySignIn,
    client: &Client,
    replaces: Option<&Session>,
) -> Result<SignedIn> {
    let answer: PublicKeyCredential = read(entry.credential)?;
    let Some(State::SignIn(state)) = ceremony::take(backend, &entry.ceremony, None).await? else {
        return Err(Error::PasskeyRefused.into());
    };
    let (user, passkey) = verified(backend, &answer, state, client).await?.ok_or(Error::PasskeyRefused)?;
    let happening = Happening::new(UserId::from_uuid(user.id), Event::SignedInWithPasskey, client);
    opening::open(backend, user, Proof::Passkey(passkey), entry.remember, happening, replaces).await
}

/// Whose passkey has answered and which, if the answer is what was asked for. What its authenticator counts must have
/// grown; a count that has not tells of a copy.
async fn verified(
    backend: &Backend,
    answer: &PublicKeyCredential,
    state: DiscoverableAuthentication,
    client: &Client,
) -> Result<Option<(users::Model, Uuid)>> {
    let party = party(backend)?;
    let Ok((user, credential_id)) = party.identify_discoverable_authentication(answer) else { return Ok(None) };
    let transaction = backend.store.begin().await?;
    let found = passkeys::Entity::find()
        .filter(passkeys::Column::UserId.eq(user))
        .filter(passkeys::Column::CredentialId.eq(credential_id))
        .lock_exclusive()
        .one(&transaction)
        .await?;
    let Some(row) = found else { return Ok(None) };
    let mut credential: Credential = serde_json::from_str(&row.credential)?;
    match party.finish_discoverable_authentication_v2(answer, state, &credential) {
        Ok(result) => {
            credential.update_credential(&result);
            let passkey = row.id;
            let mut used = row.into_active_model();
            used.credential = Set(serde_json::to_string(&credential)?);
            used.last_used_at = Set(Some(backend.now().millis()));
            used.update(&transaction).await?;
            let user = users::Entity::find_by_id(user).one(&transaction).await?;
            transaction.commit().await?;
            Ok(user.map(|user| (user, passkey)))
        }
        Err(error) => {
            tracing::info!(%error, user_id = %user, "a passkey was refused");
            if matches!(error, WebauthnError::CredentialPossibleCompromise) {
                let happening = Happening::new(UserId::from_uuid(user), Event::PasskeyCopied, client);
                activity::record(&transaction, backend.now(), happening).await?;
                transaction.commit().await?;
            }
            Ok(None)
        }
    }
}

/// The passkeys of an account, the oldest first.
pub(super) async fn list(backend: &Backend, user: UserId) -> Result<Vec<Passkey>> {
    of_user(backend.store.reader(), user).await?.iter().map(to_passkey).collect()
}

async fn of_user(connection: &impl ConnectionTrait, user: UserId) -> Result<Vec<passkeys::Model>> {
    let own = passkeys::Entity::find().filter(passkeys::Column::UserId.eq(user.uuid()));
    let in_order = own.order_by_asc(passkeys::Column::CreatedAt).order_by_asc(passkeys::Column::Id);
    Ok(in_order.all(connection).await?)
}

fn own(user: UserId, id: PasskeyId) -> Condition {
    Condition::all().add(passkeys::Column::UserId.eq(user.uuid())).add(passkeys::Column::Id.eq(id.uuid()))
}

fn to_passkey(row: &passkeys::Model) -> Result<Passkey> {
    Ok(Passkey {
        id: PasskeyId::from_uuid(row.id),
        name: PasskeyName::from_text(&row.name).map_err(|_| Fault::Stored("name of a passkey"))?,
        created_at: Timestamp::from_millis(row.created_at),
        last_used_at: row.last_used_at.map(Timestamp::from_millis),
    })
}

fn read<T: serde::de::DeserializeOwned>(credential: Value) -> Result<T, Error> {
    serde_json::from_value(credential).map_err(|_| {
        Error::field("credential", "invalid_credential", "Send what navigator.credentials gave, as its toJSON() has it")
    })
}

fn unverified() -> Error {
    Error::field("credential", "passkey_refused", "This passkey could not be verified. Try again.")
}
