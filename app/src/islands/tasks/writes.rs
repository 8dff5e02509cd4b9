//! Carries out the forms that change tasks, over REST. The page shows at once what will be; should it fail, everything
//! typed is still there, and sending the same again is the same action, which the server carries out once.

use super::desk::{Deleted, Desk, Row};
use crate::{
    actions::tasks::task_body,
    client::{
        page::{self, Fields},
        rest::{self, Method, Write},
    },
    components::tasks::task_address,
    forms::Failure,
};
use domain::{
    Error,
    ids::TaskId,
    tasks::{NewTask, Task, TaskPatch},
};
use leptos::prelude::*;
use serde_json::json;
use std::cell::{Cell, RefCell};
use web_sys::{Element, HtmlFormElement};

thread_local! {
    /// What failed, and the key it was sent under.
    static FAILED: RefCell<Vec<(Fields, String)>> = const { RefCell::new(Vec::new()) };
    /// Where in the list the last deleted row stood.
    static GAP: Cell<usize> = const { Cell::new(0) };
}

/// Carries out a form.
pub(super) async fn carry_out(desk: Desk, form: HtmlFormElement) {
    // A form that is on its way is not sent twice.
    if form.has_attribute("aria-busy") {
        return;
    }
    let fields = page::fields(&form);
    let action = value(&fields, "do").to_owned();
    let row = find(desk, value(&fields, "id"));
    let write = match read(&action, &fields) {
        Ok(write) => write,
        Err(error) => return refuse(desk, &form, action, error, fields).await,
    };
    begin(&form, &fields, row);
    let answer = rest::send(&write).await;
    end(&form, row);
    match answer {
        Ok(task) => {
            FAILED.with_borrow_mut(|failed| failed.retain(|(known, _)| *known != fields));
            forget(desk, &action, row);
            accept(desk, &form, &action, &fields, row, task);
        }
        Err(error) => {
            if let Some((row, is_completed)) = row.zip(completion(&fields)) {
                row.task.update(|task| task.is_completed = !is_completed);
            }
            if error == Error::SignedOut {
                return send_natively(desk, &form, &action).await;
            }
            FAILED.with_borrow_mut(|failed| {
                failed.retain(|(known, _)| *known != fields);
                failed.push((fields.clone(), write.key));
            });
            refuse(desk, &form, action, error, fields).await;
        }
    }
}

