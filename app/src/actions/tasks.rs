//! The server functions of tasks. REST and forms obey one reader: what a form sends becomes the JSON body that REST
//! takes, here on the server and in the browser alike.
#![allow(clippy::too_many_arguments, reason = "the fields of a form arrive one by one")]

use crate::AppError;
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
use domain::json::Complaint;
use domain::tasks::{Task, TaskPage};
#[cfg(feature = "hydrate")]
use domain::{
    calendar::{ClockTime, Date},
    tasks::{Priority, TagName, Title},
};
#[cfg(any(feature = "hydrate", feature = "ssr"))]
use domain::{json::FromText, tasks::Notes};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use {
    crate::request::{backend, owner, refuse, session},
    axum::{extract::Query, http::Uri},
    backend::quick_add::LineReader,
    domain::{
        Error,
        change::{Change, Operation},
        ids::TaskId,
        json::Complaint,
        quick_add::NewLine,
        recurrence::Occurrence,
        tasks::{NewTask, TaskPatch, TaskQuery},
    },
    serde_json::Value,
};

/// The fields of a task that forms show.
pub const FORM_FIELDS: [&str; 9] =
    ["title", "notes", "priority", "due_date", "due_time", "tags", "project_id", "repeat", "rrule_anchor"];
/// What the editor shows of a task's dates beside them.
pub const DATE_FIELDS: [&str; 4] = ["start_date", "deadline", "duration_min", "time_zone"];
/// What a form for a new task may send beside them.
const NEW_TASK_FIELDS: [&str; 3] = ["parent_id", "usual_due_date", "usual_project_id"];

/// The fields of a task among those of a form; an empty text clears its field.
pub fn form_fields<'a>(
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
    let known = fields.into_iter().filter(|(name, _)| FORM_FIELDS.contains(name) || DATE_FIELDS.contains(name));
    known.map(|(name, text)| (name, Some(text).filter(|text| !text.trim().is_empty())))
}

/// What a form for a new task says, as the body that REST takes: its title is a line to be read, unless it is to be taken
/// as typed, and a field that was left alone says nothing.
pub fn new_task_fields<'a>(
    fields: impl Iterator<Item = (&'a str, &'a str)> + Clone,
) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
    let is_as_typed = fields.clone().any(|(name, text)| name == "as_typed" && !text.is_empty());
    let is_said = |name: &str, text: &str| !text.trim().is_empty() && (name, text) != ("priority", "none");
    fields.filter_map(move |(name, text)| match name {
        "title" if is_as_typed => Some(("title", Some(text))),
        "title" => Some(("quick_add", Some(text))),
        "ignored" if is_as_typed => None,
        // What is taken as typed is due when the page says, unless its writer does, and where the page says.
        "usual_due_date" if is_as_typed => is_said(name, text).then_some(("due_date", Some(text))),
        "usual_project_id" if is_as_typed => is_said(name, text).then_some(("project_id", Some(text))),
        "ignored" => is_said(name, text).then_some((name, Some(text))),
        _ => {
            let is_known = FORM_FIELDS.contains(&name) || NEW_TASK_FIELDS.contains(&name);
            (is_known && is_said(name, text)).then_some((name, Some(text)))
        }
    })
}

/// What is wrong with a field, by the rules of its type.
#[cfg(feature = "hydrate")]
pub fn complaint(field: &str, text: Option<&str>) -> Option<Complaint> {
    match (field, text) {
        ("title", _) => Title::from_text(text.unwrap_or_default()).err(),
        // How long the title is that is left of a line is up to the server, which reads it.
        ("quick_add", Some(text)) if text.trim().is_empty() => Title::from_text("").err(),
        ("notes", Some(text)) => Option::<Notes>::from_text(text).err(),
        ("priority", Some(text)) => Priority::from_text(text).err(),
        ("due_date" | "start_date" | "deadline", Some(text)) => Date::from_text(text).err(),
        ("due_time", Some(text)) => ClockTime::from_text(text).err(),
        ("tags", Some(text)) => {
            let names = text.split(',').filter(|name| !name.trim().is_empty());
            names.map(TagName::from_text).find_map(Result::err)
        }
        _ => None,
    }
}

/// One page of the list that a url-encoded query asks for.
#[server(prefix = "/actions", endpoint = "list_tasks")]
pub async fn list_tasks(query: String) -> Result<TaskPage, AppError> {
    let owner = owner()?;
    let query = read_query(&query).map_err(refuse)?.for_page();
    backend::tasks::list(&backend(), &owner, &query).await.map_err(refuse)
}

