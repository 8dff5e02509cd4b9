//! Whose rows are whose, F01–F03 and F06 of the attacks: two people, and each other's ids in every place an id can stand.

use crate::harness::{Answer, Person, TestApp, path_of, scenarios};
use serde_json::json;

scenarios![
    f01_anothers_task_looks_like_none_at_all,
    f01_server_functions_do_not_reach_anothers_task,
    f02_fields_of_the_server_are_never_taken_from_a_body,
    f02_a_client_may_choose_an_id_that_a_stranger_has,
    f03_nothing_can_point_to_anothers_rows,
    f05_search_filters_and_sorting_never_show_anothers_text,
    f06_strange_ids_are_not_found,
];

const MISSING: &str = "/api/me/tasks/0193a5f0-1111-7abc-8def-000000000001";

async fn both(app: &TestApp) -> (Person, Person) {
    (app.sign_up("ada").await, app.sign_up("bob").await)
}

#[track_caller]
fn assert_same404(answer: &Answer, missing: &Answer) {
    assert_eq!((answer.status, missing.status), (404, 404), "{}", answer.asked);
    assert_eq!(answer.text(), missing.text(), "{}: byte for byte the same", answer.asked);
    let kind = |answer: &Answer| answer.header("content-type").to_owned();
    assert_eq!(kind(answer), kind(missing));
    assert!(!answer.text().contains("instance") && !answer.text().contains("request_id"));
}

async fn f01_anothers_task_looks_like_none_at_all(app: TestApp) {
    let (ada, bob) = both(&app).await;
    let path = path_of(&bob.task("Bob's").await);
    let before = app.rows().await;
    let body = json!({"title": "Taken over", "is_completed": true});
    for (method, tail) in [("GET", ""), ("PATCH", ""), ("PUT", ""), ("DELETE", ""), ("PATCH", "/complete")] {
        let ask = |path: String| {
            let request = ada.api.request(method, &path);
            let request = match (method, tail) {
                ("GET" | "DELETE", _) => request,
                (_, "/complete") => request.json(&json!({"is_completed": true})),
                _ => request.json(&body),
            };
            async move { request.send().await }
        };
        assert_same404(&ask(format!("{path}{tail}")).await, &ask(format!("{MISSING}{tail}")).await);
    }
    let restore = |path: &str| ada.api.request("POST", &format!("{path}/restore")).send();
    assert_same404(&restore(&path).await, &restore(MISSING).await);
    let page = ada.browser.get(&path.replace("/api/me", "")).await;
    let missing = ada.browser.get(&MISSING.replace("/api/me", "")).await;
    assert_eq!((page.status, missing.status), (404, 404));
    assert_eq!(page.body.len(), missing.body.len());
    before.assert_same(&app.rows().await, "asking for another's task");
}

async fn f01_server_functions_do_not_reach_anothers_task(app: TestApp) {
    let (ada, bob) = both(&app).await;
    let task = bob.task("Bob's").await;
    let deleted = bob.task("In Bob's bin").await;
    bob.api.delete(&path_of(&deleted)).await.expect(204);
    let before = app.rows().await;
    for task in [&task, &deleted] {
        let id = task["id"].as_str().unwrap();
        let calls: [(&str, &[(&str, &str)]); 5] = [
            ("tick_note", &[("id", id), ("number", "0")]),
            ("edit_task", &[("id", id), ("title", "Taken over"), ("notes", ""), ("revision", "1")]),
            ("set_task_completed", &[("id", id), ("is_completed", "true")]),
            ("delete_task", &[("id", id)]),
            ("restore_task", &[("id", id)]),
        ];
        for (function, fields) in calls {
            let answer = ada.browser.form(&format!("/actions/{function}"), fields).await;
            assert_eq!(answer.status, 404, "{function}: {}", answer.text());
            assert!(!answer.text().contains("Bob's"), "{function}");
        }
    }
    before.assert_same(&app.rows().await, "server functions with another's task");
}

async fn f02_fields_of_the_server_are_never_taken_from_a_body(app: TestApp) {
    let (ada, bob) = both(&app).await;
    let task = ada.task("Mine").await;
    let stolen = json!({
        "user_id": bob.id, "id": "0193a5f0-1111-7abc-8def-000000000009", "created_at": "1999-01-01T00:00:00Z", "revision": 77,
        "due_at": "1999-01-01T00:00:00Z", "deleted_at": "1999-01-01T00:00:00Z", "completed_at": "1999-01-01T00:00:00Z",
    });
    for method in ["PATCH", "PUT"] {
        let changed = ada.api.json(method, &path_of(&task), &stolen).await.expect(200).json();
        for field in ["user_id", "id", "created_at", "due_at", "deleted_at", "completed_at"] {
            assert_eq!(changed[field], task[field], "{method} {field}");
        }
        assert_ne!(changed["revision"], 77);
    }
    ada.api.patch(&path_of(&task), &json!({"owner_id": bob.id})).await.expect_problem(422, "invalid");
    assert!(bob.titles("status=all").await.is_empty());
}

async fn f02_a_client_may_choose_an_id_that_a_stranger_has(app: TestApp) {
    let (ada, bob) = both(&app).await;
    let id = bob.task("Bob's").await["id"].clone();
    let hers = ada.api.post("/api/me/tasks", &json!({"id": id, "title": "Ada's"})).await.expect(201).json();
    assert_eq!((&hers["id"], &hers["user_id"]), (&id, &json!(ada.id)));
    ada.api.patch(&path_of(&hers), &json!({"title": "Ada's own", "tags": ["a"]})).await.expect(200);
    ada.api.delete(&path_of(&hers)).await.expect(204);
    assert_eq!(bob.titles("").await, ["Bob's"], "the clash is neither felt nor noticed");
}

