//! A repetition that somebody is thinking about, and which no task has yet.

use super::{Dates, Judge, Repeat, Schedule, TaskPatch};
use crate::{Error, json::Reader, recurrence::Zone};
use serde_json::Value;

/// A request to be told its dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    patch: TaskPatch,
}

impl Preview {
    /// Reads a JSON object with `rrule` or `repeat` and, if wanted, `rrule_anchor`, `due_date`, `due_time` and `time_zone`.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let patch = TaskPatch {
            repeat: Repeat::read(&mut reader),
            rrule_anchor: reader.text("rrule_anchor"),
            due_date: reader.text("due_date"),
            due_time: reader.text("due_time"),
            time_zone: reader.text("time_zone"),
            ..TaskPatch::default()
        };
        reader.finish()?;
        if patch.repeat.iter().flatten().next().is_none() {
            return Err(Error::field("rrule", "required", "Say how it repeats, for example FREQ=DAILY"));
        }
        Ok(Self { patch })
    }

    /// The schedule, but for how it repeats.
    pub fn schedule(&self) -> Schedule {
        let TaskPatch { due_date, due_time, time_zone, .. } = self.patch.clone();
        Schedule {
            date: due_date.flatten(),
            time: due_time.flatten(),
            zone: time_zone.flatten(),
            ..Schedule::default()
        }
    }

    /// Its dates.
    ///
    /// # Errors
    /// Rules that cannot be taken, or that do not go with the due date and time.
    pub fn dates(&self, judge: &Judge<'_, impl Zone>) -> Result<Dates, Error> {
        let schedule = judge.settle(self.schedule(), &self.patch)?;
        Ok(Dates::of(&schedule, Dates::USUAL, judge.zone))
    }
}
