//! What follows for the other rows when a task is done, opened again or deleted: its parts go with it, and the task that
//! it is a part of counts anew.

use super::{
    desk::{Desk, Face, Row},
    writes,
};
use crate::components::tasks::Card;
use leptos::prelude::*;

/// A task was done, or opened again. One that went on to its next date has its parts open again.
pub(super) fn completed(desk: Desk, card: &Card, has_gone_on: bool) {
    if has_gone_on {
        return set_parts(desk, &card.id, false);
    }
    let change = if card.is_completed { 1 } else { -1 };
    for row in desk.state.with_untracked(|state| state.rows.clone()) {
        if card.parent_id.as_ref() == Some(&row.id()) {
            row.face.update(|face| {
                if let Some(kin) = &mut face.card.kin {
                    kin.done += change;
                }
            });
        }
    }
    if card.is_completed {
        set_parts(desk, &card.id, true);
    }
}

/// All parts of a task are done, or none is.
fn set_parts(desk: Desk, id: &str, are_done: bool) {
    let count = |face: &mut Face| {
        if let Some(kin) = &mut face.card.kin {
            kin.done = if are_done { kin.parts } else { 0 };
        }
    };
    if let Some(row) = writes::find(desk, id) {
        row.face.update(count);
    }
    for row in parts(desk, id) {
        row.face.update(|face| {
            face.card.is_completed = are_done;
            count(face);
        });
    }
}

/// The rows of the parts of a task, and of theirs.
pub(super) fn parts(desk: Desk, id: &str) -> Vec<Row> {
    let rows = desk.state.with_untracked(|state| state.rows.clone());
    let (mut wholes, mut found) = (vec![id.to_owned()], Vec::new());
    while let Some(whole) = wholes.pop() {
        let parts = rows
            .iter()
            .copied()
            .filter(|row| row.face.with_untracked(|face| face.card.parent_id.as_ref() == Some(&whole)));
        for part in parts {
            wholes.push(part.id());
            found.push(part);
        }
    }
    found
}
