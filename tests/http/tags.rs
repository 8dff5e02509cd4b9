//! Tags themselves over REST: tasks follow whatever happens to them, and so does what they are found by.

use crate::harness::{Person, TestApp, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    a_tag_is_made_by_itself_or_by_a_task,
    a_renamed_tag_is_renamed_on_its_tasks,
    a_name_is_taken_whatever_its_case,
    a_deleted_tag_leaves_its_tasks,
    a_tag_is_merged_into_another,
    the_list_of_a_tag_follows_its_tasks,
    whatever_was_done_to_a_tag_is_taken_back,
    bad_tags_are_told_and_nothing_is_written,
    anothers_tags_are_not_there,
];

async fn tags(person: &Person) -> Vec<Value> {
    let list = person.api.get("/api/me/tags").await.expect(200).json();
    list["items"].as_array().unwrap().clone()
}

async fn names(person: &Person) -> Vec<String> {
    tags(person).await.iter().map(|tag| tag["name"].as_str().unwrap().to_owned()).collect()
}

/// The path of the tag with this name.
async fn path(person: &Person, name: &str) -> String {
    let tag = tags(person).await.into_iter().find(|tag| tag["name"] == name);
    format!("/api/me/tags/{}", tag.unwrap_or_else(|| panic!("no tag {name}"))["id"].as_str().unwrap())
}

/// The titles that a search finds.
async fn found(person: &Person, q: &str) -> Vec<String> {
    let query = serde_urlencoded::to_string([("q", q)]).unwrap();
    let found = person.api.get(&format!("/api/me/search?{query}")).await.expect(200).json();
    let items = found["items"].as_array().unwrap();
    items.iter().map(|item| item["task"]["title"].as_str().unwrap().to_owned()).collect()
}

async fn a_tag_is_made_by_itself_or_by_a_task(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!({"id": "0193a5f0-1111-7abc-8def-0000000000b1", "name": "Home", "colour": "blue"});
    let made = ada.api.post("/api/me/tags", &body).await.expect(201);
    let expected = json!({
        "id": body["id"], "name": "Home", "colour": "blue", "created_at": "2026-11-20T10:00:00.000Z",
    });
    assert_eq!(made.json(), expected);
    assert_eq!(made.header("location"), "/api/me/tags/0193a5f0-1111-7abc-8def-0000000000b1");
    ada.api.post("/api/me/tags", &body).await.expect(200);
    ada.task_with(json!({"title": "Sweep", "tags": ["home", "garden"]})).await;
    assert_eq!(names(&ada).await, ["garden", "Home"], "the first spelling stays");
    assert_eq!(ada.api.get(&path(&ada, "Home").await).await.expect(200).json(), expected);
}

async fn a_renamed_tag_is_renamed_on_its_tasks(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Sweep", "tags": ["home", "Büro", "homework"]})).await;
    let other = ada.task_with(json!({"title": "Learn", "tags": ["homework"]})).await;
    let home = path(&ada, "home").await;
    let etag = ada.api.get(&path_of(&task)).await.header("etag").to_owned();
    let renamed = ada.api.patch(&home, &json!({"name": "Residence"})).await.expect(200);
    assert_eq!(renamed.json()["name"], "Residence");
    let now = ada.api.get(&path_of(&task)).await.expect(200);
    assert_eq!(now.json()["tags"], json!(["Residence", "Büro", "homework"]), "in their place");
    assert_ne!(now.header("etag"), etag, "who keeps a copy learns of it");
    assert_eq!(ada.api.get(&path_of(&other)).await.json()["revision"], other["revision"]);
    assert_eq!(ada.titles("tag=residence").await, ["Sweep"]);
    assert!(ada.titles("tag=home").await.is_empty());
    assert_eq!(found(&ada, "resid").await, ["Sweep"]);
    let mut with_home = found(&ada, "home").await;
    with_home.sort();
    assert_eq!(with_home, ["Learn", "Sweep"], "by “homework” alone");
    let buro = path(&ada, "Büro").await;
    ada.api.patch(&buro, &json!({"name": "Amt"})).await.expect(200);
    assert!(found(&ada, "buro").await.is_empty());
    ada.api.patch(&home, &json!({"name": "RESIDENCE"})).await.expect(200);
    assert_eq!(ada.api.get(&path_of(&task)).await.json()["tags"], json!(["RESIDENCE", "Amt", "homework"]));
    assert_eq!(found(&ada, "residence").await, ["Sweep"]);
    let before = app.rows().await;
    ada.api.patch(&home, &json!({"name": "RESIDENCE"})).await.expect(200);
    before.assert_same(&app.rows().await, "a change that changes nothing");
}

