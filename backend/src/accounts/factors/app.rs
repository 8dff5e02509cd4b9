//! An authenticator app (TOTP, RFC 6238): six digits that change every 30 seconds, asked for after the password. A code
//! is good once, within one step of now. The secret is needed to check it, so it is sealed rather than hashed.

use super::{insist_on_code, qr::Qr, recovery, wrong_code};
use crate::{
    Backend, Error as Fault, Result,
    accounts::{
        Client, Session,
        activity::{self, Happening},
        profile, sessions,
        throttle::{Attempt, Target},
    },
    entity::{sign_in_challenges, totp},
    mail::WayIn,
};
use domain::{
    Error, Timestamp,
    accounts::{Code, Event, FactorRemoval, RecoveryCode},
    ids::UserId,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use totp_rs::{Builder, Totp};

/// As many bits as the hash of the codes has (RFC 4226, 4).
const SECRET_BYTES: usize = 20;
const ISSUER: &str = "Tickbox";
/// A set-up that is not finished within so many seconds was given up.
const SETUP_SECONDS: i64 = 60 * 60;

/// What an app must be told: by a picture, by a link, or by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppSetup {
    /// The secret in base32.
    pub secret: String,
    /// All of it as an address that apps know.
    pub uri: String,
    /// The address as a picture.
    pub qr: Qr,
}

/// Makes a new secret. Nothing is asked for at sign-in before a code of it has been shown.
///
/// # Errors
/// [`Error::ReauthRequired`] unless the owner has just shown who they are, [`Error::FactorOn`].
pub async fn begin_totp(backend: &Backend, session: &Session) -> Result<AppSetup> {
    session.insist_on_confirmation(backend.now())?;
    let user = session.owner().user_id();
    let mut secret = [0; SECRET_BYTES];
    aws_lc_rs::rand::fill(&mut secret).map_err(|_| Error::Internal)?;
    let row = totp::Model {
        user_id: user.uuid(),
        sealed_secret: seal(backend, user, &secret)?,
        last_step: 0,
        created_at: backend.now().millis(),
        confirmed_at: None,
    };
    let unconfirmed = OnConflict::column(totp::Column::UserId)
        .update_columns([totp::Column::SealedSecret, totp::Column::LastStep, totp::Column::CreatedAt])
        .action_and_where(Expr::col((totp::Entity, totp::Column::ConfirmedAt)).is_null())
        .to_owned();
    let written = totp::Entity::insert(row.into_active_model())
        .on_conflict(unconfirmed)
        .exec_without_returning(backend.store.writer())
        .await?;
    if written == 0 {
        return Err(Error::FactorOn.into());
    }
    described(session, &secret)
}

/// The secret of a set-up that was begun and not finished.
///
/// # Errors
/// [`Error::ReauthRequired`] unless the owner has just shown who they are.
pub async fn totp_setup(backend: &Backend, session: &Session) -> Result<Option<AppSetup>> {
    session.insist_on_confirmation(backend.now())?;
    let user = session.owner().user_id();
    let row = totp::Entity::find_by_id(user.uuid()).one(backend.store.reader()).await?;
    let Some(row) = row.filter(|row| is_under_way(row, backend.now())) else { return Ok(None) };
    described(session, &unseal(backend, &row)?).map(Some)
}

