//! Sends what is in the outbox, one mail after the other, for as long as the server runs.

use super::{
    Message, letter,
    links::{self, Draft},
    outbox::{self, Taken},
};
use crate::{Backend, Result, accounts::typed_email_key, entity::users};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::time::Duration;
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

/// How often to look for mails that nobody rang for: those that another server left, and those to be tried again.
const ROUND: Duration = Duration::from_secs(2);
/// How long a try may take: less than the wait before the next, so that no two servers send the same mail.
const SENT_WITHIN: Duration = Duration::from_secs(45);

/// What came of a try.
enum Outcome {
    Sent,
    /// There is nothing to send any more, or nobody to send it to.
    Void,
    /// The mail server did not take it, for this reason.
    Failed(String),
}

impl Backend {
    /// Sends mails until it is told to stop; one that is on its way is finished.
    pub async fn deliver_mail(&self, mut stop: watch::Receiver<bool>) {
        let Some(mail) = &self.mail else { return };
        let mut is_in_trouble = false;
        while !*stop.borrow() {
            match self.deliver_next(&mut is_in_trouble).await {
                Ok(true) => continue,
                Ok(false) => {}
                // Told once, by whatever request meets it as well.
                Err(error) => tracing::debug!(%error, "the outbox cannot be read"),
            }
            tokio::select! {
                _ = stop.changed() => {}
                () = mail.bell.notified() => {}
                () = sleep(ROUND) => {}
            }
        }
    }

    /// Tries one mail, if one is due.
    async fn deliver_next(&self, is_in_trouble: &mut bool) -> Result<bool> {
        let Some(taken) = outbox::take(self).await? else { return Ok(false) };
        let id = taken.id;
        match self.attempt(&taken).await? {
            Outcome::Sent => {
                if std::mem::take(is_in_trouble) {
                    tracing::info!("the mail server takes mails again");
                }
                tracing::debug!(mail_id = %id, "mail sent");
                outbox::remove(self, id).await?;
            }
            Outcome::Void => outbox::remove(self, id).await?,
            Outcome::Failed(reason) if taken.is_stale => {
                tracing::error!(mail_id = %id, reason, "a mail could not be sent for a day and was given up");
                outbox::remove(self, id).await?;
            }
            Outcome::Failed(reason) => {
                if !std::mem::replace(is_in_trouble, true) {
                    tracing::warn!(mail_id = %id, reason, "the mail server did not take a mail; it is tried again");
                }
            }
        }
        Ok(true)
    }

    async fn attempt(&self, taken: &Taken) -> Result<Outcome> {
        let Some(mail) = &self.mail else { return Ok(Outcome::Void) };
        let Some((recipient, token)) = self.prepare(taken).await? else { return Ok(Outcome::Void) };
        let words = taken.message.words(&self.issuer, &token);
        let Some(message) = letter::compose(taken.id, mail.relay.sender(), &recipient, &words, &self.issuer) else {
            tracing::warn!(mail_id = %taken.id, "a mail has no recipient that mail servers know");
            return Ok(Outcome::Void);
        };
        Ok(match timeout(SENT_WITHIN, mail.relay.send(message)).await {
            Ok(Ok(())) => Outcome::Sent,
            Ok(Err(error)) => Outcome::Failed(error.to_string()),
            Err(_) => Outcome::Failed("it did not answer in time".to_owned()),
        })
    }

    /// Who gets it, and the token of its link, which is made now: its time begins when it can be read. None if the link
    /// was used, has a newer one, or belongs to nobody who may use it.
    async fn prepare(&self, taken: &Taken) -> Result<Option<(String, String)>> {
        let Some(purpose) = taken.message.purpose() else { return Ok(Some((taken.recipient.clone(), String::new()))) };
        let found = match taken.user_id {
            Some(id) => users::Entity::find_by_id(id).one(self.store.writer()).await?,
            None => self.owner_of(&taken.recipient).await?,
        };
        let is_wanted = |user: &users::Model| match taken.message {
            Message::VerifyAddress => user.awaits_verification,
            _ => true,
        };
        let Some(user) = found.filter(|user| user.is_active && is_wanted(user)) else { return Ok(None) };
        // Never what was typed: two spellings of one address may be two mailboxes.
        let recipient = if taken.user_id.is_some() { taken.recipient.clone() } else { user.email };
        let transaction = self.store.begin().await?;
        let draft = Draft { id: taken.id, user_id: user.id, purpose, email: Some(&recipient) };
        let token = links::issue(self, &transaction, draft).await?;
        transaction.commit().await?;
        Ok(token.map(|token| (recipient, token)))
    }

    async fn owner_of(&self, typed: &str) -> Result<Option<users::Model>> {
        let Some(key) = typed_email_key(typed) else { return Ok(None) };
        Ok(users::Entity::find().filter(users::Column::EmailKey.eq(key)).one(self.store.reader()).await?)
    }
}
