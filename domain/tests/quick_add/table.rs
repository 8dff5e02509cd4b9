//! Runs the tables of lines. A case names only the fields that are not null, empty or none; all are compared.

use domain::{
    accounts::{Clock, DateOrder, QuickAddProfile, WeekStart},
    calendar::{LocalTime, parse_date},
    json::FromText,
    quick_add::{Names, Settings, parse},
};
use serde_json::{Map, Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn choice<T: FromText + Default>(settings: &Value, name: &str) -> T {
    settings[name].as_str().map(|text| T::from_text(&text.to_lowercase()).unwrap()).unwrap_or_default()
}

fn settings(case: &Value) -> Settings {
    let settings = &case["settings"];
    Settings {
        profile: choice::<QuickAddProfile>(settings, "profile"),
        date_order: choice::<DateOrder>(settings, "date_order"),
        clock: choice::<Clock>(settings, "clock"),
        week_start: choice::<WeekStart>(settings, "week_start"),
        ..Settings::default()
    }
}

fn now(case: &Value) -> LocalTime {
    let (date, clock) = case["now"].as_str().unwrap_or("2026-11-20T10:00").split_once('T').unwrap();
    LocalTime { date: parse_date(date).unwrap(), clock: clock.parse().unwrap() }
}

/// What a case leaves out is null, empty or none.
fn whole(task: &Value) -> Map<String, Value> {
    let mut whole = json!({
        "title": "", "notes": null, "due_date": null, "due_time": null, "time_zone": null, "rrule": null,
        "rrule_anchor": null, "priority": "none", "tags": [], "project": null, "deadline": null, "duration_min": null,
        "reminders": [], "assignee": null, "section": null, "created": null,
    });
    for (field, value) in task.as_object().unwrap() {
        whole[field] = value.clone();
    }
    whole.as_object().unwrap().clone()
}

fn run(table: &str) {
    let cases: Vec<Value> = serde_json::from_str(table).unwrap();
    let mut failures = Vec::new();
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let parsed = parse(text, now(case), &settings(case), &Names::default(), &[]);
        let parsed = serde_json::to_value(&parsed).unwrap();
        for (field, expected) in whole(&case["task"]) {
            if parsed[&field] != expected {
                failures.push(format!("{text:?} {field}: {} instead of {expected}", parsed[&field]));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn the_common_lines_mean_what_they_say() {
    run(include_str!("cases.json"));
}

#[test]
fn every_rule_and_form_of_the_grammar_holds() {
    run(include_str!("rules.json"));
}

/// Run with `cargo test --release -p domain --test quick_add -- --ignored --nocapture`.
#[cfg(not(target_arch = "wasm32"))]
#[test]
#[ignore = "says how long a line takes; nothing to pass"]
fn how_long_a_line_takes() {
    use std::io::Write;

    let cases: Vec<Value> = [include_str!("cases.json"), include_str!("rules.json")]
        .iter()
        .flat_map(|table| serde_json::from_str::<Vec<Value>>(table).unwrap())
        .collect();
    let lines: Vec<_> = cases.iter().map(|case| (case["text"].as_str().unwrap(), now(case), settings(case))).collect();
    let (mut sum, mut slowest) = (0.0_f64, (0.0_f64, ""));
    for (text, now, settings) in &lines {
        // The best of many, because the machine does other work too.
        let micros = (0..200).map(|_| {
            let begin = std::time::Instant::now();
            std::hint::black_box(parse(text, *now, settings, &Names::default(), &[]));
            begin.elapsed().as_secs_f64() * 1e6
        });
        let micros = micros.fold(f64::INFINITY, f64::min);
        sum += micros;
        if micros > slowest.0 {
            slowest = (micros, text);
        }
    }
    let mean = sum / lines.len() as f64;
    writeln!(std::io::stdout(), "{mean:.2} µs a line; the slowest {:.2} µs: {}", slowest.0, slowest.1).unwrap();
}
