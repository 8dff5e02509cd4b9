//! What completing and skipping lead to, and what the editor shows beforehand.

use super::{Frequency, Occurrence, Rule, RuleSet, Zone};
use crate::{
    Timestamp,
    calendar::{Date, LocalTime},
    tasks::RecurrenceAnchor,
};
use std::num::NonZeroU32;
use time::{Duration, Month};

/// What comes after a date that is done with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The task is due again.
    Due {
        /// When.
        occurrence: Occurrence,
        /// Its rules from then on, with what is left of the count.
        rules: RuleSet,
    },
    /// That was the last time.
    Ended,
}

impl RuleSet {
    /// The most missed dates that are told of a task.
    pub const MOST_MISSED: usize = 30;

    /// What follows when the task that is due then is completed.
    ///
    /// From the schedule it is the first date after both the due date and the completion, so that a task that is days
    /// late needs one click. From completion it is the local day of the completion and the interval; rules that say
    /// more than an interval begin anew on that day, and go on to a date after the due one.
    ///
    /// A day is compared with days, a time with instants.
    ///
    /// ```
    /// # use domain::{Timestamp, calendar::parse_date, recurrence::*, tasks::RecurrenceAnchor};
    /// let rules = RuleSet::parse("FREQ=WEEKLY;BYDAY=MO;COUNT=3")?;
    /// let due = Occurrence::all_day(parse_date("2026-11-16").unwrap());
    /// let friday = Timestamp::from_millis(1_795_168_800_000);
    /// let Next::Due { occurrence, rules } = rules.complete(due, RecurrenceAnchor::Schedule, friday, &Floating) else {
    ///     panic!("two are left");
    /// };
    /// assert_eq!((occurrence.to_string().as_str(), rules.to_string().as_str()), ("2026-11-23", "FREQ=WEEKLY;BYDAY=MO;COUNT=2"));
    /// # Ok::<(), RuleError>(())
    /// ```
    pub fn complete(
        &self,
        due: Occurrence,
        anchor: RecurrenceAnchor,
        completed_at: Timestamp,
        zone: &impl Zone,
    ) -> Next {
        let remaining = self.remaining_count().map(|count| NonZeroU32::new(count.get() - 1));
        if remaining == Some(None) {
            return Next::Ended;
        }
        let occurrence = match anchor {
            RecurrenceAnchor::Schedule => self.scheduled_after(due, completed_at, zone),
            RecurrenceAnchor::Completion => self.counted_from(due, completed_at, zone),
        };
        occurrence.map_or(Next::Ended, |occurrence| {
            let rules = match remaining.flatten() {
                None => self.clone(),
                remaining => self.clone().with_remaining_count(remaining),
            };
            Next::Due { occurrence, rules }
        })
    }

    /// What follows when the date that is due is skipped. It counts like a completion, at the due date or now, whichever
    /// is later.
    pub fn skip(&self, due: Occurrence, anchor: RecurrenceAnchor, now: Timestamp, zone: &impl Zone) -> Next {
        let skipped_at = due.instant(zone).map_or(now, |due| due.max(now));
        self.complete(due, anchor, skipped_at, zone)
    }

    /// The next dates after `due`, at most so many, if each is completed when it is due.
    pub fn preview(
        &self,
        due: Occurrence,
        anchor: RecurrenceAnchor,
        how_many: usize,
        zone: &impl Zone,
    ) -> Vec<Occurrence> {
        let first = (due, self.clone());
        let following = std::iter::successors(Some(first), |(due, rules)| {
            match rules.complete(*due, anchor, due.instant(zone)?, zone) {
                Next::Due { occurrence, rules } => Some((occurrence, rules)),
                Next::Ended => None,
            }
        });
        following.skip(1).take(how_many).map(|(occurrence, _)| occurrence).collect()
    }

    /// The dates that a late completion jumps over, the earliest first, at most [`Self::MOST_MISSED`] of them.
    pub fn missed(&self, due: Occurrence, completed_at: Timestamp, zone: &impl Zone) -> Vec<Occurrence> {
        let most = self.remaining_count().map_or(Self::MOST_MISSED, |count| {
            usize::try_from(count.get() - 1).unwrap_or(usize::MAX).min(Self::MOST_MISSED)
        });
        let Some(limit) = Limit::new(self, due, completed_at, zone) else { return Vec::new() };
        let following = self.from(due, due, zone).filter(|next| limit.is_after_due(next));
        following.take_while(|next| !limit.is_after_completion(next, zone)).take(most).collect()
    }

