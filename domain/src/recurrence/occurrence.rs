//! One time that a rule names, and where a series of them starts.

use super::Zone;
use crate::{
    Timestamp,
    calendar::{ClockTime, Date, LocalTime, format_date},
};
use std::fmt;

/// One time that something is due: a day, or a day and a time on the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The day on the wall calendar.
    pub date: Date,
    /// The time on the wall clock; none is all day.
    pub clock: Option<ClockTime>,
    /// The instant, where it is known: rules by the hour and the minute say it, because in autumn the wall clock shows
    /// an hour twice and cannot tell one from the other. Whoever keeps it and gives it back as what was due loses none.
    pub instant: Option<Timestamp>,
}

impl Occurrence {
    /// Due all day.
    pub const fn all_day(date: Date) -> Self {
        Self { date, clock: None, instant: None }
    }

    /// Due at a time on the wall clock.
    pub const fn at(date: Date, clock: ClockTime) -> Self {
        Self { date, clock: Some(clock), instant: None }
    }

    /// Due on such a day, at such a time if there is one: the two fields of a task.
    pub const fn new(date: Date, clock: Option<ClockTime>) -> Self {
        Self { date, clock, instant: None }
    }

    /// What the wall shows. All day comes before any time of that day.
    pub const fn wall(&self) -> (Date, Option<ClockTime>) {
        (self.date, self.clock)
    }

    /// The instant; for all day, the first of that day.
    pub fn instant(&self, zone: &impl Zone) -> Option<Timestamp> {
        self.instant.or_else(|| zone.instant(self.local()))
    }

    /// The same with midnight for all day.
    pub(super) fn local(&self) -> LocalTime {
        LocalTime { date: self.date, clock: self.clock.unwrap_or(MIDNIGHT) }
    }
}

/// `2026-11-20`, or `2026-11-20T09:30`.
impl fmt::Display for Occurrence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&format_date(self.date))?;
        self.clock.map_or(Ok(()), |clock| write!(formatter, "T{clock}"))
    }
}

const MIDNIGHT: ClockTime = match ClockTime::from_minutes(0) {
    Some(midnight) => midnight,
    None => unreachable!(),
};
