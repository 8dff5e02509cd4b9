//! The server functions of whoever runs the server. Each asks for the proof of that itself.

use crate::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::request::{backend, refuse, session},
    backend::accounts::operator::{self, MemberChange, Operator},
    domain::{Error, ids::UserId},
};

/// Lets somebody in or keeps them out.
#[server(prefix = "/actions", endpoint = "set_user_active")]
pub async fn set_user_active(id: String, is_active: bool) -> Result<(), AppError> {
    change(&id, MemberChange { is_active: Some(is_active), is_admin: None }).await
}

/// Makes somebody an admin or takes that away.
#[server(prefix = "/actions", endpoint = "set_user_admin")]
pub async fn set_user_admin(id: String, is_admin: bool) -> Result<(), AppError> {
    change(&id, MemberChange { is_active: None, is_admin: Some(is_admin) }).await
}

/// Signs somebody out everywhere.
#[server(prefix = "/actions", endpoint = "end_user_sessions")]
pub async fn end_user_sessions(id: String) -> Result<(), AppError> {
    let admin = admin()?;
    operator::end_sessions(&backend(), &admin, named(&id)?).await.map_err(refuse)
}

/// Makes a link with which somebody sets a new password, to be shown once.
#[server(prefix = "/actions", endpoint = "make_reset_link")]
pub async fn make_reset_link(id: String) -> Result<String, AppError> {
    let admin = admin()?;
    operator::make_reset_link(&backend(), &admin, named(&id)?).await.map_err(refuse)
}

/// Makes an invitation and gives its link, to be shown once.
#[server(prefix = "/actions", endpoint = "make_invite")]
pub async fn make_invite() -> Result<String, AppError> {
    Ok(operator::make_invite(&backend(), &session()?).await.map_err(refuse)?.url)
}

/// Withdraws an invitation.
#[server(prefix = "/actions", endpoint = "withdraw_invite")]
pub async fn withdraw_invite(id: String) -> Result<(), AppError> {
    let admin = admin()?;
    let id = id.parse().map_err(|_| refuse(Error::NotFound))?;
    operator::withdraw_invite(&backend(), &admin, id).await.map_err(refuse)
}

/// Opens or closes the server to strangers.
#[server(prefix = "/actions", endpoint = "set_sign_up")]
pub async fn set_sign_up(sign_up: String) -> Result<(), AppError> {
    let admin = admin()?;
    operator::set_sign_up(&backend(), &admin, &sign_up).await.map_err(refuse)
}

#[cfg(feature = "ssr")]
async fn change(id: &str, change: MemberChange) -> Result<(), AppError> {
    let admin = admin()?;
    operator::change_member(&backend(), &admin, named(id)?, change).await.map_err(refuse)?;
    Ok(())
}

#[cfg(feature = "ssr")]
fn admin() -> Result<Operator, AppError> {
    Operator::of_session(&session()?).map_err(refuse)
}

#[cfg(feature = "ssr")]
fn named(id: &str) -> Result<UserId, AppError> {
    id.parse().map_err(|_| refuse(Error::NotFound))
}
