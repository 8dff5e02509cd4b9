//! Everything an account owns, as one JSON document to take away (GDPR, article 20). No hash and no token is in it.

use super::{Session, activity, sessions};
use crate::{Backend, Result, tasks};
use domain::{
    Error, Timestamp,
    accounts::{Device, Entry, User},
    tasks::Task,
};
use serde::Serialize;

/// The shape of the document; a reader of another shape must say so.
const FORMAT: &str = "tickbox-export-1";

/// What an account owns.
#[derive(Debug, Serialize)]
pub struct Export {
    format: &'static str,
    exported_at: Timestamp,
    user: User,
    tasks: Vec<Task>,
    sessions: Vec<Device>,
    activity: Vec<Entry>,
}

/// Collects what this account owns, the bin included.
///
/// # Errors
/// [`Error::ReauthRequired`] unless the password was shown within the last ten minutes.
pub async fn export(backend: &Backend, session: &Session) -> Result<Export> {
    let now = backend.now();
    if !session.is_freshly_confirmed(now) {
        return Err(Error::ReauthRequired.into());
    }
    Ok(Export {
        format: FORMAT,
        exported_at: now,
        user: session.user().clone(),
        tasks: tasks::everything(backend, session.owner()).await?,
        sessions: sessions::devices(backend, session).await?,
        activity: activity::entries(backend, session).await?,
    })
}
