//! What a reading depends on besides the text: a person's choices, the names that exist, and what shall stay text.
//! Where these come from (account, form, database) is the caller's business.

use crate::{
    accounts::{self, Clock, DateOrder, QuickAddProfile, WeekStart},
    calendar::ClockTime,
};
use serde::Deserialize;

/// The clock times that words for parts of the day stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayParts {
    /// "morning"
    pub morning: ClockTime,
    /// "noon"
    pub noon: ClockTime,
    /// "afternoon"
    pub afternoon: ClockTime,
    /// "evening"
    pub evening: ClockTime,
    /// "night" and "tonight"
    pub night: ClockTime,
}

impl Default for DayParts {
    fn default() -> Self {
        let hour = |hour: u16| ClockTime::from_minutes(hour * 60).unwrap_or(ClockTime::MIDNIGHT);
        Self { morning: hour(9), noon: hour(12), afternoon: hour(15), evening: hour(19), night: hour(22) }
    }
}

/// The choices of a person that change what a line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Which marks are used for tags, projects, people and priorities.
    pub profile: QuickAddProfile,
    /// Whether 5/12 is in December or in May.
    pub date_order: DateOrder,
    /// Whether "at 5" is in the morning or in the afternoon.
    pub clock: Clock,
    /// Where "next week" begins.
    pub week_start: WeekStart,
    /// What "morning" and its like mean.
    pub day_parts: DayParts,
}

impl From<&accounts::Settings> for Settings {
    fn from(account: &accounts::Settings) -> Self {
        Self {
            profile: account.quick_add_profile,
            date_order: account.date_order,
            clock: account.clock,
            week_start: account.week_start,
            day_parts: DayParts::default(),
        }
    }
}

/// The names a person has already: a project or tag typed in another case gets the spelling that is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Names<'a> {
    /// The names of the projects.
    pub projects: &'a [&'a str],
    /// The names of the tags.
    pub tags: &'a [&'a str],
    /// The names of the time zones that there are; without any, whatever looks like one is taken for one.
    pub zones: &'a [&'a str],
}

/// A piece of the text that shall stay text: a chip that somebody turned back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Ignored {
    /// A range of code points, as a span has it.
    Range {
        /// The first code point.
        start: usize,
        /// The one after the last.
        end: usize,
    },
    /// These words wherever they stand, whatever their case.
    Words(String),
}
