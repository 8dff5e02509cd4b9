//! How tasks leave the bin for good: one by one, all at once, or after thirty days.

use crate::{
    harness::{Person, TestApp, path_of, scenarios},
    recurrence::{DAY, complete, program},
};
use serde_json::{Value, json};

scenarios![
    emptying_the_bin_takes_what_is_in_it_and_can_be_taken_back,
    one_task_is_deleted_for_good_with_its_parts,
    a_part_that_came_back_alone_outlives_what_it_was_a_part_of,
    only_what_is_in_ones_own_bin_is_deleted_for_good,
    after_thirty_days_the_bin_lets_go,
    after_ninety_more_the_log_forgets_what_went,
    the_bin_is_emptied_on_its_page,
];

/// The titles in the bin.
async fn in_bin(person: &Person) -> Vec<String> {
    person.api.get("/api/me/tasks?view=bin").await.expect(200).titles()
}

/// A task with a part that has a part, all of them in the bin.
async fn thrown_away(person: &Person) -> Value {
    let whole = person.task_with(json!({"title": "House", "tags": ["home"]})).await;
    let part = person.task_with(json!({"title": "Roof", "parent_id": whole["id"]})).await;
    person.task_with(json!({"title": "Tiles", "parent_id": part["id"]})).await;
    person.api.delete(&path_of(&whole)).await.expect(204);
    whole
}

async fn emptying_the_bin_takes_what_is_in_it_and_can_be_taken_back(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    thrown_away(&bob).await;
    thrown_away(&ada).await;
    let daily = ada.task_with(json!({"title": "Water", "rrule": "FREQ=DAILY", "due_date": "2026-11-20"})).await;
    complete(&ada.api, &daily).await;
    ada.api.delete(&path_of(&daily)).await.expect(204);
    ada.task("Stays").await;
    let before = ada.api.get("/api/me/tasks?view=bin&sort=title").await.expect(200).json();
    let emptied = ada.api.delete("/api/me/bin").await.expect(200).json();
    assert_eq!(emptied["label"], "Deleted 4 tasks for good");
    assert_eq!(emptied["tasks"].as_array().unwrap().len(), 4);
    assert!(in_bin(&ada).await.is_empty());
    assert_eq!((ada.titles("").await, in_bin(&bob).await.len()), (vec!["Stays".to_owned()], 3));
    assert_eq!(app.rows().await.count("completions"), 0);
    ada.api.get(&path_of(&daily)).await.expect_problem(404, "not_found");
    ada.api.request("POST", &format!("{}/restore", path_of(&daily))).send().await.expect_problem(404, "not_found");

    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    let after = ada.api.get("/api/me/tasks?view=bin&sort=title").await.expect(200).json();
    let seen = |page: &Value| -> Vec<Value> {
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|task| json!([task["id"], task["title"], task["parent_id"], task["tags"], task["deleted_at"]]))
            .collect()
    };
    assert_eq!(seen(&after), seen(&before));
    ada.api.request("POST", &format!("{}/restore", path_of(&daily))).send().await.expect(200);
    let dates = ada.api.get(&format!("{}/completions", path_of(&daily))).await.expect(200).json();
    assert_eq!(dates["items"][0]["occurrence"], "2026-11-20", "what was completed is back too");
    ada.api.delete("/api/me/bin").await.expect(200);
    let nothing = ada.api.delete("/api/me/bin").await.expect(200).json();
    assert_eq!((&nothing["change"], &nothing["tasks"]), (&json!(null), &json!([])));
}

async fn one_task_is_deleted_for_good_with_its_parts(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = thrown_away(&ada).await;
    let other = ada.task("Other").await;
    ada.api.delete(&path_of(&other)).await.expect(204);
    let path = format!("{}?permanent=true", path_of(&house));
    ada.api.request("DELETE", &path).header("if-match", "\"1\"").send().await.expect_problem(412, "stale_revision");
    ada.api.delete(&path).await.expect(204);
    assert_eq!(in_bin(&ada).await, ["Other"]);
    ada.api.delete(&path).await.expect_problem(404, "not_found");
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    assert_eq!(in_bin(&ada).await.len(), 4);
}

async fn a_part_that_came_back_alone_outlives_what_it_was_a_part_of(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let whole = ada.task("House").await;
    let part = ada.task_with(json!({"title": "Roof", "parent_id": whole["id"]})).await;
    let deleted = ada.api.delete(&path_of(&part)).await.expect(204);
    app.clock.advance(1);
    ada.api.delete(&path_of(&whole)).await.expect(204);
    let undo = json!({"change": deleted.header("x-change-id")});
    ada.api.post("/api/me/undo", &undo).await.expect(200);
    ada.api.delete(&format!("{}?permanent=true", path_of(&whole))).await.expect(204);
    let roof = ada.api.get(&path_of(&part)).await.expect(200).json();
    assert_eq!((&roof["title"], &roof["parent_id"]), (&json!("Roof"), &json!(null)));
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    assert_eq!(ada.api.get(&path_of(&part)).await.expect(200).json()["parent_id"], whole["id"], "as it was");
}

