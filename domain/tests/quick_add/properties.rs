//! What holds for any text whatever, and for any salad of the words that quick add knows.

use domain::{
    accounts::{Clock, DateOrder, QuickAddProfile, WeekStart},
    calendar::{ClockTime, LocalTime, parse_date},
    quick_add::{Ignored, MOST_LINES, Names, Parsed, Settings, parse, parse_lines, render},
};
use proptest::{collection::vec, prelude::*, sample::select};

const WORDS: &[&str] = &[
    "every",
    "every!",
    "ev",
    "each",
    "other",
    "after",
    "in",
    "+3d",
    "+",
    "@5pm",
    "@",
    "at",
    "on",
    "the",
    "by",
    "due",
    "last",
    "first",
    "3rd",
    "15th",
    "31st",
    "2",
    "15,",
    "27",
    "0",
    "9999",
    "mon",
    "mon,",
    "friday",
    "sat,sun",
    "and",
    "workday",
    "weekend",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "quarter",
    "year",
    "hours",
    "30",
    "min",
    "jan",
    "feb",
    "29",
    "30th",
    "may",
    "2027",
    "2026-12-05",
    "2026-12-05T06:40Z",
    "31.12.",
    "12/5",
    "25/12/27",
    "5pm",
    "5",
    "pm",
    "17:00",
    "9:30-10:15",
    "9-10am",
    "noon",
    "morning",
    "tonight",
    "evening",
    "1630",
    "Asia/Tokyo",
    "Z",
    "+02:00",
    "starting",
    "from",
    "until",
    "ending",
    "for",
    "10",
    "times",
    "except",
    "daily",
    "monthly",
    "yearly",
    "hourly",
    "today",
    "tom",
    "tomorrow",
    "next",
    "this",
    "end",
    "of",
    "eom",
    "mid",
    "new",
    "year's",
    "eve",
    "halloween",
    "remind",
    "me",
    "15m",
    "before",
    "{fri}",
    "{nov",
    "30}",
    "#home",
    "#\"a b\"",
    "+House",
    "@alice",
    "!high",
    "!!!",
    "!1",
    "!30",
    "p1",
    "p4",
    "*tag",
    "/Admin",
    "(A)",
    "rec:+1w",
    "rec:2b",
    "due:2026-12-01",
    "2026-11-01",
    "//",
    "note",
    "\"quoted",
    "words\"",
    "\\tomorrow",
    "\\",
    "Call",
    "mom",
    "up",
    "to",
    "milk,",
    "a.m.",
    "اتصل",
    "👨‍👩‍👧",
    "e\u{301}",
    "\u{a0}",
    "\0",
    "\n",
    "\t",
    "https://ex.com/#a",
    "team@ex.com",
    "-",
    ",",
    "!",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        vec(select(WORDS), 0..12).prop_map(|words| words.join(" ")),
        vec(select(WORDS), 0..8).prop_map(|words| words.concat()),
        "\\PC{0,40}",
        any::<String>(),
    ]
}

fn settings() -> impl Strategy<Value = Settings> {
    (select(QuickAddProfile::ALL), select(DateOrder::ALL), select(Clock::ALL), select(WeekStart::ALL)).prop_map(
        |(profile, date_order, clock, week_start)| Settings {
            profile,
            date_order,
            clock,
            week_start,
            ..Settings::default()
        },
    )
}

fn now() -> impl Strategy<Value = LocalTime> {
    const DATES: &[&str] = &["2026-11-20", "2028-02-29", "2027-01-31", "9999-12-31", "0001-01-01", "2026-11-22"];
    (select(DATES), 0..1440_u16).prop_map(|(date, minutes)| LocalTime {
        date: parse_date(date).unwrap(),
        clock: ClockTime::from_minutes(minutes).unwrap(),
    })
}

fn read(text: &str, now: LocalTime, settings: &Settings) -> Parsed {
    parse(text, now, settings, &Names::default(), &[])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn spans_slice_the_text_in_order(text in text(), now in now(), settings in settings()) {
        let parsed = read(&text, now, &settings);
        let length = text.chars().count();
        let mut after = 0;
        for span in &parsed.spans {
            prop_assert!(after <= span.start && span.start < span.end && span.end <= length, "{span:?}");
            after = span.end;
        }
        for span in &parsed.alternatives {
            prop_assert!(span.start < span.end && span.end <= length, "{span:?}");
        }
    }

    #[test]
    fn a_title_is_empty_only_where_there_are_but_marks(text in text(), now in now(), settings in settings()) {
        let parsed = read(&text, now, &settings);
        prop_assert_eq!(parsed.lacks_title(), parsed.title.trim().is_empty());
        if parsed.lacks_title() && !text.trim().is_empty() {
            prop_assert!(!parsed.spans.is_empty());
            prop_assert!(parsed.due_date.is_none() && parsed.deadline.is_none());
        }
    }

    #[test]
    fn what_is_written_reads_the_same(text in text(), now in now(), settings in settings()) {
        let parsed = read(&text, now, &settings);
        let line = render(&parsed, now, &settings);
        let again = read(&line, now, &settings);
        prop_assert!(again.means_the_same_as(&parsed), "{line:?}: {again:?} instead of {parsed:?}");
        prop_assert_eq!(render(&again, now, &settings), line);
    }

    #[test]
    fn what_is_ignored_stays_in_the_title(text in text(), now in now(), settings in settings()) {
        for span in read(&text, now, &settings).spans {
            let ignored = [Ignored::Range { start: span.start, end: span.end }];
            let parsed = parse(&text, now, &settings, &Names::default(), &ignored);
            let overlaps = parsed.spans.iter().any(|other| {
                other.kind != domain::quick_add::SpanKind::Notes && other.start < span.end && span.start < other.end
            });
            prop_assert!(!overlaps, "{span:?} in {:?}", parsed.spans);
        }
    }

    #[test]
    fn lines_have_parents_above_them(text in "([ \t]{0,4}[a-z]{0,3}\r?\n){0,12}", now in now()) {
        let lines = parse_lines(&text, now, &Settings::default(), &Names::default(), &[]).unwrap();
        prop_assert_eq!(lines.len(), text.lines().filter(|line| !line.trim().is_empty()).count());
        for (number, line) in lines.iter().enumerate() {
            prop_assert!(line.parent.is_none_or(|parent| parent < number));
        }
    }
}

#[test]
fn a_paste_of_ten_thousand_lines_is_refused_in_words() {
    let now = LocalTime { date: parse_date("2026-11-20").unwrap(), clock: ClockTime::MIDNIGHT };
    let read = |lines: usize| {
        parse_lines(&"Buy milk tomorrow\n".repeat(lines), now, &Settings::default(), &Names::default(), &[])
    };
    assert_eq!(read(MOST_LINES).unwrap().len(), MOST_LINES);
    let refused = read(10_000).unwrap_err();
    assert_eq!(refused.fields()[0].code, "too_many_lines");
    assert!(refused.to_string().contains("500"));
}

#[test]
fn a_long_line_takes_no_longer_per_word_than_a_short_one() {
    let now = LocalTime { date: parse_date("2026-11-20").unwrap(), clock: ClockTime::MIDNIGHT };
    for piece in
        ["{a ", "#tag1 ", "\"a ", "+\"a ", "every 1, ", "remind me ", "9am and ", "!high ", "mon ", "// ", "new "]
    {
        let parsed = parse(&piece.repeat(5_000), now, &Settings::default(), &Names::default(), &[]);
        assert!(parsed.spans.len() <= 5_001);
    }
}
