//! Many tasks at once: a list of bodies, or lines that are pasted.

use crate::harness::{TestApp, database, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    a_list_of_bodies_makes_all_of_them_in_order,
    a_list_is_made_whole_or_not_at_all,
    the_same_list_again_makes_nothing_new,
    lines_make_a_task_each_and_indentation_parts,
    ten_thousand_lines_are_refused_in_a_sentence,
    the_page_asks_before_it_makes_many,
    the_page_keeps_what_was_pasted,
];

async fn logged(app: &TestApp) -> Vec<(String, String)> {
    let database = database::connect(&app.ground.url).await;
    let sql = "SELECT label AS a, CAST(count(DISTINCT sequence) AS text) AS b FROM change_log GROUP BY label";
    let logged = database::pairs(&database, sql).await;
    database.close().await.unwrap();
    logged
}

async fn a_list_of_bodies_makes_all_of_them_in_order(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (house, roof) = ("0193a5f0-1111-7abc-8def-000000000001", "0193a5f0-1111-7abc-8def-000000000002");
    let body = json!([
        {"title": "House", "id": house, "tags": ["home"]},
        {"title": "Roof", "id": roof, "parent_id": house, "tags": ["Home", "shop"]},
        {"quick_add": "Tiles tomorrow !high", "parent_id": roof},
        {"title": "Garden"},
    ]);
    let answer = ada.api.post("/api/me/tasks", &body).await.expect(201);
    assert_eq!(answer.header("x-change-seq"), "1");
    let made = answer.json();
    let tiles = &made["items"][2];
    assert_eq!(
        (&tiles["title"], &tiles["due_date"], &tiles["priority"]),
        (&json!("Tiles"), &json!("2026-11-21"), &json!("high"))
    );
    assert_eq!(made["items"][1]["tags"], json!(["home", "shop"]));
    assert_eq!(ada.titles("sort=manual").await, ["House", "Roof", "Tiles", "Garden"]);
    assert_eq!(logged(&app).await, [("Added 4 tasks".to_owned(), "1".to_owned())]);
    let next = ada.task("Next").await;
    assert!(next["position"].as_str() > made["items"][3]["position"].as_str());
    let all: Vec<Value> = (0..500).map(|number| json!({"title": format!("Task {number}")})).collect();
    ada.api.post("/api/me/tasks", &json!(all)).await.expect(201);
    assert_eq!(ada.titles("sort=manual&limit=500&q=task").await.len(), 500);
}

async fn a_list_is_made_whole_or_not_at_all(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let strangers = app.sign_up("bob").await.task("Bob's").await;
    let id = "0193a5f0-1111-7abc-8def-000000000001";
    let before = app.rows().await;
    let many: Vec<Value> = (0..501).map(|number| json!({"title": format!("Task {number}")})).collect();
    for (body, field) in [
        (json!([]), ""),
        (json!(many), ""),
        (json!([{"title": "Fine"}, {"title": " ", "due_date": "soon"}]), "1/title"),
        (json!([{"title": "Fine"}, 7]), "1"),
        (json!([{"title": "Fine"}, {"title": "x", "parent_id": strangers["id"]}]), "1/parent_id"),
        (json!([{"title": "Part", "parent_id": id}, {"title": "Whole", "id": id}]), "0/parent_id"),
        (json!([{"title": "x", "project_id": strangers["id"]}]), "0/project_id"),
        (json!([{"title": "x", "due_time": "10:00"}]), "0/due_time"),
        (json!([{"title": "One", "id": id}, {"title": "Two", "id": id}]), "1/id"),
        (json!([{"quick_add": "One\nTwo"}]), "0/quick_add"),
        (json!({"quick_add": "One\nTwo"}), "quick_add"),
    ] {
        let answer = ada.api.post("/api/me/tasks", &body).await.expect_problem(422, "invalid");
        let fields = answer.faulty_fields();
        assert!(fields.contains(&field.to_owned()), "{fields:?} has no {field:?}");
    }
    before.assert_same(&app.rows().await, "lists that were refused");
    ada.api.post("/api/me/tasks", &json!({"quick_add": "One line\n"})).await.expect(201);
}

async fn the_same_list_again_makes_nothing_new(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!([
        {"title": "Whole", "id": "0193a5f0-1111-7abc-8def-000000000001"},
        {"title": "Part", "id": "0193a5f0-1111-7abc-8def-000000000002", "parent_id": "0193a5f0-1111-7abc-8def-000000000001"},
    ]);
    let send = async |body: &Value| {
        ada.api.request("POST", "/api/me/tasks").header("idempotency-key", "k").json(body).send().await
    };
    let first = send(&body).await.expect(201).json();
    let replayed = send(&body).await.expect(201);
    assert_eq!((replayed.header("idempotent-replay"), replayed.json()), ("true", first.clone()));
    assert_eq!(ada.api.post("/api/me/tasks", &body).await.expect(200).json(), first, "by their ids");
    ada.api.patch(&path_of(&first["items"][0]), &json!({"title": "All of it"})).await.expect(200);
    let again = ada.api.post("/api/me/tasks", &body).await.expect(200).json();
    assert_eq!(
        (&again["items"][0]["title"], &again["items"][1]),
        (&json!("All of it"), &first["items"][1]),
        "whatever became of them"
    );
    let other = json!([body[0], {"title": "Another"}]);
    ada.api.post("/api/me/tasks", &other).await.expect_problem(409, "id_taken");
    assert_eq!(ada.titles("").await.len(), 2);
}

