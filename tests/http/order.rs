//! The manual order: moves over REST and by the buttons of a page, and what two devices do to it at once.

use crate::harness::{Kind, Person, TestApp, database, path_of, scenarios};
use serde_json::{Value, json};
use tokio::task::JoinSet;

scenarios![
    a_task_goes_before_or_behind_another_or_to_an_end,
    a_move_that_changes_nothing_writes_nothing,
    a_place_that_is_not_there_is_told_and_nothing_is_written,
    a_move_may_take_a_task_elsewhere_too,
    the_manual_order_pages_both_ways,
    two_devices_at_once_never_share_a_place,
    equal_and_long_places_are_given_room,
    a_thousand_moves_into_one_gap_stay_short,
    the_buttons_of_a_page_move_a_row,
    a_move_is_logged_as_such,
];

async fn five(app: &TestApp) -> (Person, Vec<Value>) {
    let ada = app.sign_up("ada").await;
    let mut tasks = Vec::new();
    for title in ["A", "B", "C", "D", "E"] {
        tasks.push(ada.task(title).await);
    }
    (ada, tasks)
}

async fn order(person: &Person) -> String {
    person.titles("sort=manual&limit=500").await.concat()
}

async fn move_to(person: &Person, task: &Value, place: Value) -> Value {
    person.api.post(&format!("{}/move", path_of(task)), &place).await.expect(200).json()
}

async fn a_task_goes_before_or_behind_another_or_to_an_end(app: TestApp) {
    let (ada, tasks) = five(&app).await;
    let id = |number: usize| tasks[number]["id"].clone();
    for (task, place, expected) in [
        (0, json!({"after_id": id(1)}), "BACDE"),
        (4, json!({"before_id": id(1)}), "EBACD"),
        (2, json!({"position": "first"}), "CEBAD"),
        (2, json!({"position": "last"}), "EBADC"),
        (1, json!({"after_id": id(4), "before_id": null}), "EBADC"),
        (3, json!({"before_id": id(0)}), "EBDAC"),
    ] {
        let moved = move_to(&ada, &tasks[task], place.clone()).await;
        assert_eq!(moved["title"], tasks[task]["title"]);
        assert_eq!(order(&ada).await, expected, "{place}");
    }
    assert_eq!(ada.titles("sort=manual&order=desc").await.concat(), "CADBE");
    assert_eq!(ada.titles("view=inbox").await.concat(), "EBDAC", "every list shows its part of the one order");
}

async fn a_move_that_changes_nothing_writes_nothing(app: TestApp) {
    let (ada, tasks) = five(&app).await;
    let before = app.rows().await;
    for place in [
        json!({"after_id": tasks[0]["id"]}),
        json!({"before_id": tasks[2]["id"]}),
        json!({"before_id": tasks[1]["id"]}),
        json!({"project_id": null}),
    ] {
        assert_eq!(move_to(&ada, &tasks[1], place).await, tasks[1]);
    }
    move_to(&ada, &tasks[0], json!({"position": "first"})).await;
    move_to(&ada, &tasks[4], json!({"position": "last"})).await;
    before.assert_same(&app.rows().await, "moving tasks to where they stand");
}