/// Turns the second step on with a first code, and tells the recovery codes this once. Every other session ends.
///
/// # Errors
/// [`Error::ReauthRequired`] unless the owner has just shown who they are, [`Error::FactorOff`] where no set-up was
/// begun, [`Error::FactorOn`], a wrong code.
pub async fn turn_totp_on(
    backend: &Backend,
    session: &Session,
    client: &Client,
    code: &Code,
) -> Result<Vec<RecoveryCode>> {
    session.insist_on_confirmation(backend.now())?;
    let (user, now) = (session.owner().user_id(), backend.now());
    let row = totp::Entity::find_by_id(user.uuid()).one(backend.store.reader()).await?.ok_or(Error::FactorOff)?;
    if row.confirmed_at.is_some() {
        return Err(Error::FactorOn.into());
    }
    if !is_under_way(&row, now) {
        return Err(Error::FactorOff.into());
    }
    let attempt = Attempt::begin(backend, Target::Code(user), client).await?;
    let step = match code {
        Code::App(digits) => matching_step(&build(&unseal(backend, &row)?)?, digits, now),
        Code::Recovery(_) => None,
    };
    let step = step.ok_or_else(wrong_code)?;
    attempt.succeeded(backend).await?;
    let transaction = backend.store.begin().await?;
    // Nobody comes in by the password alone any more, and whoever has just done so goes with the others.
    sessions::lock_account(&transaction, user).await?;
    let locked = lock(&transaction, user).await?.ok_or(Error::FactorOff)?;
    if locked != row {
        return Err(Error::FactorOn.into());
    }
    let mut confirmed = row.into_active_model();
    confirmed.confirmed_at = Set(Some(now.millis()));
    confirmed.last_step = Set(step);
    confirmed.update(&transaction).await?;
    let codes = recovery::replace(&transaction, user).await?;
    sessions::end_others(&transaction, now, "second_factor_on", session).await?;
    activity::record(&transaction, now, Happening::new(user, Event::TotpTurnedOn, client)).await?;
    profile::tell_way_in(backend, &transaction, session, client, WayIn::SecondStep).await?;
    transaction.commit().await?;
    backend.ring();
    tracing::info!(user_id = %user, "second factor turned on");
    Ok(codes)
}

/// Turns the second step off. It takes the password and a code; the recovery codes go with it, and every other session.
///
/// # Errors
/// [`Error::FactorOff`], a wrong password, a wrong code.
pub async fn turn_totp_off(
    backend: &Backend,
    session: &Session,
    client: &Client,
    removal: &FactorRemoval,
) -> Result<()> {
    let (user, now) = (session.owner().user_id(), backend.now());
    on_since(backend, user).await?.ok_or(Error::FactorOff)?;
    let shown = profile::confirm(backend, session, client, removal.expose_password(), "password").await?;
    insist_on_code(backend, user, client, &removal.code).await?;
    let transaction = backend.store.begin().await?;
    shown.insist(&transaction).await?;
    totp::Entity::delete_by_id(user.uuid()).exec(&transaction).await?;
    recovery::void(&transaction, user).await?;
    let waiting = sign_in_challenges::Column::UserId.eq(user.uuid());
    sign_in_challenges::Entity::delete_many().filter(waiting).exec(&transaction).await?;
    sessions::end_others(&transaction, now, "second_factor_off", session).await?;
    activity::record(&transaction, now, Happening::new(user, Event::TotpTurnedOff, client)).await?;
    transaction.commit().await?;
    tracing::info!(user_id = %user, "second factor turned off");
    Ok(())
}

/// Since when an account asks for a code.
pub(super) async fn on_since(backend: &Backend, user: UserId) -> Result<Option<Timestamp>> {
    let row = totp::Entity::find_by_id(user.uuid()).one(backend.store.reader()).await?;
    Ok(row.and_then(|row| row.confirmed_at).map(Timestamp::from_millis))
}

/// The row of an account, kept as it is until the transaction ends.
pub(super) async fn lock(transaction: &DatabaseTransaction, user: UserId) -> Result<Option<totp::Model>> {
    Ok(totp::Entity::find_by_id(user.uuid()).lock_exclusive().one(transaction).await?)
}

