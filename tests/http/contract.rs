//! What programs rely on beyond the plain cases: counting, preferences, entity tags, where a fault is said to be.

use crate::harness::{Answer, TestApp, path_of, raw, scenarios};
use serde_json::{Value, json};
use std::time::Duration;

scenarios![
    a_list_counts_all_there_are_where_that_is_asked_for,
    who_prefers_little_gets_little,
    a_replay_heeds_the_preference_of_its_request,
    unreadable_addresses_are_told,
    a_parameter_given_twice_is_told,
    who_moves_gets_new_entity_tags,
    settings_are_pointed_at_where_they_stand,
    elements_of_lists_are_pointed_at,
    completing_takes_a_merge_patch_and_an_empty_stream,
    a_device_can_be_looked_at_by_its_owner_alone,
    restoring_insists_on_a_revision,
    a_bent_cursor_is_told_even_to_who_knows_the_list,
    leaving_without_a_password_is_told_as_such,
];

async fn a_list_counts_all_there_are_where_that_is_asked_for(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for number in 0..5 {
        ada.task_with(json!({"title": format!("Task {number}"), "tags": [if number < 3 { "few" } else { "other" }]}))
            .await;
    }
    app.sign_up("eve").await.task("Not hers").await;
    let page = async |query: &str| ada.api.get(&format!("/api/me/tasks?{query}")).await.expect(200).json();
    assert_eq!(page("count=true&limit=2").await["total"], 5);
    assert_eq!(page("count=true&tag=few").await["total"], 3);
    assert_eq!(page("count=true&q=task%204").await["total"], 1);
    assert_eq!(page("count=true&filter=%23few&limit=1").await["total"], 3);
    assert_eq!(page("count=true&view=bin").await["total"], 0);
    for query in ["", "count=false", "count="] {
        assert!(page(query).await.get("total").is_none(), "{query}");
    }
    let next = ada.api.get("/api/me/tasks?count=true&limit=2").await.expect(200);
    let link = next.header("link").trim_start_matches('<').split('>').next().unwrap().to_owned();
    let second = ada.api.get(&link).await.expect(200).json();
    assert_eq!(
        (&second["total"], second["items"].as_array().unwrap().len()),
        (&json!(5), 2),
        "wherever the page begins"
    );
    let odd = ada.api.get("/api/me/tasks?count=yes").await.expect_problem(422, "invalid");
    assert_eq!(odd.faulty_fields(), ["count"]);
}

/// Fails unless the answer says in its headers what the task's copy would.
#[track_caller]
fn assert_minimal(answer: &Answer, status: u16, revision: i64) {
    assert_eq!(answer.status, status, "{}", answer.asked);
    assert!(answer.body.is_empty(), "{}: {}", answer.asked, answer.text());
    assert_eq!(answer.header("preference-applied"), "return=minimal", "{}", answer.asked);
    assert_eq!(answer.header("etag"), format!("\"{revision}\""), "{}", answer.asked);
    assert!(answer.header("x-change-seq").parse::<i64>().is_ok(), "{}", answer.asked);
}

async fn who_prefers_little_gets_little(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let write = async |method: &str, path: &str, preference: &str, body: Value| {
        ada.api.request(method, path).header("prefer", preference).json(&body).send().await
    };
    let made = write("POST", "/api/me/tasks", "return=minimal", json!({"title": "Milk"})).await;
    assert_minimal(&made, 201, 1);
    let path = made.location().to_owned();
    assert_eq!(ada.api.get(&path).await.expect(200).json()["title"], "Milk");

    assert_minimal(&write("PATCH", &path, "return=minimal", json!({"title": "Bread"})).await, 204, 2);
    assert_minimal(&write("PUT", &path, "return=minimal", json!({"title": "Eggs"})).await, 204, 3);
    let complete = format!("{path}/complete");
    assert_minimal(&write("PATCH", &complete, "return=minimal", json!({"is_completed": true})).await, 204, 4);
    ada.api.delete(&path).await.expect(204);
    assert_minimal(&write("POST", &format!("{path}/restore"), "return=minimal", json!({})).await, 204, 6);

    let whole =
        write("PATCH", &path, "respond-async, return=representation", json!({"title": "Tea"})).await.expect(200);
    assert_eq!(whole.header("preference-applied"), "return=representation");
    assert_eq!(whole.json()["title"], "Tea");
    let usual = ada.api.patch(&path, &json!({"title": "Soap"})).await.expect(200);
    assert_eq!((usual.header("preference-applied"), &usual.json()["title"]), ("", &json!("Soap")));
    let refused = write("PATCH", &path, "return=minimal", json!({"title": ""})).await.expect_problem(422, "invalid");
    assert_eq!(refused.faulty_fields(), ["title"], "a refusal is told whatever is preferred");
}

