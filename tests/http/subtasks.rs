//! Subtasks: parts go where their task goes, and lists tell of them.

use crate::harness::{Person, TestApp, database, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    the_parts_of_a_task_are_a_list,
    completing_a_task_completes_its_open_parts,
    parts_of_what_repeats_are_open_again_until_it_ends,
    parts_elsewhere_go_with_a_deleted_project,
    deleting_a_task_takes_its_parts_along_and_back,
    a_part_that_is_restored_alone_stands_by_itself,
    parts_are_where_the_whole_is,
    what_is_done_to_many_is_done_to_their_parts_and_taken_back_with_them,
    lists_tell_of_kin_when_asked,
    a_circle_or_too_many_levels_is_refused,
    a_task_shows_its_parts_on_its_page,
    the_editor_changes_every_date,
];

/// "House" with two parts, the first of which has a part of its own.
async fn house(app: &TestApp) -> (Person, [Value; 4]) {
    let ada = app.sign_up("ada").await;
    let house = ada.task("House").await;
    let roof = ada.task_with(json!({"title": "Roof", "parent_id": house["id"]})).await;
    let tiles = ada.task_with(json!({"title": "Tiles", "parent_id": roof["id"], "tags": ["shop"]})).await;
    let door = ada.task_with(json!({"title": "Door", "parent_id": house["id"]})).await;
    (ada, [house, roof, tiles, door])
}

fn id(task: &Value) -> &str {
    task["id"].as_str().unwrap()
}

async fn changes(app: &TestApp, action: &str) -> Vec<(String, String)> {
    let database = database::connect(&app.ground.url).await;
    let sql = format!(
        "SELECT DISTINCT label AS a, CAST(sequence AS text) AS b FROM change_log WHERE action = '{action}' ORDER BY 2"
    );
    let changes = database::pairs(&database, &sql).await;
    database.close().await.unwrap();
    changes
}

async fn complete(person: &Person, task: &Value, is_completed: bool) {
    let body = json!({ "is_completed": is_completed });
    person.api.patch(&format!("{}/complete", path_of(task)), &body).await.expect(200);
}

async fn the_parts_of_a_task_are_a_list(app: TestApp) {
    let (ada, [house, roof, _, door]) = house(&app).await;
    let of_house = format!("parent_id={}", house["id"].as_str().unwrap());
    assert_eq!(ada.titles(&of_house).await, ["Roof", "Door"]);
    complete(&ada, &roof, true).await;
    assert_eq!(ada.titles(&of_house).await, ["Roof", "Door"], "done ones too");
    assert_eq!(ada.titles(&format!("{of_house}&status=open")).await, ["Door"]);
    assert_eq!(ada.titles(&format!("{of_house}&sort=title")).await, ["Door", "Roof"]);
    let first = json!({"position": "first"});
    ada.api.post(&format!("{}/move", path_of(&door)), &first).await.expect(200);
    assert_eq!(ada.titles(&of_house).await, ["Door", "Roof"]);
    let first = ada.api.get(&format!("/api/me/tasks?{of_house}&limit=1")).await.expect(200);
    let next = first.json()["next_cursor"].as_str().unwrap().to_owned();
    assert_eq!(ada.titles(&format!("{of_house}&limit=1&cursor={next}")).await, ["Roof"]);
    ada.api.get("/api/me/tasks?parent_id=soon").await.expect_problem(422, "invalid");
}

async fn completing_a_task_completes_its_open_parts(app: TestApp) {
    let (ada, [house, roof, tiles, door]) = house(&app).await;
    complete(&ada, &door, true).await;
    let done_before = ada.api.get(&path_of(&door)).await.json();
    app.clock.advance(60);
    complete(&ada, &house, true).await;
    for task in [&house, &roof, &tiles] {
        let task = ada.api.get(&path_of(task)).await.json();
        assert_eq!(task["completed_at"], "2026-11-20T10:01:00.000Z", "{}", task["title"]);
    }
    assert_eq!(ada.api.get(&path_of(&door)).await.json(), done_before, "what was done stays as it was");
    assert_eq!(ada.api.get(&path_of(&tiles)).await.json()["tags"], json!(["shop"]));
    let labels: Vec<String> = changes(&app, "complete").await.into_iter().map(|(label, _)| label).collect();
    assert_eq!(labels, ["Completed “Door”", "Completed “House” and 2 subtasks"], "one change each");
    complete(&ada, &house, false).await;
    assert_eq!(ada.api.get(&path_of(&roof)).await.json()["is_completed"], true, "opening it opens it alone");
}

