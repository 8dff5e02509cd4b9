//! Quick add, over REST and on its page: reading writes nothing, creating writes what was read.

use crate::harness::{TestApp, html::elements, scenarios};
use serde_json::json;

scenarios![
    a_line_is_read_and_nothing_is_written,
    a_line_is_read_by_other_choices_on_demand,
    a_task_is_made_from_a_line,
    what_a_task_has_no_field_for_stays_in_its_title,
    lines_that_make_no_task_are_told,
    a_field_beside_the_line_counts_more_than_the_line,
    a_form_sends_a_line,
    a_form_can_be_taken_exactly_as_typed,
    a_line_is_told_in_words_while_it_is_typed,
    a_zone_is_spelled_as_it_is_known_and_one_that_is_not_known_stays_text,
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

async fn a_zone_is_spelled_as_it_is_known_and_one_that_is_not_known_stays_text(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (line, title, zone) in [
        ("Call tomorrow 9am asia/tokyo", "Call", json!("Asia/Tokyo")),
        ("Call tomorrow noon America/port_of_SPAIN", "Call", json!("America/Port_of_Spain")),
        ("Call tomorrow 9am America/Foo", "Call America/Foo", json!(null)),
    ] {
        let task = ada.api.post("/api/me/tasks", &json!({"quick_add": line})).await.expect(201).json();
        assert_eq!((&task["title"], &task["time_zone"]), (&json!(title), &zone), "{line}");
        assert_eq!(task["due_date"], "2026-11-21", "{line}");
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

async fn a_field_beside_the_line_counts_more_than_the_line(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!({
        "quick_add": "Pay rent tomorrow !high #home", "due_date": "2026-12-01", "tags": ["money"], "ignored": ["!high"]
    });
    let task = ada.api.post("/api/me/tasks", &body).await.expect(201).json();
    assert_eq!((&task["title"], &task["due_date"]), (&json!("Pay rent !high"), &json!("2026-12-01")));
    assert_eq!((&task["priority"], &task["tags"]), (&json!("none"), &json!(["home", "money"])));
    let body = json!({"quick_add": "Pay rent", "due_date": "soon", "ignored": 7});
    let faults = ada.api.post("/api/me/tasks", &body).await.expect_problem(422, "invalid").json()["errors"].clone();
    assert_eq!((&faults[0]["pointer"], &faults[1]["pointer"]), (&json!("/ignored"), &json!("/due_date")));
}

async fn a_form_sends_a_line(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let typed = [
        ("do", "add_task"),
        ("title", "Call the dentist tomorrow at 10:30 !2 #health"),
        ("priority", "none"),
        ("notes", "the new one"),
        ("due_date", ""),
        ("ignored", ""),
    ];
    ada.browser.form("/tasks", &typed).await.expect_redirect("/tasks");
    let kept = [("do", "add_task"), ("title", "Read Tomorrow tomorrow #home"), ("ignored", "tomorrow\n#home")];
    ada.browser.form("/tasks", &kept).await.expect_redirect("/tasks");
    let tasks = ada.api.get("/api/me/tasks?sort=created&order=asc").await.expect(200).json()["items"].clone();
    let expected = json!({
        "title": "Call the dentist", "due_date": "2026-11-21", "due_time": "10:30", "priority": "medium",
        "tags": ["health"], "notes": "the new one",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&tasks[0][name], value, "{name}");
    }
    assert_eq!(tasks[1]["title"], "Read Tomorrow tomorrow #home");
    let refused = ada.browser.form("/tasks", &[("do", "add_task"), ("title", "#home !1")]).await.expect(422);
    let field = elements(&refused.text())
        .into_iter()
        .find(|element| element.attributes.contains(&("id".to_owned(), "title".to_owned())));
    let field = field.expect("the line").attributes;
    assert!(field.contains(&("aria-invalid".to_owned(), "true".to_owned())), "{field:?}");
    assert!(field.contains(&("value".to_owned(), "#home !1".to_owned())), "{field:?}");
}

async fn a_form_can_be_taken_exactly_as_typed(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let typed = [("do", "add_task"), ("title", "Buy milk tomorrow #1 !high"), ("as_typed", "true"), ("tags", "home")];
    ada.browser.form("/tasks", &typed).await.expect_redirect("/tasks");
    let task = ada.api.get("/api/me/tasks").await.expect(200).json()["items"][0].clone();
    assert_eq!((&task["title"], &task["due_date"]), (&json!("Buy milk tomorrow #1 !high"), &json!(null)));
    assert_eq!(task["tags"], json!(["home"]));
}

async fn a_line_is_told_in_words_while_it_is_typed(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.all_rows().await;
    let typed = [("text", "Café tomorrow 5pm !high <b> #home"), ("ignored", "#home")];
    let read = ada.browser.form("/actions/read_line", &typed).await.expect(200).json();
    let stretches = json!([
        {"text": "Café ", "meaning": null},
        {"text": "tomorrow 5pm", "meaning": "Due tomorrow, 17:00"},
        {"text": " ", "meaning": null},
        {"text": "!high", "meaning": "High priority"},
        {"text": " <b> #home", "meaning": null},
    ]);
    assert_eq!(read["stretches"], stretches);
    ada.browser.form("/actions/read_line", &[("text", "x".repeat(10_001).as_str())]).await.expect(422);
    before.assert_same(&app.all_rows().await, "reading a line");
}