    fn scheduled_after(&self, due: Occurrence, completed_at: Timestamp, zone: &impl Zone) -> Option<Occurrence> {
        let limit = Limit::new(self, due, completed_at, zone)?;
        // On the wall, begin a day early: the clock may have been put back since.
        let day = limit.latest_day(zone)?.previous_day()?.max(due.date);
        let from = Occurrence { instant: limit.instant(), ..Occurrence::all_day(day) };
        self.from(due, from, zone).find(|next| limit.is_after_due(next) && limit.is_after_completion(next, zone))
    }

    fn counted_from(&self, due: Occurrence, completed_at: Timestamp, zone: &impl Zone) -> Option<Occurrence> {
        let local = zone.local(completed_at)?;
        let next = |rule: &Rule| {
            let next = if rule.frequency.is_within_a_day() || !rule.is_plain() {
                begun_anew(rule, due, completed_at, local, zone)
            } else {
                add_interval(rule, local.date).map(|date| Occurrence::new(date, due.clock))
            };
            next.filter(|next| next.date <= rule.last_day())
        };
        self.rules().iter().filter_map(next).min_by_key(|next| (next.instant(zone), next.wall()))
    }
}

/// What the next date must come after.
enum Limit {
    Days { due: Date, completed: Date },
    Instants { due: Occurrence, completed_at: Timestamp },
}

impl Limit {
    fn new(rules: &RuleSet, due: Occurrence, completed_at: Timestamp, zone: &impl Zone) -> Option<Self> {
        if due.clock.is_none() && !rules.is_within_a_day() {
            return Some(Self::Days { due: due.date, completed: zone.local(completed_at)?.date });
        }
        let completed_at = completed_at.max(due.instant(zone)?);
        Some(Self::Instants { due, completed_at })
    }

    fn latest_day(&self, zone: &impl Zone) -> Option<Date> {
        match self {
            Self::Days { due, completed } => Some(*due.max(completed)),
            Self::Instants { completed_at, .. } => zone.local(*completed_at).map(|local| local.date),
        }
    }

    fn instant(&self) -> Option<Timestamp> {
        match self {
            Self::Days { .. } => None,
            Self::Instants { completed_at, .. } => Some(*completed_at),
        }
    }

    /// A time that the wall shows twice is only told from the due one where both instants are known.
    fn is_after_due(&self, next: &Occurrence) -> bool {
        match self {
            Self::Days { due, .. } => next.date > *due,
            Self::Instants { due, .. } => match (due.instant, next.instant) {
                (Some(due), Some(next)) => next > due,
                (None, Some(_)) => next.wall() != due.wall(),
                (_, None) => next.wall() > due.wall(),
            },
        }
    }

    fn is_after_completion(&self, next: &Occurrence, zone: &impl Zone) -> bool {
        match self {
            Self::Days { completed, .. } => next.date > *completed,
            Self::Instants { completed_at, .. } => next.instant(zone) > Some(*completed_at),
        }
    }
}

/// The first date after the completion of a series that starts with it.
fn begun_anew(
    rule: &Rule,
    due: Occurrence,
    completed_at: Timestamp,
    local: LocalTime,
    zone: &impl Zone,
) -> Option<Occurrence> {
    let start = if rule.frequency.is_within_a_day() {
        let full_minute = Timestamp::from_millis(completed_at.seconds().div_euclid(60) * 60_000);
        Occurrence { instant: Some(full_minute), ..Occurrence::at(local.date, local.clock) }
    } else {
        Occurrence::new(local.date, due.clock)
    };
    let rules = RuleSet::of(rule.clone());
    // Of days that are named, the one that is done with does not come again.
    let is_new = |next: &Occurrence| rule.frequency.is_within_a_day() || next.wall() > due.wall();
    rules.from(start, start, zone).filter(is_new).find(|next| match next.clock {
        None => next.date > local.date,
        Some(_) => next.instant(zone) > Some(completed_at),
    })
}

/// The day so many rounds later; where a month is too short, its last.
fn add_interval(rule: &Rule, date: Date) -> Option<Date> {
    let interval = i32::from(rule.interval.get());
    let months = match rule.frequency {
        Frequency::Yearly => interval * 12,
        Frequency::Monthly => interval,
        Frequency::Weekly => return date.checked_add(Duration::weeks(interval.into())),
        Frequency::Daily | Frequency::Hourly | Frequency::Minutely => {
            return date.checked_add(Duration::days(interval.into()));
        }
    };
    let months = date.year() * 12 + i32::from(u8::from(date.month())) - 1 + months;
    let (year, month) = (months.div_euclid(12), u8::try_from(months.rem_euclid(12) + 1).ok()?);
    let month = Month::try_from(month).ok()?;
    Date::from_calendar_date(year, month, date.day().min(month.length(year))).ok()
}
