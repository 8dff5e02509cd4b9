//! Messages that stay until their cause is gone.

use crate::forms::failure;
use leptos::prelude::*;

/// Tells that something failed, and is announced at once. An action that may mend it can stand inside.
#[component]
pub fn Alert(children: Children) -> impl IntoView {
    view! {
        <div class="alert" role="alert">
            {children()}
        </div>
    }
}

/// What is wrong with a form of this page that was refused, if no field of it is to blame.
#[component]
pub fn Summary(action: &'static str) -> impl IntoView {
    let summary = failure(action).and_then(|failure| failure.summary());
    summary.map(|summary| view! { <Alert>{summary}</Alert> })
}
