//! What follows for the other rows when a task is done, opened again or deleted: its parts go with it, and the task that
//! it is a part of counts anew.

use super::desk::{Desk, Row};
use crate::components::tasks::Card;
use leptos::prelude::*;

/// A task was done, or opened again.
pub(super) fn completed(desk: Desk, card: &Card) {
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
    if !card.is_completed {
        return;
    }
    for row in parts(desk, &card.id) {
        row.face.update(|face| {
            face.card.is_completed = true;
            if let Some(kin) = &mut face.card.kin {
                kin.done = kin.parts;
            }
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
