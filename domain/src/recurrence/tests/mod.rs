//! What the engine is held to: the examples of RFC 5545, the decisions that Tickbox takes where it is silent, hostile
//! texts, and laws that hold for every rule. `scripts/recurrence_differences.py` compares it with another engine.

mod decisions;
mod described;
mod faults;
mod properties;
mod rfc;

use super::*;
use crate::{
    Timestamp,
    calendar::{ClockTime, Date, LocalTime, parse_date},
};

fn date(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// `2026-11-20`, or `2026-11-20T09:30`.
fn due(text: &str) -> Occurrence {
    match text.split_once('T') {
        None => Occurrence::all_day(date(text)),
        Some((day, clock)) => Occurrence::at(date(day), clock.parse().unwrap()),
    }
}

fn rules(text: &str) -> RuleSet {
    RuleSet::parse(text).unwrap()
}

fn said(occurrences: impl IntoIterator<Item = Occurrence>) -> Vec<String> {
    occurrences.into_iter().map(|occurrence| occurrence.to_string()).collect()
}

/// New York in 2026: clocks go from 02:00 to 03:00 on 8 March, and from 02:00 back to 01:00 on 1 November.
struct NewYork;

const WINTER: i64 = -5 * 60;
const SUMMER: i64 = -4 * 60;

impl NewYork {
    fn offset(instant: Timestamp) -> i64 {
        let is_summer = instant >= utc("2026-03-08T07:00") && instant < utc("2026-11-01T06:00");
        if is_summer { SUMMER } else { WINTER }
    }
}

impl Zone for NewYork {
    fn instant(&self, local: LocalTime) -> Option<Timestamp> {
        let as_if_utc = Floating.instant(local)?;
        let with = |offset: i64| as_if_utc.plus_seconds(-offset * 60);
        // Read in summer time, a skipped time lies before the change and is one hour too early.
        Some(if Self::offset(with(SUMMER)) == SUMMER { with(SUMMER) } else { with(WINTER) })
    }

    fn local(&self, instant: Timestamp) -> Option<LocalTime> {
        Floating.local(instant.plus_seconds(Self::offset(instant) * 60))
    }
}

fn utc(text: &str) -> Timestamp {
    due(text).instant(&Floating).unwrap()
}

/// The instant at which the wall clock in New York shows this.
fn new_york(text: &str) -> Timestamp {
    due(text).instant(&NewYork).unwrap()
}

#[test]
fn the_zone_of_the_tests_skips_and_repeats_an_hour() {
    assert_eq!(new_york("2026-03-08T02:30"), utc("2026-03-08T07:30"), "skipped: an hour later on the wall");
    assert_eq!(new_york("2026-11-01T01:30"), utc("2026-11-01T05:30"), "twice: the first");
    let clock = |minutes| ClockTime::from_minutes(minutes).unwrap();
    let local = LocalTime { date: date("2026-11-01"), clock: clock(90) };
    assert_eq!(NewYork.local(utc("2026-11-01T06:30")), Some(local));
}
