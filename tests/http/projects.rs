//! Projects over REST: what they are, how they nest, and what happens to their tasks when they are put away or deleted.

use crate::harness::{Person, TestApp, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    a_project_has_everything_that_is_described,
    projects_are_changed_field_by_field,
    a_project_is_made_once,
    a_stale_project_is_refused_as_it_is_now,
    projects_nest_five_levels_deep_and_in_no_circle,
    nothing_points_to_a_strangers_project,
    bad_projects_are_told_and_nothing_is_written,
    an_account_has_at_most_five_hundred_projects,
    a_deleted_project_takes_what_is_below_it_along,
    a_project_with_many_tasks_goes_whole,
    whatever_was_done_to_a_project_is_taken_back,
    an_archived_project_is_out_of_sight_with_what_is_below_it,
    lists_are_narrowed_by_project_tag_and_filter,
    a_line_puts_its_task_into_a_project,
    what_an_account_takes_away_has_its_places,
];

async fn make(person: &Person, fields: Value) -> Value {
    person.api.post("/api/me/projects", &fields).await.expect(201).json()
}

/// A project with this name, perhaps below another.
async fn named(person: &Person, name: &str, parent: Option<&Value>) -> Value {
    make(person, json!({"name": name, "parent_id": parent.map(|parent| &parent["id"])})).await
}

fn path(project: &Value) -> String {
    format!("/api/me/projects/{}", project["id"].as_str().unwrap())
}

async fn names(person: &Person) -> Vec<String> {
    let list = person.api.get("/api/me/projects").await.expect(200).json();
    list["items"].as_array().unwrap().iter().map(|project| project["name"].as_str().unwrap().to_owned()).collect()
}

async fn a_project_has_everything_that_is_described(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let made = ada.api.post("/api/me/projects", &json!({"name": "  House ", "colour": "Teal"})).await.expect(201);
    let project = made.json();
    let expected = json!({
        "id": project["id"], "user_id": ada.id, "parent_id": null, "name": "House", "colour": "teal", "position": "a0",
        "is_archived": false, "archived_at": null, "revision": 1, "created_at": "2026-11-20T10:00:00.000Z",
        "updated_at": "2026-11-20T10:00:00.000Z",
    });
    assert_eq!(project, expected);
    assert_eq!((made.header("etag"), made.header("location")), ("\"1\"", path(&project).as_str()));
    assert!(!made.header("x-change-seq").is_empty());
    let read = ada.api.get(&path(&project)).await.expect(200);
    assert_eq!((read.json(), read.header("etag")), (expected.clone(), "\"1\""));
    ada.api.request("GET", &path(&project)).header("if-none-match", "\"1\"").send().await.expect(304);
    let list = ada.api.get("/api/me/projects").await.expect(200);
    assert_eq!(list.json(), json!({"items": [expected]}));
    let etag = list.header("etag").to_owned();
    ada.api.request("GET", "/api/me/projects").header("if-none-match", &etag).send().await.expect(304);
    named(&ada, "Garden", None).await;
    ada.api.request("GET", "/api/me/projects").header("if-none-match", &etag).send().await.expect(200);
    assert_eq!(names(&ada).await, ["House", "Garden"], "in the order they were made");
}

async fn projects_are_changed_field_by_field(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = make(&ada, json!({"name": "House", "colour": "red"})).await;
    let garden = named(&ada, "Garden", Some(&house)).await;
    let changed = ada.api.patch(&path(&garden), &json!({"name": "Yard", "position": "zz"})).await.expect(200);
    assert_eq!((changed.header("etag"), &changed.json()["parent_id"]), ("\"2\"", &house["id"]));
    assert_eq!((&changed.json()["name"], &changed.json()["position"]), (&json!("Yard"), &garden["position"]));
    let cleared = ada.api.patch(&path(&house), &json!({"colour": null})).await.expect(200).json();
    assert_eq!((&cleared["colour"], &cleared["name"]), (&Value::Null, &json!("House")));
    let up = ada.api.patch(&path(&garden), &json!({"parent_id": null})).await.expect(200).json();
    assert_eq!(up["parent_id"], Value::Null);
    let same = ada.api.patch(&path(&garden), &json!({"name": "Yard"})).await.expect(200);
    assert_eq!(same.json()["revision"], 3, "what changes nothing is no change");
}

