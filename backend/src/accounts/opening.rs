//! Opening a session. What earned it was judged before, outside of any transaction and perhaps long before: hashing waits
//! in a queue. So it is looked at once more where the session is written, under the lock that whoever changes a
//! password, a factor or an account takes too: nothing that is over by then opens anything.

use super::{
    Client, Session, SignedIn,
    activity::{self, Happening},
    sessions::{
        ABSOLUTE_SECONDS, IDLE_SECONDS, SHORT_SECONDS, end_where, lock_account, of_id, of_user, signed_in, to_user,
    },
    throttle::Device,
};
use crate::{
    Backend, Result,
    entity::{passkeys, sessions, totp, users},
    mail::{Circumstances, Message, outbox},
};
use domain::{Error, Timestamp, accounts::Event, ids::UserId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// The most sessions of one account; one more ends the oldest.
const MOST_SESSIONS: u64 = 50;

/// What somebody has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// The password, where nothing else is asked for.
    Password,
    /// The password, and a code after it.
    Code,
    /// The passkey of this id.
    Passkey(Uuid),
}

impl Proof {
    /// The account as it is now, if this still opens it, and nobody may change that before the transaction ends.
    async fn insist(self, transaction: &DatabaseTransaction, judged: &users::Model) -> Result<users::Model> {
        let user = lock_account(transaction, UserId::from_uuid(judged.id)).await?.filter(|user| user.is_active);
        let user = user.ok_or_else(|| self.refusal())?;
        let still_opens = match self {
            Self::Password => {
                user.password_hash == judged.password_hash
                    && totp::Entity::find_by_id(user.id)
                        .one(transaction)
                        .await?
                        .is_none_or(|totp| totp.confirmed_at.is_none())
            }
            Self::Code => user.password_hash == judged.password_hash,
            Self::Passkey(id) => passkeys::Entity::find_by_id(id).one(transaction).await?.is_some(),
        };
        if still_opens { Ok(user) } else { Err(self.refusal().into()) }
    }

    const fn refusal(self) -> Error {
        match self {
            Self::Password => Error::InvalidCredentials,
            Self::Code => Error::ChallengeOver,
            Self::Passkey(_) => Error::PasskeyRefused,
        }
    }
}

/// Opens a session for somebody who has just proved who they are. The one it replaces ends (ASVS 7.2.4).
///
/// # Errors
/// What is owed to somebody without that proof, if it is worth nothing any more.
pub(super) async fn open(
    backend: &Backend,
    user: users::Model,
    proof: Proof,
    remember: bool,
    happening: Happening<'_>,
    replaces: Option<&Session>,
) -> Result<SignedIn> {
    let client = happening.client;
    let now = backend.now();
    let row = new_row(backend, user.id, remember, client);
    let transaction = backend.store.begin().await?;
    let user = proof.insist(&transaction, &user).await?;
    if let Some(replaced) = replaces {
        end_where(&transaction, now, "replaced", of_id(replaced.id())).await?;
    }
    end_surplus(&transaction, now, user.id).await?;
    let mark = client.device.as_deref().and_then(|mark| Device::read(backend, mark));
    let mark = mark.filter(|device| device.user == happening.user);
    let signs_in = matches!(happening.event, Event::SignedIn | Event::SignedInWithPasskey);
    if signs_in && mark.is_none() && is_from_elsewhere(&transaction, &row).await? {
        let owner = to_user(user.clone())?;
        let when = Circumstances::of(client, now, &owner.settings.time_zone);
        let message = Message::NewDevice { when };
        let entry = outbox::Entry { user_id: Some(user.id), recipient: &user.email, message };
        outbox::put(backend, &transaction, entry).await?;
    }
    sessions::Entity::insert(row.clone().into_active_model()).exec_without_returning(&transaction).await?;
    activity::record(&transaction, now, happening).await?;
    transaction.commit().await?;
    backend.ring();
    let device = mark.unwrap_or_else(|| Device::new(backend, happening.user));
    Ok(SignedIn { device: Some(device.issue(backend)), ..signed_in(backend, &row, user)? })
}

fn new_row(backend: &Backend, user_id: Uuid, remember: bool, client: &Client) -> sessions::Model {
    let now = backend.now();
    let longest = if remember { ABSOLUTE_SECONDS } else { SHORT_SECONDS };
    sessions::Model {
        id: backend.new_uuid(),
        user_id,
        refresh_counter: 0,
        rotated_at: None,
        remember,
        created_at: now.millis(),
        last_used_at: now.millis(),
        idle_expires_at: now.plus_seconds(Ord::min(longest, IDLE_SECONDS)).millis(),
        absolute_expires_at: now.plus_seconds(longest).millis(),
        ip: client.ip.clone(),
        user_agent: client.user_agent.as_deref().map(shortened),
        confirmed_at: Some(now.millis()),
        ended_at: None,
        ended_reason: None,
    }
}

/// Whether this account was used before, but never from this place by this program. Programs keep no mark.
async fn is_from_elsewhere(connection: &impl ConnectionTrait, row: &sessions::Model) -> Result<bool> {
    let before = sessions::Entity::find().filter(sessions::Column::UserId.eq(row.user_id));
    let same = |column: sessions::Column, value: Option<&String>| match value {
        Some(value) => column.eq(value),
        None => column.is_null(),
    };
    let alike = before
        .clone()
        .filter(same(sessions::Column::Ip, row.ip.as_ref()))
        .filter(same(sessions::Column::UserAgent, row.user_agent.as_ref()));
    Ok(alike.one(connection).await?.is_none() && before.one(connection).await?.is_some())
}

/// Makes room for one more session by ending the oldest.
async fn end_surplus(connection: &impl ConnectionTrait, now: Timestamp, user_id: Uuid) -> Result<()> {
    let surplus = sessions::Entity::find()
        .filter(of_user(UserId::from_uuid(user_id)))
        .filter(sessions::Column::EndedAt.is_null())
        .order_by_desc(sessions::Column::CreatedAt)
        .order_by_desc(sessions::Column::Id)
        .offset(MOST_SESSIONS - 1)
        .limit(u64::from(u32::MAX))
        .all(connection)
        .await?;
    for row in surplus {
        let mut row = row.into_active_model();
        row.ended_at = Set(Some(now.millis()));
        row.ended_reason = Set(Some("too_many".to_owned()));
        row.update(connection).await?;
    }
    Ok(())
}

/// A browser's name is only shown; whoever sends a book gets its first page kept.
fn shortened(user_agent: &str) -> String {
    user_agent.chars().filter(|character| !character.is_control()).take(300).collect()
}
