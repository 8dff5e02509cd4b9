//! Tasks over REST: what a new one looks like, how one is changed, finished, put into the bin and brought back.

use crate::harness::{TestApp, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    a_new_task_has_these_fields_and_defaults,
    every_field_can_be_given_at_once,
    every_fault_of_a_task_is_told_at_once,
    a_patch_leaves_alone_what_it_does_not_name,
    null_clears_and_a_title_cannot_be_cleared,
    merge_patch_has_a_media_type_of_its_own,
    put_takes_the_same_body,
    complete_sets_and_toggles,
    a_deleted_task_lies_in_the_bin_until_it_is_restored,
    tags_keep_the_spelling_they_were_first_given,
    tags_are_replaced_as_a_whole,
    due_at_follows_date_time_and_zone,
    due_at_follows_the_owner_who_moves,
    clearing_the_day_clears_the_time,
    text_is_trimmed_and_counted_in_code_points,
];

async fn a_new_task_has_these_fields_and_defaults(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let answer = ada.api.post("/api/me/tasks", &json!({"title": "  Buy milk "})).await.expect(201);
    let task = answer.json();
    assert_eq!(answer.location(), path_of(&task).replace("/me/", &format!("/{}/", location_owner(answer.location()))));
    let expected = json!({
        "id": task["id"], "user_id": ada.id, "project_id": null, "parent_id": null, "title": "Buy milk", "notes": null,
        "is_completed": false, "completed_at": null, "priority": "none", "tags": [], "due_date": null, "due_time": null,
        "time_zone": null, "due_at": null, "start_date": null, "deadline": null, "duration_min": null, "rrule": null,
        "repeat": null, "rrule_anchor": null, "position": task["position"], "revision": 1, "created_at": "2026-11-20T10:00:00.000Z",
        "updated_at": "2026-11-20T10:00:00.000Z", "deleted_at": null,
    });
    assert_eq!(task, expected);
    let id = task["id"].as_str().unwrap();
    assert_eq!(&id[14..15], "7", "a UUID of version 7: {id}");
    assert_eq!(ada.api.get(&path_of(&task)).await.expect(200).json(), task);
}

/// The owner that a `Location` names.
fn location_owner(location: &str) -> String {
    location.split('/').nth(2).unwrap_or_else(|| panic!("a new task has an address, not {location:?}")).to_owned()
}

async fn every_field_can_be_given_at_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let parent = ada.task("Parent").await;
    let fields = json!({
        "title": "Everything", "notes": "one\r\ntwo", "priority": "medium", "tags": ["home", "work"], "due_date": "2026-12-24",
        "due_time": "18:30", "time_zone": "Europe/Berlin", "start_date": "2026-12-01", "deadline": "2026-12-31",
        "duration_min": 90, "is_completed": true, "parent_id": parent["id"],
    });
    let task = ada.task_with(fields.clone()).await;
    for (name, value) in fields.as_object().unwrap() {
        let expected = if name == "notes" { json!("one\ntwo") } else { value.clone() };
        assert_eq!(task[name], expected, "{name}");
    }
    assert_eq!(task["completed_at"], "2026-11-20T10:00:00.000Z");
    assert_eq!(task["due_at"], "2026-12-24T17:30:00.000Z");
}

async fn every_fault_of_a_task_is_told_at_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let faulty = json!({
        "title": " ", "notes": "x".repeat(10_001), "priority": "urgent", "tags": [1], "due_date": "2026-02-30",
        "due_time": "25:00", "duration_min": 0, "is_completed": "yes", "shoe_size": 44,
    });
    let answer = ada.api.post("/api/me/tasks", &faulty).await.expect_problem(422, "invalid");
    let mut fields = answer.faulty_fields();
    fields.sort();
    let all =
        ["due_date", "due_time", "duration_min", "is_completed", "notes", "priority", "shoe_size", "tags", "title"];
    assert_eq!(fields, all);
    for error in answer.json()["errors"].as_array().unwrap() {
        assert!(error["code"].is_string() && error["detail"].as_str().unwrap().len() > 8, "{error}");
    }
    let task = ada.task("Fine").await;
    ada.api
        .patch(&path_of(&task), &json!({"title": "Half", "priority": "urgent"}))
        .await
        .expect_problem(422, "invalid");
    assert_eq!(ada.titles("").await, ["Fine"], "a patch is taken whole or not at all");
}

async fn a_patch_leaves_alone_what_it_does_not_name(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada
        .task_with(json!({"title": "Call", "notes": "the plumber", "tags": ["home"], "due_date": "2026-11-21"}))
        .await;
    app.clock.advance(60);
    let changed = ada.api.patch(&path_of(&task), &json!({"priority": "high"})).await.expect(200).json();
    let mut expected = task.clone();
    expected["priority"] = json!("high");
    expected["revision"] = json!(2);
    expected["updated_at"] = json!("2026-11-20T10:01:00.000Z");
    assert_eq!(changed, expected);
}

