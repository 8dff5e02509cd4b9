//! What people do with their own account: profile, settings, password, devices, leaving.

use crate::harness::{PASSWORD, Person, TestApp, path_of, scenarios, tokens::Token};
use serde_json::{Value, json};
use tokio::task::JoinSet;

scenarios![
    me_shows_the_account_and_nothing_secret,
    the_profile_is_patched_field_by_field,
    a_wrong_setting_changes_nothing,
    changing_the_password_ends_the_other_sessions,
    changing_the_password_needs_the_current_one,
    devices_are_listed_and_ended_one_by_one,
    all_other_devices_are_ended_at_once,
    leaving_needs_the_password,
    leaving_leaves_no_row,
    the_email_is_free_again_after_leaving,
    leaving_by_one_person_leaves_the_others_alone,
    c27_a_closed_door_is_shut_before_any_hashing,
    f13_fifty_requests_of_two_people_are_not_mixed,
];

async fn me_shows_the_account_and_nothing_secret(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let me = ada.api.get("/api/auth/me").await.expect(200).json();
    assert_eq!((&me["id"], &me["email"], &me["name"]), (&json!(ada.id), &json!(ada.email), &json!("ada")));
    let mut names: Vec<&str> = me.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["created_at", "email", "email_verified_at", "id", "is_admin", "name", "settings", "updated_at"]);
    let settings = json!({
        "time_zone": "UTC", "week_start": "monday", "date_order": "dmy", "clock": "24h", "theme": "system",
        "density": "comfortable", "locale": "en", "quick_add_profile": "default",
    });
    assert_eq!(me["settings"], settings);
    assert_eq!(me["created_at"], "2026-11-20T10:00:00.000Z");
}

async fn the_profile_is_patched_field_by_field(app: TestApp) {
    let ada = app.sign_up("ada").await;
    app.clock.advance(60);
    let patch = json!({"settings": {"theme": "dark", "time_zone": "Europe/Berlin"}});
    let me = ada.api.patch("/api/auth/me", &patch).await.expect(200).json();
    assert_eq!((&me["name"], &me["settings"]["theme"]), (&json!("ada"), &json!("dark")));
    assert_eq!(me["updated_at"], "2026-11-20T10:01:00.000Z");
    let me =
        ada.api.patch("/api/auth/me", &json!({"name": "Ada L.", "settings": {"theme": null}})).await.expect(200).json();
    assert_eq!((&me["name"], &me["settings"]["theme"]), (&json!("Ada L."), &json!("system")));
    assert_eq!(me["settings"]["time_zone"], "Europe/Berlin", "what is absent stays");
    let me = ada.api.patch("/api/auth/me", &json!({"name": null})).await.expect(200).json();
    assert_eq!(me["name"], json!(null));
    assert_eq!(ada.api.get("/api/auth/me").await.expect(200).json(), me);
}

async fn a_wrong_setting_changes_nothing(app: TestApp) {
    app.sign_up("first").await;
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    for (patch, field) in [
        (json!({"settings": {"time_zone": "Mars/Olympus"}}), "time_zone"),
        (json!({"settings": {"time_zone": "../etc/passwd"}}), "time_zone"),
        (json!({"settings": {"theme": "pink"}}), "theme"),
        (json!({"settings": {"volume": 11}}), "volume"),
        (json!({"settings": []}), "settings"),
        (json!({"name": "x".repeat(101)}), "name"),
        (json!({"name": "a\u{0}b"}), "name"),
        (json!({"email": "new@mail.example"}), "email"),
    ] {
        let answer = ada.api.patch("/api/auth/me", &patch).await.expect_problem(422, "invalid");
        assert!(answer.faulty_fields().iter().any(|name| name.ends_with(field)), "{patch}: {}", answer.text());
    }
    for owned in ["is_admin", "email_verified_at", "id", "is_active"] {
        ada.api.patch("/api/auth/me", &json!({owned: true})).await.expect(200);
    }
    let me = ada.api.get("/api/auth/me").await.expect(200).json();
    assert_eq!((&me["is_admin"], &me["email_verified_at"], &me["id"]), (&json!(false), &json!(null), &json!(ada.id)));
    assert_eq!(app.rows().await.count("users"), before.count("users"));
}

