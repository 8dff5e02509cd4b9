//! The same change to many tasks: one entry in the log, one step back, all or nothing. F04 of the attacks is here.

use crate::harness::{Person, TestApp, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    many_tasks_are_changed_and_one_undo_takes_all_back,
    tags_are_added_and_removed_beside_each_tasks_own,
    a_filter_says_which,
    a_bulk_change_is_taken_whole_or_not_at_all,
    f04_own_and_foreign_ids_in_one_request_change_nothing,
    a_thousand_tasks_are_one_change,
    the_form_below_a_list_changes_what_is_selected,
    a_refused_form_keeps_what_was_selected,
    everything_on_a_page_can_be_selected,
    what_is_late_moves_to_today_at_once,
];

const BULK: &str = "/api/me/tasks/bulk";

async fn three(person: &Person) -> Vec<Value> {
    let mut tasks = Vec::new();
    for title in ["One", "Two", "Three"] {
        tasks.push(person.task_with(json!({"title": title, "tags": [title]})).await);
    }
    tasks
}

fn ids(tasks: &[Value]) -> Vec<Value> {
    tasks.iter().map(|task| task["id"].clone()).collect()
}

async fn many_tasks_are_changed_and_one_undo_takes_all_back(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let tasks = three(&ada).await;
    let before = app.rows().await;
    let bodies = [
        json!({"ids": ids(&tasks), "action": "complete"}),
        json!({"ids": ids(&tasks), "action": "delete"}),
        json!({"ids": ids(&tasks), "patch": {"priority": "high", "due_date": "2026-12-24", "due_time": "10:00", "tags": ["x"]}}),
    ];
    for body in bodies {
        let done = ada.api.post(BULK, &body).await.expect(200);
        assert_eq!(done.json()["tasks"].as_array().unwrap().len(), 3, "{body}");
        assert_eq!(done.json()["change"], done.header("x-change-id"));
        assert!(done.json()["label"].as_str().unwrap().ends_with("3 tasks"), "{body}");
        let undone = ada.api.post("/api/me/undo", &json!({})).await.expect(200).json();
        assert_eq!(undone["label"], done.json()["label"]);
        for task in &tasks {
            let now = ada.api.get(&path_of(task)).await.expect(200).json();
            for field in ["title", "tags", "priority", "due_date", "due_at", "is_completed", "completed_at"] {
                assert_eq!(now[field], task[field], "{field} after {body}");
            }
        }
    }
    assert_eq!(before.count("tags"), app.rows().await.count("tags"));
    ada.api.post(BULK, &json!({"ids": ids(&tasks), "action": "complete"})).await.expect(200);
    let again = ada.api.post(BULK, &json!({"ids": ids(&tasks), "action": "complete"})).await.expect(200).json();
    assert_eq!((&again["tasks"], &again["change"]), (&json!([]), &json!(null)), "what is so already is no change");
    ada.api.post(BULK, &json!({"ids": ids(&tasks), "action": "reopen"})).await.expect(200);
    ada.api.post(BULK, &json!({"ids": ids(&tasks), "action": "delete"})).await.expect(200);
    ada.api.post(BULK, &json!({"ids": ids(&tasks), "action": "restore"})).await.expect(200);
    assert_eq!(ada.titles("").await.len(), 3);
}

async fn tags_are_added_and_removed_beside_each_tasks_own(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let tasks = three(&ada).await;
    ada.api.post(BULK, &json!({"ids": ids(&tasks), "add_tags": ["home"], "remove_tags": ["TWO"]})).await.expect(200);
    let mut tags = Vec::new();
    for task in &tasks {
        tags.push(ada.api.get(&path_of(task)).await.expect(200).json()["tags"].clone());
    }
    assert_eq!(tags, [json!(["One", "home"]), json!(["home"]), json!(["Three", "home"])]);
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    assert!(ada.titles("tag=home").await.is_empty());
    let many: Vec<String> = (0..20).map(|number| format!("t{number}")).collect();
    ada.api.post(BULK, &json!({"ids": ids(&tasks), "add_tags": many})).await.expect_problem(422, "invalid");
}

