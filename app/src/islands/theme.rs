//! Shows a theme as soon as it is chosen, before it is saved.

use leptos::{ev::Event, prelude::*};

/// Follows the choice inside.
#[island]
pub fn ThemePreview(children: Children) -> impl IntoView {
    let preview = |event: Event| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", &event_target_value(&event));
        }
    };

    view! { <div on:change=preview>{children()}</div> }
}
