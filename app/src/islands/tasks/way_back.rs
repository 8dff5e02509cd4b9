//! The way back in the browser: the keys for it, and what is offered after each change. The buttons themselves stand above
//! the page, and the browser sends their forms by itself.

use super::{
    desk::{Deleted, Desk},
    select,
};
use crate::client::page;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// How long the way back is offered at the edge of the screen, in milliseconds; above the page it stays.
const OFFERED: u32 = 8_000;

/// Listens in the whole page: `z` and Ctrl+Z undo, with shift they redo. Where a text is typed, keys are letters.
pub(super) fn hear_keys() {
    if let Some(body) = document().body() {
        page::hear(&body, &["keydown"], |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| !key.is_composing() && !key.alt_key()) else {
                return;
            };
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if target.is_some_and(|target| select::takes_text(&target)) || !key.key().eq_ignore_ascii_case("z") {
                return;
            }
            event.prevent_default();
            let letter = if key.shift_key() { "Z" } else { "z" };
            select::press(&format!(".undo form:not([hidden]) [data-key={letter}]"));
        });
    }
}

/// Offers to take back the change that was made last.
pub(super) fn offer(desk: Desk, change: String) {
    let said = desk.state.with_untracked(|state| match &state.deleted {
        Some(Deleted { title, .. }) => title.as_ref().map(|title| format!("Deleted “{title}”")).unwrap_or_default(),
        None => state.said.clone(),
    });
    if let Some(form) = page::find(".undo form") {
        page::set_value(&form, "change", &change);
        let _ = form.remove_attribute("hidden");
    }
    if let Some(button) = page::find(".undo [data-key=z]") {
        button.set_text_content(Some(&format!("Undo: {said}")));
    }
    // What was undone before can no longer be redone.
    if let Some(form) = page::find(".undo form + form") {
        let _ = form.set_attribute("hidden", "");
    }
    desk.state.update(|state| state.change = Some(change.clone()));
    spawn_local(async move {
        page::pause(OFFERED).await;
        // Whoever is about to use it has the time that it takes.
        if page::find(".toast:is(:focus-within, :hover)").is_some() {
            return;
        }
        desk.state.update(|state| {
            state.change.take_if(|known| *known == change);
        });
    });
}
