//! What a passkey was asked, kept on the server until it answers: for five minutes, and for one answer. A challenge
//! that comes back a second time is not known any more.

use crate::{
    Backend, Error as Fault, Result,
    accounts::{Client, throttle},
    entity::ceremonies,
};
use domain::{Error, ids::UserId};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Condition};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyRegistration, Webauthn};

const LIFETIME_SECONDS: i64 = 5 * 60;

/// What a browser needs to ask a passkey.
#[derive(Debug, Clone, Serialize)]
pub struct Ceremony {
    /// What the answer must come with.
    pub ceremony: String,
    /// The options of `navigator.credentials`, as JSON.
    pub options: Value,
}

/// What is needed to verify the answer.
#[derive(Serialize, Deserialize)]
pub(super) enum State {
    /// Somebody adds a passkey.
    Add(PasskeyRegistration),
    /// Somebody signs in.
    SignIn(DiscoverableAuthentication),
}

/// The library that knows the rules.
pub(super) fn party(backend: &Backend) -> Result<&Webauthn, Error> {
    backend.relying_party.as_deref().ok_or(Error::PasskeysUnavailable)
}

/// Whether browsers can have passkeys for this server, and the name that its pages must then be under.
pub fn passkeys_name(backend: &Backend) -> Option<String> {
    let party = backend.relying_party.as_deref()?;
    party.get_allowed_origins().first()?.host_str().map(str::to_owned)
}

/// Asks on behalf of nobody yet: who signs in is known when the passkey answers.
pub(super) async fn ask_anybody(backend: &Backend, client: &Client, state: &State, options: Value) -> Result<Ceremony> {
    throttle::count_ceremony(backend, client)?;
    ask(backend, None, state, options).await
}

/// Asks, and remembers what.
pub(super) async fn ask(backend: &Backend, user: Option<UserId>, state: &State, options: Value) -> Result<Ceremony> {
    let now = backend.now();
    ceremonies::Entity::delete_many()
        .filter(ceremonies::Column::ExpiresAt.lte(now.millis()))
        .exec(backend.store.writer())
        .await?;
    let row = ceremonies::Model {
        id: backend.new_uuid(),
        user_id: user.map(UserId::uuid),
        state: serde_json::to_string(state)?,
        expires_at: now.plus_seconds(LIFETIME_SECONDS).millis(),
    };
    let ceremony = row.id.to_string();
    ceremonies::Entity::insert(row.into_active_model()).exec_without_returning(backend.store.writer()).await?;
    Ok(Ceremony { ceremony, options })
}

/// Takes up what was asked. Of two answers one finds it.
pub(super) async fn take(backend: &Backend, ceremony: &str, user: Option<UserId>) -> Result<Option<State>> {
    let Ok(id) = ceremony.parse::<Uuid>() else { return Ok(None) };
    let asker = match user {
        Some(user) => ceremonies::Column::UserId.eq(user.uuid()),
        None => ceremonies::Column::UserId.is_null(),
    };
    let this = Condition::all().add(ceremonies::Column::Id.eq(id)).add(asker);
    let Some(row) = ceremonies::Entity::find().filter(this.clone()).one(backend.store.writer()).await? else {
        return Ok(None);
    };
    let taken = ceremonies::Entity::delete_many().filter(this).exec(backend.store.writer()).await?;
    if taken.rows_affected == 0 || row.expires_at <= backend.now().millis() {
        return Ok(None);
    }
    serde_json::from_str(&row.state).map(Some).map_err(Fault::from)
}
