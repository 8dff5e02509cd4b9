//! What a page says when its session turns out to have ended. The browser shows it (`client::session`); until then it
//! is hidden.

use crate::request::visitor;
use axum::http::request::Parts;
use leptos::prelude::*;

/// The way back in, for whoever is signed in now. Its link leads to this very page, which asks to sign in first.
#[component]
pub fn SessionEnded() -> impl IntoView {
    let is_signed_in = visitor().is_some_and(|visitor| visitor.session.is_some());
    let here = use_context::<Parts>().filter(|_| is_signed_in)?;
    let here = here.uri.path_and_query().map_or("/dashboard", |here| here.as_str()).to_owned();

    Some(view! {
        <div class="alert session-ended" id="session-ended" role="alert" hidden=true>
            "Your session has expired. Sign in in a new tab and come back: what you typed here stays."
            <a class="button" href=here target="_blank" rel="noopener">
                "Sign in"
            </a>
        </div>
    })
}
