//! A menu that opens under a button. The browser opens and closes it by itself (the popover attribute), so it needs
//! no script.

use leptos::prelude::*;

/// A round button with a letter, and what opens under it.
#[component]
pub fn Menu(id: &'static str, label: &'static str, letter: String, children: Children) -> impl IntoView {
    view! {
        <div class="menu">
            <button class="menu-button" type="button" popovertarget=id>
                <span aria-hidden="true">{letter}</span>
                <span class="visually-hidden">{label}</span>
            </button>
            <div class="menu-panel" id=id popover="auto">
                {children()}
            </div>
        </div>
    }
}