async fn a_project_is_made_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!({"id": "0193a5f0-1111-7abc-8def-0000000000a1", "name": "House"});
    ada.api.post("/api/me/projects", &body).await.expect(201);
    ada.api.post("/api/me/projects", &body).await.expect(200);
    let other = json!({"id": "0193a5f0-1111-7abc-8def-0000000000a1", "name": "Garden"});
    ada.api.post("/api/me/projects", &other).await.expect_problem(409, "id_taken");
    let keyed = async |name: &str| {
        let request = ada.api.request("POST", "/api/me/projects").header("idempotency-key", "once");
        request.json(&json!({"name": name})).send().await
    };
    let first = keyed("Attic").await.expect(201);
    let again = keyed("Attic").await.expect(201);
    assert_eq!((first.json(), again.header("idempotent-replay")), (again.json(), "true"));
    keyed("Cellar").await.expect_problem(422, "idempotency_key_reused");
    assert_eq!(names(&ada).await, ["House", "Attic"]);
    let bob = app.sign_up("bob").await;
    bob.api.post("/api/me/projects", &other).await.expect(201);
}

async fn a_stale_project_is_refused_as_it_is_now(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = named(&ada, "House", None).await;
    let newer = ada.api.patch(&path(&house), &json!({"name": "Home"})).await.expect(200).json();
    let before = app.rows().await;
    for tags in ["\"1\"", "\"7\", \"1\"", "W/\"2\""] {
        for method in ["PATCH", "DELETE"] {
            let request = ada.api.request(method, &path(&house)).header("if-match", tags);
            let request = if method == "PATCH" { request.json(&json!({"name": "Late"})) } else { request };
            let refused = request.send().await.expect_problem(412, "stale_revision");
            assert_eq!(refused.json()["current"], newer, "{method} {tags}");
        }
    }
    before.assert_same(&app.rows().await, "a stale write");
    ada.api.request("DELETE", &path(&house)).header("if-match", "\"1\", \"2\"").send().await.expect(204);
}

async fn projects_nest_five_levels_deep_and_in_no_circle(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let mut chain = vec![named(&ada, "Level 1", None).await];
    for level in 2..=5 {
        let parent = chain.last().cloned();
        chain.push(named(&ada, &format!("Level {level}"), parent.as_ref()).await);
    }
    let before = app.rows().await;
    let too_deep = ada.api.post("/api/me/projects", &json!({"name": "Level 6", "parent_id": chain[4]["id"]})).await;
    assert_eq!(too_deep.expect_problem(422, "invalid").json()["errors"][0]["code"], "too_deep");
    for below in [0, 1, 4] {
        let circle = ada.api.patch(&path(&chain[0]), &json!({"parent_id": chain[below]["id"]})).await;
        let problem = circle.expect_problem(422, "invalid").json();
        assert_eq!(
            (&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]),
            (&json!("/parent_id"), &json!("cycle"))
        );
    }
    before.assert_same(&app.rows().await, "what cannot nest");
}

