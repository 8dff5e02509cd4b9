//! Shows the tasks that the filter form asks for while it is being filled in. Only the answer to the last question
//! counts, and the address says what is shown, so that it can be kept, shared and reloaded.

use super::{
    board::{address_of, is_in_order, without_usual},
    desk::{Desk, Row},
    writes::show_refusal,
};
use crate::{
    client::{
        page,
        rest::{self, Page, Trouble},
    },
    components::tasks::{Fields, Refusal, USUAL},
};
use leptos::{prelude::*, task::spawn_local};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

/// How long to wait for the next letter, in milliseconds.
const PAUSE: u32 = 200;

thread_local! {
    /// How many questions were asked.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// Asks when nothing more is typed for a moment.
pub(super) fn soon(desk: Desk, form: HtmlFormElement) {
    let turn = next_turn();
    spawn_local(async move {
        page::pause(PAUSE).await;
        if turn == TURN.get() {
            ask(desk, form, turn).await;
        }
    });
}

/// Asks at once.
pub(super) fn at_once(desk: Desk, form: HtmlFormElement) {
    spawn_local(ask(desk, form, next_turn()));
}

/// Puts the form back to the usual and asks.
pub(super) fn clear(desk: Desk) {
    let form = page::find("form[role=search]").and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form else { return };
    for (name, usual) in USUAL {
        page::set_value(&form, name, usual);
    }
    page::focus_soon("#filter-q".to_owned());
    at_once(desk, form);
}

/// Appends the next page.
pub(super) fn go_on(desk: Desk) {
    let (next, mut query) = desk.state.with_untracked(|state| (state.next.clone(), state.query.clone()));
    let Some(cursor) = next else { return };
    query.retain(|(name, _)| name != "cursor");
    query.push(("cursor".to_owned(), cursor));
    let address = address_of(&query);
    let turn = next_turn();
    spawn_local(async move {
        let answer = rest::list(&address).await;
        if turn != TURN.get() {
            return;
        }
        match answer {
            Ok(page) => append(desk, page),
            // The page itself knows better what to say, and asks to sign in if need be.
            Err(_) => page::go_to(&address),
        }
    });
}

async fn ask(desk: Desk, form: HtmlFormElement, turn: u32) {
    let fields = page::fields(&form);
    let query = without_usual(fields.clone());
    let address = address_of(&query);
    let answer = rest::list(&address).await;
    if turn != TURN.get() {
        return;
    }
    match answer {
        Ok(page) => show(desk, query, address, page),
        Err(Trouble::Refused(reason)) => {
            let refusal = Refusal::new("list_tasks".to_owned(), fields, *reason);
            show_refusal(desk, refusal);
        }
        // The page itself asks to sign in.
        Err(Trouble::SignedOut) => {
            let _ = form.submit();
        }
    }
}

/// Shows a page. A row that is on the page already stays as it is, and one that is being edited stays in any case.
fn show(desk: Desk, query: Fields, address: String, page: Page) {
    let is_edited = |row: &Row| row.face.with_untracked(|face| face.is_editing);
    let known = desk.rows();
    let mut rows: Vec<Row> = known.iter().copied().filter(is_edited).collect();
    rows.retain(|row| !page.items.iter().any(|card| card.id == row.id()));
    for card in page.items {
        rows.push(match known.iter().find(|row| row.id() == card.id) {
            Some(row) => {
                if !is_edited(row) {
                    row.face.update(|face| face.card = card);
                }
                *row
            }
            None => Row::new(card, 0),
        });
    }
    page::show_address(&address);
    desk.orders.set(is_in_order(&query));
    desk.state.update(|state| {
        state.said = match rows.len() {
            0 => "No task matches these filters.".to_owned(),
            1 => "1 task".to_owned(),
            number => format!("{number} tasks"),
        };
        state.address = address;
        state.rows = rows;
        state.query = query;
        state.next = page.next_cursor;
        state.refusal.take_if(|refusal| refusal.is_about("list_tasks", None));
    });
}

fn append(desk: Desk, page: Page) {
    let known = desk.rows();
    let new = page.items.into_iter().filter(|card| !known.iter().any(|row| row.id() == card.id));
    let new: Vec<Row> = new.map(|card| Row::new(card, 0)).collect();
    if let Some(first) = new.first() {
        page::focus_soon(format!("#task-{} .task-title", first.id()));
    }
    desk.state.update(|state| {
        state.said = format!("{} more tasks", new.len());
        state.rows.extend(new);
        state.next = page.next_cursor;
    });
}

fn next_turn() -> u32 {
    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    turn
}