async fn parts_of_what_repeats_are_open_again_until_it_ends(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let again = json!({"title": "Clean", "due_date": "2026-11-20", "rrule": "FREQ=DAILY;COUNT=3"});
    let clean = ada.task_with(again).await;
    let hall = ada.task_with(json!({"title": "Hall", "parent_id": clean["id"]})).await;
    let pots =
        json!({"title": "Pots", "parent_id": clean["id"], "due_date": "2026-11-20", "rrule": "FREQ=DAILY;COUNT=1"});
    let pots = ada.task_with(pots).await;
    let open = || async { ada.titles("sort=title").await };
    complete(&ada, &hall, true).await;
    complete(&ada, &clean, true).await;
    assert_eq!(open().await, ["Clean", "Hall", "Pots"]);
    complete(&ada, &pots, true).await;
    ada.api.post(&format!("{}/skip", path_of(&clean)), &json!({})).await.expect(200);
    assert_eq!(open().await, ["Clean", "Hall", "Pots"]);
    ada.api.post(&format!("{}/skip", path_of(&clean)), &json!({})).await.expect(200);
    assert!(open().await.is_empty(), "after its last date it ends, and its parts with it");
    let undone = ada.api.post("/api/me/undo", &json!({})).await.expect(200).json();
    assert_eq!(undone["label"], "Skipped “Clean” and 2 subtasks");
    assert_eq!(open().await, ["Clean", "Hall", "Pots"]);
    let ids = json!([clean["id"], pots["id"]]);
    ada.api.post("/api/me/tasks/bulk", &json!({"ids": ids, "action": "complete"})).await.expect(200);
    assert!(open().await.is_empty());
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    assert_eq!(open().await, ["Clean", "Hall", "Pots"]);
}

async fn parts_elsewhere_go_with_a_deleted_project(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let project = ada.api.post("/api/me/projects", &json!({"name": "Home"})).await.expect(201).json();
    let house = ada.task_with(json!({"title": "House", "project_id": project["id"]})).await;
    let door = json!({"title": "Door", "parent_id": house["id"], "project_id": null});
    assert_eq!(ada.task_with(door).await["project_id"], Value::Null);
    ada.api.delete(&format!("/api/me/projects/{}", id(&project))).await.expect(204);
    assert!(ada.titles("").await.is_empty(), "nothing outside the bin is a part of what is in it");
    let undone = ada.api.post("/api/me/undo", &json!({})).await.expect(200).json();
    assert_eq!(undone["label"], "Deleted “Home” and 2 tasks");
    assert_eq!(ada.titles("sort=title").await, ["Door", "House"]);
}

async fn deleting_a_task_takes_its_parts_along_and_back(app: TestApp) {
    let (ada, [house, roof, tiles, door]) = house(&app).await;
    ada.api.delete(&path_of(&door)).await.expect(204);
    app.clock.advance(60);
    ada.api.delete(&path_of(&house)).await.expect(204);
    assert!(ada.titles("status=all").await.is_empty());
    let labels: Vec<String> = changes(&app, "delete").await.into_iter().map(|(label, _)| label).collect();
    assert_eq!(labels, ["Deleted “Door”", "Deleted “House” and 2 subtasks"]);
    app.clock.advance(60);
    ada.api.post(&format!("{}/restore", path_of(&house)), &json!({})).await.expect(200);
    let mut back = ada.titles("status=all").await;
    back.sort();
    assert_eq!(back, ["House", "Roof", "Tiles"], "what was deleted before stays in the bin");
    assert_eq!(ada.api.get(&path_of(&tiles)).await.json()["parent_id"], roof["id"]);
    assert_eq!(ada.titles("view=bin").await, ["Door"]);
}

async fn a_part_that_is_restored_alone_stands_by_itself(app: TestApp) {
    let (ada, [house, roof, tiles, door]) = house(&app).await;
    ada.api.delete(&path_of(&house)).await.expect(204);
    let restored = ada.api.post(&format!("{}/restore", path_of(&roof)), &json!({})).await.expect(200).json();
    assert_eq!((&restored["parent_id"], &restored["deleted_at"]), (&Value::Null, &Value::Null));
    assert_eq!(ada.api.get(&path_of(&tiles)).await.expect(200).json()["parent_id"], roof["id"]);
    ada.api.get(&path_of(&door)).await.expect(404);
    let again = ada.api.post(&format!("{}/restore", path_of(&roof)), &json!({})).await.expect(200).json();
    assert_eq!(again, restored, "there is nothing to restore twice");
}