async fn nothing_points_to_a_strangers_project(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let (foreign, own) = (named(&bob, "Bob's", None).await, named(&ada, "Ada's", None).await);
    let task = ada.task("Mine").await;
    let before = app.rows().await;
    let missing = json!("0193a5f0-1111-7abc-8def-000000000001");
    let mut told = Vec::new();
    for id in [&foreign["id"], &missing] {
        let answers = [
            ada.api.post("/api/me/projects", &json!({"name": "x", "parent_id": id})).await,
            ada.api.patch(&path(&own), &json!({"parent_id": id})).await,
            ada.api.patch(&path_of(&task), &json!({"project_id": id})).await,
        ];
        let codes = answers.map(|answer| answer.expect_problem(422, "invalid").json()["errors"][0]["code"].clone());
        assert!(codes.iter().all(|code| code == "unknown_project"), "{codes:?}");
        told.push(codes);
    }
    assert_eq!(told[0], told[1]);
    for method in ["GET", "PATCH", "DELETE"] {
        let request = ada.api.request(method, &path(&foreign));
        let request = if method == "PATCH" { request.json(&json!({"name": "Hers now"})) } else { request };
        request.send().await.expect_problem(404, "not_found");
    }
    assert!(ada.titles(&format!("project_id={}", foreign["id"].as_str().unwrap())).await.is_empty());
    before.assert_same(&app.rows().await, "another's project");
}

async fn bad_projects_are_told_and_nothing_is_written(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = named(&ada, "House", None).await;
    let before = app.rows().await;
    let long = "x".repeat(101);
    for (body, field) in [
        (json!({}), "name"),
        (json!({"name": null}), "name"),
        (json!({"name": "  "}), "name"),
        (json!({"name": long}), "name"),
        (json!({"name": "a\u{0}b"}), "name"),
        (json!({"name": "a\u{1b}[2Jb"}), "name"),
        (json!({"name": ["House"]}), "name"),
        (json!({"name": "x", "id": "7"}), "id"),
        (json!({"name": "x", "parent_id": "me"}), "parent_id"),
        (json!({"name": "x", "colour": "loud"}), "colour"),
        (json!({"name": "x", "is_archived": "yes"}), "is_archived"),
        (json!({"name": "x", "notes": "unknown"}), "notes"),
    ] {
        let answer = ada.api.post("/api/me/projects", &body).await.expect_problem(422, "invalid");
        assert_eq!(answer.faulty_fields(), [field], "{body}");
        answer.assert_tells_nothing_inner();
        if field != "id" && body.get("name").is_some() {
            let answer = ada.api.patch(&path(&house), &body).await.expect_problem(422, "invalid");
            assert_eq!(answer.faulty_fields(), [field], "{body}");
        }
    }
    before.assert_same(&app.rows().await, "bad projects");
    let name = "𝐇äuser ' OR 1=1-- <b>";
    assert_eq!(named(&ada, name, None).await["name"], name);
}

async fn an_account_has_at_most_five_hundred_projects(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for number in 0..500 {
        named(&ada, &format!("Project {number}"), None).await;
    }
    let before = app.rows().await;
    let refused = ada.api.post("/api/me/projects", &json!({"name": "One more"})).await.expect_problem(422, "invalid");
    assert!(refused.json()["detail"].as_str().unwrap().starts_with("An account has at most 500 projects"));
    before.assert_same(&app.rows().await, "one project too many");
    assert!(ada.browser.get("/projects").await.expect(200).text().contains("Project 499"));
}