async fn a_replay_heeds_the_preference_of_its_request(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let send = async |preference: &str| {
        let request = ada.api.request("POST", "/api/me/tasks").header("idempotency-key", "once");
        request.header("prefer", preference).json(&json!({"title": "Milk"})).send().await
    };
    let first = send("return=representation").await.expect(201);
    let again = send("return=minimal").await;
    assert_minimal(&again, 201, 1);
    assert_eq!((again.header("idempotent-replay"), again.location()), ("true", first.location()));
    assert_eq!(ada.titles("").await, ["Milk"]);
}

async fn unreadable_addresses_are_told(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task("Milk").await;
    let before = app.all_rows().await;
    for query in ["q=%ff", "q=%zz", "q=%", "q=%C3", "%ff=1"] {
        for path in ["/api/me/tasks", "/api/me/search", "/api/auth/me"] {
            let answer = ada.api.get(&format!("{path}?{query}")).await.expect_problem(400, "malformed");
            answer.assert_tells_nothing_inner();
        }
        ada.api.post(&format!("/api/me/tasks?{query}"), &json!({"title": "x"})).await.expect_problem(400, "malformed");
        let page = ada.browser.get(&format!("/tasks?{query}")).await.expect(400).text();
        assert!(page.contains("Milk") && page.contains("not UTF-8"), "{query}: the list is there, and what is wrong");
        let page = ada.browser.get(&format!("/dashboard?{query}")).await.expect(400).text();
        assert!(page.contains("</nav>"), "{query}: a page in its usual frame");
    }
    app.anonymous().get("/api/me/tasks?q=%ff").await.expect_problem(401, "unauthenticated");
    before.assert_same(&app.all_rows().await, "an address that nobody can read");
}

async fn a_parameter_given_twice_is_told(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (address, field) in [
        ("/api/me/tasks?tag=a&tag=b", "tag"),
        ("/api/me/tasks?q=a&q=a", "q"),
        ("/api/me/tasks?limit=1&status=all&limit=2", "limit"),
        ("/api/me/tasks?sort=due&sort=", "sort"),
        ("/api/me/search?q=a&q=b", "q"),
        ("/api/admin/users?q=a&q=b", "q"),
    ] {
        let answer = ada.api.get(address).await.expect_problem(422, "invalid");
        assert_eq!(answer.faulty_fields(), [field], "{address}");
        assert_eq!(answer.json()["errors"][0]["code"], "repeated_parameter", "{address}");
    }
    ada.browser.get("/tasks?tag=a&tag=b").await.expect(422);
}

async fn who_moves_gets_new_entity_tags(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let floating = ada.task_with(json!({"title": "Floating", "due_date": "2026-12-24", "due_time": "09:00"})).await;
    let fixed = json!({"title": "Fixed", "due_date": "2026-12-24", "due_time": "09:00", "time_zone": "Europe/Berlin"});
    let fixed = ada.task_with(fixed).await;
    let list = ada.api.get("/api/me/tasks").await.expect(200).header("etag").to_owned();
    let asked_again =
        async |path: &str, tag: &str| ada.api.request("GET", path).header("if-none-match", tag).send().await;
    ada.api.patch("/api/auth/me", &json!({"settings": {"theme": "dark"}})).await.expect(200);
    asked_again("/api/me/tasks", &list).await.expect(304);

    ada.api.patch("/api/auth/me", &json!({"settings": {"time_zone": "Asia/Tokyo"}})).await.expect(200);
    let moved = asked_again(&path_of(&floating), "\"1\"").await.expect(200);
    assert_eq!((moved.header("etag"), &moved.json()["due_at"]), ("\"2\"", &json!("2026-12-24T00:00:00.000Z")));
    asked_again(&path_of(&fixed), "\"1\"").await.expect(304);
    let newer = asked_again("/api/me/tasks", &list).await.expect(200).header("etag").to_owned();
    let stale = ada.api.request("PATCH", &path_of(&floating)).header("if-match", "\"1\"");
    stale.json(&json!({"title": "Old"})).send().await.expect_problem(412, "stale_revision");
    // To a zone of the same time: nothing that anybody sees has changed.
    ada.api.patch("/api/auth/me", &json!({"settings": {"time_zone": "Asia/Seoul"}})).await.expect(200);
    asked_again("/api/me/tasks", &newer).await.expect(304);
    asked_again(&path_of(&floating), "\"2\"").await.expect(304);
}

/// Where a refusal points.
#[track_caller]
fn pointers(answer: Answer) -> Vec<String> {
    let problem = answer.expect_problem(422, "invalid").json();
    problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
}

