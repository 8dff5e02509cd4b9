//! Signing up and in. A wrong password and an e-mail that nobody has are told apart by nothing: same answer, same work.

use super::{
    Client, Session, SignedIn,
    activity::{self, Happening},
    admission,
    email_key::{key_of, typed_email_key},
    factors,
    opening::{self, Proof},
    strength,
    throttle::{self, Attempt, Target},
};
use crate::{
    Backend, Result,
    entity::users,
    mail::{Message, links, outbox},
    zones,
};
use domain::{
    Error,
    accounts::{Credentials, Event, Settings, SignUp},
    ids::UserId,
};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType, OnConflict},
};
use uuid::Uuid;

/// What came of a sign-up.
#[derive(Debug)]
pub enum SignedUp {
    /// An account, and its first session.
    In(Box<SignedIn>),
    /// The mailbox has been told; whether there was an account before is told to nobody else.
    ToConfirm,
}

/// Makes an account. Where no mail is sent, it opens the first session at once; else the mailbox has to confirm first.
///
/// # Errors
/// [`Error::EmailTaken`], [`Error::SignUpClosed`], [`Error::InviteDead`], [`Error::TooManyAttempts`], [`Error::Busy`], a
/// password that is too easy to guess.
pub async fn sign_up(
    backend: &Backend,
    sign_up: SignUp,
    client: &Client,
    replaces: Option<&Session>,
) -> Result<SignedUp> {
    let invite = sign_up.invite.clone();
    admission::check(backend, invite.as_deref(), client).await?;
    let email_key = key_of(&sign_up.email, "email")?;
    let name = sign_up.name.as_ref().map(domain::accounts::DisplayName::as_str);
    throttle::count_judgement(backend, client)?;
    strength::insist(&sign_up.password, &sign_up.email, name, "password").await?;
    throttle::count_sign_up(backend, client)?;
    let password_hash = backend.hasher.hash(sign_up.password.expose()).await?;
    let remember = sign_up.remember;
    let mut row = new_row(backend, sign_up, email_key, password_hash)?;
    if backend.sends_mail() {
        wait_for_mailbox(backend, row, invite.as_deref(), client).await?;
        return Ok(SignedUp::ToConfirm);
    }
    let transaction = backend.store.begin().await?;
    admission::admit(&transaction, backend, &mut row, invite.as_deref()).await?;
    admission::insert(&transaction, &row).await?;
    transaction.commit().await?;
    backend.note_account();
    tracing::info!(user_id = %row.id, is_admin = row.is_admin, "account created");
    let happening = Happening::new(UserId::from_uuid(row.id), Event::SignedUp, client);
    let signed_in = opening::open(backend, row, Proof::Password, remember, happening, replaces).await?;
    Ok(SignedUp::In(Box::new(signed_in)))
}

fn new_row(backend: &Backend, sign_up: SignUp, email_key: String, password_hash: String) -> Result<users::Model> {
    let mut settings = Settings::default();
    // A browser may know a zone that we do not: better UTC than no account.
    if let Some(zone) = sign_up.time_zone.filter(zones::exists) {
        settings.time_zone = zone;
    }
    let now = backend.now().millis();
    Ok(users::Model {
        id: backend.new_uuid(),
        email: sign_up.email.to_string(),
        email_key,
        name: sign_up.name.map(|name| name.as_str().to_owned()),
        password_hash,
        is_active: true,
        is_admin: false,
        email_verified_at: None,
        awaits_verification: backend.sends_mail(),
        settings: serde_json::to_string(&settings)?,
        change_sequence: 0,
        created_at: now,
        updated_at: now,
    })
}

