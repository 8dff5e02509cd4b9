//! Puts a day and a time together that stand apart in a line: `Lunch tomorrow with Ann 12:30`.

use super::{
    candidates::{Candidate, When, names_a_thing},
    days, first,
    moments::Moment,
    recurrence::Recurrence,
    words::Word,
};
use crate::calendar::LocalTime;

/// The right-most of the other phrases that says what the last one leaves open, and what both mean together.
pub(super) fn partner(
    words: &[Word<'_>],
    last: &Candidate,
    others: &[Candidate],
    now: LocalTime,
) -> Option<(usize, When)> {
    others.iter().enumerate().rev().find_map(|(number, other)| {
        let as_day = together(&other.when, &last.when, now);
        // "The 5pm news" of tomorrow are no time of the task.
        let as_time = || together(&last.when, &other.when, now).filter(|_| !names_a_thing(words, other.words.0));
        Some((number, as_day.or_else(as_time)?))
    })
}

/// A day without a time, and a time without a day.
fn together(day: &When, time: &When, now: LocalTime) -> Option<When> {
    let When::Once(time) = time else { return None };
    match day {
        _ if !time.bare_time => None,
        When::Once(day) => on_day(day, time, now).map(|moment| When::Once(Box::new(moment))),
        When::Repeatedly(rule, _) => repeatedly(rule, time, now),
    }
}

fn on_day(day: &Moment, time: &Moment, now: LocalTime) -> Option<Moment> {
    if day.time.is_some() {
        return None;
    }
    let may_be_today = day.bare_weekday && time.time > Some(now.clock);
    let date = if may_be_today { days::on_or_after(now.date, day.date.weekday())? } else { day.date };
    Some(Moment { date, other: day.other, bare_time: false, ..time.clone() })
}

fn repeatedly(rule: &Recurrence, time: &Moment, now: LocalTime) -> Option<When> {
    if rule.is_within_day() || !rule.times.is_empty() {
        return None;
    }
    let mut rule = rule.clone();
    rule.times = vec![time.time?];
    (rule.zone, rule.duration) = (time.zone.clone(), time.duration);
    let first = first::first(&rule, now)?;
    Some(When::Repeatedly(Box::new(rule), first))
}
