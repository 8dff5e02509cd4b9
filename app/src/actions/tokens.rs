//! The server functions of API tokens: thin doors to `backend::accounts`.

use crate::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::request::{backend, client, refuse, session},
    backend::accounts,
    domain::{
        Error,
        accounts::{Lifetime, NewApiToken, Scope},
        json::FromText,
    },
    serde_json::json,
};

/// A token that was just made, to be shown once.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// What its program has to carry.
    pub token: String,
}

/// Makes an API token. Each scope is a checkbox of its own.
#[server(prefix = "/actions", endpoint = "make_token")]
pub async fn make_token(
    name: String,
    lifetime: String,
    tasks_read: Option<String>,
    tasks_write: Option<String>,
    account_read: Option<String>,
    export: Option<String>,
) -> Result<NewToken, AppError> {
    let ticked = [
        (Scope::TasksRead, tasks_read),
        (Scope::TasksWrite, tasks_write),
        (Scope::AccountRead, account_read),
        (Scope::Export, export),
    ];
    let scopes: Vec<Scope> = ticked.into_iter().filter_map(|(scope, tick)| tick.map(|_| scope)).collect();
    let lifetime = Lifetime::from_text(&lifetime)
        .map_err(|complaint| refuse(Error::Invalid(vec![complaint.about("lifetime")])))?;
    let body = json!({ "name": name, "scopes": scopes, "expires_in_days": lifetime.days() });
    let new = NewApiToken::from_json(body).map_err(refuse)?;
    let made = accounts::make_token(&backend(), &session()?, &client()?, new).await.map_err(refuse)?;
    Ok(NewToken { name: made.listed.name.as_str().to_owned(), token: made.token })
}

/// Revokes an API token.
#[server(prefix = "/actions", endpoint = "revoke_token")]
pub async fn revoke_token(id: String) -> Result<(), AppError> {
    let id = id.parse().map_err(|_| refuse(Error::NotFound))?;
    accounts::revoke_token(&backend(), &session()?, &client()?, id).await.map_err(refuse)
}
