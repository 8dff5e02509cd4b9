//! One test for each decision that Tickbox takes: month ends, clocks that are put forward and back, late and early
//! completions, counts and ends.

use super::*;
use crate::tasks::RecurrenceAnchor::{self, Completion, Schedule};
use std::num::NonZeroU32;

/// What follows a completion at a time on the wall in New York: the date and what is left of the rules.
fn completed(rule: &str, was_due: &str, anchor: RecurrenceAnchor, at: &str) -> String {
    told(&rules(rule).complete(due(was_due), anchor, new_york(at), &NewYork))
}

fn skipped(rule: &str, was_due: &str, anchor: RecurrenceAnchor, at: &str) -> String {
    told(&rules(rule).skip(due(was_due), anchor, new_york(at), &NewYork))
}

fn told(next: &Next) -> String {
    match next {
        Next::Due { occurrence, .. } => occurrence.to_string(),
        Next::Ended => "ended".to_owned(),
    }
}

fn first(rule: &str, start: &str, most: usize) -> Vec<String> {
    said(rules(rule).occurrences(due(start), &NewYork).take(most))
}

#[test]
fn month_ends_clamp() {
    let thirty_first = "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1";
    assert_eq!(first(thirty_first, "2027-12-31", 4), ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"]);
    let thirtieth = "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1";
    assert_eq!(first(thirtieth, "2026-12-30", 4), ["2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"]);
    assert_eq!(first("FREQ=MONTHLY;BYMONTHDAY=31", "2026-12-31", 3), ["2026-12-31", "2027-01-31", "2027-03-31"]);
}

#[test]
fn leap_days_fall_on_the_28th_in_other_years() {
    let leap_day = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1";
    assert_eq!(first(leap_day, "2027-01-01", 3), ["2027-02-28", "2028-02-29", "2029-02-28"]);
    assert_eq!(first("FREQ=YEARLY", "2024-02-29", 3), ["2024-02-29", "2028-02-29", "2032-02-29"]);
}

#[test]
fn a_time_that_the_clock_skips_is_later_that_day_only() {
    let days = rules("FREQ=DAILY");
    let days = days.occurrences(due("2026-03-07T02:30"), &NewYork).take(3);
    let instants: Vec<_> = days.map(|next| next.instant(&NewYork)).collect();
    let expected = ["2026-03-07T07:30", "2026-03-08T07:30", "2026-03-09T06:30"];
    assert_eq!(instants, expected.map(|text| Some(utc(text))));
    assert_eq!(completed("FREQ=DAILY", "2026-03-08T02:30", Schedule, "2026-03-08T04:00"), "2026-03-09T02:30");
}

#[test]
fn a_time_that_the_clock_shows_twice_is_the_first() {
    let days = rules("FREQ=DAILY");
    let instant = days.occurrences(due("2026-11-01T01:30"), &NewYork).next().unwrap().instant(&NewYork);
    assert_eq!(instant, Some(utc("2026-11-01T05:30")));
    let in_the_second = days.complete(due("2026-11-01T01:30"), Schedule, utc("2026-11-01T06:30"), &NewYork);
    assert_eq!(told(&in_the_second), "2026-11-02T01:30");
}

#[test]
fn nine_o_clock_stays_nine_o_clock() {
    assert_eq!(completed("FREQ=DAILY", "2026-03-07T09:00", Schedule, "2026-03-07T09:10"), "2026-03-08T09:00");
    assert_eq!(completed("FREQ=DAILY", "2026-10-31T09:00", Schedule, "2026-10-31T09:10"), "2026-11-01T09:00");
}

#[test]
fn hours_are_even_in_real_time() {
    let spring = rules("FREQ=HOURLY");
    let spring = spring.occurrences(due("2026-03-08T00:30"), &NewYork).take(4);
    assert_eq!(said(spring), ["2026-03-08T00:30", "2026-03-08T01:30", "2026-03-08T03:30", "2026-03-08T04:30"]);
    let autumn = rules("FREQ=HOURLY");
    let autumn: Vec<_> = autumn.occurrences(due("2026-11-01T00:30"), &NewYork).take(4).collect();
    assert_eq!(
        said(autumn.iter().copied()),
        ["2026-11-01T00:30", "2026-11-01T01:30", "2026-11-01T01:30", "2026-11-01T02:30"]
    );
    for (earlier, later) in autumn.iter().zip(autumn.iter().skip(1)) {
        assert_eq!(later.instant.unwrap(), earlier.instant.unwrap().plus_seconds(3600));
    }
}

#[test]
fn an_hourly_task_gets_through_the_hour_that_comes_twice() {
    let hourly = rules("FREQ=HOURLY;INTERVAL=1");
    let mut was_due = due("2026-11-01T00:30");
    let mut instants = Vec::new();
    for _ in 0..4 {
        let at = was_due.instant(&NewYork).unwrap().plus_seconds(60);
        let Next::Due { occurrence, .. } = hourly.complete(was_due, Schedule, at, &NewYork) else { panic!("ended") };
        instants.push(occurrence.instant.unwrap());
        was_due = occurrence;
    }
    let expected = ["2026-11-01T05:30", "2026-11-01T06:30", "2026-11-01T07:30", "2026-11-01T08:30"];
    assert_eq!(instants, expected.map(utc));
    // Whoever does not keep the instant misses the second 01:30, and does not get stuck at it.
    let forgetful = hourly.complete(due("2026-11-01T01:30"), Schedule, utc("2026-11-01T05:40"), &NewYork);
    assert_eq!(told(&forgetful), "2026-11-01T02:30");
}

#[test]
fn a_late_completion_jumps_past_now() {
    assert_eq!(completed("FREQ=DAILY", "2026-11-17", Schedule, "2026-11-20T10:00"), "2026-11-21");
    assert_eq!(completed("FREQ=DAILY;INTERVAL=2", "2026-11-17", Schedule, "2026-11-20T10:00"), "2026-11-21");
    assert_eq!(completed("FREQ=DAILY;INTERVAL=2", "2026-11-18", Schedule, "2026-11-20T10:00"), "2026-11-22");
    assert_eq!(completed("FREQ=WEEKLY;BYDAY=FR", "2026-11-13", Schedule, "2026-11-20T10:00"), "2026-11-27");
}

#[test]
fn a_time_of_day_is_compared_in_instants() {
    assert_eq!(completed("FREQ=DAILY", "2026-11-17T18:00", Schedule, "2026-11-20T10:00"), "2026-11-20T18:00");
    assert_eq!(completed("FREQ=DAILY", "2026-11-17T09:00", Schedule, "2026-11-20T09:00"), "2026-11-21T09:00");
    let twice = "FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0";
    assert_eq!(completed(twice, "2026-11-20T09:00", Schedule, "2026-11-20T10:00"), "2026-11-20T21:00");
}

#[test]
fn an_early_completion_is_for_the_date_that_was_due() {
    assert_eq!(completed("FREQ=WEEKLY;BYDAY=MO", "2026-11-23", Schedule, "2026-11-20T10:00"), "2026-11-30");
    assert_eq!(completed("FREQ=DAILY", "2026-11-20T18:00", Schedule, "2026-11-20T10:00"), "2026-11-21T18:00");
}

#[test]
fn from_completion_counts_from_the_local_day() {
    assert_eq!(completed("FREQ=MONTHLY;INTERVAL=3", "2026-11-20", Completion, "2026-11-30T10:00"), "2027-02-28");
    assert_eq!(completed("FREQ=YEARLY", "2028-02-01", Completion, "2028-02-29T10:00"), "2029-02-28");
    assert_eq!(completed("FREQ=WEEKLY;INTERVAL=2", "2026-12-01", Completion, "2026-11-20T23:30"), "2026-12-04");
    let at_nine = completed("FREQ=DAILY;INTERVAL=10", "2026-11-20T09:00", Completion, "2026-11-25T22:00");
    assert_eq!(at_nine, "2026-12-05T09:00");
    assert_eq!(
        completed("FREQ=HOURLY;INTERVAL=3", "2026-11-20T09:00", Completion, "2026-11-20T10:10"),
        "2026-11-20T13:10"
    );
}

#[test]
fn from_completion_a_rule_that_names_days_begins_anew() {
    let mondays = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO";
    assert_eq!(completed(mondays, "2026-11-16", Completion, "2026-11-18T10:00"), "2026-11-30");
    assert_eq!(completed("FREQ=MONTHLY;BYDAY=-1FR", "2026-10-30", Completion, "2026-11-28T10:00"), "2026-12-25");
    let twice = "FREQ=DAILY;INTERVAL=3;BYHOUR=9,21;BYMINUTE=0";
    assert_eq!(completed(twice, "2026-11-20T09:00", Completion, "2026-11-20T10:00"), "2026-11-20T21:00");
    assert_eq!(completed(twice, "2026-11-20T21:00", Completion, "2026-11-20T22:00"), "2026-11-23T09:00");
}

#[test]
fn missed_dates_can_be_told() {
    let missed = |rule: &str, was_due: &str, at: &str| said(rules(rule).missed(due(was_due), new_york(at), &NewYork));
    assert_eq!(missed("FREQ=DAILY", "2026-11-17", "2026-11-20T10:00"), ["2026-11-18", "2026-11-19", "2026-11-20"]);
    assert_eq!(missed("FREQ=DAILY", "2026-11-18T18:00", "2026-11-20T10:00"), ["2026-11-19T18:00"]);
    assert_eq!(missed("FREQ=DAILY;COUNT=2", "2026-11-17", "2026-11-20T10:00"), ["2026-11-18"]);
    assert!(missed("FREQ=DAILY", "2026-11-20", "2026-11-20T10:00").is_empty());
    assert_eq!(missed("FREQ=MINUTELY;INTERVAL=5", "0001-01-01T00:00", "2026-11-20T10:00").len(), RuleSet::MOST_MISSED);
}

#[test]
fn a_count_counts_completions_and_skips() {
    let daily = rules("FREQ=DAILY;COUNT=3");
    let late = daily.complete(due("2026-11-10"), Schedule, new_york("2026-11-20T10:00"), &NewYork);
    let Next::Due { occurrence, rules: left } = late else { panic!("two more are left") };
    assert_eq!((occurrence.to_string().as_str(), left.to_string().as_str()), ("2026-11-21", "FREQ=DAILY;COUNT=2"));
    let Next::Due { rules: left, .. } = left.skip(occurrence, Schedule, utc("2026-11-20T15:00"), &NewYork) else {
        panic!("one more is left")
    };
    assert_eq!(left.to_string(), "FREQ=DAILY;COUNT=1");
    assert_eq!(left.complete(due("2026-11-22"), Schedule, utc("2026-11-22T15:00"), &NewYork), Next::Ended);
}

#[test]
fn a_count_is_shared_by_a_set() {
    let set = rules("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=14;COUNT=3\nFREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15;COUNT=3");
    assert_eq!(said(set.occurrences(due("2026-11-20"), &Floating)), ["2027-01-14", "2027-06-15", "2028-01-14"]);
    let five = set.clone().with_remaining_count(NonZeroU32::new(5));
    assert_eq!(five.remaining_count(), NonZeroU32::new(5));
    assert_eq!(five.occurrences(due("2026-11-20"), &Floating).count(), 5);
    assert_eq!(set.with_remaining_count(None).remaining_count(), None);
}

#[test]
fn until_is_a_day_that_still_counts() {
    assert_eq!(first("FREQ=DAILY;UNTIL=20261122", "2026-11-20", 9).len(), 3);
    assert_eq!(first("FREQ=DAILY;UNTIL=20261122", "2026-11-20T23:59", 9).len(), 3);
    assert_eq!(first("FREQ=HOURLY;INTERVAL=12;UNTIL=20261121", "2026-11-20T12:00", 9).len(), 3);
    assert_eq!(completed("FREQ=DAILY;UNTIL=20261122", "2026-11-22", Schedule, "2026-11-22T10:00"), "ended");
    assert_eq!(
        completed("FREQ=DAILY;INTERVAL=5;UNTIL=20261122", "2026-11-18", Completion, "2026-11-18T10:00"),
        "ended"
    );
}

#[test]
fn weeks_begin_where_the_rule_says() {
    assert_eq!(
        first("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU", "1997-08-05", 3),
        ["1997-08-05", "1997-08-10", "1997-08-19"]
    );
    let from_sunday = "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU";
    assert_eq!(first(from_sunday, "1997-08-05", 3), ["1997-08-05", "1997-08-17", "1997-08-19"]);
}

#[test]
fn several_rules_are_one_series() {
    let set = "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=14\nFREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15";
    assert_eq!(first(set, "2026-11-20", 3), ["2027-01-14", "2027-06-15", "2028-01-14"]);
    let overlapping = "FREQ=WEEKLY;BYDAY=MO,WE\nFREQ=WEEKLY;BYDAY=WE,FR";
    assert_eq!(first(overlapping, "2026-11-23", 4), ["2026-11-23", "2026-11-25", "2026-11-27", "2026-11-30"]);
    let mixed = "FREQ=DAILY;BYHOUR=9;BYMINUTE=0\nFREQ=HOURLY;INTERVAL=6";
    assert_eq!(first(mixed, "2026-11-20T06:00", 3), ["2026-11-20T06:00", "2026-11-20T09:00", "2026-11-20T12:00"]);
}

#[test]
fn a_week_without_a_day_is_the_weekday_of_the_start() {
    assert_eq!(first("FREQ=YEARLY;BYWEEKNO=20", "1997-05-14", 3), ["1997-05-14", "1998-05-13", "1999-05-19"]);
}

#[test]
fn hours_mean_nothing_all_day() {
    assert_eq!(first("FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", "2026-11-20", 2), ["2026-11-20", "2026-11-21"]);
}

#[test]
fn a_skip_counts_from_the_due_date_or_now() {
    assert_eq!(skipped("FREQ=DAILY", "2026-11-25", Schedule, "2026-11-20T10:00"), "2026-11-26");
    assert_eq!(skipped("FREQ=DAILY", "2026-11-15", Schedule, "2026-11-20T10:00"), "2026-11-21");
    assert_eq!(skipped("FREQ=DAILY;INTERVAL=10", "2026-11-30", Completion, "2026-11-20T10:00"), "2026-12-10");
    assert_eq!(skipped("FREQ=DAILY;INTERVAL=10", "2026-11-10", Completion, "2026-11-20T10:00"), "2026-11-30");
}

#[test]
fn the_first_date_is_found_however_old_the_series_is() {
    let first = |rule: &str, start: &str, from: &str| {
        rules(rule).first_on_or_after(due(start), due(from), &Floating).unwrap().to_string()
    };
    assert_eq!(first("FREQ=DAILY;INTERVAL=2", "1900-01-01", "2026-11-20"), "2026-11-20");
    assert_eq!(first("FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", "2026-11-20T10:00", "2026-11-20T10:01"), "2026-11-20T21:00");
    assert_eq!(first("FREQ=MINUTELY;INTERVAL=7", "0001-01-01T00:00", "2026-11-20T10:00"), "2026-11-20T10:03");
    assert_eq!(first("FREQ=MONTHLY;BYDAY=3FR", "2026-11-20", "2026-11-20"), "2026-11-20");
}

/// What quick add makes of phrases: rule, first date, anchor, and the dates that the editor shows after it.
const PREVIEWS: &[(&str, &str, RecurrenceAnchor, [&str; 2])] = &[
    ("FREQ=DAILY", "2026-11-20", Schedule, ["2026-11-21", "2026-11-22"]),
    ("FREQ=DAILY;INTERVAL=2", "2026-11-20", Schedule, ["2026-11-22", "2026-11-24"]),
    ("FREQ=MONTHLY;BYMONTHDAY=20", "2026-11-20", Schedule, ["2026-12-20", "2027-01-20"]),
    ("FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", "2026-11-20T21:00", Schedule, ["2026-11-21T09:00", "2026-11-21T21:00"]),
    ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-20T18:00", Schedule, ["2026-11-23T18:00", "2026-11-25T18:00"]),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23T09:15", Schedule, ["2026-11-24T09:15", "2026-11-25T09:15"]),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-24", Schedule, ["2026-12-08", "2026-12-22"]),
    ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2026-11-30", Schedule, ["2026-12-31", "2027-01-31"]),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30", Schedule, ["2026-12-31", "2027-01-31"]),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30", Schedule, ["2026-12-31", "2027-01-29"]),
    ("FREQ=MONTHLY;BYDAY=3FR", "2026-11-20", Schedule, ["2026-12-18", "2027-01-15"]),
    ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27T17:00", Schedule, ["2026-12-25T17:00", "2027-01-29T17:00"]),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=15", "2026-11-20", Schedule, ["2026-12-21", "2027-01-21"]),
    ("FREQ=MONTHLY;BYMONTHDAY=2,15,27", "2026-11-27", Schedule, ["2026-12-02", "2026-12-15"]),
    ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", "2026-12-31", Schedule, ["2027-12-31", "2028-12-31"]),
    ("FREQ=MONTHLY;INTERVAL=3", "2026-11-20", Completion, ["2027-02-20", "2027-05-20"]),
    ("FREQ=DAILY;INTERVAL=10", "2026-11-30", Completion, ["2026-12-10", "2026-12-20"]),
    ("FREQ=HOURLY;INTERVAL=12", "2026-11-20T21:00", Schedule, ["2026-11-21T09:00", "2026-11-21T21:00"]),
    ("FREQ=HOURLY", "2026-11-20T11:00", Schedule, ["2026-11-20T12:00", "2026-11-20T13:00"]),
    ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270103", "2026-11-23", Schedule, ["2026-11-30", "2026-12-07"]),
    ("FREQ=DAILY;COUNT=10", "2026-11-20", Schedule, ["2026-11-21", "2026-11-22"]),
    ("FREQ=WEEKLY;INTERVAL=2", "2026-12-01", Completion, ["2026-12-15", "2026-12-29"]),
];

#[test]
fn the_editor_shows_the_next_dates() {
    for (rule, was_due, anchor, expected) in PREVIEWS {
        let rules = rules(rule);
        assert_eq!(rules.to_string(), *rule, "one spelling");
        assert_eq!(rules.check(due(was_due)), Ok(()), "{rule}");
        for zone in [&Floating as &dyn Zone, &NewYork] {
            assert_eq!(said(rules.preview(due(was_due), *anchor, 2, &zone)), *expected, "{rule} {anchor:?}");
        }
    }
    let ends = rules("FREQ=DAILY;COUNT=3").preview(due("2026-11-20"), Schedule, 5, &Floating);
    assert_eq!(said(ends), ["2026-11-21", "2026-11-22"]);
}
