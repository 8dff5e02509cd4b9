//! A task as lists and forms show it: what the browser is told of it, be it with the page or by REST.

#[cfg(feature = "hydrate")]
use crate::client::json::{FromJson, Json};
use domain::tasks::{Kin, Priority};
#[cfg(feature = "ssr")]
use domain::{calendar::format_date, recurrence::describe, tasks::Task};

/// What is shown of a task. Its texts were checked when they came in; all else that a task has stays on the server.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize))]
pub struct Card {
    /// The task's id.
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// What else there is to say.
    pub notes: Option<String>,
    /// Whether it is done.
    pub is_completed: bool,
    /// How much it matters.
    pub priority: Priority,
    /// Its tags.
    pub tags: Vec<String>,
    /// The project it is in.
    pub project_id: Option<String>,
    /// The day it is due.
    pub due_date: Option<String>,
    /// The time it is due; none is all day.
    pub due_time: Option<String>,
    /// The instant it is overdue from.
    pub due_at: Option<String>,
    /// The zone of the due time.
    pub time_zone: Option<String>,
    /// The day until which it is out of sight.
    pub start_date: Option<String>,
    /// The day that cannot be missed.
    pub deadline: Option<String>,
    /// How many minutes it takes.
    pub duration_min: Option<i64>,
    /// The task that it is a part of.
    pub parent_id: Option<String>,
    /// Its parts and the task that it is a part of, as far as that was told.
    pub kin: Option<Kin>,
    /// How it repeats, in words.
    pub repeat: Option<String>,
    /// What its next date is counted from.
    pub rrule_anchor: Option<String>,
    /// Grows by one with each change.
    pub revision: i64,
}

impl Card {
    /// The task's own page.
    pub fn address(&self) -> String {
        format!("/tasks/{}", self.id)
    }

    /// The date that completing it completes, if it repeats.
    pub fn occurrence(&self) -> Option<String> {
        let date = self.due_date.as_ref().filter(|_| self.repeat.is_some() && !self.is_completed)?;
        Some(self.due_time.as_ref().map_or_else(|| date.clone(), |time| format!("{date}T{time}")))
    }

    /// Whether it should have been done by `now`. Instants are texts of one form, which sort as time passes.
    pub fn is_overdue(&self, now: &str) -> bool {
        !self.is_completed && self.due_at.as_deref().is_some_and(|due| due <= now)
    }

    /// What a field of a form shows of it.
    pub fn text(&self, field: &str) -> String {
        match field {
            "title" => self.title.clone(),
            "notes" => self.notes.clone().unwrap_or_default(),
            "due_date" => self.due_date.clone().unwrap_or_default(),
            "due_time" => self.due_time.clone().unwrap_or_default(),
            "time_zone" => self.time_zone.clone().unwrap_or_default(),
            "start_date" => self.start_date.clone().unwrap_or_default(),
            "deadline" => self.deadline.clone().unwrap_or_default(),
            "duration_min" => self.duration_min.map(|minutes| minutes.to_string()).unwrap_or_default(),
            "priority" => self.priority.as_str().to_owned(),
            "repeat" => self.repeat.clone().unwrap_or_default(),
            "rrule_anchor" => self.rrule_anchor.clone().unwrap_or_default(),
            _ => self.tags.join(", "),
        }
    }
}

#[cfg(feature = "ssr")]
impl From<Task> for Card {
    fn from(task: Task) -> Self {
        Self {
            id: task.id.to_string(),
            title: task.title.as_str().to_owned(),
            notes: task.notes.map(|notes| notes.as_str().to_owned()),
            is_completed: task.is_completed,
            priority: task.priority,
            tags: task.tags.iter().map(|tag| tag.as_str().to_owned()).collect(),
            project_id: task.project_id.map(|id| id.to_string()),
            due_date: task.due_date.map(format_date),
            due_time: task.due_time.map(|time| time.to_string()),
            due_at: task.due_at.map(|instant| instant.to_string()),
            time_zone: task.time_zone.map(|zone| zone.as_str().to_owned()),
            start_date: task.start_date.map(format_date),
            deadline: task.deadline.map(format_date),
            duration_min: task.duration_min.map(|duration| duration.minutes().into()),
            parent_id: task.parent_id.map(|parent| parent.to_string()),
            kin: None,
            repeat: task.rrule.as_ref().map(describe),
            rrule_anchor: task.rrule_anchor.map(|anchor| anchor.as_str().to_owned()),
            revision: task.revision,
        }
    }
}

/// Tasks with what was told of their kin, if anything was.
#[cfg(feature = "ssr")]
pub fn cards(tasks: impl IntoIterator<Item = Task>, kin: Vec<Kin>) -> Vec<Card> {
    let kin = kin.into_iter().map(Some).chain(std::iter::repeat(None));
    tasks.into_iter().zip(kin).map(|(task, kin)| Card { kin, ..Card::from(task) }).collect()
}

#[cfg(feature = "hydrate")]
impl FromJson for Card {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            id: json.get("id")?,
            title: json.get("title")?,
            notes: json.member("notes"),
            is_completed: json.member("is_completed"),
            priority: json.member("priority"),
            tags: json.member("tags"),
            project_id: json.member("project_id"),
            due_date: json.member("due_date"),
            due_time: json.member("due_time"),
            due_at: json.member("due_at"),
            time_zone: json.member("time_zone"),
            start_date: json.member("start_date"),
            deadline: json.member("deadline"),
            duration_min: json.member("duration_min"),
            parent_id: json.member("parent_id"),
            kin: json.member("kin"),
            repeat: json.member("repeat"),
            rrule_anchor: json.member("rrule_anchor"),
            revision: json.member("revision"),
        })
    }
}

#[cfg(feature = "hydrate")]
impl FromJson for Kin {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self { parts: json.get("parts")?, done: json.get("done")?, parent: json.get("parent")? })
    }
}
