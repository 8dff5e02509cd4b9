//! Moving rows where a list stands in its owner's order: by buttons, by the keyboard, by dragging. The row moves at once;
//! the server is told between which two it stands now, and if it refuses, the row goes back to where it was.

use super::{
    desk::{Desk, Row},
    listen::row_of,
    way_back,
    writes::{forget, say, show, show_refusal},
};
use crate::{
    client::{
        page,
        rest::{self, Method, Trouble, Write, Written},
    },
    components::tasks::Refusal,
};
use leptos::{prelude::*, task::spawn_local};
use std::cell::{Cell, RefCell};
use web_sys::{Element, Event, KeyboardEvent};

thread_local! {
    /// The row that is being dragged.
    static DRAGGED: Cell<Option<Row>> = const { Cell::new(None) };
    /// What the server is to be told, one after the other: each place is between those that stood around it then.
    static WAITING: RefCell<Vec<Move>> = const { RefCell::new(Vec::new()) };
}

/// A row that has moved.
#[derive(Clone)]
struct Move {
    row: Row,
    /// Where it was before.
    home: usize,
    /// The field that says where it stands now, and the row that it names.
    place: (&'static str, String),
}

/// Moves the row around an element by so many places. The keyboard stays where it is.
pub(super) fn shift(desk: Desk, target: &Element, by: isize) {
    let Some(row) = row_of(desk, target) else { return };
    match desk.place_of(row).and_then(|place| place.checked_add_signed(by)) {
        Some(place) if place < desk.rows().len() => {
            let act = target.get_attribute("data-act").map(|act| format!("[data-act={act}]"));
            put(desk, row, place, act.as_deref().unwrap_or(".task-title"));
        }
        _ => tell(desk, row, if by < 0 { "is first here" } else { "is last here" }),
    }
}

/// With alt the arrows move the row that the keyboard is in.
pub(super) fn key(desk: Desk, event: &KeyboardEvent, target: &Element, by: isize) {
    let is_read = |row: &Row| !row.face.get_untracked().is_editing;
    if desk.orders.get_untracked() && row_of(desk, target).as_ref().is_some_and(is_read) {
        event.prevent_default();
        shift(desk, target, by);
    }
}

/// Lets go of a row where another stands.
pub(super) fn drag(desk: Desk, event: &Event, target: &Element) {
    let Some(row) = row_of(desk, target).filter(|_| desk.orders.get_untracked()) else { return };
    let kind = event.type_();
    if kind == "dragstart" || kind == "dragend" {
        return DRAGGED.set((kind == "dragstart").then_some(row));
    }
    // What else is dragged, such as words, is the browser's business.
    let Some(dragged) = DRAGGED.get() else { return };
    event.prevent_default();
    if let Some(place) = desk.place_of(row).filter(|_| kind == "drop") {
        put(desk, dragged, place, ".task-title");
    }
}

fn put(desk: Desk, row: Row, place: usize, focus: &str) {
    let Some(home) = desk.place_of(row).filter(|home| *home != place) else { return };
    rearrange(desk, row, place);
    tell(desk, row, &format!("moved to position {} of {}", place + 1, desk.rows().len()));
    // What the browser puts elsewhere in the page loses the keyboard.
    page::focus_soon(format!("#task-{} {focus}", row.id()));
    let Some(place) = neighbour(desk, row) else { return };
    let is_alone = WAITING.with_borrow_mut(|waiting| {
        waiting.push(Move { row, home, place });
        waiting.len() == 1
    });
    if is_alone {
        spawn_local(send_all(desk));
    }
}

async fn send_all(desk: Desk) {
    while let Some(Move { row, home, place: (field, neighbour) }) =
        WAITING.with_borrow(|waiting| waiting.first().cloned())
    {
        row.set_saving(true);
        let write = Write {
            method: Method::POST,
            path: format!("/{}/move", row.id()),
            body: Some(format!(r#"{{"{field}":"{neighbour}"}}"#)),
            revision: None,
            key: rest::new_key(),
        };
        match rest::send(&write).await {
            Ok(Written { card, change }) => {
                if let Some(card) = card {
                    show(row, card);
                }
                if let Some(change) = change {
                    way_back::offer(desk, change);
                }
            }
            // The page itself asks to sign in.
            Err(Trouble::SignedOut) => return page::reload(),
            Err(Trouble::Refused(reason)) => {
                rearrange(desk, row, home);
                let fields = vec![("id".to_owned(), row.id()), (field.to_owned(), neighbour)];
                show_refusal(desk, Refusal::new("move_task".to_owned(), fields, *reason));
            }
        }
        row.set_saving(false);
        WAITING.with_borrow_mut(|waiting| drop(waiting.remove(0)));
    }
}

/// The row above as what it comes after; the first comes before the one below.
fn neighbour(desk: Desk, row: Row) -> Option<(&'static str, String)> {
    match desk.neighbours(row) {
        (Some(above), _) => Some(("after_id", above.id())),
        (None, Some(below)) => Some(("before_id", below.id())),
        (None, None) => None,
    }
}

fn rearrange(desk: Desk, row: Row, place: usize) {
    forget(desk, "move_task", None);
    let mut rows = desk.rows();
    rows.retain(|other| other.face != row.face);
    rows.insert(place.min(rows.len()), row);
    desk.set_rows(rows);
}

fn tell(desk: Desk, row: Row, what: &str) {
    say(desk, format!("“{}” {what}", row.face.get_untracked().card.title));
}