async fn a_name_is_taken_whatever_its_case(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task_with(json!({"title": "Sweep", "tags": ["home", "garden", "B\u{fc}ro"]})).await;
    let before = app.rows().await;
    let garden = path(&ada, "garden").await;
    for name in ["home", "HOME", " #Home ", "bu\u{308}ro"] {
        ada.api.patch(&garden, &json!({"name": name})).await.expect_problem(409, "tag_taken");
        let refused = ada.api.post("/api/me/tags", &json!({"name": name})).await.expect_problem(409, "tag_taken");
        assert_eq!(refused.faulty_fields(), ["name"]);
    }
    before.assert_same(&app.rows().await, "a name that is taken");
}

async fn a_deleted_tag_leaves_its_tasks(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Sweep", "tags": ["home", "garden"]})).await;
    let done = ada.task_with(json!({"title": "Done", "tags": ["home"], "is_completed": true})).await;
    ada.api.delete(&path(&ada, "home").await).await.expect(204);
    assert_eq!(names(&ada).await, ["garden"]);
    assert_eq!(ada.api.get(&path_of(&task)).await.json()["tags"], json!(["garden"]));
    assert_eq!(ada.api.get(&path_of(&done)).await.json()["tags"], json!([]));
    assert!(found(&ada, "home").await.is_empty());
    assert_eq!(found(&ada, "garden").await, ["Sweep"]);
    let again = ada.task_with(json!({"title": "New", "tags": ["Home"]})).await;
    assert_eq!(again["tags"], json!(["Home"]), "the name is free again");
}

async fn a_tag_is_merged_into_another(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let both = ada.task_with(json!({"title": "Both", "tags": ["home", "x", "house"]})).await;
    let one = ada.task_with(json!({"title": "One", "tags": ["a", "home"]})).await;
    let (home, house) = (path(&ada, "home").await, path(&ada, "house").await);
    let into = house.rsplit('/').next().unwrap();
    let merge = format!("{home}/merge");
    for (body, code) in [
        (json!({}), "required"),
        (json!({"into": "7"}), "invalid_id"),
        (json!({"into": home.rsplit('/').next()}), "same_tag"),
        (json!({"into": "0193a5f0-1111-7abc-8def-000000000001"}), "unknown_tag"),
    ] {
        let refused = ada.api.post(&merge, &body).await.expect_problem(422, "invalid").json();
        assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/into"), &json!(code)));
    }
    let left = ada.api.post(&merge, &json!({"into": into})).await.expect(200).json();
    assert_eq!((&left["id"], &left["name"]), (&json!(into), &json!("house")));
    assert_eq!(ada.api.get(&path_of(&both)).await.json()["tags"], json!(["house", "x"]));
    assert_eq!(ada.api.get(&path_of(&one)).await.json()["tags"], json!(["a", "house"]));
    assert_eq!(names(&ada).await, ["a", "house", "x"]);
    let mut found = found(&ada, "house").await;
    found.sort();
    assert_eq!(found, ["Both", "One"]);
    ada.api.post(&merge, &json!({"into": into})).await.expect_problem(404, "not_found");
}