async fn a_place_that_is_not_there_is_told_and_nothing_is_written(app: TestApp) {
    let (ada, tasks) = five(&app).await;
    let strangers = app.sign_up("bob").await.task("Bob's").await;
    ada.api.delete(&path_of(&tasks[4])).await.expect(204);
    let before = app.rows().await;
    let post = async |task: &Value, place: Value| ada.api.post(&format!("{}/move", path_of(task)), &place).await;
    for id in [&strangers["id"], &tasks[4]["id"], &json!("0193a5f0-1111-7abc-8def-000000000001")] {
        for field in ["before_id", "after_id", "parent_id"] {
            let answer = post(&tasks[0], json!({ field: id })).await;
            assert_eq!(answer.expect_problem(422, "invalid").faulty_fields(), [field]);
        }
    }
    for (place, field) in [
        (json!({}), "position"),
        (json!({"position": "middle"}), "position"),
        (json!({"before_id": tasks[1]["id"], "after_id": tasks[2]["id"]}), "position"),
        (json!({"before_id": 7}), "before_id"),
        (json!({"parent_id": tasks[0]["id"]}), "parent_id"),
        (json!({"position": "first", "project_id": strangers["id"]}), "project_id"),
    ] {
        assert_eq!(post(&tasks[0], place).await.expect_problem(422, "invalid").faulty_fields(), [field]);
    }
    let first = json!({"position": "first"});
    post(&tasks[4], first.clone()).await.expect_problem(404, "not_found");
    post(&strangers, first.clone()).await.expect_problem(404, "not_found");
    let stale = ada.api.request("POST", &format!("{}/move", path_of(&tasks[0]))).header("if-match", "\"7\"");
    stale.json(&first).send().await.expect_problem(412, "stale_revision");
    before.assert_same(&app.rows().await, "moves that were refused");
}

async fn a_move_may_take_a_task_elsewhere_too(app: TestApp) {
    let (ada, tasks) = five(&app).await;
    let moved = move_to(&ada, &tasks[3], json!({"parent_id": tasks[0]["id"], "position": "first"})).await;
    assert_eq!(moved["parent_id"], tasks[0]["id"]);
    assert_eq!(order(&ada).await, "DABCE");
    let kept = move_to(&ada, &tasks[3], json!({"parent_id": null})).await;
    assert_eq!((&kept["parent_id"], &kept["position"]), (&Value::Null, &moved["position"]));
}

