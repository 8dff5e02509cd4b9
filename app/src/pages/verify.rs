//! Confirming an address by a link. Programs that look at the links of mails press no button, so looking confirms nothing.

use crate::{
    components::{Button, Summary},
    pages::link_token,
};
use domain::Error;
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

/// `/verify`
#[component]
pub fn VerifyPage() -> impl IntoView {
    let content = match link_token("verify_address") {
        Some(token) => Either::Left(view! {
            <form class="card stack" method="post" action="/verify">
                <input type="hidden" name="do" value="verify_address" />
                <input type="hidden" name="token" value=token />
                <Summary action="verify_address" />
                <p>"If you asked for this, confirm that the address is yours. If you did not, close this page."</p>
                <Button>"Confirm my address"</Button>
            </form>
        }),
        None => Either::Right(view! {
            <p class="notice" role="status">
                {Error::LinkDead.to_string()}
            </p>
        }),
    };

    view! {
        <Title text="Confirm your address" />
        <div class="account-page">
            <h1>"Confirm your address"</h1>
            {content}
            <p class="account-switch">
                "The link does not work? " <a href="/signin">"Sign in"</a> " and get a new one."
            </p>
        </div>
    }
}
