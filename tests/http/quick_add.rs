//! Quick add over REST: reading writes nothing, creating writes what was read.

use crate::harness::{TestApp, scenarios};
use serde_json::json;

scenarios![
    a_line_is_read_and_nothing_is_written,
    a_line_is_read_by_other_choices_on_demand,
    a_task_is_made_from_a_line,
    what_a_task_has_no_field_for_stays_in_its_title,
    lines_that_make_no_task_are_told,
];

const PARSE: &str = "/api/me/quick-add/parse";

async fn a_line_is_read_and_nothing_is_written(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.all_rows().await;
    let line = json!({"text": "Pay rent tomorrow 9:00 !high #home"});
    let read = ada.api.post(PARSE, &line).await.expect(200).json();
    assert_eq!((&read["title"], &read["due_date"]), (&json!("Pay rent"), &json!("2026-11-21")));
    assert_eq!(
        (&read["due_time"], &read["priority"], &read["tags"]),
        (&json!("09:00"), &json!("high"), &json!(["home"]))
    );
    assert_eq!(read["spans"][0], json!({"kind": "due", "start": 9, "end": 22, "value": "2026-11-21 09:00"}));
    for absent in ["notes", "time_zone", "rrule", "rrule_anchor", "project", "deadline", "duration_min"] {
        assert_eq!(read[absent], json!(null), "{absent}");
    }
    before.assert_same(&app.all_rows().await, "reading a line");
}

async fn a_line_is_read_by_other_choices_on_demand(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task_with(json!({"title": "Known", "tags": ["Home"]})).await;
    let line = json!({"text": "Water the ferns every other monday #home", "now": "2026-01-01T08:00"});
    let read = ada.api.post(PARSE, &line).await.expect(200).json();
    assert_eq!((&read["due_date"], &read["rrule"]), (&json!("2026-01-05"), &json!("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")));
    assert_eq!(read["tags"], json!(["Home"]), "a tag is spelled as it was first");
    let line = json!({"text": "Call mom @family p1", "settings": {"profile": "todoist"}});
    let read = ada.api.post(PARSE, &line).await.expect(200).json();
    assert_eq!((&read["title"], &read["tags"]), (&json!("Call mom"), &json!(["family"])));
    let line = json!({"text": "Buy a ticket tomorrow", "ignored": ["tomorrow"]});
    let read = ada.api.post(PARSE, &line).await.expect(200).json();
    assert_eq!((&read["title"], &read["due_date"]), (&json!("Buy a ticket tomorrow"), &json!(null)));
}

async fn a_task_is_made_from_a_line(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let line = json!({"quick_add": "Call the dentist tomorrow at 10:30 for 20 min !2 #health // ask for the bill"});
    let task = ada.api.post("/api/me/tasks", &line).await.expect(201).json();
    let expected = json!({
        "title": "Call the dentist", "notes": "ask for the bill", "due_date": "2026-11-21", "due_time": "10:30",
        "duration_min": 20, "priority": "medium", "tags": ["health"],
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&task[name], value, "{name} in {task}");
    }
}

async fn what_a_task_has_no_field_for_stays_in_its_title(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let line = json!({"quick_add": "Fix the tap @alice +House tomorrow"});
    let task = ada.api.post("/api/me/tasks", &line).await.expect(201).json();
    assert_eq!((&task["title"], &task["due_date"]), (&json!("Fix the tap @alice +House"), &json!("2026-11-21")));
}

async fn lines_that_make_no_task_are_told(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    for (body, code) in [
        (json!({"quick_add": "#home !1"}), "title_required"),
        (json!({"quick_add": ""}), "title_required"),
        (json!({"quick_add": null}), "title_required"),
        (json!({"quick_add": 7}), "not_a_text"),
        (json!({"quick_add": "x".repeat(300)}), "too_long"),
        (json!({"quick_add": "Fine", "title": "Both"}), "unknown_field"),
    ] {
        let answer = ada.api.post("/api/me/tasks", &body).await.expect_problem(422, "invalid");
        assert_eq!(answer.json()["errors"][0]["code"], code, "{body}");
    }
    for body in [json!({}), json!({"text": "x".repeat(10_001)}), json!({"text": "x", "now": "later"})] {
        ada.api.post(PARSE, &body).await.expect_problem(422, "invalid");
    }
    before.assert_same(&app.rows().await, "refused lines");
}
