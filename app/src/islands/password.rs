//! Lets people look at the password they typed.

use crate::components::{Glyph, Icon};
use leptos::prelude::*;

/// A button that shows and hides a password. It comes only once it can do so.
#[island]
pub fn PasswordToggle(
    /// The id of the password's field.
    #[prop(into)]
    field: String,
) -> impl IntoView {
    let is_ready = RwSignal::new(false);
    let is_shown = RwSignal::new(false);
    Effect::new(move |_| is_ready.set(true));
    let toggle = move |_| {
        is_shown.update(|is_shown| *is_shown = !*is_shown);
        if let Some(input) = document().get_element_by_id(&field) {
            let _ = input.set_attribute("type", if is_shown.get_untracked() { "text" } else { "password" });
        }
    };

    view! {
        <button
            class="field-button"
            type="button"
            hidden=move || !is_ready.get()
            aria-pressed=move || is_shown.get().to_string()
            on:click=toggle
        >
            <Icon glyph=Glyph::Eye />
            <span class="visually-hidden">"Show password"</span>
        </button>
    }
}
