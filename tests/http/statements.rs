//! How many statements a request costs: few, and no more in a large account than in a small one.

use crate::harness::{Answer, Person, TestApp, path_of, scenarios};
use serde_json::{Value, json};

scenarios![a_list_takes_two_statements_beside_the_session, a_write_takes_as_many_statements_in_an_account_of_any_size];

/// What a request costs, and its answer.
async fn cost(app: &TestApp, request: impl Future<Output = Answer>) -> (u64, Answer) {
    let before = app.backend.statements();
    let answer = request.await;
    (app.backend.statements() - before, answer)
}

/// What it costs to find out who asks.
async fn session_check(app: &TestApp, person: &Person) -> u64 {
    let (statements, answer) = cost(app, person.api.get("/api/me/tasks?limit=many")).await;
    answer.expect(422);
    statements
}

/// So many tasks more, with tags and a date.
async fn fill(person: &Person, count: usize) {
    for number in 0..count {
        let tags = [format!("tag{}", number % 7), "common".to_owned()];
        person.task_with(json!({"title": format!("Task {number}"), "tags": tags, "due_date": "2026-11-21"})).await;
    }
}

async fn a_list_takes_two_statements_beside_the_session(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for count in [3, 60] {
        fill(&ada, count).await;
        let check = session_check(&app, &ada).await;
        assert!(check <= 1, "{check} for the session");
        for path in [
            "/api/me/tasks",
            "/api/me/tasks?status=all&sort=title&limit=100",
            "/api/me/tasks?q=task",
            "/api/me/tasks?tag=common&sort=priority",
            "/api/me/tasks?due_from=2026-11-01&due_to=2026-12-01",
            "/api/me/tasks?view=today",
            "/api/me/tasks?view=upcoming",
            "/api/me/tasks?view=logbook",
        ] {
            let (statements, answer) = cost(&app, ada.api.get(path)).await;
            answer.expect(200);
            assert!(statements <= check + 2, "{path} takes {statements} statements");
        }
    }
}

async fn a_write_takes_as_many_statements_in_an_account_of_any_size(app: TestApp) {
    let ada = app.sign_up("ada").await;
    // A name that is new is written once.
    writes(&app, &ada).await;
    let mut costs = Vec::new();
    for count in [3, 60] {
        fill(&ada, count).await;
        let check = session_check(&app, &ada).await;
        let found = writes(&app, &ada).await;
        for (what, statements) in &found {
            // Whoever goes back or forth is told in the same answer what comes next, which is read after the write.
            let more = u64::from(["undoing", "redoing"].contains(what));
            assert!(statements - check <= 8 + more, "{what} takes {statements} statements");
        }
        costs.push(found);
    }
    assert_eq!(costs[0], costs[1], "no more with more tasks");
}

/// What every kind of write costs.
async fn writes(app: &TestApp, ada: &Person) -> Vec<(&'static str, u64)> {
    let mut costs = Vec::new();
    let mut note = |what: &'static str, (statements, answer): (u64, Answer)| -> Value {
        assert!(answer.status < 300, "{what}: {}", answer.text());
        costs.push((what, statements));
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    };
    let new = json!({"title": "New", "tags": ["common", "fresh"], "notes": "Some"});
    let task = note("adding", cost(app, ada.api.post("/api/me/tasks", &new)).await);
    let path = path_of(&task);
    let quick = json!({"quick_add": "Pay rent tomorrow 10:00 !high #home every month"});
    let repeating = note("quick add", cost(app, ada.api.post("/api/me/tasks", &quick)).await);
    note("changing", cost(app, ada.api.patch(&path, &json!({"title": "Changed", "tags": ["fresh"]}))).await);
    let done = json!({"is_completed": true});
    note("completing", cost(app, ada.api.patch(&format!("{path}/complete"), &done)).await);
    note(
        "completing one that repeats",
        cost(app, ada.api.patch(&format!("{}/complete", path_of(&repeating)), &done)).await,
    );
    note("undoing", cost(app, ada.api.post("/api/me/undo", &json!({}))).await);
    note("redoing", cost(app, ada.api.post("/api/me/redo", &json!({}))).await);
    note("deleting", cost(app, ada.api.delete(&path)).await);
    note("restoring", cost(app, ada.api.request("POST", &format!("{path}/restore")).send()).await);
    // The key of a request that may come twice costs one statement.
    let keyed = async |method: &str, path: &str, body: Value| {
        let key = app.backend.statements().to_string();
        ada.api.request(method, path).header("idempotency-key", &key).json(&body).send().await
    };
    let dated = json!({"title": "Once more", "tags": ["common"], "due_date": "2026-11-24"});
    note("changing with a key", cost(app, keyed("PATCH", &path, dated)).await);
    let path = format!("{}/complete", path_of(&repeating));
    note("completing one that repeats with a key", cost(app, keyed("PATCH", &path, done)).await);
    costs
}
