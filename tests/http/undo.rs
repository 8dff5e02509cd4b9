//! The way back over REST and by the forms of the pages: undo, redo, the log and the history of a task.

use crate::harness::{Person, TestApp, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    every_kind_of_change_is_undone_and_redone,
    what_was_added_goes_and_comes_again_with_its_tags,
    a_hundred_changes_are_undone_one_by_one,
    what_another_device_changed_since_survives,
    a_named_change_is_undone_once,
    what_is_needed_is_not_taken_away,
    a_new_change_ends_what_can_be_redone,
    nobody_undoes_what_is_anothers,
    an_undo_that_is_sent_twice_acts_once,
    the_log_is_read_page_by_page,
    the_history_of_a_task_is_told_in_words,
    pages_name_what_they_undo,
    a_form_says_what_it_could_not_take_back,
];

const NOBODY: &str = "0193a5f0-1111-7abc-8def-000000000001";

async fn way(person: &Person, which: &str) -> Value {
    person.api.post(&format!("/api/me/{which}"), &json!({})).await.expect(200).json()
}

/// The fields that a way back restores.
fn lasting(task: &Value) -> Value {
    let mut task = task.clone();
    for field in ["revision", "updated_at"] {
        task.as_object_mut().unwrap().remove(field);
    }
    task
}

async fn every_kind_of_change_is_undone_and_redone(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = ada
        .task_with(json!({"title": "Buy milk", "notes": "Oat", "tags": ["home"], "due_date": "2026-12-24", "due_time": "18:30"}))
        .await;
    let path = path_of(&before);
    let patches = [
        json!({"title": "Buy oat milk", "priority": "high"}),
        json!({"notes": null, "tags": ["shop", "home"]}),
        json!({"due_date": null}),
        json!({"is_completed": true}),
    ];
    for patch in patches {
        app.clock.advance(60);
        let changed = ada.api.patch(&path, &patch).await.expect(200).json();
        let undone = way(&ada, "undo").await;
        assert_eq!(undone["tasks"][0]["id"], before["id"]);
        assert_eq!(lasting(&ada.api.get(&path).await.expect(200).json()), lasting(&before), "{patch}");
        assert_eq!(undone["next_redo"], undone["label"]);
        way(&ada, "redo").await;
        assert_eq!(lasting(&ada.api.get(&path).await.expect(200).json()), lasting(&changed), "{patch}");
        way(&ada, "undo").await;
    }
    ada.api.delete(&path).await.expect(204);
    assert_eq!(way(&ada, "undo").await["label"], "Deleted “Buy milk”");
    assert_eq!(lasting(&ada.api.get(&path).await.expect(200).json()), lasting(&before));
    way(&ada, "redo").await;
    ada.api.get(&path).await.expect_problem(404, "not_found");
}

async fn what_was_added_goes_and_comes_again_with_its_tags(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Paint", "tags": ["Attic", "home"]})).await;
    let undone = way(&ada, "undo").await;
    assert_eq!(undone["tasks"], json!([{"id": task["id"], "revision": null}]));
    assert_eq!((&undone["next_undo"], &undone["next_redo"]), (&json!(null), &json!("Added “Paint”")));
    ada.api.get(&path_of(&task)).await.expect_problem(404, "not_found");
    let rows = app.rows().await;
    assert_eq!((rows.count("tasks"), rows.count("tags"), rows.count("task_tags")), (0, 0, 0));
    ada.api.post("/api/me/undo", &json!({})).await.expect_problem(409, "nothing_to_undo");
    way(&ada, "redo").await;
    assert_eq!(lasting(&ada.api.get(&path_of(&task)).await.expect(200).json()), lasting(&task));
    assert_eq!(ada.titles("q=attic").await, ["Paint"], "and it is found again");
    ada.api.post("/api/me/redo", &json!({})).await.expect_problem(409, "nothing_to_redo");
    let revision = ada.api.get(&path_of(&task)).await.expect(200).json()["revision"].as_i64().unwrap();
    assert!(revision > 1, "no entity tag comes twice");
}

