//! What one rule says, part by part (RFC 5545, 3.3.10). Reading it is `parse`'s work, writing it `write`'s, and which
//! dates come of it is found elsewhere.

use std::num::{NonZeroI8, NonZeroU16, NonZeroU32};
pub use time::Weekday;
use time::{Date, Duration};

/// How long one round of a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    /// By the minute.
    Minutely,
    /// By the hour.
    Hourly,
    /// By the day.
    Daily,
    /// By the week.
    Weekly,
    /// By the month.
    Monthly,
    /// By the year.
    Yearly,
}

impl Frequency {
    /// Every frequency, from the longest round to the shortest.
    pub const ALL: [Self; 6] = [Self::Yearly, Self::Monthly, Self::Weekly, Self::Daily, Self::Hourly, Self::Minutely];

    /// The word in a rule.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minutely => "MINUTELY",
            Self::Hourly => "HOURLY",
            Self::Daily => "DAILY",
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
            Self::Yearly => "YEARLY",
        }
    }

    /// Whether its rounds are shorter than a day, so that they are counted in instants and not on the calendar.
    pub const fn is_within_a_day(self) -> bool {
        matches!(self, Self::Minutely | Self::Hourly)
    }
}

/// A weekday, or the so manieth of a month or a year: `FR`, `3FR`, `-1FR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleDay {
    /// Which one; a negative number counts from the end. None is every one.
    pub ordinal: Option<NonZeroI8>,
    /// The day of the week.
    pub weekday: Weekday,
}

/// When a rule stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum End {
    /// It does not.
    #[default]
    Never,
    /// After so many more times, the one that is due included.
    Count(NonZeroU32),
    /// After this day, which still counts, on the wall calendar.
    Until(Date),
}

/// One rule. Its lists are sorted, hold nothing twice and only what their part may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(super) frequency: Frequency,
    pub(super) interval: NonZeroU16,
    pub(super) months: Vec<i16>,
    pub(super) weeks: Vec<i16>,
    pub(super) year_days: Vec<i16>,
    pub(super) month_days: Vec<i16>,
    pub(super) weekdays: Vec<RuleDay>,
    pub(super) hours: Vec<i16>,
    pub(super) minutes: Vec<i16>,
    pub(super) positions: Vec<i16>,
    pub(super) end: End,
    pub(super) week_start: Weekday,
}

impl Rule {
    /// The least time between two dates.
    pub const SHORTEST_MINUTES: u16 = 5;
    /// The longest interval.
    pub const LONGEST_INTERVAL: u16 = 10_000;
    /// The highest count.
    pub const HIGHEST_COUNT: u32 = 1_000_000;

    /// `FREQ`.
    pub const fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// `INTERVAL`: every so many rounds.
    pub const fn interval(&self) -> u16 {
        self.interval.get()
    }

    /// `BYMONTH`, 1 to 12.
    pub fn months(&self) -> &[i16] {
        &self.months
    }

    /// `BYWEEKNO`, 1 to 53 or from the end.
    pub fn weeks(&self) -> &[i16] {
        &self.weeks
    }

    /// `BYYEARDAY`, 1 to 366 or from the end.
    pub fn year_days(&self) -> &[i16] {
        &self.year_days
    }

    /// `BYMONTHDAY`, 1 to 31 or from the end.
    pub fn month_days(&self) -> &[i16] {
        &self.month_days
    }

    /// `BYDAY`.
    pub fn weekdays(&self) -> &[RuleDay] {
        &self.weekdays
    }

    /// `BYHOUR`, 0 to 23.
    pub fn hours(&self) -> &[i16] {
        &self.hours
    }

    /// `BYMINUTE`, 0 to 59.
    pub fn minutes(&self) -> &[i16] {
        &self.minutes
    }

    /// `BYSETPOS`: which dates of a round count.
    pub fn positions(&self) -> &[i16] {
        &self.positions
    }

    /// `COUNT` or `UNTIL`.
    pub const fn end(&self) -> End {
        self.end
    }

    /// `WKST`: the first day of a week.
    pub const fn week_start(&self) -> Weekday {
        self.week_start
    }

    /// Whether it is nothing but a length of time: every so many days, weeks, months.
    pub(super) fn is_plain(&self) -> bool {
        !self.names_days() && self.months.is_empty() && self.hours.is_empty() && self.minutes.is_empty()
    }

    /// Whether it says which days it means, and not only which months.
    pub(super) fn names_days(&self) -> bool {
        !(self.weeks.is_empty() && self.year_days.is_empty() && self.month_days.is_empty() && self.weekdays.is_empty())
    }

    /// The last day it may fall on.
    pub(super) fn last_day(&self) -> Date {
        match self.end {
            End::Until(date) => date,
            End::Never | End::Count(_) => Date::MAX,
        }
    }

    /// How many days before `date` its week begins.
    pub(super) fn days_into_week(&self, date: Date) -> u8 {
        let from_monday = |weekday: Weekday| weekday.number_days_from_monday();
        (from_monday(date.weekday()) + 7 - from_monday(self.week_start)) % 7
    }

    /// The day that decides which year a week belongs to: its fourth.
    pub(super) fn middle_of_week(&self, date: Date) -> Date {
        date.saturating_add(Duration::days(3 - i64::from(self.days_into_week(date))))
    }
}