async fn the_manual_order_pages_both_ways(app: TestApp) {
    let (ada, tasks) = five(&app).await;
    move_to(&ada, &tasks[4], json!({"position": "first"})).await;
    move_to(&ada, &tasks[0], json!({"after_id": tasks[2]["id"]})).await;
    for (direction, expected) in [("asc", "EBCAD"), ("desc", "DACBE")] {
        let (mut seen, mut cursor) = (String::new(), String::new());
        loop {
            let path = format!("/api/me/tasks?sort=manual&order={direction}&limit=2&cursor={cursor}");
            let page = ada.api.get(&path).await.expect(200);
            seen.push_str(&page.titles().concat());
            match page.json()["next_cursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!(seen, expected);
    }
}

async fn two_devices_at_once_never_share_a_place(app: TestApp) {
    let (ada, tasks) = five(&app).await;
    let mut devices = JoinSet::new();
    for number in 0..40 {
        let (ada, task, anchor) = (ada.clone(), tasks[number % 4].clone(), tasks[4]["id"].clone());
        let place = if number % 3 == 0 { json!({"after_id": anchor}) } else { json!({"before_id": anchor}) };
        devices.spawn(async move { move_to(&ada, &task, place).await });
    }
    devices.join_all().await;
    let page = ada.api.get("/api/me/tasks?sort=manual").await.json();
    let mut places: Vec<&str> =
        page["items"].as_array().unwrap().iter().map(|task| task["position"].as_str().unwrap()).collect();
    let shown = places.clone();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places, shown, "all differ, and the list stands in their order");
}

/// Keys by hand, as nobody can set them.
async fn set_positions(app: &TestApp, tasks: &[(&Value, &str)]) {
    let database = database::connect(&app.ground.url).await;
    for (task, key) in tasks {
        let id = task["id"].as_str().unwrap();
        let id = match app.ground.kind {
            Kind::Sqlite => format!("x'{}'", id.replace('-', "")),
            Kind::Postgres => format!("'{id}'"),
        };
        database::execute(&database, &format!("UPDATE tasks SET position = '{key}' WHERE id = {id}")).await;
    }
    database.close().await.unwrap();
}

async fn equal_and_long_places_are_given_room(app: TestApp) {
    let (ada, tasks) = five(&app).await;
    set_positions(&app, &[(&tasks[1], "a0V"), (&tasks[2], "a0V"), (&tasks[3], "a0V")]).await;
    assert_eq!(order(&ada).await, "ABCDE", "their ids tell them apart");
    move_to(&ada, &tasks[4], json!({"before_id": tasks[2]["id"]})).await;
    assert_eq!(order(&ada).await, "ABECD");
    move_to(&ada, &tasks[0], json!({"after_id": tasks[2]["id"]})).await;
    assert_eq!(order(&ada).await, "BECAD");
    let long = format!("a0{}", "0".repeat(60));
    set_positions(&app, &[(&tasks[1], "a0"), (&tasks[4], &format!("{long}1")), (&tasks[2], &format!("{long}2"))]).await;
    let moved = move_to(&ada, &tasks[3], json!({"after_id": tasks[4]["id"]})).await;
    assert!(moved["position"].as_str().unwrap().len() < 10, "{moved}");
    assert_eq!(order(&ada).await, "BEDCA");
}

async fn a_thousand_moves_into_one_gap_stay_short(app: TestApp) {
    let (ada, tasks) = five(&app).await;
    let mut longest = 0;
    for number in 0..330 {
        // Each of three in turn right behind the first: the gap halves every time.
        let moved = move_to(&ada, &tasks[1 + number % 3], json!({"after_id": tasks[0]["id"]})).await;
        longest = longest.max(moved["position"].as_str().unwrap().len());
    }
    assert!(longest <= 48, "{longest} characters");
    assert_eq!(order(&ada).await, "ADCBE");
}

async fn the_buttons_of_a_page_move_a_row(app: TestApp) {
    let (ada, tasks) = five(&app).await;
    for page in ["/inbox", "/tasks?sort=manual"] {
        let shown = ada.browser.get(page).await.expect(200).text();
        assert!(shown.contains("aria-label=\"Move B up\"") && shown.contains("aria-label=\"Move E down\""), "{page}");
    }
    for page in ["/today", "/tasks", "/tasks?sort=manual&order=desc"] {
        assert!(!ada.browser.get(page).await.expect(200).text().contains("Move B up"), "{page} has no order of ours");
    }
    let id = |number: usize| tasks[number]["id"].as_str().unwrap();
    let up = [("do", "move_task"), ("id", id(2)), ("before_id", id(1))];
    ada.browser.form("/inbox", &up).await.expect_redirect(&format!("/inbox#task-{}", id(2)));
    assert_eq!(order(&ada).await, "ACBDE");
    let top = [("do", "move_task"), ("id", id(0)), ("before_id", id(0))];
    ada.browser.form("/tasks?sort=manual", &top).await.expect_redirect(&format!("/tasks?sort=manual#task-{}", id(0)));
    assert_eq!(order(&ada).await, "ACBDE");
    ada.api.delete(&path_of(&tasks[4])).await.expect(204);
    let gone = [("do", "move_task"), ("id", id(0)), ("after_id", id(4))];
    let refused = ada.browser.form("/inbox", &gone).await.expect(422).text();
    assert!(refused.contains("There is no such task"), "the page says why");
}

async fn a_move_is_logged_as_such(app: TestApp) {
    let (ada, tasks) = five(&app).await;
    move_to(&ada, &tasks[0], json!({"position": "last"})).await;
    let database = database::connect(&app.ground.url).await;
    let logged = database::pairs(
        &database,
        "SELECT label AS a, fields_before AS b FROM change_log WHERE action = 'move' AND fields_after IS NOT NULL",
    );
    let position = tasks[0]["position"].as_str().unwrap();
    assert_eq!(logged.await, [("Moved “A”".to_owned(), format!("{{\"position\":\"{position}\"}}"))]);
    database.close().await.unwrap();
}