async fn a_hundred_changes_are_undone_one_by_one(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task("0").await;
    for number in 1..=100 {
        ada.api.patch(&path_of(&task), &json!({"title": number.to_string()})).await.expect(200);
    }
    // Another device, after everything that this one knew is gone.
    let other = app.sign_in_browser(&ada).await;
    for number in (0..100).rev() {
        other.post("/api/me/undo", &json!({})).await.expect(200);
        assert_eq!(ada.api.get(&path_of(&task)).await.expect(200).json()["title"], number.to_string());
    }
    for _ in 0..100 {
        other.post("/api/me/redo", &json!({})).await.expect(200);
    }
    assert_eq!(ada.titles("").await, ["100"]);
}

async fn what_another_device_changed_since_survives(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let path = path_of(&ada.task("Call").await);
    let first = ada.api.patch(&path, &json!({"title": "Call Bob", "priority": "high"})).await.expect(200);
    let change = first.header("x-change-id").to_owned();
    let phone = app.sign_in_browser(&ada).await;
    phone.patch(&path, &json!({"priority": "low", "notes": "After six"})).await.expect(200);
    let undone = ada.api.post("/api/me/undo", &json!({"change": change})).await.expect(200).json();
    assert_eq!(undone["left"], json!(["The priority of “Call Bob” was changed since and stays as it is."]));
    let task = ada.api.get(&path).await.expect(200).json();
    assert_eq!(
        (&task["title"], &task["priority"], &task["notes"]),
        (&json!("Call"), &json!("low"), &json!("After six"))
    );
    way(&ada, "redo").await;
    assert_eq!(ada.titles("").await, ["Call Bob"]);
}

async fn a_named_change_is_undone_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let path = path_of(&ada.task("One").await);
    let change = ada.api.patch(&path, &json!({"priority": "low"})).await.expect(200).header("x-change-id").to_owned();
    ada.api.patch(&path, &json!({"notes": "later"})).await.expect(200);
    let undo = |change: &str| ada.api.request("POST", "/api/me/undo").json(&json!({"change": change})).send();
    let undone = undo(&change).await.expect(200);
    undo(&change).await.expect_problem(409, "cannot_undo");
    undo(undone.header("x-change-id")).await.expect_problem(409, "cannot_undo");
    undo(NOBODY).await.expect_problem(404, "not_found");
    undo("yesterday").await.expect_problem(422, "invalid");
    let task = ada.api.get(&path).await.expect(200).json();
    assert_eq!((&task["priority"], &task["notes"]), (&json!("none"), &json!("later")));
    let same = ada.api.patch(&path, &json!({"notes": "later"})).await.expect(200);
    assert_eq!(same.header("x-change-id"), "", "where nothing was changed there is nothing to undo");
}

async fn what_is_needed_is_not_taken_away(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let added = ada.api.post("/api/me/tasks", &json!({"title": "House", "tags": ["home"]})).await.expect(201);
    let house = added.json();
    let part = ada.task_with(json!({"title": "Roof", "parent_id": house["id"], "tags": ["home"]})).await;
    let body = json!({"change": added.header("x-change-id")});
    let before = app.rows().await;
    let refused = ada.api.post("/api/me/undo", &body).await.expect_problem(409, "cannot_undo");
    refused.assert_tells_nothing_inner();
    before.assert_same(&app.rows().await, "an undo that cannot be");
    ada.api.patch(&path_of(&part), &json!({"parent_id": null})).await.expect(200);
    ada.api.post("/api/me/undo", &body).await.expect(200);
    assert_eq!(ada.titles("tag=home").await, ["Roof"], "a tag that others have stays");
    // The house is gone, so the roof cannot be a part of it again.
    ada.api.post("/api/me/undo", &json!({})).await.expect_problem(409, "cannot_undo");
    way(&ada, "redo").await;
    way(&ada, "undo").await;
    assert_eq!(ada.api.get(&path_of(&part)).await.expect(200).json()["parent_id"], house["id"]);

    // Neither can a task come to stand below itself.
    let moved = ada.api.patch(&path_of(&part), &json!({"parent_id": null})).await.expect(200);
    ada.api.patch(&path_of(&house), &json!({"parent_id": part["id"]})).await.expect(200);
    let body = json!({"change": moved.header("x-change-id")});
    ada.api.post("/api/me/undo", &body).await.expect_problem(409, "cannot_undo");
}