const LINES: &str = "Move house #home\n  Rent a van tomorrow !high\n\n    Call Ann\n  Boxes\nSleep";

async fn lines_make_a_task_each_and_indentation_parts(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let whole = ada.task("Everything").await;
    let body = json!({"lines": LINES, "parent_id": whole["id"], "usual_due_date": "2026-12-01"});
    let made = ada.api.post("/api/me/tasks", &body).await.expect(201).json();
    let made = made["items"].as_array().unwrap();
    let titles: Vec<&str> = made.iter().map(|task| task["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Move house", "Rent a van", "Call Ann", "Boxes", "Sleep"]);
    let parents: Vec<&Value> = made.iter().map(|task| &task["parent_id"]).collect();
    assert_eq!(parents, [&whole["id"], &made[0]["id"], &made[1]["id"], &made[0]["id"], &whole["id"]]);
    assert_eq!((&made[1]["due_date"], &made[4]["due_date"]), (&json!("2026-11-21"), &json!("2026-12-01")));
    let deep: String = (0..25).map(|level| format!("{}Level\n", " ".repeat(level))).collect();
    let refused = ada.api.post("/api/me/tasks", &json!({"lines": deep})).await.expect_problem(422, "invalid");
    assert_eq!(refused.faulty_fields(), ["lines"]);
    assert!(refused.text().contains("Line 21: Tasks nest at most 20 levels deep"));
    ada.api.delete(&path_of(&made[0])).await.expect(204);
    assert_eq!(ada.titles("").await.len(), 2, "parts go with their whole");
}

async fn ten_thousand_lines_are_refused_in_a_sentence(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    let lines = "Milk\n".repeat(10_000);
    let answer = ada.api.post("/api/me/tasks", &json!({"lines": lines})).await.expect_problem(422, "invalid");
    assert!(answer.text().contains("At most 500 lines are taken at once; these are 10000"));
    for action in ["preview_lines", "add_lines"] {
        let page = ada.browser.form("/tasks/paste", &[("do", action), ("lines", &lines)]).await.expect(422).text();
        assert!(page.contains("At most 500 lines are taken at once; these are 10000"), "{action}");
    }
    let huge = "Buy milk and many other things\n".repeat(10_000);
    ada.browser.form("/tasks/paste", &[("do", "add_lines"), ("lines", &huge)]).await.expect(413);
    before.assert_same(&app.rows().await, "pastes that were refused");
}

async fn the_page_asks_before_it_makes_many(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    assert!(ada.browser.get("/inbox").await.expect(200).text().contains("href=\"/tasks/paste\""));
    let asked = ada.browser.form("/tasks/paste", &[("do", "preview_lines"), ("lines", LINES)]).await.expect(200).text();
    assert!(
        asked.contains("Add 5 tasks?") && asked.contains("Rent a van") && asked.contains("Tomorrow · High"),
        "{asked}"
    );
    before.assert_same(&app.rows().await, "a question");
    ada.browser.form("/tasks/paste", &[("do", "add_lines"), ("lines", LINES)]).await.expect_redirect("/inbox");
    assert_eq!(ada.titles("sort=manual").await, ["Move house", "Rent a van", "Call Ann", "Boxes", "Sleep"]);
    assert_eq!(logged(&app).await, [("Added 5 tasks".to_owned(), "1".to_owned())], "one change");
    let whole = ada.task("Whole").await["id"].as_str().unwrap().to_owned();
    let parts = [("do", "add_lines"), ("lines", "One\nTwo"), ("parent_id", whole.as_str())];
    ada.browser.form("/tasks/paste", &parts).await.expect_redirect(&format!("/tasks/{whole}"));
    assert_eq!(ada.titles(&format!("parent_id={whole}")).await, ["One", "Two"]);
}

async fn the_page_keeps_what_was_pasted(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let fields = [("do", "preview_lines"), ("lines", "Fine\n#home"), ("usual_due_date", "2026-11-20")];
    let page = ada.browser.form("/tasks/paste", &fields).await.expect(422).text();
    assert!(page.contains("Line 2: Give the task a title") && page.contains("Fine\n#home"), "{page}");
    assert!(page.contains("value=\"2026-11-20\""), "and what was sent beside it");
    let empty = ada.browser.form("/tasks/paste", &[("do", "preview_lines"), ("lines", " ")]).await.expect(422).text();
    assert!(empty.contains("Type or paste at least one line"));
    assert!(ada.titles("").await.is_empty());
}