/// The request that a form stands for, judged by the rules that the server has too.
fn read(action: &str, fields: &Fields) -> Result<Write, Error> {
    let id = value(fields, "id");
    let body = || task_body(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let mut revision = None;
    let (method, path, body) = match action {
        "add_task" => {
            NewTask::from_json(body())?;
            (Method::POST, String::new(), Some(body()))
        }
        "edit_task" => {
            TaskPatch::from_json(body())?;
            revision = Some(value(fields, "revision").to_owned()).filter(|revision| !revision.is_empty());
            (Method::PATCH, format!("/{id}"), Some(body()))
        }
        "set_task_completed" => {
            let is_completed = completion(fields).unwrap_or_default();
            (Method::PATCH, format!("/{id}/complete"), Some(json!({ "is_completed": is_completed })))
        }
        "delete_task" => (Method::DELETE, format!("/{id}"), None),
        _ => (Method::POST, format!("/{id}/restore"), None),
    };
    Ok(Write { method, path, body: body.map(|body| body.to_string()), revision, key: key(fields) })
}

/// The key of this action: the old one if the very same failed before.
fn key(fields: &Fields) -> String {
    let failed = FAILED.with_borrow(|failed| failed.iter().find(|(known, _)| known == fields).cloned());
    failed.map_or_else(rest::new_key, |(_, key)| key)
}

fn begin(form: &HtmlFormElement, fields: &Fields, row: Option<Row>) {
    let _ = form.set_attribute("aria-busy", "true");
    if let Some(row) = row {
        row.is_saving.set(true);
        if let Some(is_completed) = completion(fields) {
            row.task.update(|task| task.is_completed = is_completed);
        }
    }
}

fn end(form: &HtmlFormElement, row: Option<Row>) {
    let _ = form.remove_attribute("aria-busy");
    if let Some(row) = row {
        row.is_saving.set(false);
    }
}

/// Shows what the server has done.
fn accept(desk: Desk, form: &HtmlFormElement, action: &str, fields: &Fields, row: Option<Row>, task: Option<Task>) {
    match (action, row, task) {
        ("add_task", _, Some(task)) => {
            say(desk, format!("Added “{}”", task.title.as_str()));
            insert(desk, 0, task);
            clear(form, fields);
        }
        ("edit_task", Some(row), Some(task)) => {
            row.task.set(task);
            let is_in_place = row.is_editing.get_untracked();
            say(desk, if is_in_place { format!("Saved “{}”", title(row)) } else { "Saved".to_owned() });
            if is_in_place {
                leave_editing(row);
            }
        }
        ("set_task_completed", Some(row), Some(task)) => {
            let word = if task.is_completed { "Done" } else { "Open again" };
            say(desk, format!("{word}: “{}”", task.title.as_str()));
            row.task.set(task);
        }
        ("delete_task", Some(row), _) => remove(desk, row),
        ("restore_task", _, Some(task)) => {
            say(desk, format!("Restored “{}”", task.title.as_str()));
            desk.deleted.set(None);
            page::show_address(&desk.address.get_value());
            page::focus_soon(format!("#task-{} .task-title", task.id));
            insert(desk, GAP.get(), task);
        }
        _ => {}
    }
}

/// Empties the form for the next task, unless somebody has typed on in the meantime.
fn clear(form: &Element, sent: &Fields) {
    if page::value(form, "title") == value(sent, "title") {
        for name in ["title", "notes", "due_date", "due_time", "tags"] {
            page::set_value(form, name, "");
        }
        page::set_value(form, "priority", "none");
    }
    if let Some(title) = page::find_in(form, "[name=title]") {
        let _ = title.focus();
    }
}

fn insert(desk: Desk, place: usize, task: Task) {
    desk.rows.update(|rows| {
        if !rows.iter().any(|row| row.id == task.id) {
            rows.insert(place.min(rows.len()), Row::new(task));
        }
    });
}

/// Takes a row away. A page that was about this task alone is left.
fn remove(desk: Desk, row: Row) {
    let address = desk.address.get_value();
    if address == task_address(row.id) {
        return page::go_to(&format!("/tasks?deleted={}", row.id));
    }
    desk.deleted.set(Some(Deleted { id: row.id.to_string(), title: Some(title(row)) }));
    desk.rows.update(|rows| {
        GAP.set(rows.iter().position(|other| other.id == row.id).unwrap_or(0));
        rows.retain(|other| other.id != row.id);
    });
    page::focus_soon(".toast button".to_owned());
}

/// Keeps what was typed, says what is wrong and goes there.
async fn refuse(desk: Desk, form: &HtmlFormElement, action: String, error: Error, fields: Fields) {
    let is_about_fields = !error.fields().is_empty();
    desk.failure.set(Some(Failure { action, error: Some(error), fields }));
    if is_about_fields {
        page::settled().await;
        if let Some(field) = page::find_in(form, "[aria-invalid]") {
            page::unfold(&field);
            let _ = field.focus();
        }
    }
}

/// Without a session the form is sent as a page would send it: the server keeps what was typed and asks to sign in.
async fn send_natively(desk: Desk, form: &HtmlFormElement, action: &str) {
    page::settled().await;
    if action != "edit_task" {
        form.set_action(&desk.address.get_value());
    }
    if form.is_connected() {
        let _ = form.submit();
    } else {
        page::reload();
    }
}

/// Forgets a refusal that is no longer true.
pub(super) fn forget(desk: Desk, action: &str, row: Option<Row>) {
    let id = row.map(|row| row.id.to_string());
    let is_over = desk.failure.with_untracked(|failure| {
        failure.as_ref().is_some_and(|failure| failure.action == action && (id.is_none() || failure.value("id") == id))
    });
    if is_over {
        desk.failure.set(None);
    }
}

/// Ends the editing of a row; the keyboard stays with it.
pub(super) fn leave_editing(row: Row) {
    row.is_editing.set(false);
    page::focus_soon(format!("#task-{} [data-act=edit]", row.id));
}

/// The row of a task.
pub(super) fn find(desk: Desk, id: &str) -> Option<Row> {
    let id: TaskId = id.parse().ok()?;
    desk.rows.with_untracked(|rows| rows.iter().copied().find(|row| row.id == id))
}

fn title(row: Row) -> String {
    untrack(|| row.title())
}

fn say(desk: Desk, sentence: String) {
    desk.said.set(sentence);
}

/// Whether a form says that a task is done or open again.
fn completion(fields: &Fields) -> Option<bool> {
    value(fields, "is_completed").parse().ok()
}

fn value<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}
