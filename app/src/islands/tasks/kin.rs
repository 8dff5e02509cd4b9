//! What follows for the other rows when a task is done, opened again or deleted: its parts go with it, and the task that
//! it is a part of counts anew.

use super::{
    desk::{Desk, Row},
    writes,
};
use crate::components::tasks::Card;
use leptos::prelude::*;

/// A task was done, or opened again. One that went on to its next date has its parts open again.
pub(super) fn completed(desk: Desk, card: &Card, has_gone_on: bool) {
    let whole = card.parent_id.as_ref().filter(|_| !has_gone_on).and_then(|id| writes::find(desk, id));
    if let Some(whole) = whole {
        count(whole, if card.is_completed { 1 } else { -1 });
    }
    if card.is_completed || has_gone_on {
        // So far beyond either end that it is all of them, or none.
        let by = if has_gone_on { i64::MIN } else { i64::MAX };
        for row in parts(desk, &card.id) {
            row.set_completed(!has_gone_on);
            count(row, by);
        }
        if let Some(row) = writes::find(desk, &card.id) {
            count(row, by);
        }
    }
}

/// So many more of the parts of a task are done.
fn count(row: Row, by: i64) {
    row.face.update(|face| {
        if let Some(kin) = &mut face.card.kin {
            kin.done = kin.done.saturating_add(by).clamp(0, kin.parts);
        }
    });
}

/// The rows of the parts of a task, and of theirs.
pub(super) fn parts(desk: Desk, id: &str) -> Vec<Row> {
    let rows = desk.rows();
    let (mut wholes, mut found) = (vec![id.to_owned()], Vec::new());
    while let Some(whole) = wholes.pop() {
        for row in &rows {
            let card = row.face.get_untracked().card;
            if card.parent_id.as_ref() == Some(&whole) {
                wholes.push(card.id);
                found.push(*row);
            }
        }
    }
    found
}
