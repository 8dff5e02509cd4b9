//! The links of mails. A link's token is the MAC of its id under a key of its own, so that it can be written into the mail
//! again and again and is nowhere stored; the database holds its SHA-256, to find the link by. A link is used once, and
//! dies with a newer one for the same purpose.

use crate::{
    Backend, Result,
    entity::{mail_links, users},
    secret::KeySet,
};
use aws_lc_rs::{digest, hmac};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Error, Timestamp};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, LockType},
};
use uuid::Uuid;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
/// A link that has run out is remembered for so long: its mail may still be on its way, and must not revive it.
const REMEMBERED: i64 = 48 * HOUR;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To prove that the address of a new account is its owner's.
    VerifyAddress,
    /// To set a new password.
    ResetPassword,
    /// To prove that the address that an account shall have is its owner's.
    ChangeAddress,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyAddress => "verify_address",
            Self::ResetPassword => "reset_password",
            Self::ChangeAddress => "change_address",
        }
    }

    const ALL: [Self; 3] = [Self::VerifyAddress, Self::ResetPassword, Self::ChangeAddress];

    const fn lifetime(self) -> i64 {
        match self {
            Self::VerifyAddress | Self::ChangeAddress => 24 * HOUR,
            Self::ResetPassword => 30 * MINUTE,
        }
    }
}

/// A link that still opens something.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) purpose: Purpose,
    /// The mailbox that it came to; none for one that the operator made.
    pub(crate) email: Option<String>,
}

/// What a new link is made of. Its id is the mail's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draft<'a> {
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) purpose: Purpose,
    pub(crate) email: Option<&'a str>,
}

/// Makes a link, or gives one that is still unused its full time again, and tells its token. None if it has been used, or
/// if there is a newer one.
pub(crate) async fn issue(
    backend: &Backend,
    transaction: &DatabaseTransaction,
    draft: Draft<'_>,
) -> Result<Option<String>> {
    let now = backend.now();
    // Of two at once, one must see the other.
    users::Entity::find_by_id(draft.user_id).lock(LockType::NoKeyUpdate).one(transaction).await?;
    mail_links::Entity::delete_many()
        .filter(mail_links::Column::ExpiresAt.lt(now.plus_seconds(-REMEMBERED).millis()))
        .exec(transaction)
        .await?;
    let same_purpose =
        mail_links::Column::UserId.eq(draft.user_id).and(mail_links::Column::Purpose.eq(draft.purpose.as_str()));
    let known = mail_links::Entity::find().filter(same_purpose.clone()).all(transaction).await?;
    if known.iter().any(|link| link.id > draft.id) {
        return Ok(None);
    }
    let expires_at = now.plus_seconds(draft.purpose.lifetime()).millis();
    if let Some(own) = known.iter().find(|link| link.id == draft.id) {
        mail_links::Entity::update_many()
            .col_expr(mail_links::Column::ExpiresAt, Expr::val(expires_at))
            .filter(mail_links::Column::Id.eq(draft.id))
            .exec(transaction)
            .await?;
        // Its token may have been made with the secret before the one of today.
        let mut tokens = backend.keys.all().map(|keys| token(keys, draft.id));
        return Ok(tokens.find(|token| own.used_at.is_none() && hash(token) == own.token_hash));
    }
    let token = token(&backend.keys.current, draft.id);
    let row = mail_links::Model {
        id: draft.id,
        user_id: draft.user_id,
        purpose: draft.purpose.as_str().to_owned(),
        token_hash: hash(&token),
        email: draft.email.map(str::to_owned),
        expires_at,
        used_at: None,
    };
    mail_links::Entity::delete_many().filter(same_purpose).exec(transaction).await?;
    mail_links::Entity::insert(row.into_active_model()).exec_without_returning(transaction).await?;
    Ok(Some(token))
}

/// Finds the link of a token, if it is for one of these purposes.
///
/// # Errors
/// [`Error::LinkDead`], whatever is wrong with it.
pub(crate) async fn find(backend: &Backend, token: &str, purposes: &[Purpose]) -> Result<Link> {
    let row = mail_links::Entity::find()
        .filter(mail_links::Column::TokenHash.eq(hash(token)))
        .filter(mail_links::Column::UsedAt.is_null())
        .filter(mail_links::Column::ExpiresAt.gt(backend.now().millis()))
        .one(backend.store.reader())
        .await?;
    let row = row.ok_or(Error::LinkDead)?;
    let purpose = Purpose::ALL.into_iter().find(|purpose| purpose.as_str() == row.purpose);
    let purpose = purpose.filter(|purpose| purposes.contains(purpose)).ok_or(Error::LinkDead)?;
    Ok(Link { id: row.id, user_id: row.user_id, purpose, email: row.email })
}

impl Link {
    /// Uses it up. Of many who do so at once, one succeeds.
    ///
    /// # Errors
    /// [`Error::LinkDead`] for all the others.
    pub(crate) async fn consume(&self, connection: &impl ConnectionTrait, now: Timestamp) -> Result<()> {
        let used = mail_links::Entity::update_many()
            .col_expr(mail_links::Column::UsedAt, Expr::val(Some(now.millis())))
            .filter(mail_links::Column::Id.eq(self.id))
            .filter(mail_links::Column::UsedAt.is_null())
            .filter(mail_links::Column::ExpiresAt.gt(now.millis()))
            .exec(connection)
            .await?;
        if used.rows_affected == 1 { Ok(()) } else { Err(Error::LinkDead.into()) }
    }
}

/// Uses up every link of an account: what it could prove has changed.
pub(crate) async fn kill_all(connection: &impl ConnectionTrait, user_id: Uuid, now: Timestamp) -> Result<()> {
    mail_links::Entity::update_many()
        .col_expr(mail_links::Column::UsedAt, Expr::val(Some(now.millis())))
        .filter(mail_links::Column::UserId.eq(user_id))
        .filter(mail_links::Column::UsedAt.is_null())
        .exec(connection)
        .await?;
    Ok(())
}

fn token(keys: &KeySet, id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(hmac::sign(&keys.link, id.as_bytes()))
}

/// The hash of the token's own letters: one token has one spelling.
fn hash(token: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, token.as_bytes()).as_ref().to_vec()
}
