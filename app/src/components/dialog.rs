//! A question that stands in front of everything else.

use leptos::prelude::*;

/// A dialog that is open when the page comes. It is part of the page, so leaving it is a link like any other.
#[component]
pub fn Dialog(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <dialog class="dialog" open aria-labelledby="dialog-title">
            <h1 id="dialog-title">{title}</h1>
            {children()}
        </dialog>
    }
}
