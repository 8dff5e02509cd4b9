//! Taking the data away, and leaving.

use super::frame::{CodeField, ConfirmForm, Frame, Section};
use crate::{
    components::{Button, ButtonKind, Content, Field, Summary},
    forms::failure,
    pages::ErrorPage,
    request,
};
use domain::Error;
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

/// `/settings/data`
#[component]
pub fn DataPage() -> impl IntoView {
    match request::session() {
        Ok(session) => {
            let is_confirmed = session.is_freshly_confirmed(request::backend().clock().now());
            Either::Left(view! { <Data is_confirmed /> })
        }
        Err(_) => Either::Right(view! { <ErrorPage error=Error::SignedOut /> }),
    }
}

#[component]
fn Data(is_confirmed: bool) -> impl IntoView {
    view! {
        <Title text="Your data" />
        <Frame here="/settings/data">
            <Section
                id="export"
                title="Take it away"
                about="Everything that you own as one JSON document: tasks, the bin included, settings, devices and activity."
            >
                {if is_confirmed { Either::Left(view! { <Download /> }) } else { Either::Right(view! { <ConfirmForm here="/settings/data" /> }) }}
            </Section>
            <Section
                id="leave"
                title="Delete the account"
                about="Everything that belongs to it goes with it, at once and for good. Take your data away first."
            >
                <DeleteForm />
            </Section>
        </Frame>
    }
}

#[component]
fn Download() -> impl IntoView {
    view! {
        <div class="card stack">
            <p>"Your document is put together when you ask for it."</p>
            <div class="form-actions">
                <a class=ButtonKind::Primary.class() href="/api/auth/export" download="tickbox.json">
                    "Download my data"
                </a>
            </div>
        </div>
    }
}

#[component]
fn DeleteForm() -> impl IntoView {
    let failure = failure("delete_account");

    view! {
        <form class="card stack" method="post" action="/settings/data" novalidate>
            <input type="hidden" name="do" value="delete_account" />
            <Summary action="delete_account" />
            <Field
                id="delete-password"
                name="password"
                label="Your password"
                kind="password"
                autocomplete="current-password"
                is_required=true
                content=Content::of(failure.as_ref(), "password", "")
            />
            <CodeField id="delete-code" action="delete_account" />
            <div class="form-actions">
                <Button kind=ButtonKind::Danger>"Delete my account and everything in it"</Button>
            </div>
        </form>
    }
    .into_any()
}
