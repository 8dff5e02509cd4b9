//! The mails that wait. Whoever takes one moves the time of its next try ahead, by compare-and-set: of many servers one
//! gets it, and if that one falls over, another tries later.

use super::Message;
use crate::{Backend, Error, Result, accounts::typed_email_key, entity::outbox};
use domain::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

/// The wait after the first try, in seconds; it doubles with every other. It is longer than a try may take.
const FIRST_WAIT: i64 = 60;
/// A mail that is older is given up.
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// Something to send.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    /// Whose account it is about; none where the sender shall find out.
    pub(crate) user_id: Option<Uuid>,
    pub(crate) recipient: &'a str,
    pub(crate) message: Message,
}

/// Puts a mail into the outbox; nothing where there is no mail server. After the commit, [`Backend::ring`] hurries it.
pub(crate) async fn put(backend: &Backend, connection: &impl ConnectionTrait, entry: Entry<'_>) -> Result<()> {
    if !backend.sends_mail() {
        return Ok(());
    }
    let now = backend.now().millis();
    let row = outbox::Model {
        id: backend.new_uuid(),
        user_id: entry.user_id,
        recipient: entry.recipient.to_owned(),
        message: serde_json::to_string(&entry.message)?,
        attempts: 0,
        created_at: now,
        next_at: now,
    };
    outbox::Entity::insert(row.into_active_model()).exec_without_returning(connection).await?;
    Ok(())
}

/// Takes back what waits to be sent about an account.
pub(crate) async fn withdraw(connection: &impl ConnectionTrait, user_id: Uuid) -> Result<()> {
    outbox::Entity::delete_many().filter(outbox::Column::UserId.eq(user_id)).exec(connection).await?;
    Ok(())
}

/// Takes back what waits for whoever has this normalised address, however it was spelled where nobody looked yet whose it is.
pub(crate) async fn withdraw_unasked(connection: &impl ConnectionTrait, email_key: &str) -> Result<()> {
    let unasked = outbox::Entity::find().filter(outbox::Column::UserId.is_null()).all(connection).await?;
    let theirs = unasked.into_iter().filter(|row| typed_email_key(&row.recipient).as_deref() == Some(email_key));
    let ids: Vec<Uuid> = theirs.map(|row| row.id).collect();
    outbox::Entity::delete_many().filter(outbox::Column::Id.is_in(ids)).exec(connection).await?;
    Ok(())
}

/// A mail that this server has taken to send.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) id: Uuid,
    pub(super) user_id: Option<Uuid>,
    pub(super) recipient: String,
    pub(super) message: Message,
    /// Whether it has waited too long.
    pub(super) is_stale: bool,
}

/// Takes the mail that has waited longest, if one is due.
pub(super) async fn take(backend: &Backend) -> Result<Option<Taken>> {
    let now = backend.now();
    loop {
        let due = outbox::Entity::find()
            .filter(outbox::Column::NextAt.lte(now.millis()))
            .order_by_asc(outbox::Column::NextAt)
            .order_by_asc(outbox::Column::Id)
            .one(backend.store.reader())
            .await?;
        let Some(row) = due else { return Ok(None) };
        if claim(backend, &row, now).await? {
            let message = serde_json::from_str(&row.message).map_err(|_| Error::Stored("mail"))?;
            let is_stale = now >= Timestamp::from_millis(row.created_at).plus_seconds(KEPT_SECONDS);
            let (id, user_id, recipient) = (row.id, row.user_id, row.recipient);
            return Ok(Some(Taken { id, user_id, recipient, message, is_stale }));
        }
    }
}

async fn claim(backend: &Backend, row: &outbox::Model, now: Timestamp) -> Result<bool> {
    let wait = FIRST_WAIT << row.attempts.min(20);
    // The last try of all comes when the mail is given up.
    let end = Timestamp::from_millis(row.created_at).plus_seconds(KEPT_SECONDS).max(now.plus_seconds(FIRST_WAIT));
    let claimed = outbox::Entity::update_many()
        .col_expr(outbox::Column::Attempts, Expr::val(row.attempts + 1))
        .col_expr(outbox::Column::NextAt, Expr::val(now.plus_seconds(wait).min(end).millis()))
        .filter(outbox::Column::Id.eq(row.id))
        .filter(outbox::Column::Attempts.eq(row.attempts))
        .exec(backend.store.writer())
        .await?;
    Ok(claimed.rows_affected == 1)
}

/// Takes a mail out: it was sent, or never will be.
pub(super) async fn remove(backend: &Backend, id: Uuid) -> Result<()> {
    outbox::Entity::delete_by_id(id).exec(backend.store.writer()).await?;
    Ok(())
}
