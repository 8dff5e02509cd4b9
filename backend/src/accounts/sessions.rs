//! Sessions: verifying, refreshing and ending them; how one is opened is said in `opening`. The row decides, at every
//! request, whether a token that is otherwise in order still means anything.

use super::{
    activity::{self, Happening},
    tokens::{ACCESS_SECONDS, Age, RefreshClaim, Tokens, issue_access, read_access},
};
use crate::{
    Backend, Error, Owner, Result,
    entity::{sessions, users},
    mail::{Circumstances, Message, outbox},
    store::Store,
};
use domain::{
    Timestamp,
    accounts::{Device, Email, Event, User},
    ids::{SessionId, UserId},
    json::FromText,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Condition, Expr, ExprTrait, LockType},
};

const DAY: i64 = 24 * 60 * 60;
/// A session that is not used ends after so many seconds.
pub(super) const IDLE_SECONDS: i64 = 14 * DAY;
/// A session ends after so many seconds however much it is used (NIST SP 800-63B-4, AAL1).
pub(super) const ABSOLUTE_SECONDS: i64 = 30 * DAY;
/// A session that is not to be remembered.
pub(super) const SHORT_SECONDS: i64 = DAY;
/// A second tab that comes with the token before the newest, so many seconds after the rotation, is no thief.
const GRACE_SECONDS: i64 = 30;
/// How long a confirmation opens what is guarded by one.
const CONFIRMED_SECONDS: i64 = 10 * 60;

/// Where a request comes from: for the list of devices, and to count what fails.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Client {
    /// The network address.
    pub ip: Option<String>,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
    /// The mark of a device that has been signed in before, as its cookie says; not checked yet.
    pub device: Option<String>,
}

/// A verified session.
#[derive(Debug, Clone)]
pub struct Session {
    id: SessionId,
    user: User,
    owner: Owner,
    remember: bool,
    confirmed_at: Option<Timestamp>,
}

impl Session {
    /// The session's id.
    pub const fn id(&self) -> SessionId {
        self.id
    }

    /// Whose session it is.
    pub const fn user(&self) -> &User {
        &self.user
    }

    /// The door to that user's rows.
    pub const fn owner(&self) -> &Owner {
        &self.owner
    }

    /// Whether it outlives the browser.
    pub const fn remember(&self) -> bool {
        self.remember
    }

    /// Whether its owner has shown the password within the last ten minutes (ASVS 7.5.1).
    pub fn is_freshly_confirmed(&self, now: Timestamp) -> bool {
        self.confirmed_at.is_some_and(|at| now < at.plus_seconds(CONFIRMED_SECONDS))
    }

    /// Asks for that.
    pub(super) fn insist_on_confirmation(&self, now: Timestamp) -> Result<(), domain::Error> {
        if self.is_freshly_confirmed(now) { Ok(()) } else { Err(domain::Error::ReauthRequired) }
    }
}

/// A session with the tokens to carry on with.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Its tokens.
    pub tokens: Tokens,
    /// The mark by which its device is known from now on; none when the session is only renewed.
    pub device: Option<String>,
}

/// Verifies an access token: first the token, which keeps forgeries from the database, then the session's row.
///
/// # Errors
/// [`domain::Error::SignedOut`], whatever is wrong.
pub async fn verify(backend: &Backend, access_token: &str) -> Result<Session> {
    let claims = read_access(backend, access_token, Age::InForce).ok_or(domain::Error::SignedOut)?;
    let (row, user) = find(&backend.store, SessionId::from_uuid(claims.sid)).await?.ok_or(domain::Error::SignedOut)?;
    if row.user_id != claims.sub || !is_alive(&row, &user, backend.now()) {
        return Err(domain::Error::SignedOut.into());
    }
    to_session(&row, user)
}