async fn only_what_is_in_ones_own_bin_is_deleted_for_good(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let task = ada.task("Open").await;
    let path = format!("{}?permanent=true", path_of(&task));
    let before = app.rows().await;
    let refused = ada.api.delete(&path).await.expect_problem(422, "invalid").json();
    assert_eq!(refused["errors"][0]["code"], "not_in_bin");
    for query in ["permanent=maybe", "permanent", "forever=true"] {
        ada.api.delete(&format!("{}?{query}", path_of(&task))).await.expect_problem(422, "invalid");
    }
    bob.api.delete(&path).await.expect_problem(404, "not_found");
    bob.api.delete(&format!("/api/{}/bin", ada.id)).await.expect_problem(403, "forbidden");
    before.assert_same(&app.rows().await, "what was refused");
}

async fn after_thirty_days_the_bin_lets_go(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let (api, bobs) = (program(&app, &ada).await, program(&app, &bob).await);
    let house = thrown_away(&ada).await;
    let keyed = ada.api.request("POST", "/api/me/tasks").header("idempotency-key", "key");
    keyed.json(&json!({"title": "Stays"})).send().await.expect(201);
    let titles = async || api.get("/api/me/tasks?view=bin").await.expect(200).titles().len();
    app.clock.advance(29 * DAY);
    let late = bobs.post("/api/me/tasks", &json!({"title": "Late"})).await.expect(201).json();
    bobs.delete(&path_of(&late)).await.expect(204);
    app.backend.tidy_up().await.unwrap();
    assert_eq!((titles().await, app.rows().await.count("idempotency_keys")), (3, 0), "keys are kept a day");
    app.clock.advance(2 * DAY);
    app.backend.tidy_up().await.unwrap();
    app.backend.tidy_up().await.unwrap();
    assert_eq!(titles().await, 0);
    assert_eq!(bobs.get("/api/me/tasks?view=bin").await.expect(200).titles(), ["Late"]);
    let history = api.get(&format!("{}/history", path_of(&house))).await.expect(200).json();
    let last = &history["items"][0];
    assert_eq!((&last["kind"], &last["by"]), (&json!("expiry"), &json!("Tickbox, which keeps the bin")));
    let undone = api.post("/api/me/undo", &json!({})).await.expect(200).json();
    assert_eq!(undone["label"], "Added “Stays”", "nobody did it, so nobody takes it back");
}

async fn after_ninety_more_the_log_forgets_what_went(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = thrown_away(&ada).await;
    ada.api.delete("/api/me/bin").await.expect(200);
    let kept = ada.task("Kept").await;
    ada.api.delete(&path_of(&kept)).await.expect(204);
    ada.api.delete("/api/me/bin").await.expect(200);
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    ada.api.request("POST", &format!("{}/restore", path_of(&kept))).send().await.expect(200);
    let history = async |task: &Value| {
        let session = app.sign_in_program(&ada).await;
        app.anonymous().with_bearer(&session.access).get(&format!("{}/history", path_of(task))).await
    };
    app.clock.advance(89 * DAY);
    app.backend.tidy_up().await.unwrap();
    assert_eq!(history(&house).await.expect(200).json()["items"].as_array().unwrap().len(), 3);
    app.clock.advance(2 * DAY);
    app.backend.tidy_up().await.unwrap();
    history(&house).await.expect_problem(404, "not_found");
    assert_eq!(
        history(&kept).await.expect(200).json()["items"].as_array().unwrap().len(),
        5,
        "what is back is not gone"
    );
}

async fn the_bin_is_emptied_on_its_page(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let page = async || ada.browser.get("/bin").await.expect(200).text();
    assert!(!page().await.contains("Empty the bin"), "there is nothing to empty");
    let house = thrown_away(&ada).await;
    let other = ada.task("Other").await;
    ada.api.delete(&path_of(&other)).await.expect(204);
    let shown = page().await;
    assert!(shown.contains("What is deleted stays here for 30 days.") && shown.contains("Delete for good: House"));
    let id = house["id"].as_str().unwrap();
    ada.browser.form("/bin", &[("do", "remove_task"), ("id", id)]).await.expect_redirect("/bin");
    assert_eq!(in_bin(&ada).await, ["Other"]);
    ada.browser.form("/bin", &[("do", "remove_task"), ("id", id)]).await.expect(404);
    ada.browser.form("/bin", &[("do", "empty_bin")]).await.expect_redirect("/bin");
    assert!(page().await.contains("The bin is empty."));
}
