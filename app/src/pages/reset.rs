//! Setting a new password by a link. Looking at the page uses nothing up.

use crate::{
    components::{Button, Content, Field, Summary},
    forms::failure,
    islands::{form::EnhancedForm, password::PasswordToggle, strength::PasswordStrength},
    pages::link_token,
    request::backend,
};
use domain::Error;
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

/// `/reset`
#[component]
pub fn ResetPage() -> impl IntoView {
    let content = match link_token("reset_password") {
        Some(token) => Either::Left(view! { <EnhancedForm>
            <ResetForm token />
        </EnhancedForm> }),
        None => Either::Right(view! {
            <p class="notice" role="status">
                {Error::LinkDead.to_string()}
            </p>
        }),
    };

    view! {
        <Title text="Set a new password" />
        <div class="account-page">
            <h1>"Set a new password"</h1>
            {content}
            <p class="account-switch">
                "The link does not work? " <a href="/forgot">"Ask for a new one"</a>
            </p>
        </div>
    }
}

#[component]
fn ResetForm(token: String) -> impl IntoView {
    let least = backend().least_password().count();
    let failure = failure("reset_password");

    view! {
        <form class="card stack" method="post" action="/reset" novalidate>
            <input type="hidden" name="do" value="reset_password" />
            <input type="hidden" name="token" value=token />
            <Summary action="reset_password" />
            <Field
                name="password"
                label="New password"
                kind="password"
                autocomplete="new-password"
                hint=format!("At least {least} characters. It signs out every device.")
                least=least
                is_required=true
                content=Content::of(failure.as_ref(), "password", "")
            >
                <PasswordToggle field="password" />
            </Field>
            <PasswordStrength />
            <Button>"Set the password"</Button>
        </form>
    }
    .into_any()
}
