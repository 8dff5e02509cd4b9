//! The server functions of accounts: thin doors to `backend::accounts`, which hands out and takes away the cookies.

#![allow(clippy::too_many_arguments, reason = "the fields of a form arrive one by one")]

use crate::AppError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::factors::ask_for_code,
    crate::{
        cookies::CookieStyle,
        request::{Visitor, backend, refuse, session, visitor},
    },
    axum::http::request::Parts,
    backend::accounts::{self, SignedIn, SignedUp},
    domain::{
        Error,
        accounts::{Confirmation, Credentials, PasswordChange, ProfilePatch, ZoneName},
        json::FromText,
        return_to::ReturnTo,
    },
    serde_json::{Map, Value, json},
    tower_cookies::Cookies,
};

/// What is told of a password while it is being chosen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Judgement {
    /// From 0, found at once, to 4, not found in a lifetime; 3 is enough.
    pub score: u8,
    /// What helps.
    pub advice: String,
}

/// Makes an account and signs it in. A zone that this server does not know is as good as none: the field is hidden,
/// so nobody could mend it.
#[server(prefix = "/actions", endpoint = "sign_up")]
pub async fn sign_up(
    email: String,
    password: String,
    name: Option<String>,
    time_zone: Option<String>,
    invite: Option<String>,
    remember: Option<String>,
    next: Option<String>,
) -> Result<(), AppError> {
    let time_zone = time_zone.and_then(|name| ZoneName::from_text(&name).ok());
    let time_zone = time_zone.filter(|zone| backend::zones::names().contains(&zone.as_str()));
    let fields = json!({
        "email": email,
        "password": password,
        "name": given(name),
        "time_zone": time_zone,
        "invite": given(invite),
        "remember": remember.is_some(),
    });
    let sign_up = domain::accounts::SignUp::from_json(fields, backend().least_password()).map_err(refuse)?;
    let Visitor { session, client } = caller()?;
    match accounts::sign_up(&backend(), sign_up, &client, session.as_ref()).await.map_err(refuse)? {
        SignedUp::In(signed_in) => welcome(&signed_in, next.as_deref()),
        SignedUp::ToConfirm => leptos_axum::redirect("/signup?sent=1"),
    }
    Ok(())
}

/// Opens a session, or leads on to where a code is asked for.
#[server(prefix = "/actions", endpoint = "sign_in")]
pub async fn sign_in(
    email: String,
    password: String,
    remember: Option<String>,
    next: Option<String>,
) -> Result<(), AppError> {
    let credentials = Credentials::new(email, password, remember.is_some());
    let Visitor { session, client } = caller()?;
    match accounts::sign_in(&backend(), &credentials, &client, session.as_ref()).await.map_err(Error::from) {
        Ok(signed_in) => welcome(&signed_in, next.as_deref()),
        Err(Error::SecondFactorRequired { challenge }) => ask_for_code(challenge, next.as_deref()),
        Err(error) => return Err(refuse(error)),
    }
    Ok(())
}

/// Ends this session, on the server and in the browser.
#[server(prefix = "/actions", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    accounts::sign_out(&backend(), &session()?, &caller()?.client).await.map_err(refuse)?;
    say_goodbye();
    Ok(())
}

/// Ends every session of the account, this one too.
#[server(prefix = "/actions", endpoint = "sign_out_everywhere")]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    accounts::sign_out_everywhere(&backend(), &session()?, &caller()?.client).await.map_err(refuse)?;
    say_goodbye();
    Ok(())
}

/// Changes the name, the time zone and the theme.
#[server(prefix = "/actions", endpoint = "update_profile")]
pub async fn update_profile(
    name: Option<String>,
    time_zone: Option<String>,
    theme: Option<String>,
    density: Option<String>,
    week_start: Option<String>,
    date_order: Option<String>,
    clock: Option<String>,
    quick_add_profile: Option<String>,
) -> Result<(), AppError> {
    let session = session()?;
    let settings = [
        ("time_zone", time_zone),
        ("theme", theme),
        ("density", density),
        ("week_start", week_start),
        ("date_order", date_order),
        ("clock", clock),
        ("quick_add_profile", quick_add_profile),
    ];
    let chosen = settings.into_iter().filter_map(|(field, choice)| Some((field.to_owned(), given(choice)?.into())));
    let settings: Map<String, Value> = chosen.collect();
    let mut patch = json!({ "settings": settings });
    if let Some(name) = name {
        patch["name"] = name.into();
    }
    let patch = ProfilePatch::from_json(patch).map_err(refuse)?;
    accounts::update_profile(&backend(), &session, patch).await.map_err(refuse)?;
    Ok(())
}

