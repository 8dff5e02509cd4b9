//! The dates of one rule by the day, week, month or year, on the wall calendar. A round of the rule (one day, one year)
//! has a number; which days of it count is a question to each day, and `BYSETPOS` then chooses among days and times.

use super::{Frequency, Occurrence, Rule, RuleDay, Weekday, zone};
use crate::calendar::{ClockTime, Date};
use std::num::NonZeroI8;
use time::{Month, util::days_in_year};

/// Which days a rule names once its start has said what the rule leaves open.
pub(super) struct Days {
    rule: Rule,
}

impl Days {
    pub(super) fn new(rule: &Rule, start: Date) -> Self {
        let mut rule = rule.clone();
        if !rule.names_days() {
            match rule.frequency {
                Frequency::Yearly if rule.months.is_empty() => {
                    rule.months.push(month_number(start));
                    rule.month_days.push(start.day().into());
                }
                Frequency::Yearly | Frequency::Monthly => rule.month_days.push(start.day().into()),
                Frequency::Weekly => rule.weekdays.push(every(start.weekday())),
                Frequency::Daily | Frequency::Hourly | Frequency::Minutely => {}
            }
        } else if rule.year_days.is_empty() && rule.month_days.is_empty() && rule.weekdays.is_empty() {
            rule.weekdays.push(every(start.weekday()));
        }
        Self { rule }
    }

    pub(super) fn contain(&self, date: Date) -> bool {
        let rule = &self.rule;
        self.have_month(date)
            && (rule.month_days.is_empty() || self.has_month_day(date))
            && (rule.weekdays.is_empty() || self.has_weekday(date))
            && (rule.year_days.is_empty() || self.has_year_day(date))
            && (rule.weeks.is_empty() || self.has_week(date))
    }

    /// The next day that may be one of them: months that are not named are skipped as a whole.
    pub(super) fn after(&self, date: Date) -> Option<Date> {
        let last =
            if self.have_month(date) { date } else { date.replace_day(date.month().length(date.year())).ok()? };
        last.next_day()
    }

    fn have_month(&self, date: Date) -> bool {
        self.rule.months.is_empty() || self.rule.months.contains(&month_number(date))
    }

    fn has_month_day(&self, date: Date) -> bool {
        names(&self.rule.month_days, date.day().into(), month_length(date))
    }

    fn has_year_day(&self, date: Date) -> bool {
        names(&self.rule.year_days, signed(date.ordinal()), year_length(date.year()))
    }

    /// The week may belong to the year before or after; it is counted there.
    fn has_week(&self, date: Date) -> bool {
        let week = |date: Date| {
            let middle = self.rule.middle_of_week(date);
            ((signed(middle.ordinal()) - 1) / 7 + 1, middle.year())
        };
        let (number, year) = week(date);
        // 28 December is in the last week of its year, whichever day weeks begin with.
        let last = Date::from_calendar_date(year, Month::December, 28).map_or(52, |date| week(date).0);
        names(&self.rule.weeks, number, last)
    }

    fn has_weekday(&self, date: Date) -> bool {
        let weekday = date.weekday();
        self.rule.weekdays.iter().filter(|day| day.weekday == weekday).any(|day| match day.ordinal {
            None => true,
            Some(ordinal) => self.is_nth_weekday(date, ordinal),
        })
    }

    fn is_nth_weekday(&self, date: Date, ordinal: NonZeroI8) -> bool {
        let is_within_year = self.rule.frequency == Frequency::Yearly && self.rule.months.is_empty();
        let (day, length) = if is_within_year {
            (signed(date.ordinal()), year_length(date.year()))
        } else {
            (i16::from(date.day()), month_length(date))
        };
        let from_start = (day - 1) / 7 + 1;
        let from_end = (length - day) / 7 + 1;
        let ordinal = i16::from(ordinal.get());
        ordinal == from_start || ordinal == -from_end
    }
}

/// Whether a list names the so manieth of so many, from the start or from the end.
fn names(list: &[i16], number: i16, of: i16) -> bool {
    list.contains(&number) || list.contains(&(number - of - 1))
}

fn every(weekday: Weekday) -> RuleDay {
    RuleDay { ordinal: None, weekday }
}

fn month_number(date: Date) -> i16 {
    u8::from(date.month()).into()
}

fn month_length(date: Date) -> i16 {
    date.month().length(date.year()).into()
}

fn year_length(year: i32) -> i16 {
    signed(days_in_year(year))
}

fn signed(number: u16) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

/// The occurrences of one rule, in order, from a day on.
pub(super) struct CivilOccurrences {
    days: Days,
    clocks: Vec<Option<ClockTime>>,
    start: Occurrence,
    from: Date,
    next_round: i64,
    /// The days of the round that is being told.
    found: Vec<Date>,
    /// Which of its days and times, counted through, are still to be told.
    chosen: Chosen,
}

enum Chosen {
    All(std::ops::Range<usize>),
    Some(std::vec::IntoIter<usize>),
}

impl CivilOccurrences {
    pub(super) fn new(rule: &Rule, start: Occurrence, from: Date) -> Self {
        let from = from.max(start.date);
        let (interval, origin) = (i64::from(rule.interval.get()), round_of(rule, start.date));
        let rounds_before = (round_of(rule, from) - origin) / interval;
        Self {
            days: Days::new(rule, start.date),
            clocks: clocks(rule, start.clock),
            start,
            from,
            next_round: origin + rounds_before * interval,
            found: Vec::new(),
            chosen: Chosen::All(0..0),
        }
    }