/// Rotates the refresh token of a session. The newest token rotates; the one before it, within 30 seconds, gets the
/// pair that is current; any older one has been stolen or replayed, and ends the session.
///
/// # Errors
/// [`domain::Error::SignedOut`] for a token that is not ours or whose session is over, and if the access token that
/// came along belongs to another session.
pub async fn refresh(
    backend: &Backend,
    refresh_token: &str,
    access_token: Option<&str>,
    client: &Client,
) -> Result<SignedIn> {
    let claim = RefreshClaim::read(backend, refresh_token).ok_or(domain::Error::SignedOut)?;
    let companion = access_token.and_then(|token| read_access(backend, token, Age::Any));
    if companion.is_some_and(|claims| claims.sid != claim.session.uuid()) {
        return Err(domain::Error::SignedOut.into());
    }
    let now = backend.now();
    if rotate(backend, claim, now).await? {
        tracing::debug!(session_id = %claim.session, "session refreshed");
    }
    let found = find_for_update(&backend.store, claim.session).await?;
    let (row, user) = found.filter(|(row, user)| is_alive(row, user, now)).ok_or(domain::Error::SignedOut)?;
    let is_newest = row.refresh_counter == claim.counter + 1;
    let is_fresh = row.rotated_at.is_some_and(|at| now <= Timestamp::from_millis(at).plus_seconds(GRACE_SECONDS));
    if is_newest && is_fresh {
        return signed_in(backend, &row, user);
    }
    tracing::warn!(session_id = %claim.session, user_id = %row.user_id, "a spent refresh token was used: session ended");
    end_stolen(backend, claim.session, &to_user(user)?, client).await?;
    Err(domain::Error::SignedOut.into())
}

/// Ends a session whose tokens may be in other hands, and tells its owner.
async fn end_stolen(backend: &Backend, session: SessionId, user: &User, client: &Client) -> Result<()> {
    let (now, transaction) = (backend.now(), backend.store.begin().await?);
    lock_account(&transaction, user.id).await?;
    end_where(&transaction, now, "refresh_reuse", of_id(session)).await?;
    activity::record(&transaction, now, Happening::new(user.id, Event::StolenTokenUsed, client)).await?;
    let message = Message::StolenTokenUsed { when: Circumstances::of(client, now, &user.settings.time_zone) };
    let entry = outbox::Entry { user_id: Some(user.id.uuid()), recipient: user.email.as_str(), message };
    outbox::put(backend, &transaction, entry).await?;
    transaction.commit().await?;
    backend.ring();
    Ok(())
}

/// Compare-and-set: of many requests with one token exactly one rotates it.
async fn rotate(backend: &Backend, claim: RefreshClaim, now: Timestamp) -> Result<bool> {
    let idle = now.plus_seconds(IDLE_SECONDS).millis();
    let absolute = || Expr::col(sessions::Column::AbsoluteExpiresAt);
    let next_idle = Expr::case(absolute().lt(idle), absolute()).finally(Expr::val(idle));
    let rotated = sessions::Entity::update_many()
        .col_expr(sessions::Column::RefreshCounter, Expr::val(claim.counter + 1))
        .col_expr(sessions::Column::RotatedAt, Expr::val(Some(now.millis())))
        .col_expr(sessions::Column::LastUsedAt, Expr::val(now.millis()))
        .col_expr(sessions::Column::IdleExpiresAt, next_idle.into())
        .filter(of_id(claim.session))
        .filter(sessions::Column::RefreshCounter.eq(claim.counter))
        .filter(sessions::Column::EndedAt.is_null())
        .filter(sessions::Column::IdleExpiresAt.gt(now.millis()))
        .filter(sessions::Column::AbsoluteExpiresAt.gt(now.millis()))
        .exec(backend.store.writer())
        .await?;
    Ok(rotated.rows_affected == 1)
}

/// Whose session a refresh token is from, be it alive or over; nothing but what was typed before a sign-in hangs on it.
///
/// # Errors
/// The database is away.
pub async fn session_owner(backend: &Backend, refresh_token: &str) -> Result<Option<UserId>> {
    let Some(claim) = RefreshClaim::read(backend, refresh_token) else { return Ok(None) };
    let found = find(&backend.store, claim.session).await?;
    Ok(found.map(|(row, _)| UserId::from_uuid(row.user_id)))
}

/// Ends this session.
///
/// # Errors
/// The database is away.
pub async fn sign_out(backend: &Backend, session: &Session, client: &Client) -> Result<()> {
    let happening = Happening::new(session.user.id, Event::SignedOut, client);
    end_and_tell(backend, "signed_out", of_id(session.id), happening).await
}

/// Ends every session of this account, this one too.
///
/// # Errors
/// The database is away.
pub async fn sign_out_everywhere(backend: &Backend, session: &Session, client: &Client) -> Result<()> {
    let happening = Happening::new(session.user.id, Event::SignedOutEverywhere, client);
    end_and_tell(backend, "signed_out_everywhere", of_user(session.user.id), happening).await
}