async fn parts_are_where_the_whole_is(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let project = crate::views::project(&app, &ada).await;
    let house = ada.task_with(json!({"title": "House", "project_id": project})).await;
    let body = json!({"id": "0193a5f0-1111-7abc-8def-000000000009", "title": "Roof", "parent_id": house["id"]});
    let roof = ada.task_with(body.clone()).await;
    assert_eq!(roof["project_id"], json!(project));
    assert_eq!(ada.api.post("/api/me/tasks", &body).await.expect(200).json(), roof, "the same again is the same");
    let elsewhere = ada.task_with(json!({"title": "Elsewhere", "parent_id": house["id"], "project_id": null})).await;
    assert_eq!(elsewhere["project_id"], Value::Null, "unless it is said where");
    ada.api.patch(&path_of(&house), &json!({"project_id": null})).await.expect(200);
    assert_eq!(ada.api.get(&path_of(&roof)).await.json()["project_id"], Value::Null);
    ada.api.post(&format!("{}/move", path_of(&house)), &json!({"project_id": project})).await.expect(200);
    assert_eq!(ada.api.get(&path_of(&roof)).await.json()["project_id"], json!(project));
}

async fn what_is_done_to_many_is_done_to_their_parts_and_taken_back_with_them(app: TestApp) {
    let (ada, tasks) = house(&app).await;
    let [house, roof, tiles, door] = &tasks;
    let project = crate::views::project(&app, &ada).await;
    let read = async || ada.titles("status=all&sort=title").await;
    // One of the parts is selected beside the whole, and is no second row of the same change.
    let ids = json!([house["id"], tiles["id"]]);
    let bulk = async |body: Value| ada.api.post("/api/me/tasks/bulk", &body).await.expect(200).json();
    let undo = async |expected: &str| {
        let undone = ada.api.post("/api/me/undo", &json!({})).await.expect(200).json();
        assert_eq!(undone["label"], expected);
        assert_eq!(undone["left"], json!([]));
        for task in &tasks {
            let mut now = ada.api.get(&path_of(task)).await.expect(200).json();
            for field in ["revision", "updated_at"] {
                now[field] = task[field].clone();
            }
            assert_eq!(&now, task, "after {expected}");
        }
    };

    let done = bulk(json!({"ids": ids, "action": "complete"})).await;
    assert_eq!(done["tasks"].as_array().unwrap().len(), 4);
    assert!(ada.titles("").await.is_empty());
    undo("Completed 4 tasks").await;

    let deleted = bulk(json!({"ids": ids, "action": "delete"})).await;
    assert_eq!(deleted["tasks"].as_array().unwrap().len(), 4);
    assert!(read().await.is_empty());
    bulk(json!({"ids": [house["id"]], "action": "restore"})).await;
    assert_eq!(read().await, ["Door", "House", "Roof", "Tiles"]);
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    assert!(read().await.is_empty());
    bulk(json!({"ids": [roof["id"], door["id"]], "action": "restore"})).await;
    assert_eq!(read().await, ["Door", "Roof", "Tiles"]);
    for (task, parent) in [(roof, &Value::Null), (door, &Value::Null), (tiles, &roof["id"])] {
        assert_eq!(&ada.api.get(&path_of(task)).await.json()["parent_id"], parent, "none is a part of what is gone");
    }
    for _ in 0..2 {
        ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    }
    assert_eq!(read().await, ["Door", "House", "Roof", "Tiles"]);

    let moved = bulk(json!({"ids": ids, "patch": {"project_id": project}})).await;
    assert_eq!(moved["tasks"].as_array().unwrap().len(), 4);
    assert_eq!(ada.titles(&format!("project_id={project}")).await.len(), 4);
    undo("Changed 4 tasks").await;

    let below = json!({"ids": [house["id"], door["id"]], "patch": {"parent_id": tiles["id"]}});
    ada.api.post("/api/me/tasks/bulk", &below).await.expect_problem(422, "invalid");
    let apart = bulk(json!({"ids": [roof["id"], door["id"]], "patch": {"parent_id": null}})).await;
    assert_eq!(apart["tasks"].as_array().unwrap().len(), 2);
    undo("Changed 2 tasks").await;
}

async fn lists_tell_of_kin_when_asked(app: TestApp) {
    let (ada, [_, _, tiles, door]) = house(&app).await;
    complete(&ada, &door, true).await;
    ada.api.delete(&path_of(&tiles)).await.expect(204);
    let usual = ada.api.get("/api/me/tasks?sort=manual").await.expect(200).json();
    assert!(usual.get("kin").is_none());
    for query in ["expand=kin&sort=manual", "expand=kin&view=inbox", "expand=kin&sort=manual&priority=none"] {
        let page = ada.api.get(&format!("/api/me/tasks?{query}")).await.expect(200).json();
        let expected = json!([{"parts": 2, "done": 1, "parent": null}, {"parts": 0, "done": 0, "parent": "House"}]);
        assert_eq!(page["kin"], expected, "{query}");
    }
    let link = ada.api.get("/api/me/tasks?expand=kin&limit=1").await.expect(200);
    assert!(link.header("link").contains("expand=kin"));
    ada.api.get("/api/me/tasks?expand=everything").await.expect_problem(422, "invalid");
    let shown = ada.browser.get("/inbox").await.expect(200).text();
    assert!(shown.contains("1/2") && shown.contains("Subtask of "), "rows say so too");
}

