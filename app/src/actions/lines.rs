//! The server functions that make a task of each of several lines, after showing what they would be.

use crate::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {
    crate::request::{backend, refuse, session},
    backend::{ledger, quick_add::LineReader},
    domain::{
        Error,
        calendar::say_date,
        change::{Change, Operation},
        quick_add::{NewLines, by_line},
        tasks::{NewTask, Priority, Tags},
    },
    serde_json::Value,
};

/// What may be sent beside lines and holds for all of them.
pub const BESIDE: [&str; 4] = ["project_id", "usual_project_id", "parent_id", "usual_due_date"];

/// What lines would become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesPreview {
    /// The lines as they were sent.
    pub lines: String,
    /// What was sent beside them, by name.
    pub beside: Vec<(String, String)>,
    /// The tasks in their order.
    pub tasks: Vec<LinePreview>,
}

/// What one line would become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePreview {
    /// The title.
    pub title: String,
    /// What else was understood, in words.
    pub more: String,
    /// How far it is moved in: a part is one step further than the whole.
    pub level: usize,
}

/// Says what lines would become. Nothing is written.
#[server(prefix = "/actions", endpoint = "preview_lines")]
pub async fn preview_lines(
    lines: Option<String>,
    project_id: Option<String>,
    usual_project_id: Option<String>,
    parent_id: Option<String>,
    usual_due_date: Option<String>,
) -> Result<LinesPreview, AppError> {
    let beside = beside([project_id, usual_project_id, parent_id, usual_due_date]);
    let lines = lines.unwrap_or_default();
    let (tasks, today) = read(&lines, &beside).await?;
    let mut previews: Vec<LinePreview> = Vec::with_capacity(tasks.len());
    for task in &tasks {
        let parent = task.fields.parent_id.flatten();
        let whole = tasks.iter().position(|other| other.id.is_some() && other.id == parent);
        let level = whole.and_then(|whole| previews.get(whole)).map_or(0, |whole| whole.level + 1);
        previews.push(LinePreview { title: task.title.as_str().to_owned(), more: more(task, today), level });
    }
    Ok(LinesPreview { lines, beside, tasks: previews })
}

/// Makes a task of each line, as one change.
#[server(prefix = "/actions", endpoint = "add_lines")]
pub async fn add_lines(
    lines: Option<String>,
    project_id: Option<String>,
    usual_project_id: Option<String>,
    parent_id: Option<String>,
    usual_due_date: Option<String>,
) -> Result<(), AppError> {
    let beside = beside([project_id, usual_project_id, parent_id, usual_due_date]);
    let (tasks, _) = read(&lines.unwrap_or_default(), &beside).await?;
    let change = Change::new(Operation::CreateTasks(tasks));
    let owner = crate::request::owner()?;
    ledger::apply(&backend(), &owner, change).await.map_err(|error| refuse(by_line(Error::from(error))))?;
    leptos_axum::redirect(&leads_to(&beside));
    Ok(())
}

/// What was sent beside the lines, in the order of [`BESIDE`], and says something.
#[cfg(feature = "ssr")]
fn beside(texts: [Option<String>; 4]) -> Vec<(String, String)> {
    BESIDE.into_iter().zip(texts).filter_map(|(name, text)| Some((name.to_owned(), text?))).collect()
}

#[cfg(feature = "ssr")]
async fn read(lines: &str, beside: &[(String, String)]) -> Result<(Vec<NewTask>, domain::calendar::Date), AppError> {
    let session = session()?;
    let fields = beside.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let body: Value = fields.chain([("lines", lines)]).collect();
    let lines = NewLines::from_json(body).map_err(refuse)?;
    let reader = LineReader::of(&backend(), session.owner(), session.user()).await.map_err(refuse)?;
    Ok((reader.tasks(&backend(), &lines).map_err(refuse)?, reader.today()))
}

/// "Tomorrow · High · #home".
#[cfg(feature = "ssr")]
fn more(task: &NewTask, today: domain::calendar::Date) -> String {
    let fields = &task.fields;
    let due = fields.due_date.flatten().map(|due| say_date(due, today));
    let time = fields.due_time.flatten().map(|time| time.to_string());
    let priority = fields.priority.filter(|priority| *priority != Priority::None);
    let priority = priority.map(|priority| crate::components::tasks::priority_name(priority).to_owned());
    let tags = fields.tags.iter().flat_map(Tags::iter).map(|tag| format!("#{}", tag.as_str()));
    due.into_iter().chain(time).chain(priority).chain(tags).collect::<Vec<_>>().join(" · ")
}

/// The page where the new tasks stand.
#[cfg(feature = "ssr")]
fn leads_to(beside: &[(String, String)]) -> String {
    let value = |field: &str| beside.iter().find(|(name, _)| name == field).map(|(_, text)| text.as_str());
    let project = value("project_id").or_else(|| value("usual_project_id"));
    match (value("parent_id"), project, value("usual_due_date")) {
        (Some(parent), ..) => format!("/tasks/{parent}"),
        (_, Some(project), _) => format!("/projects/{project}"),
        (.., Some(_)) => "/today".to_owned(),
        _ => "/inbox".to_owned(),
    }
}
