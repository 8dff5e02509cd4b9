//! Who may sign up: as the settings say, else as an admin has chosen, else anybody. What an admin chooses is kept in the
//! database, for every server; each remembers it for its pages, which only show a way in.

use super::Operator;
use crate::{Backend, Result, SignUpPolicy, accounts::admission, entity::instance};
use domain::Error;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, sea_query::OnConflict};

const ROW: &str = "sign_up";

/// Reads at the start what an admin chose before.
pub(crate) async fn learn_sign_up(backend: &Backend) -> Result<(), DbErr> {
    policy(backend, backend.store.reader()).await.map(drop)
}

/// Who may sign up right now.
pub(in crate::accounts) async fn policy(
    backend: &Backend,
    connection: &impl ConnectionTrait,
) -> Result<SignUpPolicy, DbErr> {
    if let Some(ordered) = backend.sign_up.ordered() {
        return Ok(ordered);
    }
    let row = instance::Entity::find_by_id(ROW.to_owned()).one(connection).await?;
    let chosen = row.and_then(|row| row.value.parse().ok()).unwrap_or_default();
    backend.sign_up.remember(chosen);
    Ok(chosen)
}

/// Opens or closes the server to strangers.
///
/// # Errors
/// [`Error::ReauthRequired`] unless the password was shown within the last ten minutes; no policy of this name; the
/// settings say already who may sign up.
pub async fn set_sign_up(backend: &Backend, operator: &Operator, policy: &str) -> Result<()> {
    operator.insist_on_confirmation(backend.now())?;
    let policy: SignUpPolicy = policy
        .parse()
        .map_err(|_| Error::field("sign_up", "unknown_choice", "Choose one of: open, closed, first, invite"))?;
    if backend.sign_up.ordered().is_some() {
        let why = "TICKBOX_SIGNUP decides on this server; take it out of the settings to choose here";
        return Err(Error::field("sign_up", "set_elsewhere", why).into());
    }
    let transaction = backend.store.begin().await?;
    // Whoever signs up meanwhile is decided about before or after.
    admission::lock(&transaction).await?;
    let row = instance::ActiveModel { name: Set(ROW.to_owned()), value: Set(policy.as_str().to_owned()) };
    instance::Entity::insert(row)
        .on_conflict(OnConflict::column(instance::Column::Name).update_column(instance::Column::Value).to_owned())
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await?;
    backend.sign_up.remember(policy);
    tracing::info!(operator = operator.name(), policy = policy.as_str(), "who may sign up was changed");
    Ok(())
}
