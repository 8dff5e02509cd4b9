//! The passkeys of an account: which there are, how they are called, and a new one.

use super::security::HERE;
use crate::{
    components::{Alert, Button, ButtonKind, Content, Field, Summary, say_instant},
    forms::failure,
    islands::passkey::PasskeyForm,
    request::visitor,
};
use domain::{
    Timestamp,
    accounts::{Passkey, ZoneName, device_name},
};
use leptos::prelude::*;

/// What there is to know and to do about passkeys.
#[component]
pub(super) fn Passkeys(
    passkeys: Vec<Passkey>,
    /// The name of the server that passkeys are for, if it has one.
    host: Option<String>,
    is_confirmed: bool,
    zone: ZoneName,
    now: Timestamp,
) -> impl IntoView {
    let is_empty = passkeys.is_empty();
    let rows = passkeys.into_iter().map(|passkey| view! { <PasskeyRow passkey is_confirmed zone=zone.clone() now /> });
    let rows = rows.collect_view();
    let renaming = failure("rename_passkey").and_then(|failure| failure.message("name"));

    view! {
        <Summary action="rename_passkey" />
        <Summary action="remove_passkey" />
        {renaming.map(|complaint| view! { <Alert>{complaint}</Alert> })}
        {(!is_empty)
            .then(|| {
                view! {
                    <ul class="card rows" aria-label="Passkeys">
                        {rows}
                    </ul>
                }
            })}
        {host.map(|host| view! { <Adding host is_confirmed /> })}
    }
}

#[component]
fn Adding(host: String, is_confirmed: bool) -> impl IntoView {
    let note = format!("Passkeys are made in a browser with JavaScript, on {host}.");

    view! {
        <p class="row-note">{note}</p>
        {is_confirmed.then(|| view! { <PasskeyForm><AddForm host /></PasskeyForm> })}
    }
}

#[component]
fn AddForm(host: String) -> impl IntoView {
    let browser = visitor().and_then(|visitor| visitor.client.user_agent);
    let usual = device_name(browser.as_deref());

    view! {
        <form class="card stack" method="post" action=HERE data-passkey="add" data-host=host hidden=true novalidate>
            <Field
                id="passkey-name"
                name="name"
                label="Name"
                hint="So that you know it among others."
                is_required=true
                content=Content::of(None, "name", &usual)
            />
            <div class="form-actions">
                <Button kind=ButtonKind::Plain>"Add a passkey"</Button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn PasskeyRow(passkey: Passkey, is_confirmed: bool, zone: ZoneName, now: Timestamp) -> impl IntoView {
    let name = passkey.name.as_str().to_owned();
    let id = passkey.id.to_string();
    let field_id = format!("name-{id}");
    let used = passkey
        .last_used_at
        .map_or_else(|| "not used yet".to_owned(), |at| format!("last used {}", say_instant(at, now, &zone)));
    let note = format!("added {} · {used}", say_instant(passkey.created_at, now, &zone));
    let remove = is_confirmed.then(|| {
        let label = format!("Remove {name}");
        view! {
            <form method="post" action=HERE>
                <input type="hidden" name="do" value="remove_passkey" />
                <input type="hidden" name="id" value=id.clone() />
                <button class="button button-quiet" type="submit" aria-label=label>
                    "Remove"
                </button>
            </form>
        }
    });

    view! {
        <li class="row">
            <div class="row-body">
                <strong>{name.clone()}</strong>
                <span class="row-note">{note}</span>
            </div>
            <details>
                <summary aria-label=format!("Rename {name}")>"Rename"</summary>
                <form class="form-actions" method="post" action=HERE>
                    <input type="hidden" name="do" value="rename_passkey" />
                    <input type="hidden" name="id" value=id />
                    <label class="visually-hidden" for=field_id.clone()>
                        {format!("New name of {name}")}
                    </label>
                    <input id=field_id name="name" value=name.clone() maxlength="60" required />
                    <Button kind=ButtonKind::Plain>"Save"</Button>
                </form>
            </details>
            {remove}
        </li>
    }
    .into_any()
}