    fn next_chosen(&mut self) -> Option<Occurrence> {
        let number = match &mut self.chosen {
            Chosen::All(numbers) => numbers.next(),
            Chosen::Some(numbers) => numbers.next(),
        }?;
        let (day, clock) = (number / self.clocks.len(), number % self.clocks.len());
        Some(Occurrence::new(*self.found.get(day)?, *self.clocks.get(clock)?))
    }

    /// Goes on to the next round that has a day. The calendar repeats itself after 400 years: what is further away than
    /// that and the next round is not looked for.
    fn find_round(&mut self) -> Option<()> {
        let rule = &self.days.rule;
        let rounds_of_400_years = match rule.frequency {
            Frequency::Yearly => 400,
            Frequency::Monthly => 400 * 12,
            Frequency::Weekly => 20_871,
            Frequency::Daily | Frequency::Hourly | Frequency::Minutely => 146_097,
        };
        let interval = i64::from(rule.interval.get());
        let end = self.next_round + rounds_of_400_years + interval;
        while self.next_round < end {
            let (first, last) = span(rule, self.next_round)?;
            if first > rule.last_day() {
                return None;
            }
            self.next_round += interval;
            self.found.clear();
            let dates = std::iter::successors(Some(first), |date| self.days.after(*date));
            self.found.extend(dates.take_while(|date| *date <= last).filter(|date| self.days.contain(*date)));
            self.chosen = self.choose();
            if !self.chosen.is_empty() {
                return Some(());
            }
            if rule.frequency == Frequency::Daily {
                let days_off = zone::day_number(self.days.after(first)?) - self.next_round;
                self.next_round += (days_off.max(0) + interval - 1) / interval * interval;
            }
        }
        None
    }

    fn choose(&self) -> Chosen {
        let all = self.found.len() * self.clocks.len();
        let positions = &self.days.rule.positions;
        if positions.is_empty() || all == 0 {
            let before = self.found.partition_point(|date| *date < self.from);
            return Chosen::All(before * self.clocks.len()..all);
        }
        let mut chosen: Vec<usize> = positions.iter().filter_map(|position| place(*position, all)).collect();
        chosen.sort_unstable();
        chosen.dedup();
        Chosen::Some(chosen.into_iter())
    }
}

impl Chosen {
    fn is_empty(&self) -> bool {
        match self {
            Self::All(numbers) => numbers.is_empty(),
            Self::Some(numbers) => numbers.len() == 0,
        }
    }
}

impl Iterator for CivilOccurrences {
    type Item = Occurrence;

    fn next(&mut self) -> Option<Occurrence> {
        loop {
            while let Some(next) = self.next_chosen() {
                if next.date > self.days.rule.last_day() {
                    return None;
                }
                if next.date >= self.from && next.wall() >= self.start.wall() {
                    return Some(next);
                }
            }
            self.find_round()?;
        }
    }
}

/// Where a position of `BYSETPOS` is in a list so long.
pub(super) fn place(position: i16, length: usize) -> Option<usize> {
    let from_edge = usize::from(position.unsigned_abs());
    let place = if position > 0 { from_edge.checked_sub(1) } else { length.checked_sub(from_edge) };
    place.filter(|place| *place < length)
}

/// The times of each day, in order.
fn clocks(rule: &Rule, start: Option<ClockTime>) -> Vec<Option<ClockTime>> {
    let Some(start) = start else { return vec![None] };
    let or_of_start = |list: &[i16], of_start: u16| match list {
        [] => vec![of_start],
        _ => list.iter().filter_map(|number| u16::try_from(*number).ok()).collect(),
    };
    let minutes = or_of_start(&rule.minutes, start.minutes() % 60);
    let hours = or_of_start(&rule.hours, start.minutes() / 60);
    let clock = |hour: u16, minute: &u16| ClockTime::from_minutes(hour * 60 + minute);
    hours.into_iter().flat_map(|hour| minutes.iter().map(move |minute| clock(hour, minute))).collect()
}

/// The number of the round that a date falls in.
fn round_of(rule: &Rule, date: Date) -> i64 {
    match rule.frequency {
        Frequency::Yearly => date.year().into(),
        Frequency::Monthly => i64::from(date.year()) * 12 + i64::from(month_number(date)) - 1,
        Frequency::Weekly => (zone::day_number(date) - i64::from(rule.days_into_week(date))).div_euclid(7),
        Frequency::Daily | Frequency::Hourly | Frequency::Minutely => zone::day_number(date),
    }
}

/// The first and the last day of a round; none after the year 9999.
fn span(rule: &Rule, round: i64) -> Option<(Date, Date)> {
    match rule.frequency {
        Frequency::Yearly => {
            let year = i32::try_from(round).ok()?;
            let first = Date::from_calendar_date(year, Month::January, 1).ok()?;
            Some((first, Date::from_calendar_date(year, Month::December, 31).ok()?))
        }
        Frequency::Monthly => {
            let (year, month) = (round.div_euclid(12), round.rem_euclid(12) + 1);
            let (year, month) = (i32::try_from(year).ok()?, Month::try_from(u8::try_from(month).ok()?).ok()?);
            let first = Date::from_calendar_date(year, month, 1).ok()?;
            Some((first, first.replace_day(month.length(year)).ok()?))
        }
        Frequency::Weekly => {
            // Julian day 0 was a Monday, and so is each multiple of seven.
            let monday = round * 7;
            let first = monday + i64::from(rule.week_start.number_days_from_monday());
            let earliest = zone::day_number(Date::MIN);
            let first = Date::from_julian_day(i32::try_from(first.max(earliest)).ok()?).ok()?;
            Some((first, first.saturating_add(time::Duration::days(6))))
        }
        Frequency::Daily | Frequency::Hourly | Frequency::Minutely => zone::date_of(round).map(|date| (date, date)),
    }
}
