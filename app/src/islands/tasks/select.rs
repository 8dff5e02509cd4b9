//! Selecting rows by the keyboard. All of it ends in the form below the list, which a browser without script sends too.

use super::desk::Desk;
use crate::client::page;
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, MouseEvent};

thread_local! {
    /// The row that was selected last: where a range begins.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What a key does while the keyboard is in a row: `x` selects, with shift up to here; `j` and `k` go on and back. Where a
/// text is typed, keys are letters.
pub(super) fn key(desk: Desk, event: &KeyboardEvent, target: &Element) {
    let Some(row) = closest(target, ".task-row").filter(|_| desk.selects && !takes_text(target)) else { return };
    if event.ctrl_key() || event.meta_key() {
        return;
    }
    let key = event.key();
    match (key.as_str(), event.alt_key()) {
        ("x", false) => toggle(&row),
        ("X", false) => range(&row),
        ("j", false) => step(&row, 1),
        ("k", false) => step(&row, -1),
        _ => return,
    }
    event.prevent_default();
}

/// A click on a box while shift is held selects everything up to there.
pub(super) fn click(event: &Event, target: &Element) {
    let has_shift = event.dyn_ref::<MouseEvent>().is_some_and(MouseEvent::shift_key);
    if let Some(row) = closest(target, ".task-select").and_then(|target| closest(&target, ".task-row")) {
        if has_shift {
            range(&row);
        } else {
            LAST.set(Some(row.id()));
        }
    }
}

/// Goes to the row that the address names, which is where a moved row stands.
pub(super) fn arrive() {
    let hash = window().location().hash().unwrap_or_default();
    if hash.starts_with("#task-") {
        page::focus_soon(format!("{hash} .task-title"));
    }
}

fn toggle(row: &Element) {
    if let Some(input) = checkbox(row) {
        input.set_checked(!input.checked());
        LAST.set(Some(row.id()));
    }
}

/// Selects everything from the row that was selected last up to this one.
fn range(row: &Element) {
    let rows = rows();
    let place = |id: &str| rows.iter().position(|row| row.id() == id);
    let last = LAST.with_borrow(|last| last.as_deref().and_then(place));
    let Some(here) = place(&row.id()) else { return };
    let first = last.unwrap_or(here);
    for row in &rows[first.min(here)..=first.max(here)] {
        if let Some(input) = checkbox(row) {
            input.set_checked(true);
        }
    }
    LAST.set(Some(row.id()));
}

fn step(row: &Element, by: isize) {
    let rows = rows();
    let here = rows.iter().position(|other| other.id() == row.id());
    let next = here.and_then(|here| here.checked_add_signed(by)).and_then(|place| rows.get(place));
    if let Some(title) = next.and_then(|row| page::find_in(row, ".task-title")) {
        let _ = title.focus();
    }
}

pub(super) fn press(selector: &str) {
    if let Some(button) = page::find(selector) {
        button.click();
    }
}

fn rows() -> Vec<Element> {
    let Ok(found) = document().query_selector_all(".task-row") else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
}

fn checkbox(row: &Element) -> Option<HtmlInputElement> {
    page::find_in(row, ".task-select")?.dyn_into().ok()
}

pub(super) fn takes_text(target: &Element) -> bool {
    let input = target.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.type_() != "checkbox");
    input || ["TEXTAREA", "SELECT"].contains(&target.tag_name().as_str())
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}
