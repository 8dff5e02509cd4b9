//! Runs the tables of lines. A case names only the fields that are not null, empty or none; all are compared.

use domain::{
    accounts::{Clock, DateOrder, QuickAddProfile, WeekStart},
    calendar::{LocalTime, parse_date},
    json::FromText,
    quick_add::{Names, Settings, parse},
};
use serde_json::{Map, Value, json};

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
