//! Opening a session.

use crate::{
    components::{Button, ButtonKind, Checkbox, Content, Field, Summary},
    forms::failure,
    islands::{form::EnhancedForm, passkey::PasskeyForm, password::PasswordToggle},
    pages::{here, parameter},
    request::backend,
};
use backend::{Backend, accounts::passkeys_name};
use domain::return_to::ReturnTo;
use leptos::prelude::*;
use leptos_meta::Title;

/// `/signin`
#[component]
pub fn SignInPage() -> impl IntoView {
    let is_open = use_context::<Backend>().is_none_or(|backend| backend.accepts_sign_ups());
    let notice = parameter("reason").filter(|_| failure("sign_in").is_none());
    let notice = notice.and_then(|reason| words(&reason));

    view! {
        <Title text="Sign in" />
        <div class="account-page">
            <h1>"Sign in"</h1>
            {notice
                .map(|notice| {
                    view! {
                        <p class="notice" role="status">
                            {notice}
                        </p>
                    }
                })}
            <EnhancedForm>
                <SignInForm />
            </EnhancedForm>
            {passkeys_name(&backend()).map(|host| view! { <PasskeyForm><PasskeySignIn host /></PasskeyForm> })}
            <p class="account-switch">
                <a href="/forgot">"Forgot your password?"</a>
            </p>
            {is_open
                .then(|| {
                    view! {
                        <p class="account-switch">
                            "New here? " <a href=switch_to("/signup")>"Sign up"</a>
                        </p>
                    }
                })}
        </div>
    }
}

/// Why somebody was led here.
fn words(reason: &str) -> Option<&'static str> {
    match reason {
        "expired" => Some("Your session has expired. Sign in to continue."),
        "reset" => Some("You have a new password, and every device is signed out. Sign in with it."),
        "verified" => Some("Your address is confirmed. Sign in to continue."),
        _ => None,
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

/// Comes only once the browser can do it, and needs no field.
#[component]
fn PasskeySignIn(host: String) -> impl IntoView {
    let next = ReturnTo::parse(&parameter("next").unwrap_or_default()).path().to_owned();

    view! {
        <form class="passkey-form" data-passkey="sign-in" data-host=host data-next=next hidden=true>
            <Button kind=ButtonKind::Plain>"Sign in with a passkey"</Button>
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