async fn a_filter_says_which(app: TestApp) {
    let ada = app.sign_up("ada").await;
    three(&ada).await;
    ada.api.post(BULK, &json!({"filter": "#one | #two", "action": "complete"})).await.expect(200);
    assert_eq!(ada.titles("").await, ["Three"]);
    ada.api.post(BULK, &json!({"filter": "is:done #one", "action": "reopen"})).await.expect(200);
    assert_eq!(ada.titles("status=done").await, ["Two"]);
    ada.api.post(BULK, &json!({"filter": "#three", "action": "delete"})).await.expect(200);
    ada.api.post(BULK, &json!({"filter": "#three", "action": "restore"})).await.expect(200);
    assert_eq!(ada.titles("tag=three").await, ["Three"]);
    let wrong = ada.api.post(BULK, &json!({"filter": "due:sometime", "action": "delete"})).await;
    assert_eq!(wrong.expect_problem(422, "invalid").faulty_fields(), ["filter"]);
    for all in ["", "  ", "sort:due"] {
        let refused = ada.api.post(BULK, &json!({"filter": all, "action": "delete"})).await;
        assert_eq!(refused.expect_problem(422, "invalid").faulty_fields(), ["filter"], "{all:?} would mean all");
    }
}

async fn a_bulk_change_is_taken_whole_or_not_at_all(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let tasks = three(&ada).await;
    ada.api.patch(&path_of(&tasks[0]), &json!({"due_date": "2026-12-24"})).await.expect(200);
    let before = app.rows().await;
    let wrong = [
        json!({"ids": ids(&tasks), "patch": {"title": "All the same"}}),
        json!({"ids": ids(&tasks), "patch": {"due_time": "10:00"}}),
        json!({"ids": ids(&tasks), "patch": {"time_zone": "Mars/Olympus"}}),
        json!({"ids": ids(&tasks), "patch": {"parent_id": tasks[0]["id"]}}),
        json!({"ids": ids(&tasks), "patch": {"project_id": tasks[0]["id"]}}),
        json!({"ids": [], "action": "delete"}),
        json!({"ids": vec![tasks[0]["id"].clone(); 1001], "action": "delete"}),
        json!({"action": "delete"}),
    ];
    for body in wrong {
        let refused = ada.api.post(BULK, &body).await.expect_problem(422, "invalid").faulty_fields();
        assert!(body.get("patch").is_none() || refused[0].starts_with("patch/"), "{refused:?} for {body}");
    }
    before.assert_same(&app.rows().await, "bulk changes that were refused");
}

async fn f04_own_and_foreign_ids_in_one_request_change_nothing(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let own = three(&ada).await;
    let foreign = bob.task("Bob's").await["id"].clone();
    let missing = json!("0193a5f0-1111-7abc-8def-000000000001");
    let before = app.rows().await;
    let whats = [
        json!({"action": "complete"}),
        json!({"action": "delete"}),
        json!({"action": "restore"}),
        json!({"patch": {"priority": "high"}}),
        json!({"add_tags": ["taken"]}),
    ];
    for what in whats {
        let mut told = Vec::new();
        for stranger in [&foreign, &missing] {
            let mut body = what.clone();
            let mut selected = ids(&own);
            selected.insert(1, stranger.clone());
            body["ids"] = json!(selected);
            told.push(ada.api.post(BULK, &body).await.expect_problem(404, "not_found").text());
        }
        assert_eq!(told[0], told[1], "byte for byte the same");
    }
    let mut fields = vec![("do", "change_tasks"), ("act", "delete"), ("ids[]", own[0]["id"].as_str().unwrap())];
    fields.push(("ids[]", foreign.as_str().unwrap()));
    assert_eq!(ada.browser.form("/tasks", &fields).await.status, 404);
    before.assert_same(&app.rows().await, "own and foreign ids in one request");
}

