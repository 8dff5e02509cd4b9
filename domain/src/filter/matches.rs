//! Asks a filter about one task. The database is asked the same in SQL; tests hold the two together.

use super::{DateField, Expression, Filter, Part, State, Stretch, Term};
use crate::{
    Timestamp,
    accounts::WeekStart,
    calendar::Date,
    ids::{ProjectId, TaskId},
    search::{Wanted, searchable},
    tasks::{TagName, Task},
};

/// What is to be known beside a task to judge it.
pub trait Surroundings {
    /// The instant to judge at.
    fn now(&self) -> Timestamp;
    /// The day in the owner's zone on which an instant lies.
    fn day_of(&self, instant: Timestamp) -> Date;
    /// The first day of the owner's week.
    fn week_start(&self) -> WeekStart;
    /// Whether a project, or one that it is in, has this name.
    fn is_in_project(&self, project: ProjectId, name: &str) -> bool;
    /// Whether a project, or one that it is in, is archived.
    fn is_archived(&self, project: ProjectId) -> bool;
    /// Whether a task has parts.
    fn has_subtasks(&self, task: TaskId) -> bool;
}

impl Filter {
    /// Whether a task is one of those that are asked for. What is in the bin never is.
    pub fn matches(&self, task: &Task, surroundings: &impl Surroundings) -> bool {
        let is_archived = || task.project_id.is_some_and(|project| surroundings.is_archived(project));
        task.deleted_at.is_none()
            && (self.speaks_of_completion() || !task.is_completed)
            && (self.speaks_of_archive() || !is_archived())
            && self.expression.as_ref().is_none_or(|expression| holds(expression, task, surroundings))
    }
}

fn holds(expression: &Expression, task: &Task, surroundings: &impl Surroundings) -> bool {
    match expression {
        Expression::And(parts) => parts.iter().all(|part| holds(part, task, surroundings)),
        Expression::Or(parts) => parts.iter().any(|part| holds(part, task, surroundings)),
        Expression::Not(inner) => !holds(inner, task, surroundings),
        Expression::Term(term) => is_true(term, task, surroundings),
    }
}

fn is_true(term: &Term, task: &Task, surroundings: &impl Surroundings) -> bool {
    match term {
        Term::Text(text) => Wanted::new(text).is_some_and(|wanted| wanted.is_in(&text_of(task))),
        Term::Date(field, stretch) => is_within(*field, stretch, task, surroundings),
        Term::Overdue => task.is_overdue(surroundings.now()),
        Term::Priority(priority) => task.priority == *priority,
        Term::Tag(tag) => task.tags.iter().any(|known| known.key() == tag.key()),
        Term::Project(name) => task.project_id.is_some_and(|project| surroundings.is_in_project(project, name)),
        Term::Is(state) => match state {
            State::Done => task.is_completed,
            State::Recurring => task.rrule.is_some(),
            State::Subtask => task.parent_id.is_some(),
            State::Archived => task.project_id.is_some_and(|project| surroundings.is_archived(project)),
        },
        Term::Has(part) => match part {
            Part::Due => task.due_date.is_some(),
            Part::Time => task.due_time.is_some(),
            Part::Start => task.start_date.is_some(),
            Part::Deadline => task.deadline.is_some(),
            Part::Notes => task.notes.is_some(),
            Part::Tags => !task.tags.is_empty(),
            Part::Project => task.project_id.is_some(),
            Part::Duration => task.duration_min.is_some(),
            Part::Subtasks => surroundings.has_subtasks(task.id),
        },
    }
}

fn is_within(field: DateField, stretch: &Stretch, task: &Task, surroundings: &impl Surroundings) -> bool {
    let day_of = |instant: Timestamp| surroundings.day_of(instant);
    let day = match field {
        DateField::Due => task.due_at.map(day_of),
        DateField::Start => task.start_date,
        DateField::Deadline => task.deadline,
        DateField::Created => Some(day_of(task.created_at)),
        DateField::Updated => Some(day_of(task.updated_at)),
        DateField::Completed => task.completed_at.map(day_of),
    };
    let days = stretch.days(day_of(surroundings.now()), surroundings.week_start());
    day.is_some_and(|day| days.contain(day))
}

/// The text in which a task is found.
pub fn text_of(task: &Task) -> String {
    searchable(
        task.title.as_str(),
        task.notes.as_ref().map(|notes| notes.as_str()),
        task.tags.iter().map(TagName::as_str),
    )
}
