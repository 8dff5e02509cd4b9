//! What filters mean, as tables and as properties over any text.

use super::{Expression, Filter, Stretch, Surroundings, Term};
use crate::{
    Timestamp,
    accounts::WeekStart,
    calendar::{Date, format_date, parse_date},
    ids::{ProjectId, TaskId},
    tasks::{Direction, Sort, Task},
};
use proptest::prelude::*;
use serde_json::json;

fn written(text: &str) -> String {
    Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).to_string()
}

#[test]
fn filters_are_written_in_one_way() {
    for (typed, canonical) in [
        ("", ""),
        ("  #home  ", "#home"),
        ("#a #b|#c", "#a #b | #c"),
        ("#a (#b|#c)", "#a (#b | #c)"),
        ("(#a or #b) and not #c", "(#a | #b) -#c"),
        ("#a AND (#b & (#c))", "#a #b #c"),
        ("--#a", "#a"),
        ("-(#a | #b)", "-(#a | #b)"),
        ("p1 | P4 | !2 | !!! | !MED | priority:low", "!high | !none | !medium | !high | !medium | !low"),
        ("no:due", "no:due"),
        ("due:none", "no:due"),
        ("due:any", "has:due"),
        ("-has:notes", "no:notes"),
        ("in:inbox", "no:project"),
        ("has:priority", "-!none"),
        ("is:open is:done is:completed", "is:open is:done is:done"),
        ("is:parent is:subtask is:recurring is:archived", "has:subtasks is:subtask is:recurring is:archived"),
        ("today", "due:today"),
        ("overdue | is:overdue", "overdue | overdue"),
        ("due:Today..+7D", "due:today..+7d"),
        ("due:today..today", "due:today"),
        ("due:..tomorrow start:>=-2weeks", "due:..tomorrow start:-2w.."),
        ("due:next week", "due:next week"),
        ("due:This Week..next month milk", "due:this week..next month milk"),
        ("deadline:<2026-12-01 created:>2026-11", "deadline:<2026-12-01 created:>2026-11"),
        ("completed:2026 updated:-1m", "completed:2026 updated:-1m"),
        ("due:friday due:\"last quarter\"", "due:fri due:last quarter"),
        ("project:House +House in:\"My House\"", "project:House project:House project:\"My House\""),
        ("#\"two words\" tag:home label:x", "#\"two words\" #home #x"),
        ("plumber \"call back\" text:\"today\"", "plumber text:\"call back\" text:today"),
        (r#""say \"hi\" \\ bye""#, r#"text:"say \"hi\" \\ bye""#),
        ("10:30 a-b 5% - it's", "text:\"10:30\" text:a-b text:5% text:- it's"),
        ("-word -\"two words\"", "-word -text:\"two words\""),
        ("#a sort:due ORDER:desc", "#a sort:due order:desc"),
        ("#a | #b sort:title", "(#a | #b) sort:title"),
        ("sort:priority", "sort:priority"),
    ] {
        assert_eq!(written(typed), canonical, "{typed}");
        assert_eq!(written(canonical), canonical, "{typed} read again");
    }
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    for (text, code, start, end) in [
        ("#home due:soon", "invalid_date", 6, 14),
        ("due:next wek", "invalid_date", 0, 12),
        ("ümlaut foo:bar", "unknown_term", 7, 14),
        ("is:maybe", "unknown_choice", 0, 8),
        ("has:wings #a", "unknown_choice", 0, 9),
        ("!urgent", "unknown_choice", 0, 7),
        ("priority:9", "unknown_choice", 0, 10),
        ("sort:colour", "unknown_choice", 0, 11),
        ("due:", "missing_value", 0, 4),
        ("#", "required", 0, 1),
        ("text:\"\"", "missing_value", 0, 7),
        ("a (b | c", "unmatched_parenthesis", 2, 3),
        ("a) b", "unmatched_parenthesis", 1, 2),
        ("()", "missing_operand", 1, 2),
        ("a |", "missing_operand", 2, 3),
        ("| a", "missing_operand", 0, 1),
        ("a & & b", "missing_operand", 4, 5),
        ("not", "missing_operand", 0, 3),
        ("a \"b c", "unclosed_quote", 2, 6),
        ("(sort:due)", "misplaced_order", 1, 9),
        ("-sort:due", "misplaced_order", 1, 9),
        ("#a | sort:due", "missing_operand", 3, 4),
        ("sort:due sort:title", "repeated_order", 9, 19),
        ("due:2026-12-02..2026-12-01", "out_of_range", 0, 26),
        ("due:2026-02-30", "invalid_date", 0, 14),
        ("due:+99999999999d", "invalid_date", 0, 17),
        ("a\tb\0", "control_character", 1, 2),
    ] {
        let error = Filter::parse(text).expect_err(text);
        assert_eq!((error.code, error.start, error.end), (code, start, end), "{text}: {error}");
    }
}

#[test]
fn length_depth_and_number_are_bounded() {
    let code = |text: String| Filter::parse(&text).map_err(|error| error.code);
    assert_eq!(code("x".repeat(1001)), Err("too_long"));
    assert_eq!(code("(".repeat(500)), Err("too_deep"));
    assert_eq!(code(format!("{}x", "-".repeat(500))), Err("too_deep"));
    assert_eq!(code("not ".repeat(200)), Err("too_deep"));
    assert_eq!(code("a ".repeat(51)), Err("too_many"));
    assert!(code("a ".repeat(50)).is_ok());
    assert_eq!(code(format!("text:{}", "x".repeat(201))), Err("too_long"));
}

#[test]
fn orders_are_read_beside_conditions() {
    let filter = Filter::parse("sort:created #home order:asc").unwrap();
    assert_eq!((filter.sort, filter.order), (Some(Sort::Created), Some(Direction::Ascending)));
    assert!(matches!(filter.expression, Some(Expression::Term(Term::Tag(_)))));
}

#[test]
fn stretches_are_seen_from_today() {
    let friday = parse_date("2026-11-20").unwrap();
    for (said, first, last) in [
        ("today", "2026-11-20", "2026-11-20"),
        ("yesterday", "2026-11-19", "2026-11-19"),
        ("+7d", "2026-11-27", "2026-11-27"),
        ("-1w", "2026-11-13", "2026-11-13"),
        ("+3m", "2027-02-20", "2027-02-20"),
        ("-1y", "2025-11-20", "2025-11-20"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("next week", "2026-11-23", "2026-11-29"),
        ("last week..next week", "2026-11-09", "2026-11-29"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("fri", "2026-11-27", "2026-11-27"),
        ("saturday", "2026-11-21", "2026-11-21"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("<today", "", "2026-11-19"),
        ("<=next week", "", "2026-11-29"),
        (">this week", "2026-11-23", ""),
        ("+9999y", "9999-12-31", "9999-12-31"),
        ("-9999y", "0001-01-01", "0001-01-01"),
    ] {
        let days = Stretch::parse(said).unwrap().days(friday, WeekStart::Monday);
        let text = |day: Option<Date>| day.map(format_date).unwrap_or_default();
        assert_eq!((text(days.first).as_str(), text(days.last).as_str()), (first, last), "{said}");
    }
    let sunday_first = Stretch::parse("this week").unwrap().days(friday, WeekStart::Sunday);
    assert_eq!(sunday_first.first.map(format_date).as_deref(), Some("2026-11-15"));
}

/// A world in UTC with one project, archived or not, and no subtasks.
struct World {
    archived: bool,
}

impl Surroundings for World {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_795_168_800_000)
    }

    fn day_of(&self, instant: Timestamp) -> Date {
        parse_date(&instant.to_string()[..10]).unwrap()
    }

    fn week_start(&self) -> WeekStart {
        WeekStart::Monday
    }

    fn is_in_project(&self, _: ProjectId, name: &str) -> bool {
        name.eq_ignore_ascii_case("house")
    }

    fn is_archived(&self, _: ProjectId) -> bool {
        self.archived
    }

    fn has_subtasks(&self, _: TaskId) -> bool {
        false
    }
}

fn task(fields: &serde_json::Value) -> Task {
    let mut task = json!({
        "id": "0193a5f0-1111-7abc-8def-000000000001", "user_id": "0193a5f0-1111-7abc-8def-000000000001",
        "project_id": null, "parent_id": null, "title": "Call the plumber", "notes": null, "is_completed": false,
        "completed_at": null, "priority": "none", "tags": [], "due_date": null, "due_time": null, "time_zone": null,
        "due_at": null, "start_date": null, "deadline": null, "duration_min": null, "rrule": null,
        "rrule_anchor": null, "position": "a0", "revision": 1, "created_at": "2026-11-20T09:00:00.000Z",
        "updated_at": "2026-11-20T09:00:00.000Z", "deleted_at": null,
    });
    for (name, value) in fields.as_object().unwrap() {
        task[name] = value.clone();
    }
    serde_json::from_value(task).unwrap()
}

#[test]
fn a_filter_judges_a_task() {
    let world = World { archived: false };
    let due = task(&json!({
        "due_date": "2026-11-20", "due_at": "2026-11-20T23:59:59.999Z", "priority": "high", "tags": ["Home"],
        "project_id": "0193a5f0-1111-7abc-8def-000000000009",
    }));
    for text in
        ["", "today", "due:this week", "!high", "#HOME", "project:house", "plumb", "pl", "-someday", "home", "#x | p1"]
    {
        assert!(Filter::parse(text).unwrap().matches(&due, &world), "{text}");
    }
    for text in ["overdue", "tomorrow", "no:due", "lumb -#home", "um", "is:done", "in:inbox", "#home p2", "is:archived"]
    {
        assert!(!Filter::parse(text).unwrap().matches(&due, &world), "{text}");
    }
    let archive = World { archived: true };
    assert!(!Filter::parse("#home").unwrap().matches(&due, &archive), "archived projects are left out");
    assert!(Filter::parse("#home is:archived").unwrap().matches(&due, &archive));
    let done = task(&json!({"is_completed": true, "completed_at": "2026-11-19T10:00:00.000Z"}));
    assert!(!Filter::parse("plumber").unwrap().matches(&done, &world), "done tasks are left out");
    for text in ["is:done", "completed:yesterday", "plumber (is:open | is:done)"] {
        assert!(Filter::parse(text).unwrap().matches(&done, &world), "{text}");
    }
    let late = task(&json!({"due_date": "2026-11-19", "due_at": "2026-11-19T23:59:59.999Z"}));
    assert!(Filter::parse("overdue due:<today").unwrap().matches(&late, &world));
    let binned = task(&json!({"deleted_at": "2026-11-19T10:00:00.000Z"}));
    assert!(!Filter::parse("").unwrap().matches(&binned, &world));
}

#[test]
fn every_match_contains_the_required_text() {
    let patterns = |text: &str| -> Vec<String> {
        let wanted = Filter::parse(text).unwrap().required_text();
        wanted.iter().map(|wanted| wanted.pattern().to_owned()).collect()
    };
    assert_eq!(patterns("Plumber #home call"), ["plumber", "call"]);
    assert_eq!(patterns("one"), ["one"]);
    assert!(patterns("one | two").is_empty() && patterns("-one").is_empty() && patterns("(one | two) #x").is_empty());
}

fn any_words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "(",
        ")",
        "|",
        "&",
        "-",
        "or",
        "and",
        "not",
        "due:",
        "today",
        "..",
        "+7d",
        "next",
        "week",
        "#",
        "home",
        "!",
        "high",
        "\"",
        "is:",
        "done",
        "no:",
        "project:",
        "+",
        "sort:due",
        "order:desc",
        "text:",
        "\\",
        " ",
        " ",
        " ",
        "ü",
        "p1",
        "overdue",
        "2026-11-20",
        "<",
        ">=",
        "has:notes",
        "x",
    ]);
    prop::collection::vec(word, 0..24).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_written_reads_as_the_same(text in any_words()) {
        if let Ok(filter) = Filter::parse(&text) {
            let written = filter.to_string();
            let again = Filter::parse(&written);
            prop_assert_eq!(again.as_ref(), Ok(&filter), "{} was written as {}", text, written);
            prop_assert_eq!(again.map(|again| again.to_string()), Ok(written));
        }
    }

    #[test]
    fn any_text_is_read_without_panic_and_faults_have_a_place(text in prop_oneof![any_words(), "\\PC{0,60}"]) {
        match Filter::parse(&text) {
            Ok(filter) => {
                filter.matches(&task(&json!({})), &World { archived: false });
            }
            Err(error) => {
                prop_assert!(error.start <= error.end && error.end <= text.chars().count());
                prop_assert!(!error.detail.is_empty());
            }
        }
    }
}
