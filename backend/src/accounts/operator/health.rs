//! How the server is: what an operator looks at before asking anybody else.

use super::{Operator, policy};
use crate::{Backend, Result, entity::users};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde::Serialize;

/// How the server is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// The version of Tickbox.
    pub version: &'static str,
    /// Which database, and its version.
    pub database: String,
    /// How large it is, in bytes.
    pub database_bytes: i64,
    /// The newest step of the schema.
    pub schema: String,
    /// How many accounts there are.
    pub accounts: u64,
    /// How many passwords wait to be hashed.
    pub waiting_hashes: usize,
    /// Who may sign up: `open`, `closed`, `first` or `invite`.
    pub sign_up: &'static str,
    /// Whether the settings say so, and no admin can choose.
    pub is_sign_up_ordered: bool,
}

/// Looks how the server is.
///
/// # Errors
/// The database is away.
pub async fn health(backend: &Backend, _: &Operator) -> Result<Health> {
    Ok(Health {
        version: env!("CARGO_PKG_VERSION"),
        database: backend.store.version().await?,
        database_bytes: backend.store.bytes().await?,
        schema: backend.store.schema().await?,
        accounts: users::Entity::find().count(backend.store.reader()).await?,
        waiting_hashes: backend.hasher.waiting(),
        sign_up: policy(backend, backend.store.reader()).await?.as_str(),
        is_sign_up_ordered: backend.sign_up.ordered().is_some(),
    })
}
