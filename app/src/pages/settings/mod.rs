//! A person's account: name, look and password here, the devices, the log and the data on pages of their own.

mod activity;
mod data;
mod devices;
mod frame;
mod passkeys;
mod profile;
mod security;
mod tokens;
mod two_step;

pub use activity::ActivityPage;
pub use data::DataPage;
pub use devices::DevicesPage;
pub use security::SecurityPage;
pub use tokens::TokensPage;

use self::frame::CodeField;
use self::frame::Frame;
pub(super) use self::frame::{ConfirmForm, Section};
use self::profile::ProfileForm;
use crate::{
    components::{Button, ButtonKind, Content, Field, Summary, Toast},
    forms::failure,
    islands::{form::EnhancedForm, password::PasswordToggle, strength::PasswordStrength},
    pages::{ErrorPage, here, parameter},
    request::{backend, visitor},
};
use domain::{Error, accounts::User};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

/// `/settings`
#[component]
pub fn SettingsPage() -> impl IntoView {
    match visitor().and_then(|visitor| visitor.session) {
        Some(session) => Either::Left(view! { <Sections user=session.user().clone() /> }),
        None => Either::Right(view! { <ErrorPage error=Error::SignedOut /> }),
    }
}

#[component]
fn Sections(user: User) -> impl IntoView {
    let is_saved = parameter("saved").is_some();
    let is_sent = parameter("sent").is_some();
    let email = user.email.to_string();

    view! {
        <Title text="Settings" />
        <Frame here="/settings">
            {is_saved.then(|| view! { <Toast>"Saved"</Toast> })}
            <Section
                id="profile"
                title="Profile"
                about="How Tickbox greets you, whose midnight ends a day, how it looks, and how it reads dates and new tasks."
            >
                <EnhancedForm>
                    <ProfileForm user />
                </EnhancedForm>
            </Section>
            <Section id="address" title="Email address" about="What you sign in with, and where mail about your account goes.">
                {is_sent
                    .then(|| {
                        view! {
                            <p class="notice" role="status">
                                "We have sent a link to the new address. Open it to confirm; until then nothing changes."
                            </p>
                        }
                    })}
                <EmailForm email />
            </Section>
            <Section id="password" title="Password" about="A new password signs out every other device.">
                <EnhancedForm>
                    <PasswordForm />
                </EnhancedForm>
            </Section>
            <Section id="sessions" title="Sessions" about="Lost a phone, or used somebody else’s computer?">
                <EnhancedForm>
                    <SessionsForm />
                </EnhancedForm>
            </Section>
        </Frame>
    }
}

#[component]
fn EmailForm(email: String) -> impl IntoView {
    let failure = failure("change_email");
    let failure = failure.as_ref();

    view! {
        <form class="card stack" method="post" action=unsaved() novalidate>
            <input type="hidden" name="do" value="change_email" />
            <Summary action="change_email" />
            <p>"Your address is " <strong>{email}</strong></p>
            <Field
                name="email"
                label="New email address"
                kind="email"
                autocomplete="email"
                is_required=true
                content=Content::of(failure, "email", "")
            />
            <Field
                id="email-password"
                name="password"
                label="Your password"
                kind="password"
                autocomplete="current-password"
                is_required=true
                content=Content::of(failure, "password", "")
            />
            <CodeField id="email-code" action="change_email" />
            <div class="form-actions">
                <Button>"Change address"</Button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn PasswordForm() -> impl IntoView {
    let least = backend().least_password().count();
    let failure = failure("change_password");
    let failure = failure.as_ref();

    view! {
        <form class="card stack" method="post" action=unsaved() novalidate>
            <input type="hidden" name="do" value="change_password" />
            <Summary action="change_password" />
            <Field
                name="current_password"
                label="Current password"
                kind="password"
                autocomplete="current-password"
                is_required=true
                content=Content::of(failure, "current_password", "")
            >
                <PasswordToggle field="current_password" />
            </Field>
            <Field
                name="new_password"
                label="New password"
                kind="password"
                autocomplete="new-password"
                hint=format!("At least {least} characters.")
                least=least
                is_required=true
                content=Content::of(failure, "new_password", "")
            >
                <PasswordToggle field="new_password" />
            </Field>
            <PasswordStrength />
            <div class="form-actions">
                <Button>"Change password"</Button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn SessionsForm() -> impl IntoView {
    view! {
        <form class="card stack" method="post" action=unsaved()>
            <input type="hidden" name="do" value="sign_out_everywhere" />
            <Summary action="sign_out_everywhere" />
            <p>
                "This ends every session of your account at once, the one in this browser too. "
                <a href="/settings/devices">"See who is signed in"</a>
            </p>
            <div class="form-actions">
                <Button kind=ButtonKind::Danger>"Sign out everywhere"</Button>
            </div>
        </form>
    }
}

/// This page's address without the word that something was saved before.
fn unsaved() -> String {
    here().split('?').next().unwrap_or_default().to_owned()
}
