//! What makes writes safe to repeat and to race: revisions and ETags, ids that the client chooses, idempotency keys.

use crate::harness::{Answer, Person, TestApp, path_of, scenarios};
use serde_json::{Value, json};
use tokio::task::JoinSet;

scenarios![
    a_task_has_its_revision_as_etag,
    a_stale_revision_is_refused_with_the_current_task,
    only_one_of_two_racing_writers_wins,
    a_list_has_the_change_sequence_as_etag,
    every_write_tells_its_place_in_the_log,
    the_same_id_and_body_is_one_task,
    the_same_id_with_another_body_is_refused,
    an_id_in_the_bin_is_still_taken,
    an_idempotency_key_acts_once,
    an_idempotency_key_is_for_one_request,
    an_idempotency_key_belongs_to_its_owner_and_a_day,
    a_refused_write_does_not_use_up_its_key,
    twenty_retries_at_once_make_one_task,
    a_strange_idempotency_key_is_refused,
];

async fn if_match(person: &Person, method: &str, task: &Value, etag: &str, body: Option<&Value>) -> Answer {
    let request = person.api.request(method, &path_of(task)).header("if-match", etag);
    match body {
        Some(body) => request.json(body).send().await,
        None => request.send().await,
    }
}

async fn a_task_has_its_revision_as_etag(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let created = ada.api.post("/api/me/tasks", &json!({"title": "First"})).await.expect(201);
    let task = created.json();
    assert_eq!(created.header("etag"), "\"1\"");
    let read = ada.api.get(&path_of(&task)).await.expect(200);
    assert_eq!(read.header("etag"), "\"1\"");
    let unless = |etag: &str| ada.api.request("GET", &path_of(&task)).header("if-none-match", etag).send();
    for known in ["\"1\"", "W/\"1\"", "\"7\", \"1\"", "*"] {
        let answer = unless(known).await.expect(304);
        assert!(answer.body.is_empty() && answer.header("etag") == "\"1\"", "{known}");
    }
    let changed = ada.api.patch(&path_of(&task), &json!({"title": "Second"})).await.expect(200);
    assert_eq!((changed.header("etag"), &changed.json()["revision"]), ("\"2\"", &json!(2)));
    unless("\"1\"").await.expect(200);
}

async fn a_stale_revision_is_refused_with_the_current_task(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task("First").await;
    let newer = if_match(&ada, "PATCH", &task, "\"1\"", Some(&json!({"title": "Second"}))).await.expect(200).json();
    let before = app.rows().await;
    for (method, body) in
        [("PATCH", Some(json!({"title": "Third"}))), ("PUT", Some(json!({"title": "Third"}))), ("DELETE", None)]
    {
        let refused = if_match(&ada, method, &task, "\"1\"", body.as_ref()).await.expect_problem(412, "stale_revision");
        assert_eq!(refused.json()["current"], newer, "{method}");
    }
    for nonsense in ["1", "nonsense", "\"x\"", "W/\"2\""] {
        let answer = if_match(&ada, "PATCH", &task, nonsense, Some(&json!({"title": "Third"}))).await;
        assert!([400, 412, 422].contains(&answer.status), "If-Match: {nonsense} is {}", answer.status);
    }
    before.assert_same(&app.rows().await, "a stale write");
    if_match(&ada, "PATCH", &task, "*", Some(&json!({"title": "Third"}))).await.expect(200);
    if_match(&ada, "DELETE", &task, "\"3\"", None).await.expect(204);
}

async fn only_one_of_two_racing_writers_wins(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for _ in 0..5 {
        let task = ada.task("Race").await;
        let (red, blue) = (json!({"title": "Red"}), json!({"title": "Blue"}));
        let (one, two) = tokio::join!(
            if_match(&ada, "PATCH", &task, "\"1\"", Some(&red)),
            if_match(&ada, "PATCH", &task, "\"1\"", Some(&blue))
        );
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "{} {}", one.text(), two.text());
    }
}

async fn a_list_has_the_change_sequence_as_etag(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    ada.task("One").await;
    let list = ada.api.get("/api/me/tasks").await.expect(200);
    let etag = list.header("etag").to_owned();
    assert!(etag.starts_with("W/\"seq-"), "{etag}");
    let poll = || ada.api.request("GET", "/api/me/tasks").header("if-none-match", &etag).send();
    poll().await.expect(304);
    bob.task("Somebody else's").await;
    poll().await.expect(304);
    ada.task("Two").await;
    assert_ne!(poll().await.expect(200).header("etag"), etag);
}

async fn every_write_tells_its_place_in_the_log(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let place = |answer: &Answer| answer.header("x-change-seq").parse::<i64>().expect("a number");
    let created = ada.api.post("/api/me/tasks", &json!({"title": "One"})).await.expect(201);
    let path = path_of(&created.json());
    let patched = ada.api.patch(&path, &json!({"title": "Two"})).await.expect(200);
    let completed = ada.api.request("PATCH", &format!("{path}/complete")).send().await.expect(200);
    let deleted = ada.api.delete(&path).await.expect(204);
    let first = place(&created);
    assert_eq!([place(&patched), place(&completed), place(&deleted)], [first + 1, first + 2, first + 3]);
}

const CHOSEN: &str = "0193a5f0-1111-7abc-8def-00000000cafe";

