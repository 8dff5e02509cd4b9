//! The rules of one task: what is stored as its text, and the dates that come of it.

use super::{End, Floating, Frequency, Occurrence, Occurrences, Rule, RuleError, Weekday, Zone, parse};
use crate::json::{Complaint, FromText};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    num::{NonZeroU16, NonZeroU32},
    str::FromStr,
};
use time::{Date, Month};

/// How a task repeats: one rule or several, which together name its dates ("every 14 January and 15 June").
///
/// ```
/// # use domain::recurrence::RuleSet;
/// let rules = RuleSet::parse(" rrule:freq=weekly;byday=fr,mo;interval=1 ")?;
/// assert_eq!(rules.to_string(), "FREQ=WEEKLY;BYDAY=MO,FR");
/// # Ok::<(), domain::recurrence::RuleError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet(Vec<Rule>);

impl RuleSet {
    /// The longest text in bytes.
    pub const LONGEST: usize = 4_000;
    /// The most rules of one task.
    pub const MOST: usize = 32;

    /// Reads one rule per line. Of an `UNTIL` in UTC it takes the day as it is written; see [`Self::parse_in`].
    ///
    /// # Errors
    /// The first thing that is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        Self::parse_in(text, &Floating)
    }

    /// Reads one rule per line, as another program wrote it for this zone: an `UNTIL` in UTC becomes the local day.
    ///
    /// # Errors
    /// The first thing that is wrong with the text.
    pub fn parse_in(text: &str, zone: &impl Zone) -> Result<Self, RuleError> {
        Self::parse_for(text, zone, Weekday::Monday)
    }

    /// The same for somebody whose weeks begin on such a day: what counts several weeks and does not say where they begin
    /// means that day.
    ///
    /// # Errors
    /// The first thing that is wrong with the text.
    pub fn parse_for(text: &str, zone: &impl Zone, week_start: Weekday) -> Result<Self, RuleError> {
        if text.len() > Self::LONGEST {
            return Err(RuleError::TooLong);
        }
        let mut rules = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let rule = parse::rule(line, zone, week_start)?;
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        Self::new(rules)
    }

    fn new(rules: Vec<Rule>) -> Result<Self, RuleError> {
        let first = rules.first().ok_or(RuleError::Empty)?;
        if rules.len() > Self::MOST {
            return Err(RuleError::TooMany);
        }
        if rules.iter().any(|rule| count(rule) != count(first)) {
            return Err(RuleError::UnevenCounts);
        }
        Ok(Self(rules))
    }

    /// The same rules in every round, whatever their interval.
    pub(super) fn in_every_round(&self) -> Self {
        Self(self.0.iter().map(|rule| Rule { interval: NonZeroU16::MIN, ..rule.clone() }).collect())
    }

    pub(super) fn of(rule: Rule) -> Self {
        Self(vec![rule])
    }

    /// The rules, at least one.
    pub fn rules(&self) -> &[Rule] {
        &self.0
    }

    /// How many times are left, the one that is due included, if there is a `COUNT`.
    pub fn remaining_count(&self) -> Option<NonZeroU32> {
        self.0.first().and_then(count)
    }

    /// The same rules with so many times left; none takes the count away, and a number takes any `UNTIL` away.
    #[must_use]
    pub fn with_remaining_count(mut self, remaining: Option<NonZeroU32>) -> Self {
        for rule in &mut self.0 {
            rule.end = match (remaining, rule.end) {
                (Some(remaining), _) => End::Count(remaining),
                (None, End::Count(_)) => End::Never,
                (None, end) => end,
            };
        }
        self
    }

    /// The same rules, begun on this day. "Every month" that begins on the 31st means the last day of a shorter month, and
    /// "every year" of 29 February the 28th, where RFC 5545 would leave those out; the rule then says so in its own words,
    /// which other calendars understand. A rule that names its days, such as `BYMONTHDAY=31`, stays as it is.
    ///
    /// ```
    /// # use domain::{calendar::parse_date, recurrence::{RuleError, RuleSet}};
    /// let rules = RuleSet::parse("FREQ=MONTHLY")?.begun_on(parse_date("2027-01-30").unwrap());
    /// assert_eq!(rules.to_string(), "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1");
    /// # Ok::<(), RuleError>(())
    /// ```
    #[must_use]
    pub fn begun_on(mut self, start: Date) -> Self {
        for rule in self.0.iter_mut().filter(|rule| rule.is_plain() && start.day() > 28) {
            match rule.frequency {
                Frequency::Monthly => rule.month_days = (28..=start.day().into()).collect(),
                Frequency::Yearly if start.month() == Month::February => {
                    (rule.months, rule.month_days) = (vec![2], vec![28, 29]);
                }
                _ => continue,
            }
            rule.positions = vec![-1];
        }
        self
    }

    /// All dates of a series, from its start on. `COUNT` counts from the start.
    pub fn occurrences<'a, Z: Zone>(&'a self, start: Occurrence, zone: &'a Z) -> Occurrences<'a, Z> {
        Occurrences::new(self, start, start, zone, self.remaining_count().map(NonZeroU32::get))
    }

    /// The first date of a series that is not before `from`, however long ago the series began. `COUNT` is no matter:
    /// it is what is left, whenever that comes. A task with a time of day that must lie after now asks from the next
    /// minute.
    pub fn first_on_or_after(&self, start: Occurrence, from: Occurrence, zone: &impl Zone) -> Option<Occurrence> {
        self.from(start, from, zone).find(|next| {
            if next.instant.is_some() { next.instant >= from.instant(zone) } else { next.wall() >= from.wall() }
        })
    }

    /// The dates of a series from about `from` on: those of the same day may be before.
    pub(super) fn from<'a, Z: Zone>(&'a self, start: Occurrence, from: Occurrence, zone: &'a Z) -> Occurrences<'a, Z> {
        Occurrences::new(self, start, from, zone, None)
    }

    /// Whether it takes a time of day to start from: what repeats within a day does.
    pub fn needs_time(&self) -> bool {
        self.is_within_a_day()
    }

    /// Whether any rule repeats within a day.
    pub(super) fn is_within_a_day(&self) -> bool {
        self.0.iter().any(|rule| rule.frequency.is_within_a_day())
    }
}

fn count(rule: &Rule) -> Option<NonZeroU32> {
    match rule.end {
        End::Count(count) => Some(count),
        End::Never | End::Until(_) => None,
    }
}

impl FromStr for RuleSet {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        Self::parse(text)
    }
}

impl FromText for RuleSet {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        Ok(Self::parse(text)?)
    }
}

impl Serialize for RuleSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RuleSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