/// Uses a code up: its step must be later than that of any code before it, so that none is good twice.
pub(super) async fn spend(backend: &Backend, user: UserId, digits: &str) -> Result<bool> {
    let row = totp::Entity::find_by_id(user.uuid()).one(backend.store.reader()).await?;
    let Some(row) = row.filter(|row| row.confirmed_at.is_some()) else { return Ok(false) };
    let Some(step) = matching_step(&build(&unseal(backend, &row)?)?, digits, backend.now()) else { return Ok(false) };
    let spent = totp::Entity::update_many()
        .col_expr(totp::Column::LastStep, Expr::val(step))
        .filter(totp::Column::UserId.eq(user.uuid()))
        .filter(totp::Column::LastStep.lt(step))
        .exec(backend.store.writer())
        .await?;
    Ok(spent.rows_affected == 1)
}

/// Seals every secret anew with the current key, so that the one before it can be dropped.
pub(crate) async fn reseal(backend: &Backend) -> Result<()> {
    for row in totp::Entity::find().all(backend.store.reader()).await? {
        let user = UserId::from_uuid(row.user_id);
        let sealed = seal(backend, user, &unseal(backend, &row)?)?;
        totp::Entity::update_many()
            .col_expr(totp::Column::SealedSecret, Expr::val(sealed))
            .filter(totp::Column::UserId.eq(row.user_id))
            .filter(totp::Column::SealedSecret.eq(row.sealed_secret))
            .exec(backend.store.writer())
            .await?;
    }
    Ok(())
}

fn is_under_way(row: &totp::Model, now: Timestamp) -> bool {
    row.confirmed_at.is_none() && now < Timestamp::from_millis(row.created_at).plus_seconds(SETUP_SECONDS)
}

fn seal(backend: &Backend, user: UserId, secret: &[u8]) -> Result<Vec<u8>> {
    backend.keys.seal(user.uuid().as_bytes(), secret).ok_or(Fault::Stored("secret of an app"))
}

fn unseal(backend: &Backend, row: &totp::Model) -> Result<Vec<u8>> {
    backend.keys.unseal(row.user_id.as_bytes(), &row.sealed_secret).ok_or(Fault::Stored("secret of an app"))
}

fn build(secret: &[u8]) -> Result<Totp> {
    Builder::new().with_secret(secret.to_vec()).build().map_err(|_| Fault::Stored("secret of an app"))
}

fn matching_step(totp: &Totp, digits: &str, now: Timestamp) -> Option<i64> {
    i64::try_from(totp.check(digits, u64::try_from(now.seconds()).ok()?)?).ok()
}

fn described(session: &Session, secret: &[u8]) -> Result<AppSetup> {
    let unusable = || Fault::Stored("secret of an app");
    let account = session.user().email.to_string();
    let totp = Builder::new().with_secret(secret.to_vec()).with_issuer(Some(ISSUER)).with_account_name(account);
    let totp = totp.build().map_err(|_| unusable())?;
    let uri = totp.to_url().map_err(|_| unusable())?;
    Ok(AppSetup { secret: totp.secret().to_base32(), qr: Qr::of(&uri).ok_or_else(unusable)?, uri })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i01_a_code_is_good_one_step_around_now() {
        let totp = build(&[7; SECRET_BYTES]).unwrap();
        let now = Timestamp::from_millis(1_795_168_800_000);
        let at = |steps: i64| totp.generate(u64::try_from(now.seconds() + 30 * steps).unwrap()).to_string();
        let this_step = now.seconds() / 30;
        for steps in -1..=1 {
            assert_eq!(matching_step(&totp, &at(steps), now), Some(this_step + steps));
        }
        for steps in [-3, -2, 2, 3] {
            assert_eq!(matching_step(&totp, &at(steps), now), None, "{steps} steps away");
        }
    }

    #[test]
    fn it_computes_what_rfc_6238_prints() {
        let totp = Builder::new().with_secret(b"12345678901234567890".to_vec()).with_digits(8).build().unwrap();
        assert_eq!(totp.generate(59).to_string(), "94287082");
        assert_eq!(totp.generate(20_000_000_000).to_string(), "65353130");
    }
}
