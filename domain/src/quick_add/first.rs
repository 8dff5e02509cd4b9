//! Finds the first date of a recurrence by looking at one day after the other. An engine for rules can take its place.

use super::{
    days,
    moments::later,
    recurrence::{End, Frequency, MonthPlace, Place, Recurrence},
    vocabulary::Unit,
};
use crate::calendar::{ClockTime, Date, LocalTime};

/// The first date and the last that is allowed; `None` if there is none within eight years.
pub(super) fn first(recurrence: &Recurrence, now: LocalTime) -> Option<First> {
    let (date, time) = match recurrence.delay {
        Some((count, unit)) if recurrence.start_date.is_none() => {
            let (date, time) = later(now, count, unit)?;
            (date, time.or(recurrence.times.first().copied()))
        }
        _ if recurrence.is_within_day() => within_days(recurrence, now)?,
        _ => on_days(recurrence, now)?,
    };
    let until = match recurrence.end {
        End::Until(until) => Some(until),
        End::After(count, unit) => {
            Some(days::after(later(LocalTime { date, clock: ClockTime::MIDNIGHT }, count, unit)?.0, -1)?)
        }
        End::Never | End::Times(_) => None,
    };
    if until.is_some_and(|until| until < date) { None } else { Some(First { date, time, until }) }
}

/// Where a recurrence begins and where it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct First {
    pub(super) date: Date,
    pub(super) time: Option<ClockTime>,
    pub(super) until: Option<Date>,
}

const EIGHT_YEARS: usize = 8 * 366;

fn on_days(recurrence: &Recurrence, now: LocalTime) -> Option<(Date, Option<ClockTime>)> {
    let start = recurrence.start_date.unwrap_or(now.date);
    let is_running = start < now.date && recurrence.interval > 1;
    let anchor = if is_running { find(start, |date| matches(recurrence, date))? } else { start };
    let mut time = None;
    let begin = start.max(now.date);
    let date = find(begin, |date| {
        let ahead = |clock: &&ClockTime| date > now.date || **clock > now.clock;
        time = recurrence.times.iter().find(ahead).copied();
        let in_time = recurrence.times.is_empty() || time.is_some();
        in_time && matches(recurrence, date) && (!is_running || in_phase(recurrence, anchor, date))
    })?;
    Some((date, time))
}

fn find(start: Date, mut good: impl FnMut(Date) -> bool) -> Option<Date> {
    std::iter::successors(Some(start), |date| date.next_day()).take(EIGHT_YEARS).find(|date| good(*date))
}

fn matches(recurrence: &Recurrence, date: Date) -> bool {
    (recurrence.weekdays.is_empty() || recurrence.weekdays.has(date.weekday()))
        && (recurrence.places.is_empty() || recurrence.places.iter().any(|place| is_at(*place, date)))
}

fn is_at(place: MonthPlace, date: Date) -> bool {
    let (year, month, day) = date.to_calendar_date();
    if place.month.is_some_and(|wanted| wanted != month) {
        return false;
    }
    let length = month.length(year);
    let from_end = length - day;
    match place.place {
        Place::Day(-1) => from_end == 0,
        Place::Day(number) => u8::try_from(number).is_ok_and(|number| number.min(length) == day),
        Place::Weekday(weekday, number) => {
            date.weekday().number_days_from_monday() == weekday
                && if number < 0 { from_end < 7 } else { i8::try_from((day - 1) / 7 + 1) == Ok(number) }
        }
        Place::Workday(_) if days::is_weekend(date) => false,
        Place::Workday(-1) => {
            (1..=from_end).all(|later| days::after(date, i64::from(later)).is_none_or(days::is_weekend))
        }
        Place::Workday(number) => {
            let workdays = (0..day).filter_map(|earlier| days::after(date, -i64::from(earlier)));
            i8::try_from(workdays.filter(|date| !days::is_weekend(*date)).count()) == Ok(number)
        }
    }
}

/// Whether a rule that began in the past has its turn in this period.
fn in_phase(recurrence: &Recurrence, anchor: Date, date: Date) -> bool {
    let months = |date: Date| i64::from(date.year()) * 12 + i64::from(u8::from(date.month()));
    let week = |date| days::start_of_week(date, recurrence.week_start).unwrap_or(date);
    let distance = match recurrence.frequency {
        Frequency::Minutely | Frequency::Hourly => 0,
        Frequency::Daily => (date - anchor).whole_days(),
        Frequency::Weekly => (week(date) - week(anchor)).whole_days() / 7,
        Frequency::Monthly => months(date) - months(anchor),
        Frequency::Yearly => i64::from(date.year() - anchor.year()),
    };
    distance % i64::from(recurrence.interval.max(1)) == 0
}

/// Hours and minutes are counted from the start, or from now.
fn within_days(recurrence: &Recurrence, now: LocalTime) -> Option<(Date, Option<ClockTime>)> {
    let unit = if recurrence.frequency == Frequency::Hourly { Unit::Hour } else { Unit::Minute };
    let mut at = match recurrence.start_time {
        None => now,
        Some(clock) => {
            let today = now.date;
            let next = if clock > now.clock { today } else { days::after(today, 1)? };
            LocalTime { date: recurrence.start_date.unwrap_or(next), clock }
        }
    };
    if at <= now {
        let step = i64::from(recurrence.interval) * if unit == Unit::Hour { 60 } else { 1 };
        let passed = (now.date - at.date).whole_days() * 24 * 60 + i64::from(now.clock.minutes())
            - i64::from(at.clock.minutes());
        at = minutes_after(at, (passed / step.max(1) + 1) * step)?;
    }
    for _ in 0..7 * 24 * 12 {
        if matches(recurrence, at.date) {
            return Some((at.date, Some(at.clock)));
        }
        let (date, clock) = later(at, recurrence.interval, unit)?;
        at = LocalTime { date, clock: clock? };
    }
    None
}

fn minutes_after(at: LocalTime, minutes: i64) -> Option<LocalTime> {
    let total = i64::from(at.clock.minutes()) + minutes;
    let clock = ClockTime::from_minutes(u16::try_from(total.rem_euclid(24 * 60)).ok()?)?;
    Some(LocalTime { date: days::after(at.date, total.div_euclid(24 * 60))?, clock })
}
