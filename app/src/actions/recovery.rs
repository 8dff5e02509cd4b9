//! The server functions around the mailbox of an account: a forgotten password, an address to confirm, another address.

use crate::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::accounts::{caller, jar},
    crate::request::{backend, refuse, session},
    backend::accounts::{self, AddressChange},
    domain::accounts::{EmailChange, PasswordReset, email_from_json, token_from_json},
    serde_json::json,
};

/// Writes to the mailbox of somebody who forgot the password.
#[server(prefix = "/actions", endpoint = "forgot_password")]
pub async fn forgot_password(email: String) -> Result<(), AppError> {
    let email = email_from_json(json!({ "email": email })).map_err(refuse)?;
    accounts::forgot_password(&backend(), &email, &caller()?.client).await.map_err(refuse)?;
    leptos_axum::redirect("/forgot?sent=1");
    Ok(())
}

/// Sets a new password by the token of a link.
#[server(prefix = "/actions", endpoint = "reset_password")]
pub async fn reset_password(token: String, password: String) -> Result<(), AppError> {
    let fields = json!({ "token": token, "password": password });
    let reset = PasswordReset::from_json(fields, backend().least_password()).map_err(refuse)?;
    let client = caller()?.client;
    accounts::reset_password(&backend(), &reset.token, &reset.password, &client).await.map_err(refuse)?;
    forget_link();
    leptos_axum::redirect("/signin?reason=reset");
    Ok(())
}

/// Confirms an address by the token of a link.
#[server(prefix = "/actions", endpoint = "verify_address")]
pub async fn verify_address(token: String) -> Result<(), AppError> {
    let token = token_from_json(json!({ "token": token })).map_err(refuse)?;
    let visitor = caller()?;
    accounts::verify_address(&backend(), &token, &visitor.client, visitor.session.as_ref()).await.map_err(refuse)?;
    forget_link();
    let is_signed_in = visitor.session.is_some();
    leptos_axum::redirect(if is_signed_in { "/settings?saved=1" } else { "/signin?reason=verified" });
    Ok(())
}

/// Asks for another address.
#[server(prefix = "/actions", endpoint = "change_email")]
pub async fn change_email(email: String, password: String, code: Option<String>) -> Result<(), AppError> {
    let (session, client) = (session()?, caller()?.client);
    let code = code.filter(|code| !code.trim().is_empty());
    let change = json!({ "email": email, "password": password, "code": code });
    let change = EmailChange::from_json(change).map_err(refuse)?;
    let next = match accounts::change_email(&backend(), &session, &client, &change).await.map_err(refuse)? {
        AddressChange::Done => "/settings?saved=1",
        AddressChange::ToConfirm => "/settings?sent=1",
    };
    leptos_axum::redirect(next);
    Ok(())
}

/// The link has done its work.
#[cfg(feature = "ssr")]
fn forget_link() {
    if let Some((style, cookies)) = jar() {
        style.expire(&cookies, style.link());
    }
}
