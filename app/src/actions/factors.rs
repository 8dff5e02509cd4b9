//! The server functions of what guards an account beside its password.

use crate::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::accounts::{caller, jar, welcome},
    crate::{
        components::tasks::address,
        request::{Visitor, backend, refuse, session},
    },
    backend::accounts,
    domain::{
        Error,
        accounts::{Code, CodeEntry, FactorRemoval, PasskeyName, RecoveryCode},
        ids::PasskeyId,
        json::FromText,
        return_to::{HOME, ReturnTo},
    },
    tower_cookies::cookie::time::Duration,
};

/// Recovery codes as their owner writes them down.
pub type RecoveryCodes = Vec<String>;

/// Finishes a sign-in that waits for a code.
#[server(prefix = "/actions", endpoint = "sign_in_with_code")]
pub async fn sign_in_with_code(code: String, next: Option<String>) -> Result<(), AppError> {
    let code = read_code(&code)?;
    let challenge = waiting().ok_or_else(|| refuse(Error::ChallengeOver))?;
    let Visitor { session, client } = caller()?;
    let entry = CodeEntry { challenge, code, cookies: true };
    let signed_in = accounts::sign_in_with_code(&backend(), &entry, &client, session.as_ref()).await.map_err(refuse)?;
    if let Some((style, cookies)) = jar() {
        style.expire(&cookies, style.challenge());
    }
    welcome(&signed_in, next.as_deref());
    Ok(())
}

/// Makes a secret for an authenticator app.
#[server(prefix = "/actions", endpoint = "begin_totp")]
pub async fn begin_totp() -> Result<(), AppError> {
    accounts::begin_totp(&backend(), &session()?).await.map_err(refuse)?;
    Ok(())
}

/// Turns the second step on, and gives the recovery codes.
#[server(prefix = "/actions", endpoint = "turn_totp_on")]
pub async fn turn_totp_on(code: String) -> Result<RecoveryCodes, AppError> {
    let (session, client, code) = (session()?, caller()?.client, read_code(&code)?);
    let codes = accounts::turn_totp_on(&backend(), &session, &client, &code).await.map_err(refuse)?;
    Ok(codes.iter().map(RecoveryCode::in_groups).collect())
}

/// Turns the second step off.
#[server(prefix = "/actions", endpoint = "turn_totp_off")]
pub async fn turn_totp_off(password: String, code: String) -> Result<(), AppError> {
    let (session, client) = (session()?, caller()?.client);
    let removal = FactorRemoval::parse(password, &code).map_err(refuse)?;
    accounts::turn_totp_off(&backend(), &session, &client, &removal).await.map_err(refuse)
}

/// Gives new recovery codes in the place of the old ones.
#[server(prefix = "/actions", endpoint = "renew_recovery_codes")]
pub async fn renew_recovery_codes() -> Result<RecoveryCodes, AppError> {
    let codes = accounts::renew_recovery_codes(&backend(), &session()?, &caller()?.client).await.map_err(refuse)?;
    Ok(codes.iter().map(RecoveryCode::in_groups).collect())
}

/// Calls a passkey by another name.
#[server(prefix = "/actions", endpoint = "rename_passkey")]
pub async fn rename_passkey(id: String, name: String) -> Result<(), AppError> {
    let (session, id) = (session()?, read_id(&id)?);
    let name = PasskeyName::from_text(&name);
    let name = name.map_err(|complaint| refuse(Error::Invalid(vec![complaint.about("name")])))?;
    accounts::rename_passkey(&backend(), &session, id, &name).await.map_err(refuse)?;
    Ok(())
}

/// Removes a passkey.
#[server(prefix = "/actions", endpoint = "remove_passkey")]
pub async fn remove_passkey(id: String) -> Result<(), AppError> {
    let (session, client, id) = (session()?, caller()?.client, read_id(&id)?);
    accounts::remove_passkey(&backend(), &session, &client, id).await.map_err(refuse)
}

/// A text that is no id names nothing, so it is not there.
#[cfg(feature = "ssr")]
fn read_id(id: &str) -> Result<PasskeyId, AppError> {
    id.parse().map_err(|_| refuse(Error::NotFound))
}

/// Lets the browser keep a sign-in that waits for a code, and leads to where the code is asked for.
#[cfg(feature = "ssr")]
pub(super) fn ask_for_code(challenge: String, next: Option<&str>) {
    /// As long as the challenge itself.
    const LIFETIME: Duration = Duration::minutes(5);

    if let Some((style, cookies)) = jar() {
        cookies.add(style.cookie(style.challenge(), challenge, Some(LIFETIME)));
    }
    let next = ReturnTo::parse(next.unwrap_or_default());
    let parameters = (next.path() != HOME).then_some(("next", next.path()));
    leptos_axum::redirect(&address("/signin/code", parameters));
}

/// The sign-in that waits for a code in this browser.
#[cfg(feature = "ssr")]
pub(crate) fn waiting() -> Option<String> {
    let (style, cookies) = jar()?;
    cookies.get(style.challenge()).map(|cookie| cookie.value().to_owned()).filter(|challenge| !challenge.is_empty())
}

#[cfg(feature = "ssr")]
fn read_code(code: &str) -> Result<Code, AppError> {
    Code::from_text(code).map_err(|complaint| refuse(Error::Invalid(vec![complaint.about("code")])))
}
