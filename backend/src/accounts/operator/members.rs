//! The accounts of the server: finding them, letting them in and keeping them out.

use super::Operator;
use crate::{
    Backend, Error, Result,
    accounts::{
        Client,
        activity::{self, Happening},
        admission, api_tokens,
        email_key::{key_of, typed_email_key},
        recovery, sessions, strength,
    },
    entity::{sessions as session_rows, users},
    secret::unguessable,
};
use domain::{
    Timestamp,
    accounts::{Email, Event, Member, MemberPage, Password, Settings},
    ids::UserId,
    json::FromText,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Func, LikeExpr, LockType},
};
use std::collections::HashMap;
use uuid::Uuid;

/// How many accounts a page has.
const PAGE: u64 = 50;

/// What to change about an account: what is absent stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MemberChange {
    /// Whether the person may sign in.
    pub is_active: Option<bool>,
    /// Whether the person runs the server.
    pub is_admin: Option<bool>,
}

/// The accounts whose address or name holds this text, the newest first, before the one of this id.
///
/// # Errors
/// The database is away.
pub async fn members(backend: &Backend, _: &Operator, text: &str, before: Option<UserId>) -> Result<MemberPage> {
    let text = text.trim();
    let matching = Condition::any()
        .add(Expr::col(users::Column::EmailKey).like(containing(text)))
        .add(Expr::expr(Func::lower(Expr::col(users::Column::Name))).like(containing(text)));
    let wanted = Condition::all()
        .add_option((!text.is_empty() && !text.contains('\0')).then_some(matching))
        .add_option(before.map(|id| users::Column::Id.lt(id.uuid())));
    let mut rows = users::Entity::find()
        .filter(wanted)
        .order_by_desc(users::Column::Id)
        .limit(PAGE + 1)
        .all(backend.store.reader())
        .await?;
    let has_more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next_before = rows.last().filter(|_| has_more).map(|row| UserId::from_uuid(row.id));
    Ok(MemberPage { items: to_members(backend, rows).await?, next_before })
}

/// The account with this address.
///
/// # Errors
/// [`domain::Error::NotFound`] if nobody has it.
pub async fn find_member(backend: &Backend, _: &Operator, email: &str) -> Result<Member> {
    let key = typed_email_key(email).ok_or(domain::Error::NotFound)?;
    let row = users::Entity::find().filter(users::Column::EmailKey.eq(key)).one(backend.store.reader()).await?;
    only(to_members(backend, row.into_iter().collect()).await?)
}

/// Makes an account for somebody; the first of all runs the server in any case.
///
/// # Errors
/// [`domain::Error::EmailTaken`], a password that is too easy to guess.
pub async fn add_member(
    backend: &Backend,
    operator: &Operator,
    email: &Email,
    password: &Password,
    is_admin: bool,
) -> Result<Member> {
    operator.insist_on_confirmation(backend.now())?;
    let email_key = key_of(email, "email")?;
    strength::insist(password, email, None, "password").await?;
    let now = backend.now().millis();
    let mut row = users::Model {
        id: backend.new_uuid(),
        email: email.to_string(),
        email_key,
        name: None,
        password_hash: backend.hasher.hash(password.expose()).await?,
        is_active: true,
        is_admin,
        email_verified_at: None,
        awaits_verification: false,
        settings: serde_json::to_string(&Settings::default())?,
        change_sequence: 0,
        created_at: now,
        updated_at: now,
    };
    let transaction = backend.store.begin().await?;
    row.is_admin |= admission::is_first(&transaction).await?;
    admission::insert(&transaction, &row).await?;
    let (user, client) = (UserId::from_uuid(row.id), Client::default());
    activity::record(&transaction, backend.now(), Happening::new(user, Event::MadeByOperator, &client)).await?;
    transaction.commit().await?;
    backend.note_account();
    tracing::info!(user_id = %row.id, operator = operator.name(), is_admin = row.is_admin, "account made for somebody");
    only(to_members(backend, vec![row]).await?)
}

/// A password for an account that is made for somebody, who changes it.
///
/// # Errors
/// Never: what is made by chance is long enough.
pub fn password_by_chance(backend: &Backend) -> Result<Password> {
    let least = backend.least_password();
    let made = Password::parse(&[unguessable(), unguessable()].concat()[..least.count().max(24)], least);
    made.map_err(|complaint| domain::Error::Invalid(vec![complaint.about("password")]).into())
}