async fn a_thousand_tasks_are_one_change(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let first = ada.task("Task").await["id"].as_str().unwrap().to_owned();
    let database = app.ground.connect().await;
    copy_task(&app, &database, 1000).await;
    database.close().await.unwrap();
    let too_many = ada.api.post(BULK, &json!({"filter": "Task", "action": "complete"})).await;
    assert_eq!(too_many.expect_problem(422, "invalid").faulty_fields(), ["filter"]);
    ada.api.delete(&format!("/api/me/tasks/{first}")).await.expect(204);
    let done = ada.api.post(BULK, &json!({"filter": "Task", "add_tags": ["many"]})).await.expect(200).json();
    assert_eq!(done["label"], "Changed 1000 tasks");
    assert_eq!(ada.titles("tag=many&limit=500").await.len(), 500);
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    assert!(ada.titles("tag=many").await.is_empty());
    ada.api.post("/api/me/redo", &json!({})).await.expect(200);
    assert_eq!(ada.titles("tag=many&limit=500").await.len(), 500);
}

/// Copies the only task so many times, past the server.
async fn copy_task(app: &TestApp, database: &sea_orm::DatabaseConnection, times: usize) {
    use crate::harness::{
        Kind,
        database::{execute, pairs},
    };
    let columns = match app.ground.kind {
        Kind::Sqlite => "SELECT name AS a, '' AS b FROM pragma_table_info('tasks')",
        Kind::Postgres => {
            "SELECT column_name::text AS a, '' AS b FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = 'tasks'"
        }
    };
    let names: Vec<String> = pairs(database, columns).await.into_iter().map(|(name, _)| name).collect();
    let id = match app.ground.kind {
        Kind::Sqlite => "randomblob(16)",
        Kind::Postgres => "gen_random_uuid()",
    };
    let values: Vec<&str> = names.iter().map(|name| if name == "id" { id } else { name.as_str() }).collect();
    execute(
        database,
        &format!(
            "WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {times}) \
             INSERT INTO tasks ({}) SELECT {} FROM tasks CROSS JOIN numbers",
            names.join(", "),
            values.join(", ")
        ),
    )
    .await;
}

async fn the_form_below_a_list_changes_what_is_selected(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let tasks = three(&ada).await;
    let id = |place: usize| tasks[place]["id"].as_str().unwrap();
    let page = ada.browser.get("/inbox").await.expect(200).text();
    assert!(page.contains("id=\"bulk\"") && page.contains("name=\"ids[]\""));
    let send = |more: Vec<(&'static str, &'static str)>| {
        let fields = [vec![("do", "change_tasks"), ("ids[]", id(0)), ("ids[]", id(1))], more].concat();
        let browser = ada.browser.clone();
        async move { browser.form("/inbox?selected=all", &fields).await.expect_redirect("/inbox") }
    };
    let first = || async { ada.api.get(&path_of(&tasks[0])).await.expect(200).json() };
    // It is a Friday, and weeks begin on Monday.
    for (act, due) in [
        ("today", json!("2026-11-20")),
        ("tomorrow", json!("2026-11-21")),
        ("next_week", json!("2026-11-23")),
        ("no_date", json!(null)),
    ] {
        send(vec![("act", act), ("due_date", ""), ("priority", "none"), ("tag", "")]).await;
        assert_eq!(first().await["due_date"], due, "{act}");
    }
    send(vec![("act", "date"), ("due_date", "2026-12-24")]).await;
    send(vec![("act", "priority"), ("priority", "high")]).await;
    send(vec![("act", "tag"), ("tag", "home")]).await;
    send(vec![("act", "untag"), ("tag", "one")]).await;
    let task = first().await;
    assert_eq!(
        (&task["due_date"], &task["priority"], &task["tags"]),
        (&json!("2026-12-24"), &json!("high"), &json!(["home"]))
    );
    let house = ada.api.post("/api/me/projects", &json!({"name": "House"})).await.expect(201).json()["id"].clone();
    assert!(ada.browser.get("/inbox").await.expect(200).text().contains(">House</option>"));
    let house: &'static str = house.as_str().unwrap().to_owned().leak();
    send(vec![("act", "move"), ("project_id", house)]).await;
    assert_eq!(ada.titles(&format!("project_id={house}")).await.len(), 2);
    send(vec![("act", "move"), ("project_id", "")]).await;
    assert_eq!(ada.titles(&format!("project_id={house}")).await.len(), 0);
    send(vec![("act", "complete")]).await;
    assert_eq!(ada.titles("").await, ["Three"]);
    assert!(ada.browser.get("/inbox").await.expect(200).text().contains("Undo: Completed 2 tasks"));
    ada.browser.form("/inbox", &[("do", "undo_change")]).await.expect_redirect("/inbox");
    assert_eq!(ada.titles("").await.len(), 3);
}