async fn the_list_of_a_tag_follows_its_tasks(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let late = ada.task_with(json!({"title": "Late", "due_date": "2026-11-30", "tags": ["home"]})).await;
    let soon = ada.task_with(json!({"title": "Soon", "due_date": "2026-11-21", "tags": ["x", "home"]})).await;
    let never = ada.task_with(json!({"title": "Never", "tags": ["home"]})).await;
    let other = ada.task_with(json!({"title": "Other", "due_date": "2026-11-22"})).await;
    ada.task_with(json!({"title": "Done", "is_completed": true, "tags": ["home"]})).await;
    assert_eq!(ada.titles("tag=home").await, ["Soon", "Late", "Never"]);
    ada.api.patch(&path_of(&late), &json!({"due_date": "2026-11-20"})).await.expect(200);
    ada.api.patch(&path_of(&other), &json!({"tags": ["home"]})).await.expect(200);
    assert_eq!(ada.titles("tag=home").await, ["Late", "Soon", "Other", "Never"]);
    ada.api.patch(&format!("{}/complete", path_of(&soon)), &json!({})).await.expect(200);
    ada.api.delete(&path_of(&never)).await.expect(204);
    assert_eq!(ada.titles("tag=home").await, ["Late", "Other"]);
    assert_eq!(ada.titles("filter=%23home+due:%3C2026-11-22").await, ["Late"]);
    ada.api.patch(&path_of(&other), &json!({"tags": []})).await.expect(200);
    for _ in 0..3 {
        ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    }
    assert_eq!(ada.titles("tag=home").await, ["Late", "Soon", "Other", "Never"]);
    let last = ada.api.get("/api/me/tasks?tag=home&limit=3").await.expect(200).json();
    let cursor = last["next_cursor"].as_str().unwrap();
    assert_eq!(ada.titles(&format!("tag=home&cursor={cursor}")).await, ["Never"]);
    assert_eq!(ada.api.get("/api/me/tasks?tag=home&limit=1&count=true").await.json()["total"], 4);
    assert_eq!(ada.titles("tag=home&order=desc").await, ["Other", "Soon", "Late", "Never"]);
    assert_eq!(ada.titles("tag=home&status=all&sort=title").await, ["Done", "Late", "Never", "Other", "Soon"]);
    assert!(app.sign_up("eve").await.titles("tag=home").await.is_empty());
}

async fn whatever_was_done_to_a_tag_is_taken_back(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Sweep", "tags": ["home", "x", "house"]})).await;
    let (home, house) = (path(&ada, "home").await, path(&ada, "house").await);
    let undo = async || {
        ada.api.post("/api/me/undo", &json!({})).await.expect(200);
        ada.api.get(&path_of(&task)).await.expect(200).json()["tags"].clone()
    };
    let tags = json!(["home", "x", "house"]);
    ada.api.patch(&home, &json!({"name": "residence"})).await.expect(200);
    assert_eq!(undo().await, tags);
    assert_eq!(found(&ada, "home").await, ["Sweep"]);
    ada.api.delete(&home).await.expect(204);
    assert_eq!(undo().await, tags);
    let merge = json!({"into": house.rsplit('/').next()});
    ada.api.post(&format!("{home}/merge"), &merge).await.expect(200);
    assert_eq!(undo().await, tags);
    assert_eq!((path(&ada, "home").await, found(&ada, "home").await), (home, vec!["Sweep".to_owned()]));
}

async fn bad_tags_are_told_and_nothing_is_written(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task_with(json!({"title": "Sweep", "tags": ["home"]})).await;
    let (home, before) = (path(&ada, "home").await, app.rows().await);
    for (body, field) in [
        (json!({"name": null}), "name"),
        (json!({"name": ""}), "name"),
        (json!({"name": "#"}), "name"),
        (json!({"name": "a,b"}), "name"),
        (json!({"name": "a\u{0}b"}), "name"),
        (json!({"name": "x".repeat(51)}), "name"),
        (json!({"name": "x", "colour": 7}), "colour"),
        (json!({"name": "x", "parent_id": null}), "parent_id"),
    ] {
        for answer in [ada.api.post("/api/me/tags", &body).await, ada.api.patch(&home, &body).await] {
            assert_eq!(answer.expect_problem(422, "invalid").faulty_fields(), [field], "{body}");
        }
    }
    before.assert_same(&app.rows().await, "bad tags");
}

async fn anothers_tags_are_not_there(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    bob.task_with(json!({"title": "His", "tags": ["secret"]})).await;
    ada.task_with(json!({"title": "Hers", "tags": ["home"]})).await;
    let (his, hers) = (path(&bob, "secret").await, path(&ada, "home").await);
    let before = app.rows().await;
    ada.api.get(&his).await.expect_problem(404, "not_found");
    ada.api.patch(&his, &json!({"name": "mine"})).await.expect_problem(404, "not_found");
    ada.api.delete(&his).await.expect_problem(404, "not_found");
    let into = json!({"into": his.rsplit('/').next()});
    ada.api.post(&format!("{hers}/merge"), &into).await.expect_problem(422, "invalid");
    before.assert_same(&app.rows().await, "another's tags");
    assert_eq!(names(&ada).await, ["home"]);
}
