//! The examples of RFC 5545, section 3.8.5.3. Left out are those that stop at a time of day (`UNTIL` is a day here), and
//! shown are the first dates of those that never stop.

use super::*;

/// Start, rule, and the days, `/` between months: `1997-09 2 3 / 10 1`, a year before its first month.
const BY_DAY: &[(&str, &str, &str)] = &[
    ("1997-09-02", "FREQ=DAILY;COUNT=10", "1997-09 2 3 4 5 6 7 8 9 10 11"),
    ("1997-09-02", "FREQ=DAILY;INTERVAL=2", "1997-09 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 / 10 2 4"),
    ("1997-09-02", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09 2 12 22 / 10 2 12"),
    ("1997-09-02", "FREQ=WEEKLY;COUNT=10", "1997-09 2 9 16 23 30 / 10 7 14 21 28 / 11 4"),
    ("1997-09-02", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09 2 16 30 / 10 14 28 / 11 11 25 / 12 9 23"),
    ("1997-09-02", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09 2 4 9 11 16 18 23 25 30 / 10 2"),
    (
        "1997-09-01",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971223;WKST=SU;BYDAY=MO,WE,FR",
        "1997-09 1 3 5 15 17 19 29 / 10 1 3 13 15 17 27 29 31 / 11 10 12 14 24 26 28 / 12 8 10 12 22 .",
    ),
    ("1997-09-02", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09 2 4 16 18 30 / 10 2 14 16 ."),
    (
        "1997-09-05",
        "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        "1997-09 5 / 10 3 / 11 7 / 12 5 / 1998-01 2 / 2 6 / 3 6 / 4 3 / 5 1 / 6 5 .",
    ),
    ("1997-09-05", "FREQ=MONTHLY;UNTIL=19971223;BYDAY=1FR", "1997-09 5 / 10 3 / 11 7 / 12 5 ."),
    (
        "1997-09-07",
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "1997-09 7 28 / 11 2 30 / 1998-01 4 25 / 3 1 29 / 5 3 31 .",
    ),
    ("1997-09-22", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09 22 / 10 20 / 11 17 / 12 22 / 1998-01 19 / 2 16 ."),
    ("1997-09-28", "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09 28 / 10 29 / 11 28 / 12 29 / 1998-01 29 / 2 26"),
    (
        "1997-09-02",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
        "1997-09 2 15 / 10 2 15 / 11 2 15 / 12 2 15 / 1998-01 2 15 .",
    ),
    (
        "1997-09-30",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        "1997-09 30 / 10 1 31 / 11 1 30 / 12 1 31 / 1998-01 1 31 / 2 1 .",
    ),
    (
        "1997-09-10",
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "1997-09 10 11 12 13 14 15 / 1999-03 10 11 12 13 .",
    ),
    (
        "1997-09-02",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
        "1997-09 2 9 16 23 30 / 11 4 11 18 25 / 1998-01 6 13 20 27 / 3 3 10 17 24 31",
    ),
    (
        "1997-06-10",
        "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        "1997-06 10 / 7 10 / 1998-06 10 / 7 10 / 1999-06 10 / 7 10 / 2000-06 10 / 7 10 / 2001-06 10 / 7 10 .",
    ),
    (
        "1997-03-10",
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        "1997-03 10 / 1999-01 10 / 2 10 / 3 10 / 2001-01 10 / 2 10 / 3 10 / 2003-01 10 / 2 10 / 3 10 .",
    ),
    (
        "1997-01-01",
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "1997-01 1 / 4 10 / 7 19 / 2000-01 1 / 4 9 / 7 18 / 2003-01 1 / 4 10 / 7 19 / 2006-01 1 .",
    ),
    ("1997-05-19", "FREQ=YEARLY;BYDAY=20MO", "1997-05 19 / 1998-05 18 / 1999-05 17"),
    ("1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05 12 / 1998-05 11 / 1999-05 17"),
    ("1997-03-13", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03 13 20 27 / 1998-03 5 12 19 26 / 1999-03 4 11 18 25"),
    (
        "1997-06-05",
        "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
        "1997-06 5 12 19 26 / 7 3 10 17 24 31 / 8 7 14 21 28 / 1998-06 4 11 18 25 / 7 2 9 16 23 30 / 8 6 13 20 27",
    ),
    ("1997-09-02", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998-02 13 / 3 13 / 11 13 / 1999-08 13 / 2000-10 13"),
    (
        "1997-09-13",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "1997-09 13 / 10 11 / 11 8 / 12 13 / 1998-01 10 / 2 7 / 3 7 / 4 11 / 5 9 / 6 13",
    ),
    (
        "1996-11-05",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "1996-11 5 / 2000-11 7 / 2004-11 2",
    ),
    ("1997-09-04", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09 4 / 10 7 / 11 6 ."),
    (
        "1997-09-29",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "1997-09 29 / 10 30 / 11 27 / 12 30 / 1998-01 29 / 2 26 / 3 30",
    ),
    ("1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08 5 10 19 24 ."),
    ("1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08 5 17 19 31 ."),
    ("2007-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01 15 30 / 2 15 / 3 15 30 ."),
];

/// The days of a row, and whether it says that there are no more.
fn days(row: &str) -> (Vec<String>, bool) {
    let (row, is_all) = row.strip_suffix(" .").map_or((row, false), |row| (row, true));
    let mut year = "";
    let mut days = Vec::new();
    for month in row.split(" / ") {
        let (month, of_month) = month.split_once(' ').unwrap();
        let month = month.split_once('-').map_or(month, |(new_year, month)| {
            year = new_year;
            month
        });
        days.extend(of_month.split(' ').map(|day| format!("{year}-{month:0>2}-{day:0>2}")));
    }
    (days, is_all)
}

#[test]
fn examples_by_the_day() {
    for (start, rule, row) in BY_DAY {
        let (days, is_all) = days(row);
        let most = days.len() + usize::from(is_all);
        assert_eq!(said(rules(rule).occurrences(due(start), &Floating).take(most)), days, "{rule} from {start}");
        let timed = rules(rule);
        let timed = timed.occurrences(due(&format!("{start}T09:00")), &Floating).take(most);
        assert_eq!(timed.map(|next| next.date.to_string()).collect::<Vec<_>>(), days, "{rule} at nine");
    }
}

#[test]
fn an_end_in_utc_is_a_local_day() {
    let until = |text: &str| RuleSet::parse_in(text, &NewYork).unwrap();
    let daily = until("FREQ=DAILY;UNTIL=19971224T000000Z");
    assert_eq!(daily.to_string(), "FREQ=DAILY;UNTIL=19971223");
    assert_eq!(daily.occurrences(due("1997-09-02T09:00"), &Floating).count(), 113);
    let weekly = until("FREQ=WEEKLY;UNTIL=19971224T000000Z");
    assert_eq!(weekly.occurrences(due("1997-09-02T09:00"), &Floating).count(), 17);
    for january in ["FREQ=YEARLY;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "FREQ=DAILY;BYMONTH=1"] {
        let january = until(&format!("{january};UNTIL=20000131T140000Z"));
        assert_eq!(january.occurrences(due("1998-01-01T09:00"), &Floating).count(), 3 * 31);
    }
}

#[test]
fn examples_within_a_day() {
    let start = due("1997-09-02T09:00");
    let times = |rule: &str, most| {
        let rules = rules(rule);
        let times = rules.occurrences(start, &Floating).take(most);
        times.map(|next| next.clock.unwrap().to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(times("FREQ=MINUTELY;INTERVAL=15;COUNT=6", 9), "09:00 09:15 09:30 09:45 10:00 10:15");
    assert_eq!(times("FREQ=MINUTELY;INTERVAL=90;COUNT=4", 9), "09:00 10:30 12:00 13:30");
    let by_day = rules("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40");
    let by_minute = rules("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16");
    let two_days = said(by_day.occurrences(start, &Floating).take(48));
    assert_eq!(two_days, said(by_minute.occurrences(start, &Floating).take(48)));
    assert_eq!((two_days[23].as_str(), two_days[24].as_str()), ("1997-09-02T16:40", "1997-09-03T09:00"));
    // RFC 5545 stops this one at 17:00; here the whole last day counts.
    assert_eq!(times("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", 9), "09:00 12:00 15:00 18:00 21:00");
}