/// Ends every session of this account but this one.
///
/// # Errors
/// The database is away.
pub async fn end_other_devices(backend: &Backend, session: &Session, client: &Client) -> Result<()> {
    let happening = Happening::new(session.user.id, Event::OtherDevicesEnded, client);
    end_and_tell(backend, "ended_by_owner", others(session), happening).await
}

/// Ends every session of the account but the one given, for a reason.
pub(super) async fn end_others(
    connection: &impl ConnectionTrait,
    now: Timestamp,
    reason: &str,
    session: &Session,
) -> Result<()> {
    end_where(connection, now, reason, others(session)).await
}

/// Ends every session of an account, for a reason.
pub(super) async fn end_all(
    connection: &impl ConnectionTrait,
    now: Timestamp,
    reason: &str,
    user: UserId,
) -> Result<()> {
    end_where(connection, now, reason, of_user(user)).await
}

/// An account's row, kept as it is until the transaction ends. Whoever opens sessions of the account, ends them, or changes
/// what opens them takes this first, so that none slips in while others end. It stands in nobody's way who only reads.
pub(super) async fn lock_account(transaction: &DatabaseTransaction, user: UserId) -> Result<Option<users::Model>> {
    Ok(users::Entity::find_by_id(user.uuid()).lock(LockType::NoKeyUpdate).one(transaction).await?)
}

fn others(session: &Session) -> Condition {
    of_user(session.user.id).add(sessions::Column::Id.ne(session.id.uuid()))
}

/// Ends sessions and writes down why, both or neither.
async fn end_and_tell(backend: &Backend, reason: &str, which: Condition, happening: Happening<'_>) -> Result<()> {
    let (now, transaction) = (backend.now(), backend.store.begin().await?);
    lock_account(&transaction, happening.user).await?;
    end_where(&transaction, now, reason, which).await?;
    activity::record(&transaction, now, happening).await?;
    transaction.commit().await?;
    Ok(())
}

