//! A choice that is on or off.

use leptos::prelude::*;

/// A checkbox with its label; a form sends `on` for it, or nothing.
#[component]
pub fn Checkbox(name: &'static str, label: &'static str, #[prop(optional)] is_checked: bool) -> impl IntoView {
    view! {
        <label class="checkbox">
            <input type="checkbox" name=name checked=is_checked />
            <span>{label}</span>
        </label>
    }
}
