//! The second half of signing in: a code after the password.

use super::sign_in::switch_to;
use crate::{
    actions::factors::waiting,
    components::{Button, Content, Field, Summary},
    forms::failure,
    pages::{here, parameter},
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

/// `/signin/code`
#[component]
pub fn SignInCodePage() -> impl IntoView {
    let is_waiting = waiting().is_some();
    let was_refused = failure("sign_in_with_code").is_some();

    view! {
        <Title text="Enter a code" />
        <div class="account-page">
            <h1>"Enter a code"</h1>
            {if is_waiting {
                Either::Left(view! { <CodeForm /> })
            } else {
                Either::Right(
                    view! {
                        <Summary action="sign_in_with_code" />
                        {(!was_refused)
                            .then(|| {
                                view! {
                                    <p class="notice" role="status">
                                        "No sign-in is waiting for a code. Start with your password."
                                    </p>
                                }
                            })}
                    },
                )
            }}
            <p class="account-switch">
                <a href=switch_to("/signin")>"Start again"</a>
            </p>
        </div>
    }
}

#[component]
fn CodeForm() -> impl IntoView {
    let failure = failure("sign_in_with_code");

    view! {
        <form class="card stack" method="post" action=here() novalidate>
            <input type="hidden" name="do" value="sign_in_with_code" />
            <input type="hidden" name="next" value=parameter("next").unwrap_or_default() />
            <Summary action="sign_in_with_code" />
            <Field
                name="code"
                label="Code"
                autocomplete="one-time-code"
                hint="The six digits that your app shows, or one of your recovery codes."
                is_required=true
                content=Content::of(failure.as_ref(), "code", "").focused()
            />
            <Button>"Sign in"</Button>
        </form>
    }
    .into_any()
}
