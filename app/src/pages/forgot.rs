//! Asking for a link to set a new password with.

use crate::{
    components::{Button, Content, EmptyState, Field, Glyph, Summary},
    forms::failure,
    pages::parameter,
};
use backend::Backend;
use domain::Error;
use leptos::prelude::*;
use leptos_meta::Title;

/// `/forgot`
#[component]
pub fn ForgotPage() -> impl IntoView {
    let sends_mail = use_context::<Backend>().is_none_or(|backend| backend.sends_mail());
    let content = if !sends_mail {
        view! {
            <EmptyState glyph=Glyph::Lost>
                <p>{Error::NoMail.to_string()}</p>
            </EmptyState>
        }
        .into_any()
    } else if parameter("sent").is_some() && failure("forgot_password").is_none() {
        view! {
            <p class="notice" role="status">
                "If there is an account with this address, we have sent it a link to set a new password. It works once, within 30 minutes. Nothing there? Look among the unwanted mail, and ask again in a minute."
            </p>
        }
        .into_any()
    } else {
        view! { <ForgotForm /> }.into_any()
    };

    view! {
        <Title text="Forgot your password?" />
        <div class="account-page">
            <h1>"Forgot your password?"</h1>
            {content}
            <p class="account-switch">
                "Remember it after all? " <a href="/signin">"Sign in"</a>
            </p>
        </div>
    }
}

#[component]
fn ForgotForm() -> impl IntoView {
    let failure = failure("forgot_password");

    view! {
        <form class="card stack" method="post" action="/forgot" novalidate>
            <input type="hidden" name="do" value="forgot_password" />
            <Summary action="forgot_password" />
            <p>"We send a link to your address. With it you set a new password."</p>
            <Field
                name="email"
                label="Email"
                kind="email"
                autocomplete="username"
                is_required=true
                content=Content::of(failure.as_ref(), "email", "")
            />
            <Button>"Send me a link"</Button>
        </form>
    }
}
