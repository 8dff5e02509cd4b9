//! What people do on the page: which form was sent, which button or key was pressed, and what follows from it.

use super::{
    desk::{Desk, Row},
    moving, repeat, search, select, typing, writes,
};
use crate::client::page;
use leptos::{ev::Event, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, KeyboardEvent, MouseEvent};

/// Hears of an event inside an island.
pub(super) fn hear(desk: Desk, event: &Event) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    match event.type_().as_str() {
        "submit" => submit(desk, event, target),
        "click" => click(desk, event, &target),
        "input" => input(desk, &target),
        "scroll" if typing::is_line(&target) => typing::follow(&target),
        "scroll" => {}
        "paste" if typing::is_line(&target) => typing::paste(event, &target),
        "paste" => {}
        "dragstart" | "dragover" | "drop" | "dragend" => moving::drag(desk, event, &target),
        _ => key(desk, event, &target),
    }
}

fn submit(desk: Desk, event: &Event, target: Element) {
    let Ok(form) = target.dyn_into::<HtmlFormElement>() else { return };
    if is_search(&form) {
        event.prevent_default();
        search::at_once(desk, form);
    } else if writes::ACTIONS.contains(&page::value(&form, "do").as_str()) {
        event.prevent_default();
        spawn_local(writes::carry_out(desk, form));
    }
}

fn click(desk: Desk, event: &Event, target: &Element) {
    let Some(actor) = closest(target, "[data-act]") else { return select::click(event, target) };
    if event.dyn_ref::<MouseEvent>().is_some_and(opens_elsewhere) {
        return;
    }
    event.prevent_default();
    match actor.get_attribute("data-act").as_deref() {
        Some("edit") => edit(desk, target),
        Some("cancel") => cancel(desk, target),
        Some("next") => search::go_on(desk),
        Some("clear") => search::clear(desk),
        Some("keep") => typing::keep(desk, &actor),
        Some("up") => moving::shift(desk, &actor, -1),
        Some("down") => moving::shift(desk, &actor, 1),
        _ => dismiss(desk),
    }
}

fn input(desk: Desk, target: &Element) {
    if typing::is_line(target) {
        return typing::soon(desk, target);
    }
    if repeat::is_asked(target) {
        repeat::soon(target);
    }
    if let Some(form) = closest(target, "form").and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
        && is_search(&form)
    {
        search::soon(desk, form);
    }
}

/// Escape leaves the editing of a row. Enter sends a form by itself; in notes it needs a helping key.
fn key(desk: Desk, event: &Event, target: &Element) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>().filter(|event| !event.is_composing()) else { return };
    match event.key().as_str() {
        "Escape" => cancel(desk, target),
        "Backspace" if typing::is_line(target) => typing::backspace(desk, event, target),
        "Enter" if (event.ctrl_key() || event.meta_key()) && target.tag_name() == "TEXTAREA" => {
            if let Some(button) = closest(target, "form").and_then(|form| page::find_in(&form, "[type=submit]")) {
                button.click();
            }
        }
        "ArrowUp" if event.alt_key() => moving::key(desk, event, target, -1),
        "ArrowDown" if event.alt_key() => moving::key(desk, event, target, 1),
        _ => select::key(desk, event, target),
    }
}

fn edit(desk: Desk, target: &Element) {
    let Some(row) = row_of(desk, target) else { return };
    row.face.update(|face| face.is_editing = true);
    page::focus_soon(format!("#title-{}", row.id()));
}

fn cancel(desk: Desk, target: &Element) {
    if let Some(row) = row_of(desk, target).filter(|row| row.face.with_untracked(|face| face.is_editing)) {
        writes::forget(desk, "edit_task", Some(row));
        writes::leave_editing(row);
    }
}

fn dismiss(desk: Desk) {
    desk.state.update(|state| (state.deleted, state.change, state.news) = (None, None, None));
    page::show_address(&desk.state.with_untracked(|state| state.address.clone()));
}

pub(super) fn row_of(desk: Desk, target: &Element) -> Option<Row> {
    let id = closest(target, ".task-row")?.id();
    writes::find(desk, id.strip_prefix("task-")?)
}

fn is_search(form: &Element) -> bool {
    form.get_attribute("role").as_deref() == Some("search")
}

/// Whether a click asks for another tab or window; that is the browser's business.
fn opens_elsewhere(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}