async fn a_new_change_ends_what_can_be_redone(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let path = path_of(&ada.task("One").await);
    ada.api.patch(&path, &json!({"priority": "low"})).await.expect(200);
    way(&ada, "undo").await;
    ada.api.patch(&path, &json!({"priority": "high"})).await.expect(200);
    ada.api.post("/api/me/redo", &json!({})).await.expect_problem(409, "nothing_to_redo");
    way(&ada, "undo").await;
    assert_eq!(way(&ada, "redo").await["label"], "Changed “One”");
    assert_eq!(ada.api.get(&path).await.expect(200).json()["priority"], "high");
    ada.api.post("/api/me/redo", &json!({})).await.expect_problem(409, "nothing_to_redo");
}

async fn nobody_undoes_what_is_anothers(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let added = bob.api.post("/api/me/tasks", &json!({"title": "Bob's"})).await.expect(201);
    let before = app.rows().await;
    ada.api.post("/api/me/undo", &json!({})).await.expect_problem(409, "nothing_to_undo");
    ada.api.post("/api/me/redo", &json!({})).await.expect_problem(409, "nothing_to_redo");
    let told = |change: String| {
        let api = ada.api.clone();
        async move { api.post("/api/me/undo", &json!({"change": change})).await.expect_problem(404, "not_found").text() }
    };
    assert_eq!(told(added.header("x-change-id").to_owned()).await, told(NOBODY.to_owned()).await);
    let history = format!("{}/history", path_of(&added.json()));
    ada.api.get(&history).await.expect_problem(404, "not_found");
    assert_eq!(ada.api.get("/api/me/operations").await.expect(200).json()["items"], json!([]));
    let field = [("do", "undo_change"), ("change", added.header("x-change-id"))];
    assert_eq!(ada.browser.form("/tasks", &field).await.status, 404);
    before.assert_same(&app.rows().await, "undoing what is another's");
}

async fn an_undo_that_is_sent_twice_acts_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task("One").await;
    ada.task("Two").await;
    for _ in 0..2 {
        let request = ada.api.request("POST", "/api/me/undo").header("idempotency-key", "once").json(&json!({}));
        assert_eq!(request.send().await.expect(200).json()["label"], "Added “Two”");
    }
    assert_eq!(ada.titles("").await, ["One"]);
}

async fn the_log_is_read_page_by_page(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for title in ["One", "Two", "Three"] {
        ada.task(title).await;
    }
    way(&ada, "undo").await;
    let page = ada.api.get("/api/me/operations?limit=3").await.expect(200).json();
    let said = |page: &Value| -> Vec<(String, String, bool)> {
        let items = page["items"].as_array().unwrap();
        let text = |item: &Value, field: &str| item[field].as_str().unwrap().to_owned();
        items.iter().map(|item| (text(item, "kind"), text(item, "label"), item["is_undone"] == true)).collect()
    };
    let entry = |kind: &str, label: &str, is_undone| (kind.to_owned(), label.to_owned(), is_undone);
    let newest = [
        entry("undo", "Added “Three”", false),
        entry("change", "Added “Three”", true),
        entry("change", "Added “Two”", false),
    ];
    assert_eq!(said(&page), newest);
    assert_eq!(page["items"][0]["by"], "An unknown program (this device)");
    let next = page["next_cursor"].as_str().unwrap();
    let rest = ada.api.get(&format!("/api/me/operations?limit=3&cursor={next}")).await.expect(200).json();
    assert_eq!((said(&rest), &rest["has_more"]), (vec![entry("change", "Added “One”", false)], &json!(false)));
    for wrong in ["limit=0", "limit=201", "cursor=x", "since=1"] {
        ada.api.get(&format!("/api/me/operations?{wrong}")).await.expect_problem(422, "invalid");
    }
}

