//! One time that a rule names, and where a series of them starts.

use super::Zone;
use crate::{
    Timestamp,
    calendar::{ClockTime, Date, LocalTime, format_date},
    json::{Complaint, FromText},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{cmp::Ordering, fmt};

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

    /// Whether it comes before, with or after what is due. All day is with every time of that day.
    pub fn against(&self, due: &Self) -> Ordering {
        let clocks = self.clock.zip(due.clock);
        self.date.cmp(&due.date).then(clocks.map_or(Ordering::Equal, |(clock, due)| clock.cmp(&due)))
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

/// As it is displayed. The instant is not told.
impl FromText for Occurrence {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let complaint =
            |_| Complaint::new("invalid_occurrence", "Name a date as 2026-12-01, or with its time as 2026-12-01T09:00");
        if text.contains('T') {
            LocalTime::from_text(text).map(|local| Self::at(local.date, local.clock)).map_err(complaint)
        } else {
            Date::from_text(text).map(Self::all_day).map_err(complaint)
        }
    }
}

impl Serialize for Occurrence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Occurrence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_text(&text).map_err(|complaint| serde::de::Error::custom(complaint.detail))
    }
}

const MIDNIGHT: ClockTime = match ClockTime::from_minutes(0) {
    Some(midnight) => midnight,
    None => unreachable!(),
};
