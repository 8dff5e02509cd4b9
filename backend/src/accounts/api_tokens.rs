//! API tokens: made behind a fresh confirmation, shown once, and known from then on by their hash alone. Looking one up
//! is a single statement; that it is the hash which is compared leaves nothing to learn from how long it takes.

use super::{
    Client, Session,
    activity::{self, Happening},
    profile,
    sessions::to_user,
    throttle,
};
use crate::{
    Backend, Error, Owner, Result,
    entity::{api_tokens, users},
    mail::WayIn,
    secret::{fingerprint, unguessable},
};
use domain::{
    Timestamp,
    accounts::{ApiToken, Event, NewApiToken, Scope, TokenName, User},
    ids::{ApiTokenId, UserId},
    json::FromText,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};

/// How every API token begins, so that people and scanners of leaked secrets know one when they see it.
const PREFIX: &str = "tbx_";
/// The prefix, and 256 bits in base64url.
const LENGTH: usize = PREFIX.len() + 43;
/// The most tokens of one account.
const MOST_TOKENS: u64 = 50;
/// The last use is written down at most once in so many seconds.
const NOTED_SECONDS: i64 = 60;
const DAY: i64 = 24 * 60 * 60;

/// What a verified API token allows: whose rows, and what may be done with them.
#[derive(Debug, Clone)]
pub struct Grant {
    token: ApiTokenId,
    user: User,
    owner: Owner,
    scopes: Vec<Scope>,
}

impl Grant {
    /// The token's id.
    pub const fn token(&self) -> ApiTokenId {
        self.token
    }

    /// Whose token it is.
    pub const fn user(&self) -> &User {
        &self.user
    }

    /// The door to that user's rows.
    pub const fn owner(&self) -> &Owner {
        &self.owner
    }