async fn a_refused_form_keeps_what_was_selected(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let tasks = three(&ada).await;
    let fields = [
        ("do", "change_tasks"),
        ("ids[]", tasks[0]["id"].as_str().unwrap()),
        ("act", "date"),
        ("due_date", "2026-02-30"),
        ("tag", "half typed"),
    ];
    let page = ada.browser.form("/tasks", &fields).await.expect(422).text();
    assert_eq!(page.matches(" checked").count(), 1, "the box that was ticked, and no other");
    assert!(page.contains("half typed") && page.contains("Give a date that exists"));
    let nothing = ada.browser.form("/tasks", &[("do", "change_tasks"), ("act", "complete")]).await.expect(422).text();
    assert!(nothing.contains("Select at least one task"));
    let id = tasks[0]["id"].as_str().unwrap();
    ada.browser.form("/tasks", &[("do", "change_tasks"), ("ids[]", id), ("act", "explode")]).await.expect(422);
}

async fn everything_on_a_page_can_be_selected(app: TestApp) {
    let ada = app.sign_up("ada").await;
    three(&ada).await;
    for (page, all) in [("/tasks?tag=one", 1), ("/inbox", 3)] {
        let text = ada.browser.get(page).await.expect(200).text();
        let link = format!("{page}{}selected=all", if page.contains('?') { "&amp;" } else { "?" });
        assert!(text.contains(&link), "{page} leads to {link}");
        let text = ada.browser.get(&link.replace("&amp;", "&")).await.expect(200).text();
        assert_eq!(text.matches(" checked").count(), all, "{page}");
    }
}

async fn what_is_late_moves_to_today_at_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (title, due) in [("Late", "2026-11-18"), ("Later", "2026-11-19"), ("Now", "2026-11-20"), ("Soon", "2026-11-21")]
    {
        ada.task_with(json!({"title": title, "due_date": due, "due_time": "18:00"})).await;
    }
    let page = ada.browser.get("/today").await.expect(200).text();
    assert!(page.contains("Move all to today"), "{page}");
    let press = [("do", "change_tasks"), ("filter", "overdue"), ("act", "today")];
    ada.browser.form("/today", &press).await.expect_redirect("/today");
    let today: Vec<String> = ada.titles("due_from=2026-11-20&due_to=2026-11-20&sort=title").await;
    assert_eq!(today, ["Late", "Later", "Now"]);
    assert!(!ada.browser.get("/today").await.expect(200).text().contains("Move all to today"), "nothing is late");
    // Pressed once more in another window there is nothing to do, and that is no fault.
    ada.browser.form("/today", &press).await.expect_redirect("/today");
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    assert_eq!(ada.titles("view=overdue&sort=title").await, ["Late", "Later"]);
}
