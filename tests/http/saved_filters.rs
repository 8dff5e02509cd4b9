//! Saved filters over REST.

use crate::harness::{Person, TestApp, scenarios};
use serde_json::{Value, json};

scenarios![
    a_filter_is_kept_as_it_was_typed,
    a_filter_is_changed_at_the_revision_that_is_known,
    a_filter_that_cannot_be_read_is_told_with_its_place,
    anothers_filters_are_not_there,
];

async fn make(person: &Person, name: &str, query: &str) -> Value {
    person.api.post("/api/me/filters", &json!({"name": name, "query": query})).await.expect(201).json()
}

fn path(filter: &Value) -> String {
    format!("/api/me/filters/{}", filter["id"].as_str().unwrap())
}

async fn a_filter_is_kept_as_it_was_typed(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let query = "( #Home|p1 )   due:..today";
    let made = ada.api.post("/api/me/filters", &json!({"name": "Urgent", "query": query, "colour": "red"})).await;
    let filter = made.expect(201).json();
    let expected = json!({
        "id": filter["id"], "user_id": ada.id, "name": "Urgent", "query": query, "colour": "red", "position": "a0",
        "revision": 1, "created_at": "2026-11-20T10:00:00.000Z", "updated_at": "2026-11-20T10:00:00.000Z",
    });
    assert_eq!(filter, expected);
    let second = make(&ada, "All", "is:open").await;
    assert_eq!(ada.api.get("/api/me/filters").await.expect(200).json(), json!({"items": [expected, second]}));
    assert_eq!(ada.api.get(&path(&filter)).await.expect(200).json(), filter);
    ada.api.delete(&path(&filter)).await.expect(204);
    ada.api.get(&path(&filter)).await.expect_problem(404, "not_found");
}

async fn a_filter_is_changed_at_the_revision_that_is_known(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let filter = make(&ada, "Urgent", "!high").await;
    let changed = ada.api.patch(&path(&filter), &json!({"query": "!high due:today"})).await.expect(200);
    assert_eq!((changed.header("etag"), &changed.json()["name"]), ("\"2\"", &json!("Urgent")));
    let stale = ada.api.request("PATCH", &path(&filter)).header("if-match", "\"1\"").json(&json!({"name": "Late"}));
    assert_eq!(stale.send().await.expect_problem(412, "stale_revision").json()["current"], changed.json());
    let body = json!({"id": filter["id"], "name": "Other", "query": "!low"});
    ada.api.post("/api/me/filters", &body).await.expect_problem(409, "id_taken");
}

async fn a_filter_that_cannot_be_read_is_told_with_its_place(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let filter = make(&ada, "Urgent", "!high").await;
    let before = app.rows().await;
    let body = json!({"name": "x", "query": "#home colour:red"});
    for answer in [ada.api.post("/api/me/filters", &body).await, ada.api.patch(&path(&filter), &body).await] {
        let error = answer.expect_problem(422, "invalid").json()["errors"][0].clone();
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/query"), &json!("unknown_term")));
        assert_eq!((&error["start"], &error["end"]), (&json!(6), &json!(16)));
    }
    for (body, field) in [
        (json!({"name": "x"}), "query"),
        (json!({"name": "x", "query": ""}), "query"),
        (json!({"name": "x", "query": null}), "query"),
        (json!({"name": "x", "query": "a\u{0}b"}), "query"),
        (json!({"name": "x", "query": "(".repeat(500)}), "query"),
        (json!({"name": "x", "query": "x".repeat(1001)}), "query"),
        (json!({"name": "", "query": "!high"}), "name"),
        (json!({"name": "x".repeat(101), "query": "!high"}), "name"),
        (json!({"name": "a\u{7}b", "query": "!high"}), "name"),
        (json!({"name": "x", "query": "!high", "sort": "due"}), "sort"),
    ] {
        let answer = ada.api.post("/api/me/filters", &body).await.expect_problem(422, "invalid");
        assert_eq!(answer.faulty_fields(), [field], "{body}");
        answer.assert_tells_nothing_inner();
    }
    before.assert_same(&app.rows().await, "bad filters");
}

async fn anothers_filters_are_not_there(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let his = make(&bob, "Bob's secret", "!high").await;
    ada.api.get(&path(&his)).await.expect_problem(404, "not_found");
    ada.api.patch(&path(&his), &json!({"name": "Hers"})).await.expect_problem(404, "not_found");
    ada.api.delete(&path(&his)).await.expect_problem(404, "not_found");
    ada.browser.get(&format!("/filters/{}", his["id"].as_str().unwrap())).await.expect(404);
    assert!(!ada.browser.get("/filters").await.expect(200).text().contains("Bob's secret"));
    assert_eq!(bob.api.get(&path(&his)).await.expect(200).json(), his);
}