/// Changes the password; every other session ends.
#[server(prefix = "/actions", endpoint = "change_password")]
pub async fn change_password(current_password: String, new_password: String) -> Result<(), AppError> {
    let (session, client) = (session()?, caller()?.client);
    let least = backend().least_password();
    let change = PasswordChange::parse(current_password, &new_password, least).map_err(refuse)?;
    accounts::change_password(&backend(), &session, &client, &change).await.map_err(refuse)
}

/// Asks once more for what signing in asks for and leads to what is guarded by it.
#[server(prefix = "/actions", endpoint = "confirm_identity")]
pub async fn confirm_identity(password: String, code: Option<String>) -> Result<(), AppError> {
    let confirmation = Confirmation::parse(password, code.as_deref()).map_err(refuse)?;
    accounts::confirm_identity(&backend(), &session()?, &caller()?.client, &confirmation).await.map_err(refuse)
}

/// Signs one device out.
#[server(prefix = "/actions", endpoint = "end_device")]
pub async fn end_device(id: String) -> Result<(), AppError> {
    let id = id.parse().map_err(|_| refuse(Error::NotFound))?;
    accounts::end_device(&backend(), &session()?, &caller()?.client, id).await.map_err(refuse)
}

/// Signs every other device out.
#[server(prefix = "/actions", endpoint = "end_other_devices")]
pub async fn end_other_devices() -> Result<(), AppError> {
    accounts::end_other_devices(&backend(), &session()?, &caller()?.client).await.map_err(refuse)
}

/// Deletes the account with everything it owns.
#[server(prefix = "/actions", endpoint = "delete_account")]
pub async fn delete_account(password: String, code: Option<String>) -> Result<(), AppError> {
    let confirmation = Confirmation::parse(password, code.as_deref()).map_err(refuse)?;
    accounts::delete_account(&backend(), &session()?, &caller()?.client, &confirmation).await.map_err(refuse)?;
    if let Some((style, cookies)) = jar() {
        style.clear(&cookies);
        style.expire(&cookies, style.device());
    }
    leptos_axum::redirect("/?deleted=1");
    Ok(())
}

/// How hard a password is to guess, while it is being chosen.
#[server(prefix = "/actions", endpoint = "judge_password")]
pub async fn judge_password(
    password: String,
    email: Option<String>,
    name: Option<String>,
) -> Result<Judgement, AppError> {
    let Visitor { session, client } = caller()?;
    let email = session.as_ref().map(|session| session.user().email.to_string()).or(email).unwrap_or_default();
    let own_name = || session.as_ref()?.user().name.as_ref().map(|name| name.as_str().to_owned());
    let name = own_name().or(name);
    let strength = accounts::strength(&backend(), &client, &password, &email, name.as_deref()).await.map_err(refuse)?;
    Ok(Judgement { score: strength.score, advice: strength.advice })
}

/// An empty field is one that was not filled in.
#[cfg(feature = "ssr")]
fn given(field: Option<String>) -> Option<String> {
    field.filter(|text| !text.is_empty())
}

#[cfg(feature = "ssr")]
pub(super) fn caller() -> Result<Visitor, AppError> {
    visitor().ok_or_else(|| refuse(Error::Internal))
}

#[cfg(feature = "ssr")]
pub(super) fn jar() -> Option<(CookieStyle, Cookies)> {
    let cookies = use_context::<Parts>()?.extensions.get::<Cookies>().cloned()?;
    Some((use_context::<CookieStyle>()?, cookies))
}

#[cfg(feature = "ssr")]
pub(super) fn welcome(signed_in: &SignedIn, next: Option<&str>) {
    if let Some((style, cookies)) = jar() {
        style.welcome(&cookies, signed_in);
    }
    leptos_axum::redirect(ReturnTo::parse(next.unwrap_or_default()).path());
}

#[cfg(feature = "ssr")]
fn say_goodbye() {
    if let Some((style, cookies)) = jar() {
        style.clear(&cookies);
    }
    leptos_axum::redirect("/signin");
}
