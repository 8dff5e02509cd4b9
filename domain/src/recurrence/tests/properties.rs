//! Laws that hold for every rule.

use super::*;
use crate::tasks::RecurrenceAnchor;
use proptest::prelude::*;

fn numbers(range: std::ops::RangeInclusive<i16>) -> impl Strategy<Value = String> {
    proptest::collection::vec(range.prop_filter("nought is no day", |number| *number != 0), 1..5)
        .prop_map(|numbers| numbers.iter().map(i16::to_string).collect::<Vec<_>>().join(","))
}

fn part(name: &'static str, values: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    proptest::option::weighted(0.15, values)
        .prop_map(move |value| value.map_or(String::new(), |value| format!(";{name}={value}")))
}

/// Rules of every frequency; the few whose parts do not go together are left out.
fn any_rules() -> impl Strategy<Value = RuleSet> {
    let frequency = proptest::sample::select(Frequency::ALL.to_vec());
    let days = proptest::collection::vec("[1-5]?(MO|TU|WE|TH|FR|SA|SU)", 1..4).prop_map(|days| days.join(","));
    let parts = (
        part("BYMONTH", numbers(1..=12)),
        part("BYWEEKNO", numbers(-53..=53)),
        part("BYYEARDAY", numbers(-366..=366)),
        part("BYMONTHDAY", numbers(-31..=31)),
        part("BYDAY", days),
        part("BYHOUR", numbers(1..=23)),
        part("BYMINUTE", numbers(1..=59)),
        part("BYSETPOS", numbers(-9..=9)),
        part("WKST", "(SU|SA|WE)"),
        prop_oneof![Just(String::new()), "COUNT=[1-9]", "UNTIL=20[2-4][0-9]0[1-9]1[0-9]"],
    );
    let rule = (frequency, 5_u16..40, parts).prop_map(|(frequency, interval, parts)| {
        let (months, weeks, year_days, month_days, days, hours, minutes, positions, week_start, end) = parts;
        format!(
            "FREQ={frequency};INTERVAL={interval}{months}{weeks}{year_days}{month_days}{days}{hours}{minutes}{positions}{week_start};{end}"
        )
    });
    let rules = proptest::collection::vec(rule, 1..3);
    rules.prop_filter_map("parts that do not go together", |rules| RuleSet::parse(&rules.join("\n")).ok())
}

fn any_start() -> impl Strategy<Value = Occurrence> {
    let dates = prop_oneof![2_415_021..2_634_167, Just(1_721_426), Just(5_373_484), 2_461_000..2_462_000];
    (dates, proptest::option::of(0_u16..1440)).prop_map(|(day, minutes)| {
        Occurrence::new(Date::from_julian_day(day).unwrap(), minutes.and_then(ClockTime::from_minutes))
    })
}

fn any_anchor() -> impl Strategy<Value = RecurrenceAnchor> {
    proptest::sample::select(RecurrenceAnchor::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 100_000, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn dates_increase_and_keep_their_bounds(rules in any_rules(), start in any_start()) {
        let dates: Vec<_> = rules.occurrences(start, &Floating).take(30).collect();
        for (earlier, later) in dates.iter().zip(dates.iter().skip(1)) {
            prop_assert!(earlier.wall() < later.wall(), "{rules}: {earlier} {later}");
        }
        prop_assert!(dates.iter().all(|date| date.date >= start.date && (date.clock >= start.clock || date.date > start.date)));
        if let Some(count) = rules.remaining_count() {
            prop_assert!(dates.len() <= usize::try_from(count.get()).unwrap());
        }
        let last_day = rules.rules().iter().map(Rule::last_day).max().unwrap();
        prop_assert!(dates.iter().all(|date| date.date <= last_day));
    }

    #[test]
    fn what_is_written_is_read_the_same(rules in any_rules()) {
        let written = rules.to_string();
        prop_assert_eq!(RuleSet::parse(&written), Ok(rules.clone()));
        prop_assert_eq!(RuleSet::parse(&written.to_lowercase()), Ok(rules.clone()));
        prop_assert_eq!(serde_json::from_value::<RuleSet>(serde_json::to_value(&rules).unwrap()).unwrap(), rules);
    }

    #[test]
    fn a_jump_lands_where_walking_does(rules in any_rules(), start in any_start(), steps in 0_usize..20) {
        let endless = rules.with_remaining_count(None);
        if let Some(target) = endless.occurrences(start, &Floating).nth(steps) {
            prop_assert_eq!(endless.first_on_or_after(start, target, &Floating).map(|found| found.wall()), Some(target.wall()));
            prop_assert!(endless.occurrences(start, &Floating).take(steps).all(|earlier| earlier.wall() < target.wall()));
        }
    }

    #[test]
    fn the_next_date_is_after_the_completion(
        rules in any_rules(), start in any_start(), late in -100_000_i64..10_000_000, anchor in any_anchor(),
    ) {
        let completed_at = start.instant(&NewYork).unwrap().plus_seconds(late * 60);
        if let Next::Due { occurrence, rules: left } = rules.complete(start, anchor, completed_at, &NewYork) {
            prop_assert!(NewYork.local(completed_at).is_none_or(|local| occurrence.date >= local.date));
            prop_assert!(occurrence.clock.is_none() || occurrence.instant(&NewYork).unwrap() > completed_at);
            prop_assert!(anchor == RecurrenceAnchor::Completion || occurrence.wall() > start.wall());
            let used = rules.remaining_count().map_or(0, |count| count.get()) - left.remaining_count().map_or(0, |count| count.get());
            prop_assert_eq!(used, u32::from(rules.remaining_count().is_some()));
        }
    }

    #[test]
    fn every_rule_can_be_described(rules in any_rules()) {
        let sentence = describe(&rules);
        prop_assert!(sentence.starts_with("Every ") && !sentence.contains("  "), "{sentence}");
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}") {
        let _ = RuleSet::parse(&text);
    }

    #[test]
    fn almost_rules_are_read_without_panic(
        text in "(RRULE:)?FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY|HOURLY);(BYDAY|COUNT|UNTIL|BYSETPOS|BYHOUR|WKST)=[-+0-9A-Zé,;=TZ]{0,20}",
    ) {
        if let Ok(rules) = RuleSet::parse(&text) {
            let _ = rules.check(due("2026-11-20T10:00"));
            prop_assert_eq!(RuleSet::parse(&rules.to_string()), Ok(rules));
        }
    }
}