async fn a_deleted_project_takes_what_is_below_it_along(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = named(&ada, "House", None).await;
    let garden = named(&ada, "Garden", Some(&house)).await;
    let attic = named(&ada, "Attic", None).await;
    let roses = ada.task_with(json!({"title": "Roses", "project_id": garden["id"], "tags": ["green"]})).await;
    ada.task_with(json!({"title": "Roof", "project_id": house["id"]})).await;
    ada.task_with(json!({"title": "Boxes", "project_id": attic["id"]})).await;
    let binned = ada.task_with(json!({"title": "Binned before", "project_id": house["id"]})).await;
    ada.api.delete(&path_of(&binned)).await.expect(204);
    app.clock.advance(60);
    let gone = ada.api.delete(&path(&house)).await.expect(204);
    assert_eq!(names(&ada).await, ["Attic"]);
    assert_eq!(ada.titles("").await, ["Boxes"]);
    let mut bin = ada.titles("view=bin").await;
    bin.sort();
    assert_eq!(bin, ["Binned before", "Roof", "Roses"]);
    ada.api.get(&path(&garden)).await.expect_problem(404, "not_found");
    let rows = app.rows().await;
    assert!(rows.mention("Deleted “House” and 2 tasks"), "one change, in words");
    let restored = ada.api.post(&format!("{}/restore", path_of(&roses)), &json!({})).await.expect(200).json();
    assert_eq!((&restored["project_id"], &restored["tags"]), (&Value::Null, &json!(["green"])));
    let next = ada.api.post("/api/me/projects", &json!({"name": "House"})).await.expect(201);
    let number = |answer: &crate::harness::Answer| answer.header("x-change-seq").parse::<i64>().unwrap();
    assert_eq!(number(&next), number(&gone) + 2, "deleting was one change");
}

async fn a_project_with_many_tasks_goes_whole(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = named(&ada, "House", None).await;
    for number in 0..520 {
        ada.task_with(json!({"title": format!("Task {number}"), "project_id": house["id"], "tags": ["many"]})).await;
    }
    ada.api.delete(&path(&house)).await.expect(204);
    assert!(ada.titles("limit=500").await.is_empty());
    assert_eq!(ada.titles("view=bin&limit=500").await.len(), 500);
    assert!(ada.titles("view=bin&limit=500&tag=many").await.len() == 500, "with their tags");
}

async fn undo(person: &Person) {
    person.api.post("/api/me/undo", &json!({})).await.expect(200);
}

async fn whatever_was_done_to_a_project_is_taken_back(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = named(&ada, "House", None).await;
    let garden = named(&ada, "Garden", Some(&house)).await;
    let roses = ada.task_with(json!({"title": "Roses", "project_id": garden["id"], "tags": ["green"]})).await;
    let shown = async |project: &Value| {
        let mut shown = ada.api.get(&path(project)).await.expect(200).json();
        for kept in ["revision", "updated_at"] {
            shown.as_object_mut().unwrap().remove(kept);
        }
        shown
    };
    let before = [shown(&house).await, shown(&garden).await];
    ada.api.delete(&path(&house)).await.expect(204);
    undo(&ada).await;
    assert_eq!([shown(&house).await, shown(&garden).await], before, "as they were, with their ids");
    let task = ada.api.get(&path_of(&roses)).await.expect(200).json();
    assert_eq!((&task["project_id"], &task["tags"]), (&garden["id"], &json!(["green"])));
    ada.api.post("/api/me/redo", &json!({})).await.expect(200);
    ada.api.get(&path(&garden)).await.expect_problem(404, "not_found");
    undo(&ada).await;
    ada.api.patch(&path(&house), &json!({"name": "Villa", "is_archived": true})).await.expect(200);
    undo(&ada).await;
    assert_eq!(shown(&house).await, before[0]);
    let up = ada.api.patch(&path(&garden), &json!({"parent_id": null})).await.expect(200);
    ada.api.patch(&path(&house), &json!({"parent_id": garden["id"]})).await.expect(200);
    let circle = json!({"change": up.header("x-change-id")});
    ada.api.post("/api/me/undo", &circle).await.expect_problem(409, "cannot_undo");
}