async fn null_clears_and_a_title_cannot_be_cleared(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada
        .task_with(json!({"title": "Call", "notes": "x", "tags": ["home"], "priority": "low", "duration_min": 5, "deadline": "2026-12-01"}))
        .await;
    let nulls = json!({"notes": null, "tags": null, "priority": null, "duration_min": null, "deadline": null});
    let cleared = ada.api.patch(&path_of(&task), &nulls).await.expect(200).json();
    assert_eq!((&cleared["notes"], &cleared["tags"], &cleared["priority"]), (&json!(null), &json!([]), &json!("none")));
    assert_eq!((&cleared["duration_min"], &cleared["deadline"]), (&json!(null), &json!(null)));
    let refused = ada.api.patch(&path_of(&task), &json!({"title": null})).await.expect_problem(422, "invalid");
    assert_eq!(refused.faulty_fields(), ["title"]);
}

async fn merge_patch_has_a_media_type_of_its_own(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let path = path_of(&ada.task("Before").await);
    let patch = |content_type: &str| ada.api.request("PATCH", &path).body(content_type, r#"{"title":"After"}"#).send();
    patch("application/merge-patch+json").await.expect(200);
    patch("application/json").await.expect(200);
    patch("application/json-patch+json").await.expect_problem(415, "unsupported_media_type");
    assert_eq!(ada.titles("").await, ["After"]);
}

async fn put_takes_the_same_body(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Before", "notes": "kept"})).await;
    let changed = ada.api.json("PUT", &path_of(&task), &json!({"title": "After"})).await.expect(200).json();
    assert_eq!((&changed["title"], &changed["notes"]), (&json!("After"), &json!("kept")));
}

async fn complete_sets_and_toggles(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task("Run").await;
    let path = format!("{}/complete", path_of(&task));
    let is_done = |answer: Value| (answer["is_completed"].as_bool().unwrap(), answer["completed_at"].clone());
    let set = |value: bool| {
        let (api, path) = (ada.api.clone(), path.clone());
        async move { api.patch(&path, &json!({"is_completed": value})).await.expect(200).json() }
    };
    assert_eq!(is_done(set(true).await), (true, json!("2026-11-20T10:00:00.000Z")));
    app.clock.advance(60);
    assert_eq!(is_done(set(true).await), (true, json!("2026-11-20T10:00:00.000Z")), "done stays done since then");
    assert_eq!(is_done(set(false).await), (false, json!(null)));
    let toggled = ada.api.request("PATCH", &path).send().await.expect(200).json();
    assert_eq!(is_done(toggled), (true, json!("2026-11-20T10:01:00.000Z")));
    let toggled = ada.api.request("PATCH", &path).send().await.expect(200).json();
    assert_eq!(is_done(toggled), (false, json!(null)));
    ada.api.patch(&path, &json!({"is_completed": "yes"})).await.expect_problem(422, "invalid");
}

async fn a_deleted_task_lies_in_the_bin_until_it_is_restored(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Old", "tags": ["attic"]})).await;
    let path = path_of(&task);
    assert!(ada.api.delete(&path).await.expect(204).body.is_empty());
    ada.api.get(&path).await.expect_problem(404, "not_found");
    ada.api.patch(&path, &json!({"title": "x"})).await.expect_problem(404, "not_found");
    ada.api.delete(&path).await.expect_problem(404, "not_found");
    assert!(ada.titles("status=all").await.is_empty());
    let id = task["id"].as_str().unwrap();
    ada.browser.form("/actions/restore_task", &[("id", id)]).await.expect(200);
    let restored = ada.api.get(&path).await.expect(200).json();
    assert_eq!(
        (&restored["title"], &restored["tags"], &restored["deleted_at"]),
        (&json!("Old"), &json!(["attic"]), &json!(null))
    );
    assert_eq!(ada.titles("tag=attic").await, ["Old"]);
}

async fn tags_keep_the_spelling_they_were_first_given(app: TestApp) {
    let ada = app.sign_up("ada").await;
    assert_eq!(
        ada.task_with(json!({"title": "One", "tags": ["Home", "HOME", "#home"]})).await["tags"],
        json!(["Home"])
    );
    assert_eq!(
        ada.task_with(json!({"title": "Two", "tags": ["hOmE", "Straße"]})).await["tags"],
        json!(["Home", "Straße"])
    );
    let bob = app.sign_up("bob").await;
    assert_eq!(
        bob.task_with(json!({"title": "Bob's", "tags": ["HOME"]})).await["tags"],
        json!(["HOME"]),
        "tags are not shared"
    );
    for spelling in ["home", "HOME", "Home"] {
        let mut found = ada.titles(&format!("tag={spelling}")).await;
        found.sort();
        assert_eq!(found, ["One", "Two"], "{spelling}");
    }
}

async fn tags_are_replaced_as_a_whole(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Tagged", "tags": ["a", "b"]})).await;
    let changed = ada.api.patch(&path_of(&task), &json!({"tags": ["b", "c"]})).await.expect(200).json();
    assert_eq!(changed["tags"], json!(["b", "c"]));
    assert!(ada.titles("tag=a").await.is_empty());
    let many: Vec<String> = (0..21).map(|number| format!("t{number}")).collect();
    ada.api.patch(&path_of(&task), &json!({"tags": many})).await.expect_problem(422, "invalid");
    ada.api.patch(&path_of(&task), &json!({"tags": many[..20]})).await.expect(200);
    ada.api.patch(&path_of(&task), &json!({"tags": ["x".repeat(51)]})).await.expect_problem(422, "invalid");
}

async fn due_at_follows_date_time_and_zone(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (date, time, zone, due_at) in [
        (json!("2026-12-24"), json!("18:30"), json!("Europe/Berlin"), json!("2026-12-24T17:30:00.000Z")),
        (json!("2026-07-01"), json!("18:30"), json!("Europe/Berlin"), json!("2026-07-01T16:30:00.000Z")),
        (json!("2026-12-24"), json!("18:30"), json!("Asia/Kathmandu"), json!("2026-12-24T12:45:00.000Z")),
        (json!("2026-12-24"), json!("18:30"), json!(null), json!("2026-12-24T18:30:00.000Z")),
        (json!("2026-03-08"), json!("02:30"), json!("America/New_York"), json!("2026-03-08T07:30:00.000Z")),
        (json!("2026-11-01"), json!("01:30"), json!("America/New_York"), json!("2026-11-01T05:30:00.000Z")),
        (json!("2026-12-24"), json!(null), json!(null), json!("2026-12-24T23:59:59.999Z")),
        (json!(null), json!(null), json!(null), json!(null)),
    ] {
        let fields = json!({"title": "Due", "due_date": date, "due_time": time, "time_zone": zone});
        assert_eq!(ada.task_with(fields.clone()).await["due_at"], due_at, "{fields}");
    }
    let no_day = ada.api.post("/api/me/tasks", &json!({"title": "x", "due_time": "10:00"})).await;
    assert_eq!(no_day.expect_problem(422, "invalid").faulty_fields(), ["due_time"]);
    let nowhere = json!({"title": "x", "due_date": "2026-12-24", "due_time": "10:00", "time_zone": "Mars/Olympus"});
    let no_zone = ada.api.post("/api/me/tasks", &nowhere).await;
    assert_eq!(no_zone.expect_problem(422, "invalid").faulty_fields(), ["time_zone"]);
}

async fn due_at_follows_the_owner_who_moves(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let floating = ada.task_with(json!({"title": "Floating", "due_date": "2026-12-24", "due_time": "09:00"})).await;
    let all_day = ada.task_with(json!({"title": "All day", "due_date": "2026-12-24"})).await;
    let fixed = ada
        .task_with(
            json!({"title": "Fixed", "due_date": "2026-12-24", "due_time": "09:00", "time_zone": "Europe/Berlin"}),
        )
        .await;
    ada.api.patch("/api/auth/me", &json!({"settings": {"time_zone": "Asia/Tokyo"}})).await.expect(200);
    for (task, due_at) in [
        (floating, "2026-12-24T00:00:00.000Z"),
        (all_day, "2026-12-24T14:59:59.999Z"),
        (fixed, "2026-12-24T08:00:00.000Z"),
    ] {
        assert_eq!(ada.api.get(&path_of(&task)).await.expect(200).json()["due_at"], due_at, "{}", task["title"]);
    }
}

async fn clearing_the_day_clears_the_time(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Due", "due_date": "2026-12-24", "due_time": "18:30"})).await;
    let cleared = ada.api.patch(&path_of(&task), &json!({"due_date": null})).await.expect(200).json();
    assert_eq!(
        (&cleared["due_date"], &cleared["due_time"], &cleared["due_at"]),
        (&json!(null), &json!(null), &json!(null))
    );
}

async fn text_is_trimmed_and_counted_in_code_points(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let exact = "🌱".repeat(200);
    assert_eq!(ada.task_with(json!({"title": format!("  {exact} ")})).await["title"], exact.as_str());
    ada.api.post("/api/me/tasks", &json!({"title": "🌱".repeat(201)})).await.expect_problem(422, "invalid");
    let notes = "ü".repeat(10_000);
    assert_eq!(ada.task_with(json!({"title": "Notes", "notes": notes})).await["notes"], notes.as_str());
    assert_eq!(ada.task_with(json!({"title": "Blank", "notes": " \n "})).await["notes"], json!(null));
}