async fn the_history_of_a_task_is_told_in_words(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task("Buy milk").await;
    let path = path_of(&task);
    ada.api.patch(&path, &json!({"priority": "high", "due_date": "2026-11-21"})).await.expect(200);
    let token = ada.token(&["tasks:write"]).await;
    app.anonymous().with_bearer(&token.text).patch(&path, &json!({"is_completed": true})).await.expect(200);
    way(&ada, "undo").await;
    let history = ada.api.get(&format!("{path}/history")).await.expect(200).json();
    let words: Vec<Value> = history["items"].as_array().unwrap().iter().map(|item| item["words"].clone()).collect();
    let expected = [
        json!(["Opened again"]),
        json!(["Completed"]),
        json!(["Due date set to Tomorrow", "Priority from none to high"]),
        json!([]),
    ];
    assert_eq!(words, expected);
    assert_eq!(history["items"][1]["by"], "An API token");
    let page = ada.browser.get(&path.replace("/api/me", "")).await.expect(200).text();
    for words in ["Undone: Completed “Buy milk”", "Priority from none to high", "An API token"] {
        assert!(page.contains(words), "{words}");
    }
}

async fn pages_name_what_they_undo(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Buy milk", "due_date": "2026-11-20"})).await;
    let id = task["id"].as_str().unwrap();
    let (title, page) = ("Undo: Added “Buy milk”", format!("/tasks/{id}"));
    for page in ["/dashboard", "/tasks", "/inbox", "/today", "/upcoming", "/logbook", "/bin", "/search", &page] {
        assert!(ada.browser.get(page).await.expect(200).text().contains(title), "{page}");
    }
    assert!(!ada.browser.get("/settings").await.expect(200).text().contains(title));
    ada.browser.form("/tasks", &[("do", "set_task_completed"), ("id", id), ("is_completed", "true")]).await.expect(303);
    let page = ada.browser.get("/tasks?status=all").await.expect(200).text();
    assert!(page.contains("Undo: Completed “Buy milk”"));
    let change = page.split("name=\"change\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let undo = [("do", "undo_change"), ("change", change.as_str())];
    ada.browser.form("/tasks?status=all", &undo).await.expect_redirect("/tasks?status=all");
    assert_eq!(ada.titles("").await, ["Buy milk"]);
    // The button names its change, so that pressing an old one once more takes back nothing else.
    let again = ada.browser.form("/tasks", &undo).await.expect(409).text();
    assert!(again.contains("This was undone already."));
    let page = ada.browser.get("/tasks").await.expect(200).text();
    assert!(page.contains("Redo: Completed “Buy milk”") && page.contains(title));
    ada.browser.form("/tasks", &[("do", "redo_change")]).await.expect_redirect("/tasks");
    assert_eq!(ada.titles("status=done").await, ["Buy milk"]);
}

async fn a_form_says_what_it_could_not_take_back(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let path = path_of(&ada.task("Call").await);
    let first = ada.api.patch(&path, &json!({"title": "Call Bob", "priority": "high"})).await.expect(200);
    ada.api.patch(&path, &json!({"priority": "low"})).await.expect(200);
    let undo = [("do", "undo_change"), ("change", first.header("x-change-id"))];
    let page = ada.browser.form("/tasks", &undo).await.expect(200).text();
    assert!(page.contains("The priority of “Call Bob” was changed since and stays as it is."));
    assert_eq!(ada.titles("").await, ["Call"]);
}
