//! What can be wrong with a rule. Each fault has a sentence for people and a stable word for programs.

use super::Frequency;
use crate::json::Complaint;

/// Why a text is not a rule that Tickbox keeps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// No rule at all.
    #[error("Say how it repeats, for example FREQ=DAILY")]
    Empty,
    /// More text than any sensible rule has.
    #[error("A repetition is written in at most {} bytes", super::RuleSet::LONGEST)]
    TooLong,
    /// More lines than any sensible task has.
    #[error("A task has at most {} rules", super::RuleSet::MOST)]
    TooMany,
    /// Something between two semicolons that is not `NAME=VALUE`.
    #[error("“{0}” is not of the form NAME=VALUE")]
    NotAPart(String),
    /// A part that RFC 5545 does not have, or that Tickbox does not support.
    #[error("{0} is not a part of a rule that Tickbox knows")]
    UnknownPart(String),
    /// The same part twice.
    #[error("{0} is there twice")]
    RepeatedPart(&'static str),
    /// No `FREQ`.
    #[error("FREQ is missing: say YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY or MINUTELY")]
    NoFrequency,
    /// A `FREQ` that is none.
    #[error("“{0}” is not a frequency: say YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY or MINUTELY")]
    UnknownFrequency(String),
    /// Less than five minutes between two dates.
    #[error("A task repeats every {} minutes at most", super::Rule::SHORTEST_MINUTES)]
    TooOften,
    /// A number that a part does not take.
    #[error("{part} takes {wanted}, not “{value}”")]
    BadNumber {
        /// The part's name.
        part: &'static str,
        /// What it takes, in words.
        wanted: String,
        /// What was given.
        value: String,
    },
    /// A weekday that is none.
    #[error("{part} takes days such as MO or, in a month or a year, 3FR and -1FR, not “{value}”")]
    BadWeekday {
        /// The part's name.
        part: &'static str,
        /// What was given.
        value: String,
    },
    /// An `UNTIL` that is not a date.
    #[error("UNTIL takes a date such as 20261231, not “{0}”")]
    BadUntil(String),
    /// Both ways to end.
    #[error("A rule ends by COUNT or by UNTIL, not by both")]
    CountAndUntil,
    /// The rules of one task count differently.
    #[error("COUNT is one number for all rules of a task: write the same on each line")]
    UnevenCounts,
    /// A part that means nothing at this frequency.
    #[error("{part} does not go with FREQ={frequency}")]
    Misplaced {
        /// What is out of place.
        part: &'static str,
        /// The frequency that it was used with.
        frequency: Frequency,
    },
    /// `BYSETPOS` without anything to choose from.
    #[error("BYSETPOS chooses among the dates of another BY part, and there is none")]
    NothingToChoose,
    /// An hourly rule on a task that is due all day.
    #[error("What repeats within a day needs a time of day to start from")]
    NeedsTime,
    /// The end lies before the first date.
    #[error("The repetition ends before its first date")]
    EndsBeforeStart,
    /// 30 February.
    #[error("No date fits this rule within {years} years")]
    Impossible {
        /// How far the search went.
        years: i32,
    },
}

impl RuleError {
    /// The stable word for programs, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::TooLong => "too_long",
            Self::TooMany => "too_many",
            Self::NotAPart(_) => "not_a_part",
            Self::UnknownPart(_) => "unknown_part",
            Self::RepeatedPart(_) => "repeated_part",
            Self::NoFrequency => "no_frequency",
            Self::UnknownFrequency(_) => "unknown_frequency",
            Self::TooOften => "too_often",
            Self::BadNumber { .. } => "bad_number",
            Self::BadWeekday { .. } => "bad_weekday",
            Self::BadUntil(_) => "bad_until",
            Self::CountAndUntil => "count_and_until",
            Self::UnevenCounts => "uneven_counts",
            Self::Misplaced { .. } => "misplaced_part",
            Self::NothingToChoose => "nothing_to_choose",
            Self::NeedsTime => "needs_time",
            Self::EndsBeforeStart => "ends_before_start",
            Self::Impossible { .. } => "impossible_rule",
        }
    }
}

impl From<RuleError> for Complaint {
    fn from(error: RuleError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}