    /// Whether the token has this scope.
    pub fn allows(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

/// A token that was just made, with the text that nobody will see again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MadeToken {
    /// The token as it is listed from now on.
    #[serde(flatten)]
    pub listed: ApiToken,
    /// What its program has to carry.
    pub token: String,
}

/// Whether what a program carries is an API token rather than the access token of a session.
pub fn is_api_token(bearer: &str) -> bool {
    bearer.starts_with(PREFIX)
}

/// Verifies an API token.
///
/// # Errors
/// [`domain::Error::SignedOut`], whatever is wrong; [`domain::Error::TooManyAttempts`] for an address that guesses.
pub async fn verify_token(backend: &Backend, token: &str, client: &Client) -> Result<Grant> {
    throttle::hear_token(backend, client)?;
    let found = if token.len() == LENGTH { find(backend, token).await? } else { None };
    let Some((row, user)) = found else {
        throttle::count_wrong_token(backend, client);
        return Err(domain::Error::SignedOut.into());
    };
    let now = backend.now();
    if !user.is_active || row.expires_at.is_some_and(|at| at <= now.millis()) {
        return Err(domain::Error::SignedOut.into());
    }
    note_use(backend, &row, now).await?;
    let change_sequence = user.change_sequence;
    let user = to_user(user)?;
    let owner = Owner::of_token(user.id, &user.settings, change_sequence);
    Ok(Grant { token: ApiTokenId::from_uuid(row.id), user, owner, scopes: serde_json::from_str(&row.scopes)? })
}

async fn find(backend: &Backend, token: &str) -> Result<Option<(api_tokens::Model, users::Model)>> {
    let found = api_tokens::Entity::find()
        .filter(api_tokens::Column::Hash.eq(fingerprint(token)))
        .find_also_related(users::Entity)
        .one(backend.store.reader())
        .await?;
    Ok(found.and_then(|(row, user)| Some((row, user?))))
}

async fn note_use(backend: &Backend, row: &api_tokens::Model, now: Timestamp) -> Result<()> {
    let is_noted = |at: i64| now < Timestamp::from_millis(at).plus_seconds(NOTED_SECONDS);
    if row.last_used_at.is_some_and(is_noted) {
        return Ok(());
    }
    api_tokens::Entity::update_many()
        .col_expr(api_tokens::Column::LastUsedAt, Expr::val(Some(now.millis())))
        .filter(api_tokens::Column::Id.eq(row.id))
        .exec(backend.store.writer())
        .await?;
    Ok(())
}

/// Ends every token of an account.
pub(super) async fn end_all(connection: &impl ConnectionTrait, user: UserId) -> Result<()> {
    api_tokens::Entity::delete_many().filter(api_tokens::Column::UserId.eq(user.uuid())).exec(connection).await?;
    Ok(())
}

/// Makes a token.
///
/// # Errors
/// [`domain::Error::ReauthRequired`] unless the password was shown within the last ten minutes; there are too many.
pub async fn make_token(backend: &Backend, session: &Session, client: &Client, new: NewApiToken) -> Result<MadeToken> {
    let now = backend.now();
    session.insist_on_confirmation(now)?;
    let token = format!("{PREFIX}{}", unguessable());
    let row = api_tokens::Model {
        id: backend.new_uuid(),
        user_id: session.user().id.uuid(),
        hash: fingerprint(&token),
        name: new.name.as_str().to_owned(),
        last_four: token[LENGTH - 4..].to_owned(),
        scopes: serde_json::to_string(&new.scopes)?,
        created_at: now.millis(),
        last_used_at: None,
        expires_at: new.lifetime.days().map(|days| now.plus_seconds(days * DAY).millis()),
    };
    let transaction = backend.store.begin().await?;
    // It locks the account too, so that two at once cannot both be the last that is allowed.
    activity::record(&transaction, now, Happening::new(session.user().id, Event::TokenMade, client)).await?;
    if api_tokens::Entity::find().filter(of(session.owner())).count(&transaction).await? >= MOST_TOKENS {
        let detail = format!("An account has at most {MOST_TOKENS} API tokens. Revoke one that you no longer need.");
        return Err(domain::Error::field("", "too_many_tokens", detail).into());
    }
    api_tokens::Entity::insert(row.clone().into_active_model()).exec_without_returning(&transaction).await?;
    profile::tell_way_in(backend, &transaction, session, client, WayIn::ApiToken).await?;
    transaction.commit().await?;
    backend.ring();
    tracing::info!(user_id = %session.user().id, token_id = %row.id, "API token made");
    Ok(MadeToken { listed: to_token(&row)?, token })
}

/// The tokens of this account, the newest first, those that have run out too.
///
/// # Errors
/// The database is away.
pub async fn tokens(backend: &Backend, owner: &Owner) -> Result<Vec<ApiToken>> {
    let rows = api_tokens::Entity::find()
        .filter(of(owner))
        .order_by_desc(api_tokens::Column::CreatedAt)
        .order_by_desc(api_tokens::Column::Id)
        .all(backend.store.reader())
        .await?;
    rows.iter().map(to_token).collect()
}

/// Revokes a token: it is gone, and so is what it opened.
///
/// # Errors
/// [`domain::Error::NotFound`] for one that is gone already or somebody else's.
pub async fn revoke_token(backend: &Backend, session: &Session, client: &Client, id: ApiTokenId) -> Result<()> {
    let transaction = backend.store.begin().await?;
    let own = of(session.owner()).add(api_tokens::Column::Id.eq(id.uuid()));
    let revoked = api_tokens::Entity::delete_many().filter(own).exec(&transaction).await?;
    if revoked.rows_affected == 0 {
        return Err(domain::Error::NotFound.into());
    }
    let happening = Happening::new(session.user().id, Event::TokenRevoked, client);
    activity::record(&transaction, backend.now(), happening).await?;
    transaction.commit().await?;
    tracing::info!(user_id = %session.user().id, token_id = %id, "API token revoked");
    Ok(())
}

fn of(owner: &Owner) -> Condition {
    Condition::all().add(api_tokens::Column::UserId.eq(owner.user_id().uuid()))
}

fn to_token(row: &api_tokens::Model) -> Result<ApiToken> {
    Ok(ApiToken {
        id: ApiTokenId::from_uuid(row.id),
        name: TokenName::from_text(&row.name).map_err(|_| Error::Stored("token name"))?,
        hint: format!("{PREFIX}…{}", row.last_four),
        scopes: serde_json::from_str(&row.scopes)?,
        created_at: Timestamp::from_millis(row.created_at),
        last_used_at: row.last_used_at.map(Timestamp::from_millis),
        expires_at: row.expires_at.map(Timestamp::from_millis),
    })
}