async fn change_password(person: &Person, current: &str, new: &str) -> crate::harness::Answer {
    person.browser.form("/actions/change_password", &[("current_password", current), ("new_password", new)]).await
}

async fn changing_the_password_ends_the_other_sessions(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (phone, program) = (app.sign_in_browser(&ada).await, app.sign_in_program(&ada).await);
    change_password(&ada, PASSWORD, "a whole new phrase 9").await.expect(200);
    ada.browser.get("/tasks").await.expect(200);
    phone.get("/tasks").await.expect(303);
    app.refresh(&program.refresh).await.expect_problem(401, "unauthenticated");
    let sign_in = |password: &'static str| {
        let (client, email) = (app.anonymous(), ada.email.clone());
        async move { client.post("/api/auth/signin", &json!({"email": email, "password": password})).await }
    };
    sign_in(PASSWORD).await.expect(401);
    sign_in("a whole new phrase 9").await.expect(200);
}

async fn changing_the_password_needs_the_current_one(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    let wrong = change_password(&ada, "not the current one", "a whole new phrase 9").await.expect(422);
    assert!(wrong.text().contains("current_password"), "{}", wrong.text());
    let short = change_password(&ada, PASSWORD, "seven77").await.expect(422);
    assert!(short.text().contains("new_password"), "{}", short.text());
    let fields = [("do", "change_password"), ("current_password", "wrong"), ("new_password", "a whole new phrase 9")];
    let page = ada.browser.form("/settings", &fields).await.expect(422).text();
    assert!(page.contains("current_password-error") && !page.contains("a whole new phrase 9"), "{page}");
    before.assert_same(&app.rows().await, "a refused change of password");
}

fn devices(answer: &Value) -> &Vec<Value> {
    answer["items"].as_array().unwrap_or_else(|| panic!("no items: {answer}"))
}

async fn devices_are_listed_and_ended_one_by_one(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let program = app.sign_in_program(&ada).await;
    let list = ada.api.get("/api/auth/sessions").await.expect(200).json();
    assert_eq!(devices(&list).len(), 2);
    let own = Token::read(&ada.access).claims["sid"].clone();
    for device in devices(&list) {
        assert_eq!(device["is_current"], device["id"] == own, "{device}");
        assert_eq!(device["ip"], "127.0.0.1");
    }
    let other = devices(&list).iter().find(|device| device["is_current"] == false).unwrap()["id"].as_str().unwrap();
    ada.api.delete(&format!("/api/auth/sessions/{other}")).await.expect(204);
    assert!(!app.takes(&program.access).await);
    assert_eq!(devices(&ada.api.get("/api/auth/sessions").await.json()).len(), 1);
    ada.api.delete(&format!("/api/auth/sessions/{other}")).await.expect_problem(404, "not_found");
}

async fn all_other_devices_are_ended_at_once(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let (phone, program) = (app.sign_in_browser(&ada).await, app.sign_in_program(&ada).await);
    ada.api.delete("/api/auth/sessions").await.expect(204);
    phone.get("/tasks").await.expect(303);
    assert!(!app.takes(&program.access).await);
    assert!(app.takes(&ada.access).await && app.takes(&bob.access).await);
}

async fn leaving_needs_the_password(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    let wrong =
        ada.api.json("DELETE", "/api/auth/me", &json!({"password": "wrong"})).await.expect_problem(422, "invalid");
    assert_eq!(wrong.faulty_fields(), ["password"]);
    ada.api.json("DELETE", "/api/auth/me", &json!({})).await.expect_problem(422, "invalid");
    let bare = ada.api.delete("/api/auth/me").await;
    assert!((400..500).contains(&bare.status) && bare.status != 404, "{}", bare.status);
    before.assert_same(&app.rows().await, "leaving without the password");
}

