//! Carries out the forms that change tasks, over REST. The page shows at once what will be; should it fail, everything
//! typed is still there, and sending the same again is the same action, which the server carries out once.

use super::{
    desk::{Deleted, Desk, Face, Row},
    kin,
    line::Line,
    way_back,
};
use crate::{
    actions::tasks::{complaint, form_fields, new_task_fields},
    client::{
        json, page,
        rest::{self, Method, Trouble, Write, Written},
    },
    components::tasks::{Card, Fault, Fields, Reason, Refusal, say_next},
};
use domain::tasks::Tags;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use web_sys::{Element, HtmlFormElement};

/// The forms that are carried out here. All others the browser sends by itself, and the server answers with a page.
pub(super) const ACTIONS: [&str; 5] = ["add_task", "edit_task", "set_task_completed", "delete_task", "restore_task"];

thread_local! {
    /// What failed, and the key it was sent under.
    static FAILED: RefCell<Vec<(Fields, String)>> = const { RefCell::new(Vec::new()) };
    /// Where in the list the last deleted row stood, and in which group.
    static GAP: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    /// Whether rows of its parts went with it.
    static HAD_PARTS: Cell<bool> = const { Cell::new(false) };
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
        Err(faults) => return refuse(desk, &form, action, Reason::of_fields(faults), fields).await,
    };
    begin(&form, &fields, row);
    let answer = rest::send(&write).await;
    end(&form, row);
    match answer {
        Ok(Written { card, change }) => {
            FAILED.with_borrow_mut(|failed| failed.retain(|(known, _)| *known != fields));
            forget(desk, &action, row);
            accept(desk, &form, &action, &fields, row, card);
            if let Some(change) = change {
                way_back::offer(desk, change);
            }
            page::count_anew(&address(desk)).await;
        }
        Err(trouble) => {
            if let Some((row, is_completed)) = row.zip(completion(&fields)) {
                row.set_completed(!is_completed);
            }
            let Trouble::Refused(reason) = trouble else { return send_natively(desk, &form, &action).await };
            FAILED.with_borrow_mut(|failed| {
                failed.retain(|(known, _)| *known != fields);
                failed.push((fields.clone(), write.key));
            });
            refuse(desk, &form, action, *reason, fields).await;
        }
    }
}

