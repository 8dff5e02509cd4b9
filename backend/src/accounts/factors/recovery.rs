//! Recovery codes, for the day on which the app is lost. Each is good once. Of 125 random bits a plain hash is enough
//! (ASVS 6.5.2 asks for a password hash below 112), and it outlives a change of the server's secret.

use super::app;
use crate::{
    Backend, Result,
    accounts::{
        Client, Session,
        activity::{self, Happening},
        sessions,
    },
    entity::recovery_codes,
};
use aws_lc_rs::digest;
use domain::{
    Error,
    accounts::{Event, RecoveryCode},
    ids::UserId,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
};

/// How many there are when they are new.
const COUNT: usize = 10;

/// Makes ten new codes and voids the old ones. They are told this once.
///
/// # Errors
/// [`Error::ReauthRequired`] unless the owner has just shown who they are, [`Error::FactorOff`] where no code is asked for.
pub async fn renew_recovery_codes(backend: &Backend, session: &Session, client: &Client) -> Result<Vec<RecoveryCode>> {
    session.insist_on_confirmation(backend.now())?;
    let user = session.owner().user_id();
    let transaction = backend.store.begin().await?;
    sessions::lock_account(&transaction, user).await?;
    app::lock(&transaction, user).await?.filter(|row| row.confirmed_at.is_some()).ok_or(Error::FactorOff)?;
    let codes = replace(&transaction, user).await?;
    activity::record(&transaction, backend.now(), Happening::new(user, Event::RecoveryCodesRenewed, client)).await?;
    transaction.commit().await?;
    Ok(codes)
}

/// Makes ten new codes in the place of any old ones.
pub(super) async fn replace(transaction: &DatabaseTransaction, user: UserId) -> Result<Vec<RecoveryCode>> {
    let codes = (0..COUNT).map(|_| generate()).collect::<Result<Vec<_>, Error>>()?;
    void(transaction, user).await?;
    let rows =
        codes.iter().map(|code| recovery_codes::ActiveModel { user_id: Set(user.uuid()), hash: Set(hash(user, code)) });
    recovery_codes::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(codes)
}

/// Takes every code away.
pub(super) async fn void(transaction: &DatabaseTransaction, user: UserId) -> Result<()> {
    recovery_codes::Entity::delete_many().filter(of(user)).exec(transaction).await?;
    Ok(())
}

/// Uses a code up, if it is one: of two at once one finds it.
pub(super) async fn spend(backend: &Backend, user: UserId, client: &Client, code: &RecoveryCode) -> Result<bool> {
    let transaction = backend.store.begin().await?;
    let found = recovery_codes::Entity::delete_by_id((user.uuid(), hash(user, code))).exec(&transaction).await?;
    if found.rows_affected == 1 {
        let happening = Happening::new(user, Event::RecoveryCodeUsed, client);
        activity::record(&transaction, backend.now(), happening).await?;
    }
    transaction.commit().await?;
    Ok(found.rows_affected == 1)
}

/// How many are left.
pub(super) async fn left(connection: &impl ConnectionTrait, user: UserId) -> Result<u64> {
    Ok(recovery_codes::Entity::find().filter(of(user)).count(connection).await?)
}

fn of(user: UserId) -> sea_orm::sea_query::SimpleExpr {
    recovery_codes::Column::UserId.eq(user.uuid())
}

fn generate() -> Result<RecoveryCode, Error> {
    let mut random = [0; RecoveryCode::LENGTH];
    aws_lc_rs::rand::fill(&mut random).map_err(|_| Error::Internal)?;
    Ok(RecoveryCode::from_random(&random))
}

fn hash(user: UserId, code: &RecoveryCode) -> Vec<u8> {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(b"tickbox recovery code v1");
    context.update(user.uuid().as_bytes());
    context.update(code.expose().as_bytes());
    context.finish().as_ref().to_vec()
}
