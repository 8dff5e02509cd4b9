//! Making an account: by whoever comes, or by whoever was invited.

use crate::{
    components::{Button, Content, EmptyState, Field, Glyph, Summary},
    forms::failure,
    islands::{form::EnhancedForm, password::PasswordToggle, strength::PasswordStrength, time_zone::TimeZoneField},
    pages::{here, parameter, sign_in::switch_to},
    request::backend,
};
use backend::Backend;
use domain::Error;
use leptos::prelude::*;
use leptos_meta::Title;

/// `/signup`
#[component]
pub fn SignUpPage() -> impl IntoView {
    let invite = failure("sign_up").and_then(|failure| failure.value("invite")).or_else(|| parameter("invite"));
    let invite = invite.unwrap_or_default();
    let may_come = |backend: Backend| backend.accepts_sign_ups() || (backend.takes_invites() && !invite.is_empty());
    let is_open = use_context::<Backend>().is_none_or(may_come);
    let is_sent = parameter("sent").is_some() && failure("sign_up").is_none();
    let content = if is_sent {
        view! { <LookIntoMailbox /> }.into_any()
    } else if is_open {
        view! { <EnhancedForm>
            <SignUpForm invite />
        </EnhancedForm> }
        .into_any()
    } else {
        view! {
            <EmptyState glyph=Glyph::Lost>
                <p>{Error::SignUpClosed.to_string()}</p>
            </EmptyState>
        }
        .into_any()
    };

    view! {
        <Title text="Sign up" />
        <div class="account-page">
            <h1>"Create your account"</h1>
            {content}
            <p class="account-switch">
                "Have an account? " <a href=switch_to("/signin")>"Sign in"</a>
            </p>
        </div>
    }
}

#[component]
fn LookIntoMailbox() -> impl IntoView {
    view! {
        <p class="notice" role="status">
            "We have written to your address. Open the link in the mail to confirm it, then sign in. Nothing there? Look among the unwanted mail; signing in sends it once more."
        </p>
    }
}

#[component]
fn SignUpForm(invite: String) -> impl IntoView {
    let least = backend().least_password().count();
    let failure = failure("sign_up");
    let failure = failure.as_ref();

    view! {
        <form class="card stack" method="post" action=here() novalidate>
            <input type="hidden" name="do" value="sign_up" />
            <input type="hidden" name="next" value=parameter("next").unwrap_or_default() />
            <input type="hidden" name="invite" value=invite />
            <input type="hidden" name="remember" value="on" />
            <TimeZoneField />
            <Summary action="sign_up" />
            <Field
                name="email"
                label="Email"
                kind="email"
                autocomplete="username"
                is_required=true
                content=Content::of(failure, "email", "")
            />
            <Field
                name="password"
                label="Password"
                kind="password"
                autocomplete="new-password"
                hint=format!("At least {least} characters. A few words in a row are easy to remember and hard to guess.")
                least=least
                is_required=true
                content=Content::of(failure, "password", "")
            >
                <PasswordToggle field="password" />
            </Field>
            <PasswordStrength />
            <Field
                name="name"
                label="Name (optional)"
                autocomplete="name"
                content=Content::of(failure, "name", "")
            />
            <Button>"Sign up"</Button>
        </form>
    }
    .into_any()
}
