//! Whether a set of rules suits its start: asked once, when a task is given a rule or a new start.

use super::{End, Floating, Occurrence, Rule, RuleError, RuleSet};
use time::{Date, Duration};

/// A rule whose first date is further away than this is a mistake.
const YEARS: i32 = 8;
/// 29 February on a Monday comes back after 28 years.
const YEARS_OF_RARE_DAYS: i32 = 28;

impl RuleSet {
    /// Says whether each rule has a date soon enough after the start.
    ///
    /// # Errors
    /// A rule that no day fits, that ends before its first date, or that needs a time of day and has none; rules whose
    /// dates are too close to one another.
    pub fn check(&self, start: Occurrence) -> Result<(), RuleError> {
        self.rules().iter().try_for_each(|rule| check(rule, start))?;
        if self.rules().len() > 1 && self.is_too_often(start) { Err(RuleError::TooOften) } else { Ok(()) }
    }

    /// Whether two of its first dates are closer together than those of a single rule may be.
    fn is_too_often(&self, start: Occurrence) -> bool {
        let horizon = start.date.saturating_add(Duration::days(HORIZON_OF_CLOSENESS));
        let dates = self.occurrences(start, &Floating).take(LOOKED_AT).take_while(|next| next.date <= horizon);
        let minutes = dates.filter_map(|next| {
            let minutes = next.clock?.minutes();
            Some(i64::from(next.date.to_julian_day()) * 24 * 60 + i64::from(minutes))
        });
        let minutes: Vec<i64> = minutes.collect();
        minutes.windows(2).any(|pair| pair[1] - pair[0] < Rule::SHORTEST_MINUTES.into())
    }
}

/// How many dates of several rules are compared, and how many days they may reach: what is closer only later is rare.
const LOOKED_AT: usize = 400;
const HORIZON_OF_CLOSENESS: i64 = 400;

fn check(rule: &Rule, start: Occurrence) -> Result<(), RuleError> {
    if rule.frequency.is_within_a_day() && start.clock.is_none() {
        return Err(RuleError::NeedsTime);
    }
    if rule.last_day() < start.date {
        return Err(RuleError::EndsBeforeStart);
    }
    let years = if is_rare(rule) { YEARS_OF_RARE_DAYS } else { YEARS };
    let horizon = start.date.replace_year(start.date.year().saturating_add(years).min(9999)).unwrap_or(Date::MAX);
    let first = first_date(Rule { end: End::Never, ..rule.clone() }, start);
    match first.filter(|first| *first <= horizon) {
        None => Err(RuleError::Impossible { years }),
        Some(first) if first > rule.last_day() => Err(RuleError::EndsBeforeStart),
        Some(_) => Ok(()),
    }
}

fn first_date(rule: Rule, start: Occurrence) -> Option<Date> {
    RuleSet::of(rule).occurrences(start, &Floating).next().map(|first| first.date)
}

/// Whether it names a day that most years do not have.
fn is_rare(rule: &Rule) -> bool {
    let names = |list: &[i16], numbers: [i16; 2]| numbers.iter().any(|number| list.contains(number));
    names(&rule.month_days, [29, -29])
        || names(&rule.year_days, [366, -366])
        || names(&rule.weeks, [53, -53])
        || !(rule.weekdays.is_empty() || rule.month_days.is_empty() && rule.year_days.is_empty())
}