async fn settings_are_pointed_at_where_they_stand(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (settings, expected) in [
        (json!({"theme": "pink"}), vec!["/settings/theme"]),
        (json!({"volume": 11, "clock": "13h"}), vec!["/settings/clock", "/settings/volume"]),
        (json!({"time_zone": "Mars/Olympus"}), vec!["/settings/time_zone"]),
        (Value::Null, vec!["/settings"]),
        (json!([]), vec!["/settings"]),
    ] {
        let answer = ada.api.patch("/api/auth/me", &json!({"settings": settings})).await;
        assert_eq!(pointers(answer), expected, "{settings}");
    }
    let told = ada.api.patch("/api/auth/me", &json!({"settings": null})).await.json();
    assert!(told["detail"].as_str().unwrap().contains("Send the settings to change"), "{told}");
    assert_eq!(pointers(ada.api.patch("/api/auth/me", &json!({"nam": "x"})).await), ["/nam"]);
}

async fn elements_of_lists_are_pointed_at(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let answer = ada.api.post("/api/me/tasks", &json!({"title": "x", "tags": ["a", "b", "c", "d,e"]})).await;
    assert!(answer.text().contains("“d,e”"), "the name is said: {}", answer.text());
    assert_eq!(pointers(answer), ["/tags/3"]);
    assert_eq!(pointers(ada.api.post("/api/me/tasks", &json!({"title": "x", "tags": ["a", 7]})).await), ["/tags/1"]);
    let many: Vec<String> = (0..21).map(|number| number.to_string()).collect();
    assert_eq!(pointers(ada.api.post("/api/me/tasks", &json!({"title": "x", "tags": many})).await), ["/tags"]);
    let token = json!({"name": "x", "scopes": ["export", "everything"]});
    assert_eq!(pointers(ada.api.post("/api/auth/tokens", &token).await), ["/scopes/1"]);
}

async fn completing_takes_a_merge_patch_and_an_empty_stream(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let path = format!("{}/complete", path_of(&ada.task("Milk").await));
    let patch = |body: &'static str| ada.api.request("PATCH", &path).body("application/merge-patch+json", body).send();
    assert_eq!(patch("{\"is_completed\": true}").await.expect(200).json()["is_completed"], true);
    assert_eq!(patch("{}").await.expect(200).json()["is_completed"], false);
    // Sent in chunks, a body has no length that could say that there is none.
    let request = format!(
        "PATCH {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\
         Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        app.address, ada.access
    );
    let reply = raw::exchange(app.address, request.as_bytes(), Duration::from_secs(5)).await;
    assert_eq!(reply.status(), 200, "{:.300}", reply.text);
    assert!(reply.text.contains("\"is_completed\":true"), "{}", reply.text);
    let untyped = ada.api.request("PATCH", &path).untyped_body("{}").send().await;
    untyped.expect_problem(415, "unsupported_media_type");
}

async fn a_device_can_be_looked_at_by_its_owner_alone(app: TestApp) {
    let (ada, eve) = (app.sign_up("ada").await, app.sign_up("eve").await);
    app.sign_in_program(&ada).await;
    let list = ada.api.get("/api/auth/sessions").await.expect(200).json();
    let devices = list["items"].as_array().unwrap();
    assert_eq!(devices.len(), 2);
    for device in devices {
        let path = format!("/api/auth/sessions/{}", device["id"].as_str().unwrap());
        assert_eq!(ada.api.get(&path).await.expect(200).json(), *device);
        let others = eve.api.get(&path).await.expect_problem(404, "not_found");
        let nobodys = eve.api.get("/api/auth/sessions/0193a5f0-1111-7abc-8def-000000000001").await.expect(404);
        assert_eq!(others.body, nobodys.body, "byte for byte");
    }
    let other = devices.iter().find(|device| device["is_current"] == false).unwrap();
    let path = format!("/api/auth/sessions/{}", other["id"].as_str().unwrap());
    ada.api.delete(&path).await.expect(204);
    ada.api.get(&path).await.expect_problem(404, "not_found");
}

async fn restoring_insists_on_a_revision(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task("Milk").await;
    ada.api.delete(&path_of(&task)).await.expect(204);
    let path = format!("{}/restore", path_of(&task));
    let restore = async |tag: &str| ada.api.request("POST", &path).header("if-match", tag).send().await;
    let stale = restore("\"1\"").await.expect_problem(412, "stale_revision");
    assert_eq!(stale.json()["current"]["revision"], 2);
    assert_eq!(restore("\"2\"").await.expect(200).json()["deleted_at"], Value::Null);
}

async fn a_bent_cursor_is_told_even_to_who_knows_the_list(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let tag = ada.api.get("/api/me/tasks").await.expect(200).header("etag").to_owned();
    let known = async |query: &str| {
        ada.api.request("GET", &format!("/api/me/tasks{query}")).header("if-none-match", &tag).send().await
    };
    known("").await.expect(304);
    assert_eq!(pointers(known("?cursor=bent").await), ["/cursor"]);
}

async fn leaving_without_a_password_is_told_as_such(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let answer = ada.api.delete("/api/auth/me").await;
    assert!(answer.text().contains("Enter your password"), "{}", answer.text());
    assert_eq!(pointers(answer), ["/password"]);
    let me = ada.api.get("/api/auth/me").await.expect(200).json();
    assert_eq!(me["is_active"], true);
}
