//! What becomes of a task that repeats once the date that it is due on is done with.

use crate::{
    Timestamp,
    calendar::Date,
    days,
    recurrence::{Next, Occurrence, RuleSet, Zone, describe},
    tasks::{Schedule, Task},
};
use serde::Serialize;

/// How a date was done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoneBy {
    /// What was due was done.
    Completing,
    /// It was left out this time.
    Skipping,
}

impl Task {
    /// The date that it is due on, if it repeats.
    pub fn occurrence(&self) -> Option<Occurrence> {
        let rules = self.rrule.as_ref()?;
        // An hour that the wall clock shows twice is told apart by its instant.
        let instant = self.due_at.filter(|_| rules.needs_time());
        Some(Occurrence { instant, ..Occurrence::new(self.due_date?, self.due_time) })
    }

    /// The task once that date is done with: open and due on its next, or done for good after its last. `zone` is that of
    /// its due time. None for a task that does not repeat.
    ///
    /// What begins before it is due or has a deadline moves along by as many days.
    #[must_use]
    pub fn moved_on(&self, by: DoneBy, now: Timestamp, zone: &impl Zone) -> Option<Self> {
        let (due, rules) = (self.occurrence()?, self.rrule.as_ref()?);
        let anchor = self.rrule_anchor.unwrap_or_default();
        let next = match by {
            DoneBy::Completing => rules.complete(due, anchor, now, zone),
            DoneBy::Skipping => rules.skip(due, anchor, now, zone),
        };
        let Next::Due { occurrence, rules } = next else {
            return Some(Self { is_completed: true, completed_at: Some(now), ..self.clone() });
        };
        let days = (occurrence.date - due.date).whole_days();
        let along = |date: Option<Date>| date.and_then(|date| days::after(date, days));
        Some(Self {
            is_completed: false,
            completed_at: None,
            due_date: Some(occurrence.date),
            due_time: occurrence.clock,
            due_at: occurrence.instant,
            start_date: along(self.start_date),
            deadline: along(self.deadline),
            rrule: Some(rules),
            ..self.clone()
        })
    }
}

/// How something repeats, in words, and when it is due.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dates {
    /// How it repeats, in words; none if it does not.
    pub text: Option<String>,
    /// The rules as they are kept.
    pub rrule: Option<RuleSet>,
    /// The date that it is due on, which may be in the past.
    pub due: Option<Occurrence>,
    /// The dates that follow if each is completed when it is due.
    pub occurrences: Vec<Occurrence>,
}

impl Dates {
    /// The most dates that are told at once.
    pub const MOST: usize = 50;
    /// How many dates are told usually.
    pub const USUAL: usize = 5;

    /// The dates of a schedule.
    pub fn of(schedule: &Schedule, how_many: usize, zone: &impl Zone) -> Self {
        let due = schedule.date.map(|date| Occurrence::new(date, schedule.time));
        let anchor = schedule.anchor.unwrap_or_default();
        let following = schedule.rules.as_ref().zip(due).map(|(rules, due)| rules.preview(due, anchor, how_many, zone));
        Self {
            text: schedule.rules.as_ref().map(describe),
            rrule: schedule.rules.clone(),
            due,
            occurrences: following.unwrap_or_default(),
        }
    }
}
