//! Invitations: a link that makes one account, once, within a week. Only its hash is stored.

use super::Operator;
use crate::{
    Backend, Result,
    accounts::Session,
    entity::invites as rows,
    secret::{fingerprint, unguessable},
};
use domain::{Error, Timestamp, accounts::Invite, ids::InviteId};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

const WEEK: i64 = 7 * 24 * 60 * 60;
/// The most invitations that wait at a time.
const MOST_INVITES: u64 = 500;

/// An invitation that was just made, with the link that nobody will see again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MadeInvite {
    /// The invitation as it is listed from now on.
    #[serde(flatten)]
    pub listed: Invite,
    /// Where its guest signs up.
    pub url: String,
}

/// Makes an invitation. It dies with the account of the admin who made it.
///
/// # Errors
/// [`Error::ReauthRequired`] unless the password was shown within the last ten minutes; too many wait.
pub async fn make_invite(backend: &Backend, admin: &Session) -> Result<MadeInvite> {
    let (operator, now) = (Operator::of_session(admin)?, backend.now());
    operator.insist_on_confirmation(now)?;
    let invite = unguessable();
    let row = rows::Model {
        id: backend.new_uuid(),
        hash: fingerprint(&invite),
        user_id: admin.user().id.uuid(),
        created_at: now.millis(),
        expires_at: now.plus_seconds(WEEK).millis(),
    };
    let transaction = backend.store.begin().await?;
    rows::Entity::delete_many().filter(rows::Column::ExpiresAt.lte(now.millis())).exec(&transaction).await?;
    if rows::Entity::find().count(&transaction).await? >= MOST_INVITES {
        let detail = format!("At most {MOST_INVITES} invitations can wait at a time. Withdraw some first.");
        return Err(Error::field("", "too_many_invites", detail).into());
    }
    rows::Entity::insert(row.clone().into_active_model()).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    tracing::info!(invite_id = %row.id, operator = operator.name(), "invitation made");
    Ok(MadeInvite { listed: to_invite(&row), url: format!("{}/signup?invite={invite}", backend.issuer) })
}

/// The invitations that wait, the newest first.
///
/// # Errors
/// The database is away.
pub async fn invites(backend: &Backend, _: &Operator) -> Result<Vec<Invite>> {
    let waiting = rows::Entity::find()
        .filter(rows::Column::ExpiresAt.gt(backend.now().millis()))
        .order_by_desc(rows::Column::CreatedAt)
        .order_by_desc(rows::Column::Id)
        .all(backend.store.reader())
        .await?;
    Ok(waiting.iter().map(to_invite).collect())
}

/// Withdraws an invitation.
///
/// # Errors
/// [`Error::NotFound`] for one that was used, has run out or never was.
pub async fn withdraw_invite(backend: &Backend, operator: &Operator, id: InviteId) -> Result<()> {
    operator.insist_on_confirmation(backend.now())?;
    let gone = rows::Entity::delete_by_id(id.uuid()).exec(backend.store.writer()).await?;
    if gone.rows_affected == 0 {
        return Err(Error::NotFound.into());
    }
    tracing::info!(invite_id = %id, operator = operator.name(), "invitation withdrawn");
    Ok(())
}

fn to_invite(row: &rows::Model) -> Invite {
    Invite {
        id: InviteId::from_uuid(row.id),
        created_at: Timestamp::from_millis(row.created_at),
        expires_at: Timestamp::from_millis(row.expires_at),
    }
}
