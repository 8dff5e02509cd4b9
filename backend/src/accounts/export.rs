//! Everything an account owns, as one JSON document to take away (GDPR, article 20). No hash and no token is in it.

use super::{Grant, Session, activity, api_tokens, factors, sessions};
use crate::{Backend, Owner, Result, projects, recurrence, saved_filters, tags, tasks};
use domain::{
    Timestamp,
    accounts::{ApiToken, Device, Entry, Factors, Scope, User},
    projects::Project,
    saved_filters::SavedFilter,
    tags::Tag,
    tasks::{Completion, Task},
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
    completions: Vec<Completion>,
    projects: Vec<Project>,
    tags: Vec<Tag>,
    filters: Vec<SavedFilter>,
    factors: Factors,
    sessions: Vec<Device>,
    api_tokens: Vec<ApiToken>,
    activity: Vec<Entry>,
}

/// Collects what this account owns, the bin included.
///
/// # Errors
/// [`domain::Error::ReauthRequired`] unless the password was shown within the last ten minutes.
pub async fn export(backend: &Backend, session: &Session) -> Result<Export> {
    session.insist_on_confirmation(backend.now())?;
    collect(backend, session.user(), session.owner()).await
}

/// The same for a program whose API token has that scope: it was made behind a confirmation.
///
/// # Errors
/// [`domain::Error::InsufficientScope`] for a token without it.
pub async fn export_granted(backend: &Backend, grant: &Grant) -> Result<Export> {
    if !grant.allows(Scope::Export) {
        return Err(domain::Error::InsufficientScope { needed: Some(Scope::Export) }.into());
    }
    collect(backend, grant.user(), grant.owner()).await
}

async fn collect(backend: &Backend, user: &User, owner: &Owner) -> Result<Export> {
    Ok(Export {
        format: FORMAT,
        exported_at: backend.now(),
        user: user.clone(),
        tasks: tasks::everything(backend, owner).await?,
        completions: recurrence::completions(backend, owner).await?,
        projects: projects::list(backend, owner).await?,
        tags: tags::list(backend, owner).await?,
        filters: saved_filters::list(backend, owner).await?,
        factors: factors::factors(backend, owner).await?,
        sessions: sessions::devices(backend, owner).await?,
        api_tokens: api_tokens::tokens(backend, owner).await?,
        activity: activity::entries(backend, owner).await?,
    })
}