async fn f03_nothing_can_point_to_anothers_rows(app: TestApp) {
    let (ada, bob) = both(&app).await;
    let foreign = bob.task("Bob's").await["id"].clone();
    let missing = json!("0193a5f0-1111-7abc-8def-000000000001");
    let own = ada.task("Mine").await;
    let before = app.rows().await;
    for field in ["parent_id", "project_id"] {
        let mut told = Vec::new();
        for id in [&foreign, &missing] {
            let created = ada.api.post("/api/me/tasks", &json!({"title": "x", field: id})).await;
            let patched = ada.api.patch(&path_of(&own), &json!({field: id})).await;
            for answer in [&created, &patched] {
                assert!([404, 422].contains(&answer.status), "{field}: {} {}", answer.status, answer.text());
            }
            told.push((
                created.status,
                created.json()["errors"].clone(),
                patched.status,
                patched.json()["errors"].clone(),
            ));
        }
        assert_eq!(told[0], told[1], "{field}: another's row looks like none");
    }
    before.assert_same(&app.rows().await, "pointing to another's rows");
}

async fn f05_search_filters_and_sorting_never_show_anothers_text(app: TestApp) {
    let (ada, bob) = both(&app).await;
    let fields = json!({"title": "canary bird", "notes": "canary song", "tags": ["canary"], "priority": "high", "due_date": "2026-11-20"});
    bob.task_with(fields).await;
    ada.task_with(json!({"title": "hers", "tags": ["other"]})).await;
    let mut queries =
        vec!["q=canary".to_owned(), "tag=canary".to_owned(), "q=%25".to_owned(), "priority=high".to_owned()];
    for sort in ["due", "priority", "created", "title", "manual"] {
        queries.push(format!("sort={sort}&status=all&limit=500"));
    }
    queries.push("due_from=2026-01-01&due_to=2027-01-01&status=all".to_owned());
    for query in queries {
        let answer = ada.api.get(&format!("/api/me/tasks?{query}")).await.expect(200);
        assert!(!answer.text().contains("canary"), "{query} over REST");
        let page = ada.browser.get(&format!("/tasks?{query}")).await.expect(200).text();
        assert!(!page.contains("canary bird") && !page.contains("canary song"), "{query} on the page");
        let answer = ada.browser.form("/actions/list_tasks", &[("query", &query)]).await.expect(200);
        assert!(!answer.text().contains("canary"), "{query} by server function");
    }
    assert!(!ada.browser.get("/dashboard").await.text().contains("canary"));
    for path in [
        "/api/me/search?q=can",
        "/api/me/search?q=canary",
        "/api/me/tasks?filter=canary",
        "/api/me/tasks?filter=%23canary",
    ] {
        let answer = ada.api.get(path).await;
        assert!(
            answer.status < 500 && !answer.text().contains("canary bird") && !answer.text().contains("canary song"),
            "{path}"
        );
        if answer.status == 200 {
            assert_eq!(answer.json()["items"], json!([]), "{path}");
        }
    }
    for view in ["inbox", "today", "upcoming", "overdue", "logbook", "bin", "all"] {
        let answer = ada.api.get(&format!("/api/me/tasks?view={view}")).await.expect(200);
        assert!(!answer.text().contains("canary"), "the view {view}");
    }
    // Bob has one task in hand, late or due today; none of it is counted for her.
    let counts = ada.api.get("/api/me/views/counts").await.expect(200).json();
    let alone = app.sign_up("cem").await;
    alone.task_with(json!({"title": "his", "tags": ["other"]})).await;
    assert_eq!(counts, alone.api.get("/api/me/views/counts").await.expect(200).json());
    for page in ["/inbox", "/today", "/upcoming", "/logbook", "/bin", "/search?q=canary"] {
        let text = ada.browser.get(page).await.expect(200).text();
        assert!(!text.contains("canary bird") && !text.contains("canary song"), "{page}");
    }
}

async fn f06_strange_ids_are_not_found(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task("Mine").await;
    let id = task["id"].as_str().unwrap();
    let missing = ada.api.get(MISSING).await.expect(404);
    let ids = [
        "0",
        "-1",
        "1",
        "9223372036854775808",
        "me",
        "%00",
        "..%2f..",
        "%27%20OR%201%3D1--",
        "null",
        "undefined",
        "%F0%9F%8C%B1",
        "%ff",
        "0193a5f0111170abc8def000000000001",
        "{0193a5f0-1111-7abc-8def-000000000001}",
        "00000000-0000-0000-0000-000000000000",
    ];
    for strange in ids.into_iter().chain([id.replace('-', "").as_str()]) {
        for method in ["GET", "PATCH", "DELETE"] {
            let request = ada.api.request(method, &format!("/api/me/tasks/{strange}"));
            let request = if method == "PATCH" { request.json(&json!({"title": "x"})) } else { request };
            let answer = request.send().await;
            assert!([400, 404].contains(&answer.status), "{method} {strange}: {}", answer.status);
            assert!(answer.status == 400 || answer.body == missing.body, "{method} {strange}: {}", answer.text());
        }
        let page = ada.browser.get(&format!("/tasks/{strange}")).await;
        assert!([400, 404].contains(&page.status), "/tasks/{strange}: {}", page.status);
    }
    let upper = ada.api.get(&format!("/api/me/tasks/{}", id.to_uppercase())).await;
    assert!([200, 404].contains(&upper.status), "{}", upper.status);
    assert_eq!(ada.titles("").await, ["Mine"]);
}
