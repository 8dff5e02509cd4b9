//! Moving rows where a list stands in its owner's order: by buttons, by the keyboard, by dragging. The row moves at once;
//! the server is told between which two it stands now, and if it refuses, the row goes back to where it was.

use super::{
    desk::{Desk, Row},
    listen::row_of,
    way_back,
    writes::show,
};
use crate::{
    client::{
        json, page,
        rest::{self, Method, Trouble, Write, Written},
    },
    components::tasks::Refusal,
};
use leptos::{prelude::*, task::spawn_local};
use std::cell::Cell;
use web_sys::{Element, Event, KeyboardEvent};

thread_local! {
    /// The row that is being dragged.
    static DRAGGED: Cell<Option<Row>> = const { Cell::new(None) };
}

/// Moves the row around an element by so many places. The keyboard stays where it is.
pub(super) fn shift(desk: Desk, target: &Element, by: isize) {
    let Some(row) = row_of(desk, target) else { return };
    let last = desk.state.with_untracked(|state| state.rows.len().saturating_sub(1));
    let Some(place) = place_of(desk, row).and_then(|place| place.checked_add_signed(by)).filter(|place| *place <= last)
    else {
        let end = if by < 0 { "first" } else { "last" };
        return say(desk, row, &format!("is {end} already"));
    };
    let act = target.get_attribute("data-act").map(|act| format!("[data-act={act}]"));
    put(desk, row, place, act.as_deref().unwrap_or(".task-title"));
}

/// With alt the arrows move the row that the keyboard is in.
pub(super) fn key(desk: Desk, event: &KeyboardEvent, target: &Element, by: isize) {
    let is_edited = |row: Row| row.face.with_untracked(|face| face.is_editing);
    if desk.orders.get_untracked() && row_of(desk, target).is_some_and(|row| !is_edited(row)) {
        event.prevent_default();
        shift(desk, target, by);
    }
}

/// Lets go of a row where another stands.
pub(super) fn drag(desk: Desk, event: &Event, target: &Element) {
    let Some(row) = row_of(desk, target).filter(|_| desk.orders.get_untracked()) else { return };
    match event.type_().as_str() {
        "dragstart" => DRAGGED.set(Some(row)),
        "dragover" => event.prevent_default(),
        _ => {
            event.prevent_default();
            let dragged = DRAGGED.take().filter(|dragged| dragged.face != row.face);
            if let Some((dragged, place)) = dragged.zip(place_of(desk, row)) {
                put(desk, dragged, place, ".task-title");
            }
        }
    }
}

fn put(desk: Desk, row: Row, place: usize, focus: &str) {
    let Some(home) = place_of(desk, row) else { return };
    rearrange(desk, row, place);
    let count = desk.state.with_untracked(|state| state.rows.len());
    say(desk, row, &format!("moved to position {} of {count}", place + 1));
    // What the browser puts elsewhere in the page loses the keyboard.
    page::focus_soon(format!("#task-{} {focus}", row.id()));
    // A row that is on its way finds out by itself that it has moved on.
    if !row.face.with_untracked(|face| face.is_saving) {
        spawn_local(send(desk, row, home));
    }
}

async fn send(desk: Desk, row: Row, home: usize) {
    row.face.update(|face| face.is_saving = true);
    while let Some((field, neighbour)) = neighbour(desk, row) {
        let id = row.id();
        let body = json::write([(field, Some(neighbour.as_str()))].into_iter());
        let (path, key) = (format!("/{id}/move"), rest::new_key());
        let answer = rest::send(&Write { method: Method::POST, path, body: Some(body), revision: None, key }).await;
        match answer {
            Ok(Written { card, change }) => {
                if let Some(card) = card {
                    show(row, card);
                }
                if let Some(change) = change {
                    way_back::offer(desk, change);
                }
                let stays = self::neighbour(desk, row).is_none_or(|(_, now)| now == neighbour);
                if stays {
                    break;
                }
            }
            // The page itself asks to sign in.
            Err(Trouble::SignedOut) => return page::reload(),
            Err(Trouble::Refused(reason)) => {
                rearrange(desk, row, home);
                let fields = vec![("id".to_owned(), id), (field.to_owned(), neighbour)];
                let refusal = Refusal::new("move_task".to_owned(), fields, *reason);
                desk.state.update(|state| state.refusal = Some(refusal));
                break;
            }
        }
    }
    row.face.update(|face| face.is_saving = false);
}

/// The row above as what it comes after; the first comes before the one below.
fn neighbour(desk: Desk, row: Row) -> Option<(&'static str, String)> {
    let (above, below) = desk.state.with_untracked(|state| state.neighbours(row));
    let above = above.map(|above| ("after_id", above.id()));
    above.or_else(|| below.map(|below| ("before_id", below.id())))
}

fn place_of(desk: Desk, row: Row) -> Option<usize> {
    desk.state.with_untracked(|state| state.rows.iter().position(|other| other.face == row.face))
}

fn rearrange(desk: Desk, row: Row, place: usize) {
    let Some(here) = place_of(desk, row) else { return };
    desk.state.update(|state| {
        let row = state.rows.remove(here);
        state.rows.insert(place.min(state.rows.len()), row);
        state.refusal.take_if(|refusal| refusal.is_about("move_task", None));
    });
}

fn say(desk: Desk, row: Row, what: &str) {
    let title = row.face.with_untracked(|face| face.card.title.clone());
    desk.state.update(|state| state.said = format!("“{title}” {what}"));
}