/// Lets somebody in or keeps them out, makes an admin or takes that away. Whoever is kept out is out at once: the sessions
/// end and the API tokens are gone for good.
///
/// # Errors
/// [`domain::Error::NotFound`], [`domain::Error::LastAdmin`], [`domain::Error::OwnAccount`].
pub async fn change_member(backend: &Backend, operator: &Operator, id: UserId, change: MemberChange) -> Result<Member> {
    let now = backend.now();
    operator.insist_on_confirmation(now)?;
    if operator.is(id) && change.is_active == Some(false) {
        return Err(domain::Error::OwnAccount.into());
    }
    let transaction = backend.store.begin().await?;
    admission::lock(&transaction).await?;
    let row = users::Entity::find_by_id(id.uuid()).lock(LockType::NoKeyUpdate).one(&transaction).await?;
    let before = row.ok_or(domain::Error::NotFound)?;
    let mut row = before.clone();
    row.is_active = change.is_active.unwrap_or(row.is_active);
    row.is_admin = change.is_admin.unwrap_or(row.is_admin);
    let mut changed = before.clone().into_active_model();
    changed.is_active = Set(row.is_active);
    changed.is_admin = Set(row.is_admin);
    changed.updated_at = Set(now.millis());
    changed.update(&transaction).await?;
    admission::insist_on_an_admin(&transaction).await?;
    if !row.is_active {
        shut_out(&transaction, now, id).await?;
    }
    for event in events(&before, &row) {
        activity::record(&transaction, now, Happening::new(id, event, &Client::default())).await?;
        tracing::info!(user_id = %id, operator = operator.name(), event = event.as_str(), "account changed");
    }
    transaction.commit().await?;
    only(to_members(backend, vec![row]).await?)
}

fn events(before: &users::Model, after: &users::Model) -> Vec<Event> {
    let activity =
        (before.is_active != after.is_active).then_some(if after.is_active { Event::Enabled } else { Event::Disabled });
    let role = (before.is_admin != after.is_admin).then_some(if after.is_admin {
        Event::AdminMade
    } else {
        Event::AdminTaken
    });
    activity.into_iter().chain(role).collect()
}

async fn shut_out(connection: &impl ConnectionTrait, now: Timestamp, id: UserId) -> Result<()> {
    sessions::end_all(connection, now, "disabled", id).await?;
    api_tokens::end_all(connection, id).await
}

/// Signs somebody out everywhere.
///
/// # Errors
/// [`domain::Error::NotFound`].
pub async fn end_sessions(backend: &Backend, operator: &Operator, id: UserId) -> Result<()> {
    let now = backend.now();
    operator.insist_on_confirmation(now)?;
    let transaction = backend.store.begin().await?;
    let row = users::Entity::find_by_id(id.uuid()).lock(LockType::NoKeyUpdate).one(&transaction).await?;
    row.ok_or(domain::Error::NotFound)?;
    sessions::end_all(&transaction, now, "ended_by_operator", id).await?;
    activity::record(&transaction, now, Happening::new(id, Event::EndedByOperator, &Client::default())).await?;
    transaction.commit().await?;
    tracing::info!(user_id = %id, operator = operator.name(), "sessions ended");
    Ok(())
}

/// Makes a link with which somebody sets a new password, for the operator to hand over: once, within 30 minutes.
///
/// # Errors
/// [`domain::Error::NotFound`] for whom there is not, or who is kept out.
pub async fn make_reset_link(backend: &Backend, operator: &Operator, id: UserId) -> Result<String> {
    operator.insist_on_confirmation(backend.now())?;
    let row = users::Entity::find_by_id(id.uuid()).one(backend.store.reader()).await?;
    let row = row.ok_or(domain::Error::NotFound)?;
    let link = recovery::make_reset_link(backend, &row.email).await?.ok_or(domain::Error::NotFound)?;
    tracing::info!(user_id = %id, operator = operator.name(), "link to set a new password made");
    Ok(link)
}

/// What people type is looked for as it stands: `%` and `_` are characters like any other.
fn containing(text: &str) -> LikeExpr {
    let literal = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{literal}%")).escape('\\')
}

fn only(members: Vec<Member>) -> Result<Member> {
    members.into_iter().next().ok_or_else(|| domain::Error::NotFound.into())
}

/// With how each account is used: two statements however many there are.
async fn to_members(backend: &Backend, rows: Vec<users::Model>) -> Result<Vec<Member>> {
    let (reader, now) = (backend.store.reader(), backend.now());
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let of_these = session_rows::Column::UserId.is_in(ids);
    let last_seen: Vec<(Uuid, Option<i64>)> = session_rows::Entity::find()
        .select_only()
        .column(session_rows::Column::UserId)
        .column_as(session_rows::Column::LastUsedAt.max(), "last_used_at")
        .filter(of_these.clone())
        .group_by(session_rows::Column::UserId)
        .into_tuple()
        .all(reader)
        .await?;
    let alive: Vec<(Uuid, i64)> = session_rows::Entity::find()
        .select_only()
        .column(session_rows::Column::UserId)
        .column_as(session_rows::Column::Id.count(), "sessions")
        .filter(of_these)
        .filter(sessions::alive(now))
        .group_by(session_rows::Column::UserId)
        .into_tuple()
        .all(reader)
        .await?;
    let last_seen: HashMap<Uuid, Option<i64>> = last_seen.into_iter().collect();
    let alive: HashMap<Uuid, i64> = alive.into_iter().collect();
    let to_member = |row: users::Model| {
        Ok(Member {
            id: UserId::from_uuid(row.id),
            email: Email::from_text(&row.email).map_err(|_| Error::Stored("e-mail"))?,
            name: row.name.and_then(|name| FromText::from_text(&name).ok().flatten()),
            is_admin: row.is_admin,
            is_active: row.is_active,
            created_at: Timestamp::from_millis(row.created_at),
            last_seen_at: last_seen.get(&row.id).copied().flatten().map(Timestamp::from_millis),
            sessions: alive.get(&row.id).copied().unwrap_or_default(),
        })
    };
    rows.into_iter().map(to_member).collect()
}