/// Remembers that the owner of this session has just shown the password.
pub(super) async fn note_confirmation(
    connection: &impl ConnectionTrait,
    session: &Session,
    now: Timestamp,
) -> Result<()> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::ConfirmedAt, Expr::val(Some(now.millis())))
        .filter(of_id(session.id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Ends one session of this account.
///
/// # Errors
/// [`domain::Error::NotFound`] for a session that is over or somebody else's.
pub async fn end_device(backend: &Backend, session: &Session, client: &Client, id: SessionId) -> Result<()> {
    let own = of_user(session.owner.user_id()).add(of_id(id)).add(sessions::Column::EndedAt.is_null());
    let known = sessions::Entity::find().filter(own.clone()).one(backend.store.reader()).await?;
    known.ok_or(domain::Error::NotFound)?;
    let happening = Happening::new(session.user.id, Event::DeviceEnded, client);
    end_and_tell(backend, "ended_by_owner", own, happening).await
}

/// The signed-in devices of this account, the most recently used first.
///
/// # Errors
/// The database is away.
pub async fn devices(backend: &Backend, owner: &Owner) -> Result<Vec<Device>> {
    let rows = sessions::Entity::find()
        .filter(of_user(owner.user_id()))
        .filter(alive(backend.now()))
        .order_by_desc(sessions::Column::LastUsedAt)
        .order_by_desc(sessions::Column::Id)
        .all(backend.store.reader())
        .await?;
    Ok(rows.into_iter().map(|row| to_device(owner, row)).collect())
}

/// One signed-in device of this account.
///
/// # Errors
/// [`domain::Error::NotFound`] for a session that is over or somebody else's.
pub async fn device(backend: &Backend, owner: &Owner, id: SessionId) -> Result<Device> {
    let own = of_user(owner.user_id()).add(of_id(id)).add(alive(backend.now()));
    let row = sessions::Entity::find().filter(own).one(backend.store.reader()).await?;
    Ok(row.map(|row| to_device(owner, row)).ok_or(domain::Error::NotFound)?)
}

fn to_device(owner: &Owner, row: sessions::Model) -> Device {
    Device {
        id: SessionId::from_uuid(row.id),
        is_current: owner.session_id().is_some_and(|current| row.id == current.uuid()),
        ip: row.ip,
        user_agent: row.user_agent,
        created_at: Timestamp::from_millis(row.created_at),
        last_used_at: Timestamp::from_millis(row.last_used_at),
        expires_at: Timestamp::from_millis(row.idle_expires_at),
    }
}

/// An account's row as its owner sees it.
pub(super) fn to_user(row: users::Model) -> Result<User> {
    Ok(User {
        id: UserId::from_uuid(row.id),
        email: Email::from_text(&row.email).map_err(|_| Error::Stored("e-mail"))?,
        name: row.name.and_then(|name| FromText::from_text(&name).ok().flatten()),
        is_active: row.is_active,
        is_admin: row.is_admin,
        email_verified_at: row.email_verified_at.map(Timestamp::from_millis),
        settings: serde_json::from_str(&row.settings)?,
        created_at: Timestamp::from_millis(row.created_at),
        updated_at: Timestamp::from_millis(row.updated_at),
    })
}

fn to_session(row: &sessions::Model, user: users::Model) -> Result<Session> {
    let change_sequence = user.change_sequence;
    let user = to_user(user)?;
    let id = SessionId::from_uuid(row.id);
    let owner = Owner::of_session(user.id, id, &user.settings, change_sequence);
    let confirmed_at = row.confirmed_at.map(Timestamp::from_millis);
    Ok(Session { id, user, owner, remember: row.remember, confirmed_at })
}

/// The tokens of a session as it is now.
pub(super) fn signed_in(backend: &Backend, row: &sessions::Model, user: users::Model) -> Result<SignedIn> {
    let session = to_session(row, user)?;
    let claim = RefreshClaim { session: session.id, counter: row.refresh_counter };
    let tokens = Tokens {
        access: issue_access(backend, session.user.id, session.id, Timestamp::from_millis(row.created_at))?,
        access_seconds: ACCESS_SECONDS,
        refresh: claim.issue(backend),
        refresh_seconds: (row.idle_expires_at - backend.now().millis()) / 1000,
        remember: row.remember,
    };
    Ok(SignedIn { session, tokens, device: None })
}

fn is_alive(row: &sessions::Model, user: &users::Model, now: Timestamp) -> bool {
    row.ended_at.is_none()
        && now.millis() < row.idle_expires_at
        && now.millis() < row.absolute_expires_at
        && user.is_active
}

async fn find(store: &Store, id: SessionId) -> Result<Option<(sessions::Model, users::Model)>> {
    find_by(store.reader(), id).await
}

/// Reads through the writer, so that a rotation a moment ago is seen.
async fn find_for_update(store: &Store, id: SessionId) -> Result<Option<(sessions::Model, users::Model)>> {
    find_by(store.writer(), id).await
}

async fn find_by(connection: &impl ConnectionTrait, id: SessionId) -> Result<Option<(sessions::Model, users::Model)>> {
    let found = sessions::Entity::find_by_id(id.uuid()).find_also_related(users::Entity).one(connection).await?;
    Ok(found.and_then(|(row, user)| Some((row, user?))))
}

/// The sessions that are not over, as far as they themselves are concerned.
pub(super) fn alive(now: Timestamp) -> Condition {
    Condition::all()
        .add(sessions::Column::EndedAt.is_null())
        .add(sessions::Column::IdleExpiresAt.gt(now.millis()))
        .add(sessions::Column::AbsoluteExpiresAt.gt(now.millis()))
}

pub(super) fn of_id(id: SessionId) -> Condition {
    Condition::all().add(sessions::Column::Id.eq(id.uuid()))
}

pub(super) fn of_user(id: UserId) -> Condition {
    Condition::all().add(sessions::Column::UserId.eq(id.uuid()))
}

/// Ends those of these sessions that are not over, for a reason.
pub(super) async fn end_where(
    connection: &impl ConnectionTrait,
    now: Timestamp,
    reason: &str,
    which: Condition,
) -> Result<()> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::EndedAt, Expr::val(Some(now.millis())))
        .col_expr(sessions::Column::EndedReason, Expr::val(Some(reason.to_owned())))
        .filter(which)
        .filter(sessions::Column::EndedAt.is_null())
        .exec(connection)
        .await?;
    Ok(())
}