async fn the_same_id_and_body_is_one_task(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!({"id": CHOSEN, "title": "Offline", "tags": ["a"]});
    let first = ada.api.post("/api/me/tasks", &body).await.expect(201).json();
    assert_eq!(first["id"], CHOSEN);
    app.clock.advance(60);
    let second = ada.api.post("/api/me/tasks", &body).await.expect(200).json();
    assert_eq!(second, first);
    assert_eq!(ada.titles("").await, ["Offline"]);
    let edited = json!({"title": "Online", "priority": "high"});
    let edited = ada.api.patch(&path_of(&first), &edited).await.expect(200).json();
    let late = ada.api.post("/api/me/tasks", &body).await.expect(200).json();
    assert_eq!(late, edited, "a late second try changes nothing");
    let as_it_is = json!({"id": CHOSEN, "title": "Online", "tags": ["a"], "priority": "high"});
    ada.api.post("/api/me/tasks", &as_it_is).await.expect_problem(409, "id_taken");
}

async fn the_same_id_with_another_body_is_refused(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task_with(json!({"id": CHOSEN, "title": "Offline"})).await;
    let before = app.rows().await;
    for other in
        [json!({"id": CHOSEN, "title": "Other"}), json!({"id": CHOSEN, "title": "Offline", "priority": "high"})]
    {
        ada.api.post("/api/me/tasks", &other).await.expect_problem(409, "id_taken");
    }
    for strange in ["", "nonsense", "0193a5f011117abc8def00000000cafe", "' OR 1=1--"] {
        let answer = ada.api.post("/api/me/tasks", &json!({"id": strange, "title": "x"})).await;
        assert_eq!(answer.expect_problem(422, "invalid").faulty_fields(), ["id"], "{strange}");
    }
    before.assert_same(&app.rows().await, "a taken id");
}

async fn an_id_in_the_bin_is_still_taken(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"id": CHOSEN, "title": "Offline"})).await;
    ada.api.delete(&path_of(&task)).await.expect(204);
    let again = ada.api.post("/api/me/tasks", &json!({"id": CHOSEN, "title": "Another"})).await;
    assert_eq!(again.status, 409, "{}", again.text());
}

async fn keyed(person: &Person, key: &str, body: &Value) -> Answer {
    person.api.request("POST", "/api/me/tasks").header("idempotency-key", key).json(body).send().await
}

async fn an_idempotency_key_acts_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!({"title": "Once"});
    let first = keyed(&ada, "key-1", &body).await.expect(201);
    assert_eq!(first.header("idempotent-replay"), "");
    let again = keyed(&ada, "key-1", &body).await.expect(201);
    assert_eq!((again.header("idempotent-replay"), again.json()), ("true", first.json()));
    keyed(&ada, "key-2", &body).await.expect(201);
    assert_eq!(ada.titles("").await.len(), 2);

    let path = format!("{}/complete", path_of(&first.json()));
    let toggle = || ada.api.request("PATCH", &path).header("idempotency-key", "key-3").send();
    assert_eq!(toggle().await.expect(200).json()["is_completed"], true);
    assert_eq!(toggle().await.expect(200).json()["is_completed"], true, "a retry does not toggle back");
    let delete = || ada.api.request("DELETE", &path_of_json(&first)).header("idempotency-key", "key-4").send();
    delete().await.expect(204);
    delete().await.expect(204);
}

fn path_of_json(answer: &Answer) -> String {
    path_of(&answer.json())
}

async fn an_idempotency_key_is_for_one_request(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = keyed(&ada, "key", &json!({"title": "Once"})).await.expect(201).json();
    let before = app.rows().await;
    keyed(&ada, "key", &json!({"title": "Other"})).await.expect_problem(422, "idempotency_key_reused");
    let elsewhere =
        ada.api.request("PATCH", &path_of(&task)).header("idempotency-key", "key").json(&json!({"title": "Once"}));
    elsewhere.send().await.expect_problem(422, "idempotency_key_reused");
    before.assert_same(&app.rows().await, "a key that was used before");
}

async fn an_idempotency_key_belongs_to_its_owner_and_a_day(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    keyed(&ada, "key", &json!({"title": "Ada's"})).await.expect(201);
    let other = keyed(&bob, "key", &json!({"title": "Bob's"})).await.expect(201);
    assert_eq!(other.json()["user_id"], bob.id.as_str());
    app.clock.advance(25 * 3600);
    let session = app.sign_in_program(&ada).await;
    let request = app.anonymous().with_bearer(&session.access).request("POST", "/api/me/tasks");
    request.header("idempotency-key", "key").json(&json!({"title": "A day later"})).send().await.expect(201);
}

async fn a_refused_write_does_not_use_up_its_key(app: TestApp) {
    let ada = app.sign_up("ada").await;
    keyed(&ada, "key", &json!({"title": ""})).await.expect_problem(422, "invalid");
    keyed(&ada, "key", &json!({"title": "Mended"})).await.expect(201);
    assert_eq!(ada.titles("").await, ["Mended"]);
}

async fn twenty_retries_at_once_make_one_task(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let mut retries = JoinSet::new();
    for _ in 0..20 {
        let ada = ada.clone();
        retries.spawn(async move {
            keyed(&ada, "same", &json!({"title": "Once"})).await.expect(201).json()["id"].to_string()
        });
    }
    let mut ids = retries.join_all().await;
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), ada.titles("").await.len()), (1, 1));
}

async fn a_strange_idempotency_key_is_refused(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for key in ["", " ", &"k".repeat(65)] {
        let answer = keyed(&ada, key, &json!({"title": "x"})).await;
        assert!([400, 422].contains(&answer.status), "{key:?}: {} {}", answer.status, answer.text());
    }
    assert!(ada.titles("").await.is_empty());
    keyed(&ada, &"k".repeat(64), &json!({"title": "x"})).await.expect(201);
}
