//! Signing up and in. A wrong password and an e-mail that nobody has are told apart by nothing: same answer, same work.

use super::{
    Client, Session, SignedIn,
    activity::Happening,
    email_key::{email_key, typed_email_key},
    factors, sessions, strength,
    throttle::{self, Attempt, Device, Target},
};
use crate::{Backend, Result, entity::users, zones};
use domain::{
    Error,
    accounts::{Credentials, Event, Settings, SignUp},
    ids::UserId,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, SqlErr};

/// Makes an account and opens its first session.
///
/// # Errors
/// [`Error::EmailTaken`], [`Error::SignUpClosed`], [`Error::TooManyAttempts`], [`Error::Busy`], a password that is too
/// easy to guess.
pub async fn sign_up(
    backend: &Backend,
    sign_up: SignUp,
    client: &Client,
    replaces: Option<&Session>,
) -> Result<SignedIn> {
    if !backend.accepts_sign_ups() {
        return Err(Error::SignUpClosed.into());
    }
    let email_key =
        email_key(&sign_up.email).ok_or_else(|| Error::field("email", "invalid_email", "Invalid email format"))?;
    let name = sign_up.name.as_ref().map(domain::accounts::DisplayName::as_str);
    strength::insist(&sign_up.password, &sign_up.email, name, "password").await?;
    throttle::count_sign_up(backend, client)?;
    let password_hash = backend.hasher.hash(sign_up.password.expose()).await?;
    let mut settings = Settings::default();
    // A browser may know a zone that we do not: better UTC than no account.
    if let Some(zone) = sign_up.time_zone.filter(zones::exists) {
        settings.time_zone = zone;
    }
    let now = backend.now().millis();
    let row = users::Model {
        id: backend.new_uuid(),
        email: sign_up.email.to_string(),
        email_key,
        name: sign_up.name.map(|name| name.as_str().to_owned()),
        password_hash,
        is_active: true,
        is_admin: false,
        email_verified_at: None,
        settings: serde_json::to_string(&settings)?,
        change_sequence: 0,
        created_at: now,
        updated_at: now,
    };
    let inserted =
        users::Entity::insert(row.clone().into_active_model()).exec_without_returning(backend.store.writer()).await;
    if let Err(error) = inserted {
        return match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Err(Error::EmailTaken.into()),
            _ => Err(error.into()),
        };
    }
    tracing::info!(user_id = %row.id, "account created");
    let happening = Happening::new(UserId::from_uuid(row.id), Event::SignedUp, client);
    sessions::open(backend, row, sign_up.remember, happening, replaces).await
}

/// Opens a session for whoever knows the password, unless a code is asked for too.
///
/// # Errors
/// [`Error::InvalidCredentials`] whatever is wrong, [`Error::SecondFactorRequired`], [`Error::TooManyAttempts`], [`Error::Busy`].
pub async fn sign_in(
    backend: &Backend,
    credentials: &Credentials,
    client: &Client,
    replaces: Option<&Session>,
) -> Result<SignedIn> {
    // An address that cannot be one is looked up all the same, under a key that nobody has.
    let key = typed_email_key(&credentials.email).unwrap_or_else(|| format!("no address: {}", credentials.email));
    let named = users::Entity::find().filter(users::Column::EmailKey.eq(key.as_str()));
    let user = if key.contains('\0') { None } else { named.one(backend.store.reader()).await? };
    let device = client.device.as_deref().and_then(|mark| Device::read(backend, mark));
    let target = match device {
        Some(device) if user.as_ref().is_some_and(|user| user.id == device.user.uuid()) => Target::From(device),
        _ => Target::Account(&key),
    };
    let attempt = Attempt::begin(backend, target, client).await?;
    let stored = user.as_ref().map(|user| user.password_hash.as_str());
    let verdict = backend.hasher.verify(credentials.expose_password(), stored).await?;
    let mut user = user.filter(|user| verdict.matches && user.is_active).ok_or(Error::InvalidCredentials)?;
    let failures_before = attempt.succeeded(backend).await?;
    if let Some(hash) = verdict.rehashed {
        let mut newer = user.into_active_model();
        newer.password_hash = Set(hash);
        user = newer.update(backend.store.writer()).await?;
    }
    factors::ask(backend, &user, credentials.remember, failures_before).await?;
    let user_id = UserId::from_uuid(user.id);
    let happening = Happening { user: user_id, event: Event::SignedIn, failures_before, client };
    sessions::open(backend, user, credentials.remember, happening, replaces).await
}
