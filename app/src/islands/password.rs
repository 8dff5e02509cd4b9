//! Lets people look at the password they typed.

use crate::components::{Glyph, Icon};
use leptos::{ev::MouseEvent, prelude::*, web_sys::Element};

/// A button that shows and hides the password in the field of this id. It comes only once it can do so.
#[cfg(feature = "ssr")]
#[component]
pub fn PasswordToggle(#[prop(into)] field: String) -> impl IntoView {
    provide_context(Controlled(field));

    view! { <Toggle /> }
}

/// The id of the field that a button controls. Only the server needs to be told: browsers find it in the page.
#[derive(Debug, Clone)]
struct Controlled(String);

#[island]
fn Toggle() -> impl IntoView {
    let toggle = |event: MouseEvent| {
        let button = event_target::<Element>(&event).closest("[aria-controls]").ok().flatten();
        let field = button.as_ref().and_then(|button| button.get_attribute("aria-controls"));
        let field = field.and_then(|field| document().get_element_by_id(&field));
        let Some((button, field)) = button.zip(field) else { return };
        let is_shown = field.get_attribute("type").as_deref() == Some("password");
        let _ = field.set_attribute("type", if is_shown { "text" } else { "password" });
        let _ = button.set_attribute("aria-pressed", if is_shown { "true" } else { "false" });
    };

    let controls = use_context::<Controlled>().map(|controlled| controlled.0);

    view! {
        <button
            class="field-button"
            type="button"
            hidden=true
            prop:hidden=false
            aria-pressed="false"
            aria-controls=controls
            on:click=toggle
        >
            <Icon glyph=Glyph::Eye />
            <span class="visually-hidden">"Show password"</span>
        </button>
    }
}