async fn a_circle_or_too_many_levels_is_refused(app: TestApp) {
    let (ada, [house, _, tiles, _]) = house(&app).await;
    let before = app.rows().await;
    for parent in [&tiles, &house] {
        let answer = ada.api.patch(&path_of(&house), &json!({"parent_id": parent["id"]})).await;
        assert!(answer.expect_problem(422, "invalid").text().contains("cannot be a part of itself"));
    }
    before.assert_same(&app.rows().await, "circles");
    let mut parent = tiles;
    for level in 3..20 {
        parent = ada.task_with(json!({"title": format!("Level {level}"), "parent_id": parent["id"]})).await;
    }
    let answer = ada.api.post("/api/me/tasks", &json!({"title": "Too deep", "parent_id": parent["id"]})).await;
    assert!(answer.expect_problem(422, "invalid").text().contains("at most 20 levels"));
}

async fn a_task_shows_its_parts_on_its_page(app: TestApp) {
    let (ada, [house, roof, tiles, door]) = house(&app).await;
    let page_of = |task: &Value| format!("/tasks/{}", id(task));
    let done = [("do", "set_task_completed"), ("id", id(&door)), ("is_completed", "true")];
    ada.browser.form(&page_of(&house), &done).await.expect_redirect(&page_of(&house));
    let page = ada.browser.get(&page_of(&house)).await.expect(200).text();
    assert!(page.contains("1 of 2") && page.contains("<progress"), "progress is told");
    let add = [("do", "add_task"), ("title", "Windows tomorrow"), ("parent_id", id(&house))];
    ada.browser.form(&page_of(&house), &add).await.expect_redirect(&page_of(&house));
    let windows = ada.api.get(&format!("/api/me/tasks?parent_id={}&q=windows", id(&house))).await.json();
    assert_eq!(windows["items"][0]["due_date"], "2026-11-21");
    let empty = [("do", "add_task"), ("title", " "), ("parent_id", id(&house))];
    let refused = ada.browser.form(&page_of(&house), &empty).await.expect(422).text();
    assert!(refused.contains("Give the task a title"));
    let deep = ada.browser.get(&page_of(&tiles)).await.expect(200).text();
    let (first, second) = (deep.find(&page_of(&house)).unwrap(), deep.find(&page_of(&roof)).unwrap());
    assert!(first < second, "the way up begins with the outermost");
}

async fn the_editor_changes_every_date(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task("Tax").await;
    let page = format!("/tasks/{}", id(&task));
    let usual =
        [("do", "edit_task"), ("id", id(&task)), ("title", "Tax"), ("due_date", "2026-12-24"), ("due_time", "18:30")];
    let dates = [
        ("shows_dates", "true"),
        ("start_date", "2026-12-01"),
        ("deadline", "2026-12-31"),
        ("duration_min", "90"),
        ("time_zone", "Europe/Berlin"),
    ];
    let all: Vec<_> = usual.iter().chain(&dates).copied().collect();
    ada.browser.form(&page, &all).await.expect(303);
    let read = async || ada.api.get(&path_of(&task)).await.json();
    let saved = read().await;
    for (name, value) in
        [("start_date", json!("2026-12-01")), ("deadline", json!("2026-12-31")), ("duration_min", json!(90))]
    {
        assert_eq!(saved[name], value, "{name}");
    }
    assert_eq!(saved["due_at"], "2026-12-24T17:30:00.000Z", "in the zone that was given");
    assert!(ada.titles("view=inbox").await.is_empty(), "hidden until it starts");
    ada.browser.form(&page, &usual).await.expect(303);
    assert_eq!(read().await["deadline"], "2026-12-31", "a form without these fields leaves them alone");
    let wrong = [("shows_dates", "true"), ("duration_min", "soon"), ("time_zone", "Mars/Olympus")];
    let wrong: Vec<_> = usual.iter().chain(&wrong).copied().collect();
    let refused = ada.browser.form(&page, &wrong).await.expect(422).text();
    assert!(refused.contains("Send whole minutes") && refused.contains("value=\"soon\""), "what was typed is kept");
    let cleared: Vec<_> = usual.iter().copied().chain([("shows_dates", "true"), ("deadline", "")]).collect();
    ada.browser.form(&page, &cleared).await.expect(303);
    let cleared = read().await;
    for name in ["start_date", "deadline", "duration_min", "time_zone"] {
        assert_eq!(cleared[name], Value::Null, "{name}");
    }
}
