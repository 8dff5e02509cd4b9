//! Shows what a search or a filter finds while it is being typed: the page's own answer, put in place without leaving it.

use leptos::{prelude::*, web_sys::Element};
#[cfg(feature = "hydrate")]
use {
    crate::{client::page, components::tasks::address},
    leptos::task::spawn_local,
    std::cell::Cell,
    wasm_bindgen::JsCast,
    web_sys::HtmlInputElement,
};

/// How long to wait for the next letter, in milliseconds.
#[cfg(feature = "hydrate")]
const PAUSE: u32 = 150;

#[cfg(feature = "hydrate")]
const WHOLE: &str = ".live-search";

#[cfg(feature = "hydrate")]
thread_local! {
    /// How many questions were asked; only the answer to the last one counts.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// A field, what is wrong with it, and in the element `found` what it finds.
#[island]
pub fn LiveSearch(children: Children) -> impl IntoView {
    view! {
        <div class="live-search" use:hearing=()>
            {children()}
        </div>
    }
}

/// Hears of what is typed. On the server nothing ever is.
fn hearing(element: Element, (): ()) {
    #[cfg(feature = "hydrate")]
    page::hear(&element, &["input"], |event| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            spawn_local(search(input));
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = element;
}

#[cfg(feature = "hydrate")]
async fn search(input: HtmlInputElement) {
    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    page::pause(PAUSE).await;
    if turn != TURN.get() {
        return;
    }
    let address = address(&page::path(), [(input.name().as_str(), input.value().as_str())]);
    let (here, there) = (page::find(WHOLE), page::part_of(&address, WHOLE).await);
    let (Some(here), Some(there)) = (here, there.filter(|_| turn == TURN.get())) else { return };
    for part in ["#found", ".field-error"] {
        if let (Some(old), Some(new)) = (page::find_in(&here, part), page::find_in(&there, part)) {
            old.set_inner_html(&new.inner_html());
        }
    }
    let is_wrong = page::find_in(&there, "[aria-invalid]").is_some();
    let _ = input.set_attribute("aria-invalid", if is_wrong { "true" } else { "false" });
    page::show_address(&address);
}