/// Makes a task from a line that is read as quick add reads it, unless it is to be taken exactly as typed. What the other
/// fields say counts more than what the line says; `ignored` are words of it that stay text.
#[server(prefix = "/actions", endpoint = "add_task")]
pub async fn add_task(
    title: String,
    notes: Option<String>,
    priority: Option<String>,
    due_date: Option<String>,
    due_time: Option<String>,
    tags: Option<String>,
    as_typed: Option<String>,
    ignored: Option<String>,
    project_id: Option<String>,
    usual_due_date: Option<String>,
    parent_id: Option<String>,
    usual_project_id: Option<String>,
) -> Result<Task, AppError> {
    let typed = [
        ("usual_due_date", usual_due_date),
        ("usual_project_id", usual_project_id),
        ("project_id", project_id),
        ("parent_id", parent_id),
        ("notes", notes),
        ("priority", priority),
        ("due_date", due_date),
        ("due_time", due_time),
        ("tags", tags),
        ("as_typed", as_typed),
        ("ignored", ignored),
    ];
    let typed = typed.iter().map(|(name, text)| (*name, text.as_deref().unwrap_or_default()));
    let body: Value = new_task_fields([("title", title.as_str())].into_iter().chain(typed)).collect();
    let task = match body.get("quick_add") {
        Some(_) => {
            let line = NewLine::from_json(body).map_err(refuse)?;
            let session = session()?;
            let reader = LineReader::of(&backend(), session.owner(), session.user()).await.map_err(refuse)?;
            reader.task(line).map_err(|error| renamed(refuse(error), "quick_add", "title"))?
        }
        None => NewTask::from_json(body).map_err(refuse)?,
    };
    let made = apply(Change::new(Operation::CreateTask(Box::new(task)))).await;
    made.map_err(|error| renamed(error, "rrule", "title"))
}

/// Changes every field that the form shows, among them dates where it says so; `revision` is the one that the form was
/// filled from.
#[server(prefix = "/actions", endpoint = "edit_task")]
pub async fn edit_task(
    id: String,
    title: String,
    notes: Option<String>,
    priority: Option<String>,
    due_date: Option<String>,
    due_time: Option<String>,
    tags: Option<String>,
    project_id: Option<String>,
    repeat: Option<String>,
    rrule_anchor: Option<String>,
    revision: Option<String>,
    shows_dates: Option<String>,
    start_date: Option<String>,
    deadline: Option<String>,
    duration_min: Option<String>,
    time_zone: Option<String>,
) -> Result<Task, AppError> {
    let mut fields = vec![
        ("title", Some(title)),
        ("notes", notes),
        ("priority", priority),
        ("due_date", due_date),
        ("due_time", due_time),
        ("tags", tags),
        ("project_id", project_id),
    ];
    // An empty field does not arrive: only what stands beside it tells that the form has it.
    if repeat.is_some() || rrule_anchor.is_some() {
        fields.extend([("repeat", repeat), ("rrule_anchor", rrule_anchor)]);
    }
    if shows_dates.is_some() {
        let dates = [start_date, deadline, duration_min, time_zone];
        fields.extend(DATE_FIELDS.into_iter().zip(dates));
    }
    let body = form_body(&fields);
    let id = read_id(&id)?;
    let patch = TaskPatch::from_json(body).map_err(refuse)?;
    let mut change = Change::new(Operation::UpdateTask(id, Box::new(patch)));
    change.if_revision = revision.and_then(|revision| revision.parse().ok());
    apply(change).await.map_err(|error| renamed(error, "rrule", "repeat"))
}

/// Ticks a checkbox in the notes of a task, or takes its tick back; `number` counts them from 0, in the notes of that
/// `revision`.
#[server(prefix = "/actions", endpoint = "tick_note")]
pub async fn tick_note(id: String, number: String, revision: Option<String>) -> Result<Task, AppError> {
    let id = read_id(&id)?;
    let task = backend::tasks::get(&backend(), &owner()?, id).await.map_err(refuse)?;
    let notes = task.notes.as_ref().map_or("", Notes::as_str);
    let ticked = number.parse().ok().and_then(|number| backend::notes::toggle(notes, number));
    let ticked = ticked.ok_or_else(|| refuse(Error::field("number", "out_of_range", "There is no such checkbox")))?;
    let notes = Option::<Notes>::from_text(&ticked);
    let notes = notes.map_err(|complaint| refuse(Error::Invalid(vec![complaint.about("notes")])))?;
    let patch = TaskPatch { notes: Some(notes), ..TaskPatch::default() };
    let mut change = Change::new(Operation::UpdateTask(id, Box::new(patch)));
    change.if_revision = revision.and_then(|revision| revision.parse().ok()).or(Some(task.revision));
    apply(change).await
}

