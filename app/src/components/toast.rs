//! A short word that something went well.

use leptos::prelude::*;

/// Tells of a success at the edge of the screen, in passing.
#[component]
pub fn Toast(children: Children) -> impl IntoView {
    view! {
        <div class="toast" role="status">
            {children()}
        </div>
    }
}