async fn an_archived_project_is_out_of_sight_with_what_is_below_it(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = named(&ada, "House", None).await;
    let garden = named(&ada, "Garden", Some(&house)).await;
    ada.task_with(json!({"title": "Roses", "project_id": garden["id"], "due_date": "2026-11-20", "tags": ["green"]}))
        .await;
    assert_eq!(ada.titles("view=today").await, ["Roses"]);
    let archived = ada.api.patch(&path(&house), &json!({"is_archived": true})).await.expect(200).json();
    assert_eq!(
        (&archived["is_archived"], &archived["archived_at"]),
        (&json!(true), &json!("2026-11-20T10:00:00.000Z"))
    );
    assert!(ada.titles("view=today").await.is_empty());
    let of_garden = format!("project_id={}", garden["id"].as_str().unwrap());
    assert_eq!(ada.titles(&of_garden).await, ["Roses"], "its own list still has it");
    let page = ada.browser.get("/today").await.expect(200).text();
    assert!(!page.contains(">House<") && !page.contains(">Garden<"), "it does not stand beside the page");
    let tags = ada.api.get("/api/me/tags").await.expect(200).json();
    let tag = format!("/tags/{}", tags["items"][0]["id"].as_str().unwrap());
    for list in ["/tasks", "/tasks?q=Roses", "/dashboard", &tag] {
        let page = ada.browser.get(list).await.expect(200).text();
        assert!(!page.contains(">Roses<"), "{list} leaves out what is archived: {page}");
    }
    ada.api.patch(&path(&house), &json!({"is_archived": false})).await.expect(200);
    assert_eq!(ada.titles("view=today").await, ["Roses"]);
}

async fn lists_are_narrowed_by_project_tag_and_filter(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = named(&ada, "House of Ada", None).await;
    let garden = named(&ada, "Garden", Some(&house)).await;
    ada.task_with(json!({"title": "Roses", "project_id": garden["id"], "tags": ["green"]})).await;
    ada.task_with(json!({"title": "Roof", "project_id": house["id"]})).await;
    ada.task("Elsewhere").await;
    let filter = |text: &str| serde_urlencoded::to_string([("filter", text), ("sort", "title")]).unwrap();
    assert_eq!(
        ada.titles(&format!("sort=title&project_id={}", house["id"].as_str().unwrap())).await,
        ["Roof", "Roses"]
    );
    assert_eq!(ada.titles(&filter("project:\"house of ada\"")).await, ["Roof", "Roses"]);
    assert_eq!(ada.titles(&filter("project:\"House of Ada\" -#green")).await, ["Roof"]);
    assert_eq!(ada.titles(&filter("no:project")).await, ["Elsewhere"]);
    ada.api.patch(&path(&house), &json!({"name": "Villa"})).await.expect(200);
    assert_eq!(ada.titles(&filter("project:villa")).await, ["Roof", "Roses"]);
    let found = ada.api.get("/api/me/search?q=vill").await.expect(200).json();
    assert_eq!(found["projects"][0]["id"], house["id"]);
}

async fn a_line_puts_its_task_into_a_project(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = named(&ada, "House", None).await;
    let line = async |text: &str| ada.task_with(json!({"quick_add": text})).await;
    let paint = line("Paint the door +house").await;
    assert_eq!((&paint["title"], &paint["project_id"]), (&json!("Paint the door"), &house["id"]));
    let nowhere = line("Paint the door +Nowhere").await;
    assert_eq!((&nowhere["title"], &nowhere["project_id"]), (&json!("Paint the door +Nowhere"), &Value::Null));
    let bob = app.sign_up("bob").await;
    let his = bob.task_with(json!({"quick_add": "Paint +House"})).await;
    assert_eq!(his["project_id"], Value::Null, "another's project is none");
}

async fn what_an_account_takes_away_has_its_places(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let house = named(&ada, "House", None).await;
    ada.task_with(json!({"title": "Roof", "tags": ["high"]})).await;
    let filter = ada.api.post("/api/me/filters", &json!({"name": "High", "query": "#high"})).await.expect(201).json();
    ada.browser.json("POST", "/api/auth/confirm", &json!({"password": crate::harness::PASSWORD})).await;
    let export = ada.browser.get("/api/auth/export").await.expect(200).json();
    assert_eq!((&export["projects"], &export["filters"]), (&json!([house]), &json!([filter])));
    assert_eq!(export["tags"][0]["name"], "high");
}
