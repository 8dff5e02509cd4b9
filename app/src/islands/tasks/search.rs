//! Shows the tasks that the filter form asks for while it is being filled in. Only the answer to the last question
//! counts, and the address says what is shown, so that it can be kept, shared and reloaded.

use super::desk::{Desk, Row};
use crate::{
    AppError,
    actions::tasks::list_tasks,
    client::page::{self, Fields},
    components::tasks::tasks_address,
    forms::Failure,
};
use domain::{
    Error,
    tasks::{TaskPage, TaskQuery},
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
    for (name, usual) in [
        ("q", ""),
        ("status", "open"),
        ("priority", ""),
        ("due_from", ""),
        ("due_to", ""),
        ("sort", "due"),
        ("order", ""),
        ("tag", ""),
    ] {
        page::set_value(&form, name, usual);
    }
    page::focus_soon("#filter-q".to_owned());
    at_once(desk, form);
}

/// Appends the next page.
pub(super) fn go_on(desk: Desk) {
    let Some(cursor) = desk.next.get_untracked() else { return };
    let turn = next_turn();
    let query = TaskQuery { cursor: Some(cursor), ..desk.query.get_untracked() };
    spawn_local(async move {
        let answer = fetch(&query).await;
        if turn != TURN.get() {
            return;
        }
        match answer {
            Ok(page) => append(desk, page),
            // The page itself knows better what to say, and asks to sign in if need be.
            Err(_) => page::go_to(&tasks_address(&query)),
        }
    });
}

async fn ask(desk: Desk, form: HtmlFormElement, turn: u32) {
    let fields = page::fields(&form);
    let pairs = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let query = match TaskQuery::from_pairs(pairs) {
        Ok(query) => query,
        Err(error) => return refuse(desk, error, fields),
    };
    let answer = fetch(&query).await;
    if turn != TURN.get() {
        return;
    }
    match answer {
        Ok(page) => show(desk, query, page),
        Err(AppError(error)) if error.is_passing() || matches!(error, Error::Invalid(_) | Error::Internal) => {
            refuse(desk, error, fields);
        }
        // The page itself knows better what to say, and asks to sign in if need be.
        Err(_) => {
            let _ = form.submit();
        }
    }
}

async fn fetch(query: &TaskQuery) -> Result<TaskPage, AppError> {
    let address = tasks_address(query);
    let (_, query) = address.split_once('?').unwrap_or_default();
    list_tasks(query.to_owned()).await
}

/// Shows a page. A row that is on the page already stays as it is, and one that is being edited stays in any case.
fn show(desk: Desk, query: TaskQuery, page: TaskPage) {
    let known = desk.rows.get_untracked();
    let mut rows: Vec<Row> = known.iter().copied().filter(|row| row.is_editing.get_untracked()).collect();
    rows.retain(|row| !page.items.iter().any(|task| task.id == row.id));
    for task in page.items {
        rows.push(match known.iter().find(|row| row.id == task.id) {
            Some(row) => {
                if !row.is_editing.get_untracked() {
                    row.task.set(task);
                }
                *row
            }
            None => Row::new(task),
        });
    }
    desk.said.set(match rows.len() {
        0 => "No task matches these filters.".to_owned(),
        1 => "1 task".to_owned(),
        number => format!("{number} tasks"),
    });
    let address = tasks_address(&query);
    page::show_address(&address);
    desk.address.set_value(address);
    desk.rows.set(rows);
    desk.query.set(query);
    desk.next.set(page.next_cursor);
    super::writes::forget(desk, "list_tasks", None);
}

fn append(desk: Desk, page: TaskPage) {
    let known = desk.rows.get_untracked();
    let new: Vec<Row> =
        page.items.into_iter().filter(|task| !known.iter().any(|row| row.id == task.id)).map(Row::new).collect();
    if let Some(first) = new.first() {
        page::focus_soon(format!("#task-{} .task-title", first.id));
    }
    desk.said.set(format!("{} more tasks", new.len()));
    desk.rows.update(|rows| rows.extend(new));
    desk.next.set(page.next_cursor);
}

fn refuse(desk: Desk, error: Error, fields: Fields) {
    desk.failure.set(Some(Failure { action: "list_tasks".to_owned(), error: Some(error), fields }));
}

fn next_turn() -> u32 {
    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    turn
}