/// The request that a form stands for, judged by the rules that the server has too.
fn read(action: &str, fields: &Fields) -> Result<Write, Vec<Fault>> {
    let id = value(fields, "id");
    let (method, path, body) = match action {
        "add_task" => (Method::POST, String::new(), Some(body(fields, new_task_fields(pairs(fields)))?)),
        "edit_task" => (Method::PATCH, format!("/{id}"), Some(body(fields, form_fields(pairs(fields)))?)),
        "set_task_completed" => {
            let body = match (completion(fields).unwrap_or_default(), value(fields, "occurrence")) {
                (true, named) if !named.is_empty() => format!(r#"{{"is_completed":true,"occurrence":"{named}"}}"#),
                (is_completed, _) => format!(r#"{{"is_completed":{is_completed}}}"#),
            };
            (Method::PATCH, format!("/{id}/complete"), Some(body))
        }
        "delete_task" => (Method::DELETE, format!("/{id}"), None),
        _ => (Method::POST, format!("/{id}/restore"), None),
    };
    let revision = Some(value(fields, "revision").to_owned()).filter(|revision| !revision.is_empty());
    Ok(Write { method, path, body, revision, key: key(fields) })
}

fn pairs(fields: &Fields) -> impl Iterator<Item = (&str, &str)> + Clone {
    fields.iter().map(|(name, text)| (name.as_str(), text.as_str()))
}

/// The JSON body that says the same as the fields of a form.
fn body<'a>(fields: &Fields, members: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Result<String, Vec<Fault>> {
    let members: Vec<_> = members.collect();
    let faults = members.iter().filter_map(|(field, text)| {
        complaint(field, *text).map(|complaint| Fault { field: (*field).to_owned(), detail: complaint.detail })
    });
    let faults: Vec<Fault> = faults.collect();
    // Whether many tags are too many is up to the server, which knows which of them are the same; it then says all.
    let has_many_tags = value(fields, "tags").split(',').count() > Tags::MOST;
    if faults.is_empty() || has_many_tags { Ok(json::write(members.into_iter())) } else { Err(faults) }
}

/// The key of this action: the old one if the very same failed before.
fn key(fields: &Fields) -> String {
    let failed = FAILED.with_borrow(|failed| failed.iter().find(|(known, _)| known == fields).cloned());
    failed.map_or_else(rest::new_key, |(_, key)| key)
}

fn begin(form: &HtmlFormElement, fields: &Fields, row: Option<Row>) {
    let _ = form.set_attribute("aria-busy", "true");
    if let Some(row) = row {
        row.set_saving(true);
        if let Some(is_completed) = completion(fields) {
            row.set_completed(is_completed);
        }
    }
}

fn end(form: &HtmlFormElement, row: Option<Row>) {
    let _ = form.remove_attribute("aria-busy");
    if let Some(row) = row {
        row.set_saving(false);
    }
}

/// Shows what the server has done.
fn accept(desk: Desk, form: &HtmlFormElement, action: &str, fields: &Fields, row: Option<Row>, card: Option<Card>) {
    if desk.state.with_untracked(|state| state.news.is_some()) {
        desk.state.update(|state| state.news = None);
    }
    match (action, row, card) {
        ("add_task", _, Some(card)) => {
            say(desk, format!("Added “{}”", card.title));
            let groups = desk.groups.with_value(Vec::len);
            if groups > 2 || has_days(desk) {
                return page::go_to(&address(desk));
            }
            // What is new comes last in its owner's order.
            let place = if desk.orders.get_untracked() { usize::MAX } else { 0 };
            insert(desk, place, Row::new(card, groups.saturating_sub(1)));
            clear(desk, form, fields);
        }
        ("edit_task", Some(row), Some(card)) => {
            // Much of a task's own page comes from the server alone, such as its notes as they are meant to be read.
            if !row.face.with_untracked(|face| face.is_editing) {
                return page::go_to(&format!("{}?saved=1", card.address()));
            }
            if has_days(desk) && row.face.with_untracked(|face| face.card.due_date != card.due_date) {
                return page::go_to(&address(desk));
            }
            say(desk, format!("Changed “{}”", card.title));
            show(row, card);
            leave_editing(row);
        }
        ("set_task_completed", Some(row), Some(card)) => {
            let next = card.occurrence().filter(|_| completion(fields) == Some(true));
            // The notes of a task's own page, and much else, come from the server alone.
            if let Some(next) = next.as_ref().filter(|_| address(desk) == card.address()) {
                return page::go_to(&format!("{}?done={next}", card.address()));
            }
            let next = next.and_then(|next| desk.today.with_value(|today| say_next("Done", &next, &today.date)));
            let word = if card.is_completed { "Completed" } else { "Reopened" };
            // The parts of a task's own page come from the server alone.
            if address(desk) == card.address() && page::find("#parts progress").is_some() {
                return page::reload();
            }
            kin::completed(desk, &card, next.is_some());
            say(desk, next.unwrap_or_else(|| format!("{word} “{}”", card.title)));
            show(row, card);
        }
        ("delete_task", Some(row), _) => remove(desk, row),
        ("restore_task", _, Some(card)) => {
            if HAD_PARTS.get() {
                return page::go_to(&address(desk));
            }
            say(desk, format!("Restored “{}”", card.title));
            page::show_address(&address(desk));
            page::focus_soon(format!("#task-{} .task-title", card.id));
            let (place, group) = GAP.get();
            insert(desk, place, Row::new(card, group));
        }
        _ => {}
    }
}

/// Whether its groups are days: the server knows best in which of them a task belongs.
fn has_days(desk: Desk) -> bool {
    address(desk).starts_with("/upcoming")
}

/// Empties the form for the next task, unless somebody has typed on in the meantime.
fn clear(desk: Desk, form: &Element, sent: &Fields) {
    if page::value(form, "title") == value(sent, "title") {
        desk.line.set(Line::default());
        for name in ["title", "notes", "due_date", "due_time", "tags"] {
            page::set_value(form, name, "");
        }
        page::set_value(form, "priority", "none");
    }
    if let Some(title) = page::find_in(form, "[name=title]") {
        let _ = title.focus();
    }
}

fn insert(desk: Desk, place: usize, row: Row) {
    let mut rows = desk.rows();
    if !rows.iter().any(|other| other.id() == row.id()) {
        rows.insert(place.min(rows.len()), row);
        desk.set_rows(rows);
    }
}

/// Shows a task as it is now. Of its kin an answer tells nothing.
pub(super) fn show(row: Row, card: Card) {
    row.face.update(|face| face.card = Card { kin: face.card.kin.take(), ..card });
}

/// Takes a row away. A page that was about this task alone is left.
fn remove(desk: Desk, row: Row) {
    let Face { card, .. } = row.face.get_untracked();
    if address(desk) == card.address() {
        return page::go_to(&format!("/tasks?deleted={}", card.id));
    }
    let (parts, mut rows) = (kin::parts(desk, &card.id), desk.rows());
    HAD_PARTS.set(!parts.is_empty());
    rows.retain(|other| !parts.iter().any(|part| part.face == other.face));
    let place = rows.iter().position(|other| other.face == row.face).unwrap_or(0);
    GAP.set((place, row.group));
    rows.retain(|other| other.face != row.face);
    desk.set_rows(rows);
    desk.state.update(|state| state.deleted = Some(Deleted { id: card.id, title: Some(card.title) }));
    page::focus_soon(".toast button".to_owned());
}

/// Keeps what was typed, says what is wrong and goes there.
async fn refuse(desk: Desk, form: &HtmlFormElement, action: String, mut reason: Reason, fields: Fields) {
    // The line stands in the field of the title, as does what it would be added to; rules in that of the words for them.
    for fault in &mut reason.faults {
        match (fault.field.as_str(), action.as_str()) {
            ("quick_add", _) | ("rrule" | "project_id" | "parent_id", "add_task") => {
                "title".clone_into(&mut fault.field);
            }
            ("rrule", _) => "repeat".clone_into(&mut fault.field),
            _ => {}
        }
    }
    let is_about_fields = !reason.faults.is_empty();
    let refusal = Refusal::new(action, fields, reason);
    show_refusal(desk, refusal);
    if is_about_fields {
        page::settled().await;
        if let Some(field) = page::find_in(form, "[aria-invalid]") {
            page::unfold(&field);
            let _ = field.focus();
        }
    }
}

/// Says why a form was refused.
pub(super) fn show_refusal(desk: Desk, refusal: Refusal) {
    desk.state.update(|state| state.refusal = Some(refusal));
}

/// Without a session the form is sent as a page would send it: the server keeps what was typed and asks to sign in.
async fn send_natively(desk: Desk, form: &HtmlFormElement, action: &str) {
    page::settled().await;
    if action != "edit_task" {
        form.set_action(&address(desk));
    }
    if form.is_connected() {
        let _ = form.submit();
    } else {
        page::reload();
    }
}

/// Forgets a refusal that is no longer true.
pub(super) fn forget(desk: Desk, action: &str, row: Option<Row>) {
    let id = row.map(Row::id);
    desk.state.update(|state| {
        state.refusal.take_if(|refusal| refusal.is_about(action, id.as_deref()));
    });
}

/// Ends the editing of a row; the keyboard stays with it.
pub(super) fn leave_editing(row: Row) {
    row.face.update(|face| face.is_editing = false);
    page::focus_soon(format!("#task-{} [data-act=edit]", row.id()));
}

/// The row of a task.
pub(super) fn find(desk: Desk, id: &str) -> Option<Row> {
    desk.rows().into_iter().find(|row| row.id() == id)
}

fn address(desk: Desk) -> String {
    desk.state.with_untracked(|state| state.address.clone())
}

pub(super) fn say(desk: Desk, sentence: String) {
    desk.state.update(|state| (state.said, state.deleted) = (sentence, None));
}

/// Whether a form says that a task is done or open again.
fn completion(fields: &Fields) -> Option<bool> {
    value(fields, "is_completed").parse().ok()
}

fn value<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}
