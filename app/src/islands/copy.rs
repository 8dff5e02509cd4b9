//! Lets people copy what stands in a field with one press.

use crate::components::{Glyph, Icon};
use leptos::{ev::MouseEvent, prelude::*, web_sys::Element};

/// A button beside a field that copies what is in it. It comes only once it can do so.
#[island]
pub fn CopyButton() -> impl IntoView {
    let is_copied = RwSignal::new(false);
    let copy = move |event: MouseEvent| is_copied.set(copy_field(&event_target(&event)));

    view! {
        <button class="field-button" type="button" hidden=true prop:hidden=false on:click=copy>
            <Icon glyph=Glyph::Copy />
            <span class="visually-hidden" role="status">
                {move || if is_copied.get() { "Copied" } else { "Copy" }}
            </span>
        </button>
    }
}

/// Copies the field that stands beside a button. On the server no button is ever pressed.
fn copy_field(button: &Element) -> bool {
    #[cfg(feature = "hydrate")]
    {
        crate::client::page::copy_field(button).is_some()
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = button;
        false
    }
}