/// Says that a task is done, or open again. Of one that repeats, `occurrence` is the date that is done.
#[server(prefix = "/actions", endpoint = "set_task_completed")]
pub async fn set_task_completed(
    id: String,
    is_completed: String,
    occurrence: Option<String>,
) -> Result<Task, AppError> {
    let id = read_id(&id)?;
    let is_completed = is_completed
        .parse()
        .map_err(|_| refuse(Error::field("is_completed", "not_a_boolean", "Send true or false")))?;
    let operation = match read_occurrence(occurrence.as_deref())? {
        Some(occurrence) if is_completed => Operation::CompleteTask(id, occurrence),
        _ => {
            let patch = TaskPatch { is_completed: Some(is_completed), ..TaskPatch::default() };
            Operation::UpdateTask(id, Box::new(patch))
        }
    };
    apply(Change::new(operation)).await
}

/// Leaves out the date that a task is due on, and goes on to its next.
#[server(prefix = "/actions", endpoint = "skip_task")]
pub async fn skip_task(id: String, occurrence: Option<String>) -> Result<Task, AppError> {
    let id = read_id(&id)?;
    let named = read_occurrence(occurrence.as_deref())?;
    apply(Change::new(Operation::SkipTask(id, named))).await
}

/// Puts a task into the bin.
#[server(prefix = "/actions", endpoint = "delete_task")]
pub async fn delete_task(id: String) -> Result<Task, AppError> {
    let id = read_id(&id)?;
    apply(Change::new(Operation::DeleteTask(id))).await
}

/// Takes a task out of the bin.
#[server(prefix = "/actions", endpoint = "restore_task")]
pub async fn restore_task(id: String) -> Result<Task, AppError> {
    let id = read_id(&id)?;
    apply(Change::new(Operation::RestoreTask(id))).await
}

/// Deletes a task in the bin for good.
#[server(prefix = "/actions", endpoint = "remove_task")]
pub async fn remove_task(id: String) -> Result<(), AppError> {
    let id = read_id(&id)?;
    carry_out(Operation::RemoveTask(id)).await
}

/// Deletes for good what is in the bin.
#[server(prefix = "/actions", endpoint = "empty_bin")]
pub async fn empty_bin() -> Result<(), AppError> {
    carry_out(Operation::EmptyBin).await
}

#[cfg(feature = "ssr")]
async fn carry_out(operation: Operation) -> Result<(), AppError> {
    backend::ledger::apply(&backend(), &owner()?, Change::new(operation)).await.map(drop).map_err(refuse)
}

#[cfg(feature = "ssr")]
pub(super) async fn apply(change: Change) -> Result<Task, AppError> {
    let applied = backend::ledger::apply(&backend(), &owner()?, change).await.map_err(refuse)?;
    applied.into_task().map_err(refuse)
}

#[cfg(feature = "ssr")]
fn form_body(fields: &[(&str, Option<String>)]) -> Value {
    let fields = fields.iter().map(|(name, text)| (*name, text.as_deref().unwrap_or_default()));
    let mut body: Value = form_fields(fields).collect();
    // A form knows texts alone.
    if let Some(minutes) = body["duration_min"].as_str().and_then(|text| text.trim().parse::<i64>().ok()) {
        body["duration_min"] = minutes.into();
    }
    body
}

/// What is wrong with a field of REST is said beside the field of the page that stands for it: the line of a new task, and
/// the rule in it, stand in that of the title.
#[cfg(feature = "ssr")]
fn renamed(error: AppError, field: &str, on_page: &str) -> AppError {
    let AppError(Error::Invalid(mut faults)) = error else { return error };
    for fault in faults.iter_mut().filter(|fault| fault.field == field) {
        on_page.clone_into(&mut fault.field);
    }
    AppError(Error::Invalid(faults))
}

#[cfg(feature = "ssr")]
fn read_occurrence(text: Option<&str>) -> Result<Option<Occurrence>, AppError> {
    let text = text.filter(|text| !text.is_empty());
    let refused = |complaint: Complaint| refuse(Error::Invalid(vec![complaint.about("occurrence")]));
    text.map(Occurrence::from_text).transpose().map_err(refused)
}

/// A text that is no id names nothing, so it is not there.
#[cfg(feature = "ssr")]
pub(super) fn read_id(id: &str) -> Result<TaskId, AppError> {
    owner()?;
    id.parse().map_err(|_| refuse(Error::NotFound))
}

#[cfg(feature = "ssr")]
fn read_query(query: &str) -> Result<TaskQuery, Error> {
    let unreadable = || Error::Malformed("This query could not be read".to_owned());
    let uri: Uri = format!("/?{query}").parse().map_err(|_| unreadable())?;
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&uri).map_err(|_| unreadable())?;
    TaskQuery::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}
