//! Opening a session.

use crate::{
    components::{Button, Checkbox, Content, Field, Summary},
    forms::failure,
    islands::{form::EnhancedForm, password::PasswordToggle},
    pages::{here, parameter},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/signin`
#[component]
pub fn SignInPage() -> impl IntoView {
    let has_expired = parameter("reason").as_deref() == Some("expired") && failure("sign_in").is_none();

    view! {
        <Title text="Sign in" />
        <div class="account-page">
            <h1>"Sign in"</h1>
            {has_expired
                .then(|| {
                    view! {
                        <p class="notice" role="status">
                            "Your session has expired. Sign in to continue."
                        </p>
                    }
                })}
            <EnhancedForm>
                <SignInForm />
            </EnhancedForm>
            <p class="account-switch">
                "New here? " <a href=switch_to("/signup")>"Sign up"</a>
            </p>
        </div>
    }
}

#[component]
fn SignInForm() -> impl IntoView {
    let failure = failure("sign_in");
    let failure = failure.as_ref();
    let remembers = failure.is_none_or(|failure| failure.value("remember").is_some());

    view! {
        <form class="card stack" method="post" action=here() novalidate>
            <input type="hidden" name="do" value="sign_in" />
            <input type="hidden" name="next" value=parameter("next").unwrap_or_default() />
            <Summary action="sign_in" />
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
                autocomplete="current-password"
                is_required=true
                content=Content::of(failure, "password", "")
            >
                <PasswordToggle field="password" />
            </Field>
            <Checkbox name="remember" label="Keep me signed in" is_checked=remembers />
            <Button>"Sign in"</Button>
        </form>
    }
    .into_any()
}

/// The address of the other of the two pages, keeping where its visitor wanted to go.
pub(super) fn switch_to(page: &str) -> String {
    let here = here();
    let next = here.split_once('?').and_then(|(_, query)| query.split('&').find(|pair| pair.starts_with("next=")));
    next.map_or_else(|| page.to_owned(), |next| format!("{page}?{next}"))
}
