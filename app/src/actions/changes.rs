//! The server functions of changes as such: taking one back, bringing it back, and doing the same to many tasks.

use crate::AppError;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use {
    crate::request::{backend, owner, refuse},
    ::backend::{
        ledger::{Answer, Applied},
        zones,
    },
    domain::{
        Error,
        calendar::{Date, first_of_next_week, format_date},
        change::{Change, Operation},
        tasks::BulkChange,
    },
    serde_json::{Value, json},
};

/// Takes back a change; the newest that stands where none is named. What could not be taken back is told in words.
#[server(prefix = "/actions", endpoint = "undo_change")]
pub async fn undo_change(change: Option<String>) -> Result<Vec<String>, AppError> {
    owner()?;
    let named = change.filter(|change| !change.is_empty());
    let named = named.map(|change| change.parse().map_err(|_| refuse(Error::NotFound))).transpose()?;
    apply(Operation::Undo(named)).await.map(left)
}

/// Brings back what the newest undo took.
#[server(prefix = "/actions", endpoint = "redo_change")]
pub async fn redo_change() -> Result<Vec<String>, AppError> {
    apply(Operation::Redo).await.map(left)
}

/// Does what the pressed button says to every task that is selected.
#[server(prefix = "/actions", endpoint = "change_tasks")]
pub async fn change_tasks(
    #[server(default)] ids: Vec<String>,
    filter: Option<String>,
    act: String,
    due_date: Option<String>,
    priority: Option<String>,
    tag: Option<String>,
    project_id: Option<String>,
) -> Result<(), AppError> {
    let mine = owner()?;
    let today = zones::local(backend().clock().now(), mine.time_zone()).date;
    let next_week = first_of_next_week(today, mine.week_start()).unwrap_or(today);
    let texts = [due_date, priority, tag, project_id].map(Option::unwrap_or_default);
    let what = read_act(&act, &texts, today, next_week).ok_or_else(|| refuse(unknown_act()))?;
    let mut body = match filter {
        Some(filter) => json!({ "filter": filter }),
        None => json!({ "ids": ids }),
    };
    if let (Value::Object(body), Value::Object(what)) = (&mut body, what) {
        body.extend(what);
    }
    let change = BulkChange::from_json(body).map_err(refuse)?;
    apply(Operation::ChangeTasks(Box::new(change))).await.map(|_| ())
}

/// What a button of the form stands for, as REST takes it.
#[cfg(feature = "ssr")]
fn read_act(act: &str, texts: &[String; 4], today: Date, next_week: Date) -> Option<Value> {
    let [due_date, priority, tag, project_id] = texts;
    let due = |date: Option<Date>| Some(json!({ "patch": { "due_date": date.map(format_date) } }));
    match act {
        "complete" | "reopen" | "delete" | "restore" => Some(json!({ "action": act })),
        "today" => due(Some(today)),
        "tomorrow" => due(today.next_day()),
        "next_week" => due(Some(next_week)),
        "no_date" => due(None),
        "date" => Some(json!({ "patch": { "due_date": due_date } })),
        "priority" => Some(json!({ "patch": { "priority": priority } })),
        "tag" => Some(json!({ "add_tags": [tag] })),
        "move" if project_id.is_empty() => Some(json!({ "patch": { "project_id": null } })),
        "move" => Some(json!({ "patch": { "project_id": project_id } })),
        "untag" => Some(json!({ "remove_tags": [tag] })),
        _ => None,
    }
}

#[cfg(feature = "ssr")]
fn unknown_act() -> Error {
    Error::field("act", "unknown_choice", "Press one of the buttons of this form")
}

#[cfg(feature = "ssr")]
async fn apply(operation: Operation) -> Result<Applied, AppError> {
    ::backend::ledger::apply(&backend(), &owner()?, Change::new(operation)).await.map_err(refuse)
}

#[cfg(feature = "ssr")]
fn left(applied: Applied) -> Vec<String> {
    match applied.answer {
        Answer::Many(touched) => touched.left,
        _ => Vec::new(),
    }
}
