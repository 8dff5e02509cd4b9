//! Texts that are no rules, rules that no day fits, and rules that are meant to keep a server busy.

use super::*;
use crate::{json::FromText, tasks::RecurrenceAnchor};
use std::time::{Duration, Instant};

fn code(text: &str) -> &'static str {
    RuleSet::parse(text).map_or_else(|error| error.code(), |rules| panic!("{rules} was taken"))
}

#[test]
fn each_fault_has_its_code() {
    for (text, expected) in [
        ("", "required"),
        (" \n\r\n ", "required"),
        ("every day", "not_a_part"),
        ("FREQ", "not_a_part"),
        ("FREQ=DAILY;;COUNT=2", "not_a_part"),
        ("FREQ=DAILY;BYEASTER=0", "unknown_part"),
        ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD", "unknown_part"),
        ("DTSTART=20261120;FREQ=DAILY", "unknown_part"),
        ("FREQ=DAILY;FREQ=DAILY", "repeated_part"),
        ("FREQ=DAILY;count=2;COUNT=2", "repeated_part"),
        ("INTERVAL=2", "no_frequency"),
        ("FREQ=FORTNIGHTLY", "unknown_frequency"),
        ("FREQ=", "unknown_frequency"),
        ("FREQ=SECONDLY", "too_often"),
        ("FREQ=MINUTELY", "too_often"),
        ("FREQ=MINUTELY;INTERVAL=4", "too_often"),
        ("FREQ=HOURLY;BYMINUTE=0,4", "too_often"),
        ("FREQ=HOURLY;BYMINUTE=0,58", "too_often"),
        ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=1,57", "too_often"),
        ("FREQ=DAILY;INTERVAL=0", "bad_number"),
        ("FREQ=DAILY;INTERVAL=-1", "bad_number"),
        ("FREQ=DAILY;INTERVAL=1.5", "bad_number"),
        ("FREQ=DAILY;INTERVAL=10001", "bad_number"),
        ("FREQ=DAILY;INTERVAL=99999999999999999999", "bad_number"),
        ("FREQ=DAILY;INTERVAL=٢", "bad_number"),
        ("FREQ=DAILY;COUNT=0", "bad_number"),
        ("FREQ=DAILY;COUNT=+3", "bad_number"),
        ("FREQ=DAILY;BYMONTH=13", "bad_number"),
        ("FREQ=DAILY;BYMONTH=-1", "bad_number"),
        ("FREQ=DAILY;BYMONTH=1,,2", "bad_number"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "bad_number"),
        ("FREQ=MONTHLY;BYMONTHDAY=-32768", "bad_number"),
        ("FREQ=YEARLY;BYYEARDAY=367", "bad_number"),
        ("FREQ=YEARLY;BYWEEKNO=54", "bad_number"),
        ("FREQ=DAILY;BYHOUR=24", "bad_number"),
        ("FREQ=DAILY;BYMINUTE=60", "bad_number"),
        ("FREQ=DAILY;BYSECOND=30", "bad_number"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "bad_number"),
        ("FREQ=WEEKLY;BYDAY=XX", "bad_weekday"),
        ("FREQ=WEEKLY;BYDAY=M", "bad_weekday"),
        ("FREQ=WEEKLY;BYDAY=é", "bad_weekday"),
        ("FREQ=MONTHLY;BYDAY=0MO", "bad_weekday"),
        ("FREQ=MONTHLY;BYDAY=54MO", "bad_weekday"),
        ("FREQ=MONTHLY;BYDAY=-128MO", "bad_weekday"),
        ("FREQ=WEEKLY;WKST=1MO", "bad_weekday"),
        ("FREQ=DAILY;UNTIL=20260230", "bad_until"),
        ("FREQ=DAILY;UNTIL=00000101", "bad_until"),
        ("FREQ=DAILY;UNTIL=2026-12-05", "bad_until"),
        ("FREQ=DAILY;UNTIL=20261205T2500", "bad_until"),
        ("FREQ=DAILY;UNTIL=20261205T250000Z", "bad_until"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20261205", "count_and_until"),
        ("FREQ=DAILY;COUNT=2\nFREQ=WEEKLY;COUNT=3", "uneven_counts"),
        ("FREQ=DAILY;COUNT=2\nFREQ=WEEKLY", "uneven_counts"),
        ("FREQ=MONTHLY;BYWEEKNO=20", "misplaced_part"),
        ("FREQ=DAILY;BYYEARDAY=100", "misplaced_part"),
        ("FREQ=WEEKLY;BYMONTHDAY=13", "misplaced_part"),
        ("FREQ=WEEKLY;BYDAY=1MO", "misplaced_part"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "misplaced_part"),
        ("FREQ=DAILY;BYSETPOS=1", "nothing_to_choose"),
    ] {
        assert_eq!(code(text), expected, "{text}");
    }
    assert_eq!(code(&format!("FREQ=DAILY;BYMONTH={}", "1,".repeat(2_000))), "too_long");
    let lines: Vec<_> =
        (1..=31).flat_map(|day| [1, 3].map(|month| format!("FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"))).collect();
    assert_eq!(code(&lines.join("\n")), "too_many");
}

#[test]
fn a_fault_is_a_sentence_that_quotes_little() {
    let fault = RuleSet::from_text("FREQ=DAILY;BYHOUR=25").unwrap_err();
    assert_eq!((fault.code, fault.detail.as_str()), ("bad_number", "BYHOUR takes numbers from 0 to 23, not “25”"));
    let fault = RuleSet::parse("FREQ=WEEKLY;BYDAY=2MO").unwrap_err();
    assert_eq!(fault.to_string(), "A number before a weekday does not go with FREQ=WEEKLY");
    let long = RuleSet::parse(&format!("FREQ={}", "x".repeat(3_000))).unwrap_err();
    assert!(long.to_string().len() < 150, "{long}");
}

#[test]
fn one_meaning_has_one_spelling() {
    for (text, spelling) in [
        (" rrule:freq=weekly;byday=fr,mo,fr;interval=1;wkst=mo; ", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ = DAILY ; INTERVAL = 02 ; BYSECOND=0", "FREQ=DAILY;INTERVAL=2"),
        ("BYMONTHDAY=-1,15,+2;FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=2,15,-1"),
        ("FREQ=MONTHLY;BYDAY=-1FR,2TU,+1MO,SU", "FREQ=MONTHLY;BYDAY=SU,1MO,2TU,-1FR"),
        ("FREQ=DAILY;UNTIL=20261205T235959Z", "FREQ=DAILY;UNTIL=20261205"),
        ("FREQ=DAILY;UNTIL=20261205T090000", "FREQ=DAILY;UNTIL=20261205"),
        ("WKST=SU;UNTIL=20261205;FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20261205;WKST=SU"),
        ("FREQ=DAILY\r\n\r\nRRULE:FREQ=WEEKLY\nfreq=daily", "FREQ=DAILY\nFREQ=WEEKLY"),
    ] {
        assert_eq!(rules(text).to_string(), spelling);
    }
}

#[test]
fn rules_that_suit_no_start_are_refused() {
    let checked = |rule: &str, start: &str| rules(rule).check(due(start)).map_err(|error| error.code());
    for impossible in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=YEARLY;INTERVAL=1000;BYMONTH=1",
        "FREQ=YEARLY;BYMONTH=12;BYWEEKNO=20",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2",
        "FREQ=DAILY\nFREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ] {
        assert_eq!(checked(impossible, "2026-11-20"), Err("impossible_rule"), "{impossible}");
    }
    assert_eq!(checked("FREQ=HOURLY;INTERVAL=24;BYHOUR=5", "2026-11-20T06:00"), Err("impossible_rule"));
    assert_eq!(checked("FREQ=HOURLY", "2026-11-20"), Err("needs_time"));
    assert_eq!(checked("FREQ=DAILY;UNTIL=20261119", "2026-11-20"), Err("ends_before_start"));
    assert_eq!(checked("FREQ=MONTHLY;BYMONTHDAY=30;UNTIL=20261129", "2026-11-20"), Err("ends_before_start"));
    for (possible, start) in [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-11-20"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU", "2026-11-20"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=13;BYDAY=FR", "2026-11-20"),
        ("FREQ=YEARLY;BYWEEKNO=53", "2026-11-20"),
        ("FREQ=YEARLY;INTERVAL=10", "2026-11-20"),
        ("FREQ=DAILY;UNTIL=20261120", "2026-11-20"),
    ] {
        assert_eq!(checked(possible, start), Ok(()), "{possible}");
    }
}

#[test]
fn the_years_1_and_9999_are_edges_and_not_faults() {
    assert_eq!(
        said(rules("FREQ=WEEKLY;BYDAY=MO,SU").occurrences(due("0001-01-01"), &Floating).take(2)),
        ["0001-01-01", "0001-01-07"]
    );
    for (rule, start) in [
        ("FREQ=DAILY", "9999-12-31"),
        ("FREQ=WEEKLY;WKST=WE;BYDAY=MO,FR", "9999-12-31"),
        ("FREQ=MONTHLY", "9999-12-31"),
        ("FREQ=YEARLY;INTERVAL=10000", "9999-12-31"),
        ("FREQ=YEARLY;BYWEEKNO=52,53;BYDAY=FR", "9999-12-31"),
        ("FREQ=HOURLY", "9999-12-31T23:30"),
        ("FREQ=MINUTELY;INTERVAL=10000;BYDAY=FR", "9999-12-31T23:59"),
    ] {
        let set = rules(rule);
        assert_eq!(said(set.occurrences(due(start), &Floating)), [start], "{rule}");
        for anchor in [RecurrenceAnchor::Schedule, RecurrenceAnchor::Completion] {
            let at = due(start).instant(&Floating).unwrap();
            assert_eq!(set.complete(due(start), anchor, at, &Floating), Next::Ended, "{rule}");
            let beyond = Timestamp::from_millis(i64::MAX);
            assert_eq!(set.complete(due(start), anchor, beyond, &Floating), Next::Ended);
        }
    }
}

#[test]
fn hostile_rules_do_not_take_long() {
    let every_day = (1..=366).map(|day| day.to_string()).collect::<Vec<_>>().join(",");
    let every_hour = (0..24).map(|hour| hour.to_string()).collect::<Vec<_>>().join(",");
    let every_time = format!("BYHOUR={every_hour};BYMINUTE=0,5,10,15,20,25,30,35,40,45,50,55");
    let rules_to_try = [
        "FREQ=MINUTELY;INTERVAL=5".to_owned(),
        "FREQ=MINUTELY;INTERVAL=5;BYHOUR=3;BYMINUTE=59;BYMONTH=2;BYMONTHDAY=29".to_owned(),
        "FREQ=MINUTELY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=30".to_owned(),
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=1".to_owned(),
        "FREQ=DAILY;INTERVAL=10000;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO".to_owned(),
        format!("FREQ=YEARLY;BYYEARDAY={every_day};{every_time};BYSETPOS=-1,1,366"),
        format!("FREQ=YEARLY;BYYEARDAY={every_day};BYDAY=53MO;BYMONTH=6"),
        (1..=8)
            .map(|days| format!("FREQ=DAILY;INTERVAL={days};BYMONTH=2;BYMONTHDAY=30"))
            .collect::<Vec<_>>()
            .join("\n"),
    ];
    for rule in rules_to_try {
        let set = rules(&rule);
        for start in ["0001-01-01T00:00", "1900-01-01T00:00", "9999-12-31T00:00"] {
            let began = Instant::now();
            let _ = set.check(due(start));
            let _ = set.complete(due(start), RecurrenceAnchor::Schedule, utc("2026-11-20T10:00"), &Floating);
            let _ = set.preview(due(start), RecurrenceAnchor::Schedule, 5, &Floating);
            let _ = set.missed(due(start), utc("2026-11-20T10:00"), &Floating);
            // Generous: this is a build without optimisation on a machine that does other things.
            assert!(began.elapsed() < Duration::from_secs(5), "{rule} from {start}: {:?}", began.elapsed());
        }
    }
}