/// Makes the account that its mailbox has to confirm, or tells the mailbox of the account that there is. Of an account
/// that nobody has confirmed yet, the newest sign-up counts: no link from before opens it. The statements are the same
/// whoever has the address: what there is nothing to do for is done for nobody.
async fn wait_for_mailbox(
    backend: &Backend,
    mut row: users::Model,
    invite: Option<&str>,
    client: &Client,
) -> Result<()> {
    let may_write = throttle::may_write_to(backend, "sign-up", &row.email_key).await?;
    let (now, transaction) = (backend.now(), backend.store.begin().await?);
    admission::admit(&transaction, backend, &mut row, invite).await?;
    let inserted = users::Entity::insert(row.clone().into_active_model())
        .on_conflict(OnConflict::column(users::Column::EmailKey).do_nothing().to_owned())
        .exec_without_returning(&transaction)
        .await?;
    let same_address = users::Column::EmailKey.eq(row.email_key.as_str());
    let known = users::Entity::find().filter(same_address).lock(LockType::NoKeyUpdate).one(&transaction).await?;
    let known = known.ok_or(Error::Internal)?;
    let is_unconfirmed = known.awaits_verification && known.is_active;
    let is_heard = inserted == 1 || may_write;
    let renewed = if is_unconfirmed && is_heard { known.id } else { Uuid::nil() };
    users::Entity::update_many()
        .col_expr(users::Column::Email, Expr::val(row.email.as_str()))
        .col_expr(users::Column::Name, Expr::val(row.name))
        .col_expr(users::Column::PasswordHash, Expr::val(row.password_hash))
        .filter(users::Column::Id.eq(renewed))
        .exec(&transaction)
        .await?;
    links::kill_all(&transaction, renewed, now).await?;
    outbox::withdraw(&transaction, renewed).await?;
    if is_heard {
        let event = if is_unconfirmed { Event::SignedUp } else { Event::SignUpRepeated };
        let happening = Happening::new(UserId::from_uuid(known.id), event, client);
        activity::record(&transaction, now, happening).await?;
    }
    if may_write {
        // The sender drops what would confirm the address of somebody who is kept out.
        let is_at_home = known.is_active && !is_unconfirmed;
        let message = if is_at_home { Message::AlreadyRegistered } else { Message::VerifyAddress };
        let recipient = if is_at_home { &known.email } else { &row.email };
        outbox::put(backend, &transaction, outbox::Entry { user_id: Some(known.id), recipient, message }).await?;
    }
    transaction.commit().await?;
    backend.note_account();
    backend.ring();
    Ok(())
}

/// Writes to the mailbox of an account once more that nobody has confirmed yet.
async fn remind(backend: &Backend, user: &users::Model) -> Result<()> {
    if throttle::may_write_to(backend, "sign-up", &user.email_key).await? {
        let entry = outbox::Entry { user_id: Some(user.id), recipient: &user.email, message: Message::VerifyAddress };
        outbox::put(backend, backend.store.writer(), entry).await?;
        backend.ring();
    }
    Ok(())
}

/// Opens a session for whoever knows the password, unless a code is asked for too.
///
/// # Errors
/// [`Error::InvalidCredentials`] whatever is wrong, [`Error::AddressUnverified`] for the right password of an account that
/// nobody has confirmed, [`Error::SecondFactorRequired`], [`Error::TooManyAttempts`], [`Error::Busy`].
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
    let target = Target::Account(&key, user.as_ref().map(|user| UserId::from_uuid(user.id)));
    let attempt = Attempt::begin(backend, target, client).await?;
    let stored = user.as_ref().map(|user| user.password_hash.as_str());
    let verdict = backend.hasher.verify(credentials.expose_password(), stored).await?;
    let mut user = user.filter(|user| verdict.matches && user.is_active).ok_or(Error::InvalidCredentials)?;
    let failures_before = attempt.succeeded(backend).await?;
    if let Some(hash) = verdict.rehashed {
        renew_hash(backend, &user, &hash).await?;
        user.password_hash = hash;
    }
    if user.awaits_verification && backend.sends_mail() {
        remind(backend, &user).await?;
        return Err(Error::AddressUnverified.into());
    }
    factors::ask(backend, &user, credentials.remember, failures_before).await?;
    let user_id = UserId::from_uuid(user.id);
    let happening = Happening { user: user_id, event: Event::SignedIn, failures_before, client };
    opening::open(backend, user, Proof::Password, credentials.remember, happening, replaces).await
}

/// Puts the hash of today in the place of the one that was judged, and of no other: the password may be a new one by now.
///
/// # Errors
/// [`Error::Busy`] if somebody was quicker; the next try finds out what they did.
async fn renew_hash(backend: &Backend, judged: &users::Model, hash: &str) -> Result<()> {
    let renewed = users::Entity::update_many()
        .col_expr(users::Column::PasswordHash, Expr::val(hash))
        .filter(users::Column::Id.eq(judged.id))
        .filter(users::Column::PasswordHash.eq(judged.password_hash.as_str()))
        .exec(backend.store.writer())
        .await?;
    if renewed.rows_affected == 1 { Ok(()) } else { Err(Error::Busy.into()) }
}
