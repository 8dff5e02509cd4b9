//! The times of one rule by the hour or the minute. They lie evenly in real time, whatever the wall clock is put to; only
//! which of them count (`BYHOUR`, `BYDAY` and so on) is read from the wall.

use super::{Frequency, Occurrence, Rule, Zone, civil::Days, civil::place};
use crate::{
    Timestamp,
    calendar::{Date, LocalTime},
};

/// So many steps without a time that counts, and there is none.
const MOST_STEPS: u32 = 100_000;
/// So many days without one that counts: the calendar repeats itself after 400 years.
const MOST_DAYS: u32 = 146_097;

/// The occurrences of one rule, in order, from an instant on.
pub(super) struct InstantOccurrences<'a, Z> {
    rule: &'a Rule,
    zone: &'a Z,
    days: Days,
    /// Minutes since 1970 of the first step.
    origin: i64,
    minutes_per_step: i64,
    next_step: i64,
    from: i64,
    found: std::vec::IntoIter<Occurrence>,
}

/// What the wall shows at some minute.
struct Moment {
    minute: i64,
    local: LocalTime,
}

impl<'a, Z: Zone> InstantOccurrences<'a, Z> {
    /// None if the start lies beyond the years that there are.
    pub(super) fn new(rule: &'a Rule, start: Occurrence, from: Timestamp, zone: &'a Z) -> Option<Self> {
        let start_minute = start.instant(zone)?.seconds().div_euclid(60);
        let from = from.seconds().div_euclid(60).max(start_minute);
        let (minutes_per_step, into_hour) = match rule.frequency {
            Frequency::Hourly if rule.minutes.is_empty() => (60, 0),
            Frequency::Hourly => (60, start.local().clock.minutes() % 60),
            _ => (1, 0),
        };
        let minutes_per_step = minutes_per_step * i64::from(rule.interval.get());
        let origin = start_minute - i64::from(into_hour);
        Some(Self {
            rule,
            zone,
            days: Days::new(rule, start.date),
            origin,
            minutes_per_step,
            next_step: (from - origin) / minutes_per_step,
            from,
            found: Vec::new().into_iter(),
        })
    }

    /// Goes on to the next step that has a time.
    fn find_step(&mut self) -> Option<()> {
        let mut days_to_try = MOST_DAYS;
        for _ in 0..MOST_STEPS {
            let moment = self.moment(self.origin + self.next_step * self.minutes_per_step)?;
            if moment.local.date > self.rule.last_day() {
                return None;
            }
            if !self.days.contain(moment.local.date) {
                let next_day = self.next_day(moment.local.date, &mut days_to_try)?;
                self.go_to(next_day);
            } else if !self.has_hour(&moment) {
                self.go_to(moment.minute + 60 - i64::from(moment.local.clock.minutes() % 60));
            } else {
                self.next_step += 1;
                let found = self.times_of(&moment);
                if !found.is_empty() {
                    self.found = found.into_iter();
                    return Some(());
                }
            }
        }
        None
    }

    fn moment(&self, minute: i64) -> Option<Moment> {
        let local = self.zone.local(Timestamp::from_millis(minute.saturating_mul(60_000)))?;
        Some(Moment { minute, local })
    }

    /// The first minute of the next day that counts.
    fn next_day(&self, date: Date, days_to_try: &mut u32) -> Option<i64> {
        let mut days = std::iter::successors(self.days.after(date), |date| self.days.after(*date));
        let day = days.find(|date| {
            *days_to_try = days_to_try.saturating_sub(1);
            *days_to_try == 0 || *date > self.rule.last_day() || self.days.contain(*date)
        });
        let day = day.filter(|_| *days_to_try > 0)?;
        Some(Occurrence::all_day(day).instant(self.zone)?.seconds().div_euclid(60))
    }

    /// The first step at or after a minute, and in any case a later one.
    fn go_to(&mut self, minute: i64) {
        let steps = (minute - self.origin + self.minutes_per_step - 1).div_euclid(self.minutes_per_step);
        self.next_step = steps.max(self.next_step + 1);
    }

    fn has_hour(&self, moment: &Moment) -> bool {
        allows(&self.rule.hours, moment.local.clock.minutes() / 60)
    }

    fn times_of(&self, moment: &Moment) -> Vec<Occurrence> {
        let mut times = match self.rule.frequency {
            Frequency::Hourly if !self.rule.minutes.is_empty() => self.minutes_within(moment),
            Frequency::Hourly => vec![occurrence(moment)],
            _ if allows(&self.rule.minutes, moment.local.clock.minutes() % 60) => vec![occurrence(moment)],
            _ => Vec::new(),
        };
        if !self.rule.positions.is_empty() {
            let length = times.len();
            let mut chosen: Vec<_> =
                self.rule.positions.iter().filter_map(|position| place(*position, length)).collect();
            chosen.sort_unstable();
            chosen.dedup();
            times = chosen.into_iter().filter_map(|place| times.get(place).copied()).collect();
        }
        times
    }

    /// The minutes of `BYMINUTE` within the hour from here. Where clocks are put by half an hour, it begins at :30.
    fn minutes_within(&self, hour: &Moment) -> Vec<Occurrence> {
        let begins = i64::from(hour.local.clock.minutes() % 60);
        let minutes = self.rule.minutes.iter().map(|minute| (i64::from(*minute) - begins).rem_euclid(60));
        let moments = minutes.filter_map(|minutes| self.moment(hour.minute + minutes));
        let on_the_wall = moments.filter(|moment| allows(&self.rule.minutes, moment.local.clock.minutes() % 60));
        let mut times: Vec<Occurrence> = on_the_wall.map(|moment| occurrence(&moment)).collect();
        times.sort_unstable_by_key(|time| time.instant);
        times
    }
}

impl<Z: Zone> Iterator for InstantOccurrences<'_, Z> {
    type Item = Occurrence;

    fn next(&mut self) -> Option<Occurrence> {
        let from = Timestamp::from_millis(self.from * 60_000);
        loop {
            if let Some(next) = self.found.find(|next| next.instant >= Some(from)) {
                return (next.date <= self.rule.last_day()).then_some(next);
            }
            self.find_step()?;
        }
    }
}

fn occurrence(moment: &Moment) -> Occurrence {
    let LocalTime { date, clock } = moment.local;
    Occurrence {
        instant: Some(Timestamp::from_millis(moment.minute.saturating_mul(60_000))),
        ..Occurrence::at(date, clock)
    }
}

fn allows(list: &[i16], number: u16) -> bool {
    list.is_empty() || list.iter().any(|allowed| u16::try_from(*allowed) == Ok(number))
}
