//! A sign-in whose password was right and which waits for a code. Its token opens nothing by itself: it names a row that
//! lives five minutes and stands five wrong codes, and it is bound to the password that earned it, so that a new
//! password voids it.

use super::{app, is_right, wrong_code};
use crate::{
    Backend, Result,
    accounts::{
        Client, Session, SignedIn,
        activity::{self, Happening},
        opening::{self, Proof},
        throttle::{Attempt, Target},
    },
    entity::{sign_in_challenges, users},
};
use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Error,
    accounts::{CodeEntry, Event},
    ids::UserId,
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

/// How long a sign-in waits for its code.
const LIFETIME_SECONDS: i64 = 5 * 60;
/// How many wrong codes end it.
const MOST_TRIES: i64 = 5;
const ID_BYTES: usize = 16;

/// Refuses a right password where a code is asked for too, with the challenge that the code must come with.
///
/// # Errors
/// [`Error::SecondFactorRequired`].
pub(in crate::accounts) async fn ask(
    backend: &Backend,
    user: &users::Model,
    remember: bool,
    failures_before: i64,
) -> Result<()> {
    if app::on_since(backend, UserId::from_uuid(user.id)).await?.is_none() {
        return Ok(());
    }
    let now = backend.now();
    sign_in_challenges::Entity::delete_many()
        .filter(sign_in_challenges::Column::ExpiresAt.lte(now.millis()))
        .exec(backend.store.writer())
        .await?;
    let row = sign_in_challenges::Model {
        id: backend.new_uuid(),
        user_id: user.id,
        remember,
        failures_before,
        tries: 0,
        expires_at: now.plus_seconds(LIFETIME_SECONDS).millis(),
    };
    let challenge = token(&backend.keys.current.challenge, row.id, user);
    sign_in_challenges::Entity::insert(row.into_active_model()).exec_without_returning(backend.store.writer()).await?;
    Err(Error::SecondFactorRequired { challenge }.into())
}

/// Finishes a sign-in with a code.
///
/// # Errors
/// [`Error::ChallengeOver`], a wrong code, [`Error::TooManyAttempts`].
pub async fn sign_in_with_code(
    backend: &Backend,
    entry: &CodeEntry,
    client: &Client,
    replaces: Option<&Session>,
) -> Result<SignedIn> {
    let (row, user) = find(backend, &entry.challenge).await?.ok_or(Error::ChallengeOver)?;
    let user_id = UserId::from_uuid(user.id);
    let attempt = Attempt::begin(backend, Target::Code(user_id), client).await?;
    if !count(backend, row.id).await? {
        return Err(Error::ChallengeOver.into());
    }
    if !is_right(backend, user_id, client, &entry.code).await? {
        return Err(give_up(backend, &row, client).await?.into());
    }
    attempt.succeeded(backend).await?;
    if !close(backend, row.id).await? {
        return Err(Error::ChallengeOver.into());
    }
    let happening = Happening { user: user_id, event: Event::SignedIn, failures_before: row.failures_before, client };
    opening::open(backend, user, Proof::Code, row.remember, happening, replaces).await
}

/// What a wrong code is answered with: the last one ends the waiting, which is written down.
async fn give_up(backend: &Backend, row: &sign_in_challenges::Model, client: &Client) -> Result<Error> {
    if row.tries + 1 < MOST_TRIES {
        return Ok(wrong_code());
    }
    if close(backend, row.id).await? {
        let transaction = backend.store.begin().await?;
        let happening = Happening::new(UserId::from_uuid(row.user_id), Event::CodesWrong, client);
        activity::record(&transaction, backend.now(), happening).await?;
        transaction.commit().await?;
    }
    Ok(Error::ChallengeOver)
}

/// The sign-in that a token names, while it waits.
async fn find(backend: &Backend, challenge: &str) -> Result<Option<(sign_in_challenges::Model, users::Model)>> {
    let Some((id, mac)) = read(challenge) else { return Ok(None) };
    let found =
        sign_in_challenges::Entity::find_by_id(id).find_also_related(users::Entity).one(backend.store.writer()).await?;
    let Some((row, Some(user))) = found else { return Ok(None) };
    let is_ours = backend.keys.all().any(|keys| hmac::verify(&keys.challenge, &claim(id, &user), &mac).is_ok());
    let is_waiting = backend.now().millis() < row.expires_at && row.tries < MOST_TRIES && user.is_active;
    Ok((is_ours && is_waiting).then_some((row, user)))
}

/// Counts a try before it is judged, so that many at once are many.
async fn count(backend: &Backend, id: Uuid) -> Result<bool> {
    let counted = sign_in_challenges::Entity::update_many()
        .col_expr(sign_in_challenges::Column::Tries, Expr::col(sign_in_challenges::Column::Tries).add(1))
        .filter(sign_in_challenges::Column::Id.eq(id))
        .filter(sign_in_challenges::Column::Tries.lt(MOST_TRIES))
        .exec(backend.store.writer())
        .await?;
    Ok(counted.rows_affected == 1)
}

/// Ends the waiting; of two at once one ends it.
async fn close(backend: &Backend, id: Uuid) -> Result<bool> {
    Ok(sign_in_challenges::Entity::delete_by_id(id).exec(backend.store.writer()).await?.rows_affected == 1)
}

fn token(key: &hmac::Key, id: Uuid, user: &users::Model) -> String {
    let mac = hmac::sign(key, &claim(id, user));
    URL_SAFE_NO_PAD.encode([id.as_bytes(), mac.as_ref()].concat())
}

fn read(token: &str) -> Option<(Uuid, Vec<u8>)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (id, mac) = bytes.split_at_checked(ID_BYTES)?;
    Some((Uuid::from_slice(id).ok()?, mac.to_vec()))
}

fn claim(id: Uuid, user: &users::Model) -> Vec<u8> {
    [id.as_bytes(), user.password_hash.as_bytes()].concat()
}