async fn leaving_leaves_no_row(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let canary = "canary4711";
    let task = ada.task_with(json!({"title": canary, "notes": canary, "tags": [canary]})).await;
    let keyed =
        ada.api.request("POST", "/api/me/tasks").header("idempotency-key", canary).json(&json!({"title": canary}));
    keyed.send().await.expect(201);
    ada.api.patch(&path_of(&task), &json!({"priority": "low"})).await.expect(200);
    ada.api.delete(&path_of(&task)).await.expect(204);
    app.sign_in_browser(&ada).await;
    assert!(app.all_rows().await.mention(canary) && app.all_rows().await.mention(&ada.id));
    ada.api.json("DELETE", "/api/auth/me", &json!({"password": PASSWORD})).await.expect(204);
    let rows = app.all_rows().await;
    let session = Token::read(&ada.access).claims["sid"].as_str().unwrap().to_owned();
    for trace in [canary, &ada.id, &ada.email, &session] {
        assert!(!rows.mention(trace), "{trace} is still stored: {rows:?}");
    }
    assert!(!app.takes(&ada.access).await);
}

async fn the_email_is_free_again_after_leaving(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task("Of the first Ada").await;
    let answer = ada.browser.json("DELETE", "/api/auth/me", &json!({"password": PASSWORD})).await.expect(204);
    assert!(answer.set_cookies().iter().all(|cookie| cookie.contains("Max-Age=0")) && !ada.browser.has_session());
    let again = app.sign_up("ada").await;
    assert_ne!(again.id, ada.id);
    assert!(again.titles("status=all").await.is_empty());
}

async fn leaving_by_one_person_leaves_the_others_alone(app: TestApp) {
    let (bob, ada) = (app.sign_up("bob").await, app.sign_up("ada").await);
    bob.task_with(json!({"title": "Bob's", "tags": ["shared name"]})).await;
    ada.task_with(json!({"title": "Ada's", "tags": ["shared name"]})).await;
    ada.api.json("DELETE", "/api/auth/me", &json!({"password": PASSWORD})).await.expect(204);
    let tasks = bob.api.get("/api/me/tasks").await.expect(200).json();
    assert_eq!((&tasks["items"][0]["title"], &tasks["items"][0]["tags"]), (&json!("Bob's"), &json!(["shared name"])));
}

async fn c27_a_closed_door_is_shut_before_any_hashing(app: TestApp) {
    let (ground, clock) = app.stop().await;
    let closed = |settings: &mut tickbox::Settings| settings.sign_up = Some(backend::SignUpPolicy::Closed);
    let app = TestApp::start(&ground, clock, closed).await.unwrap();
    let hashes = app.backend.hashes();
    let body = json!({"email": "ada@mail.example", "password": PASSWORD});
    app.anonymous().post("/api/auth/signup", &body).await.expect_problem(403, "sign_up_closed");
    let fields = [("do", "sign_up"), ("email", "ada@mail.example"), ("password", PASSWORD)];
    app.browser().form("/signup", &fields).await.expect(403);
    assert_eq!(app.backend.hashes(), hashes, "refused before any hashing");
    assert_eq!(app.rows().await.count("users"), 0);
    assert!(!app.browser().get("/signup").await.text().contains("name=\"password\""), "no form where none is taken");
}

async fn f13_fifty_requests_of_two_people_are_not_mixed(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    ada.task("Only Ada's").await;
    bob.task("Only Bob's").await;
    let mut requests = JoinSet::new();
    for number in 0..50 {
        let (person, own, other) =
            if number % 2 == 0 { (ada.clone(), "Only Ada", "Only Bob") } else { (bob.clone(), "Only Bob", "Only Ada") };
        let path = ["/tasks", "/dashboard", "/api/me/tasks", "/api/auth/me", "/tasks"][number % 5];
        requests.spawn(async move {
            let text = person.browser.get(path).await.expect(200).text();
            assert!(!text.contains(other), "{path} shows another's task");
            assert!(path != "/tasks" || text.contains(own), "{path} does not show the own task");
        });
    }
    requests.join_all().await;
}
