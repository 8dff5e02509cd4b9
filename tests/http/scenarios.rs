//! The acceptance scenarios over REST, numbered as in the contract: registering (1–4), signing in (5–8), the API
//! (9–12), sessions (13–15), ownership (16–19). `scenarios_forms` tells the same of pages without JavaScript.

use crate::harness::{PASSWORD, TestApp, path_of, scenarios};
use serde_json::json;

scenarios![
    s01_a_new_email_and_a_good_password_make_an_account_with_a_session,
    s02_a_known_email_is_told_and_makes_no_second_account,
    s03_a_short_password_is_refused_with_the_requirement,
    s04_a_bad_email_is_refused,
    s05_the_right_credentials_open_a_session,
    s06_a_wrong_password_opens_none,
    s07_an_unknown_email_gets_the_very_same_answer,
    s08_whoever_is_signed_in_is_led_to_the_dashboard,
    s09_the_own_list_holds_own_tasks_alone,
    s10_no_token_is_401,
    s11_an_expired_or_invalid_token_is_401_without_detail,
    s12_the_path_of_another_is_403,
    s13_signing_out_ends_the_session_on_the_server,
    s14_an_expired_session_leads_to_sign_in_and_back,
    s15_a_direct_address_without_a_session_leads_to_sign_in,
    s16_a_task_is_mine_whatever_the_body_says,
    s17_updating_my_own_works,
    s18_updating_anothers_is_refused,
    s19_deleting_anothers_is_refused,
    several_devices_are_signed_in_at_once,
];

async fn s01_a_new_email_and_a_good_password_make_an_account_with_a_session(app: TestApp) {
    let browser = app.browser();
    let body = json!({"email": "ada@mail.example", "password": PASSWORD, "name": "Ada"});
    let answer = browser.post("/api/auth/signup", &body).await.expect(201).json();
    assert_eq!(answer["user"]["email"], "ada@mail.example");
    assert_eq!(answer["user"]["name"], "Ada");
    assert_eq!(answer["expires_in"], 600);
    assert!(answer["access_token"].is_string());
    assert!(answer.get("refresh_token").is_none(), "a browser's refresh token stays in its cookie");
    let dashboard = browser.get("/dashboard").await.expect(200);
    assert!(dashboard.text().contains("Ada"));
}

async fn s02_a_known_email_is_told_and_makes_no_second_account(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.all_rows().await;
    let body = json!({"email": ada.email.to_uppercase(), "password": "another good password"});
    let answer = app.browser().post("/api/auth/signup", &body).await.expect_problem(409, "email_taken");
    assert_eq!(answer.json()["detail"], "Email already registered");
    assert!(!answer.gives_a_session());
    before.assert_same(&app.all_rows().await, "signing up with a known e-mail");
}

async fn s03_a_short_password_is_refused_with_the_requirement(app: TestApp) {
    let body = json!({"email": "ada@mail.example", "password": "seven77"});
    let answer = app.browser().post("/api/auth/signup", &body).await.expect_problem(422, "invalid");
    assert_eq!(answer.faulty_fields(), ["password"]);
    assert!(answer.text().contains("at least 8 characters"), "{}", answer.text());
    assert_eq!(app.rows().await.count("users"), 0);
}

async fn s04_a_bad_email_is_refused(app: TestApp) {
    let body = json!({"email": "not-an-address", "password": PASSWORD});
    let answer = app.browser().post("/api/auth/signup", &body).await.expect_problem(422, "invalid");
    assert_eq!(answer.faulty_fields(), ["email"]);
    assert!(answer.text().contains("Invalid email format"), "{}", answer.text());
    assert_eq!(app.rows().await.count("users"), 0);
}

async fn s05_the_right_credentials_open_a_session(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let browser = app.browser();
    let answer = browser.post("/api/auth/signin", &json!({"email": ada.email, "password": PASSWORD})).await.expect(200);
    assert_eq!(answer.json()["user"]["id"], ada.id.as_str());
    browser.get("/dashboard").await.expect(200);
}

async fn s06_a_wrong_password_opens_none(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    let browser = app.browser();
    let body = json!({"email": ada.email, "password": "not her password"});
    let answer = browser.post("/api/auth/signin", &body).await.expect_problem(401, "invalid_credentials");
    assert_eq!(answer.json()["detail"], "Invalid credentials");
    assert!(!browser.has_session());
    before.assert_same(&app.rows().await, "a wrong password");
}

async fn s07_an_unknown_email_gets_the_very_same_answer(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let anonymous = app.anonymous();
    let attempt = |email: String| {
        let anonymous = anonymous.clone();
        async move { anonymous.post("/api/auth/signin", &json!({"email": email, "password": "not her password"})).await }
    };
    let (known, unknown) = (attempt(ada.email).await, attempt("nobody@mail.example".to_owned()).await);
    assert_eq!((known.status, unknown.status), (401, 401));
    assert_eq!(known.json()["detail"], "Invalid credentials");
    assert_eq!(known.json()["detail"], unknown.json()["detail"]);
    assert_eq!(known.json()["code"], unknown.json()["code"]);
}

async fn s08_whoever_is_signed_in_is_led_to_the_dashboard(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for page in ["/signin", "/signup"] {
        ada.browser.get(page).await.expect_redirect("/dashboard");
    }
}

async fn s09_the_own_list_holds_own_tasks_alone(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    ada.task("Ada's errand").await;
    bob.task("Bob's errand").await;
    assert_eq!(ada.titles("").await, ["Ada's errand"]);
    assert_eq!(bob.titles("status=all").await, ["Bob's errand"]);
    let by_id = ada.api.get(&format!("/api/{}/tasks", ada.id)).await.expect(200);
    assert_eq!(by_id.titles(), ["Ada's errand"], "the own id in the path is as good as `me`");
}

async fn s10_no_token_is_401(app: TestApp) {
    let anonymous = app.anonymous();
    anonymous.get("/api/me/tasks").await.expect_problem(401, "unauthenticated");
    anonymous.post("/api/me/tasks", &json!({"title": "x"})).await.expect_problem(401, "unauthenticated");
    anonymous.get("/api/auth/me").await.expect_problem(401, "unauthenticated");
}

async fn s11_an_expired_or_invalid_token_is_401_without_detail(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let mut told = Vec::new();
    app.clock.advance(606);
    told.push(ada.api.get("/api/me/tasks").await.expect_problem(401, "unauthenticated"));
    for nonsense in ["nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.e30."] {
        let answer = app.anonymous().with_bearer(nonsense).get("/api/me/tasks").await;
        told.push(answer.expect_problem(401, "unauthenticated"));
    }
    for answer in &told {
        assert_eq!(answer.json()["detail"], told[0].json()["detail"], "an expired token looks like an invalid one");
        assert!(!answer.text().contains("expired"), "{}", answer.text());
    }
}

async fn s12_the_path_of_another_is_403(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    ada.api.get(&format!("/api/{}/tasks", bob.id)).await.expect_problem(403, "forbidden");
    ada.api.post(&format!("/api/{}/tasks", bob.id), &json!({"title": "x"})).await.expect_problem(403, "forbidden");
}

async fn s13_signing_out_ends_the_session_on_the_server(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let thief = ada.browser.copied();
    thief.get("/dashboard").await.expect(200);
    let answer = ada.browser.request("POST", "/api/auth/signout").send().await.expect(204);
    assert_eq!(answer.set_cookies().iter().filter(|cookie| cookie.contains("Max-Age=0")).count(), 2);
    assert!(!ada.browser.has_session(), "the cookies are gone");
    assert!(thief.get("/dashboard").await.expect(303).location().starts_with("/signin"));
    assert!(!app.takes(&ada.access).await, "a copied token is dead in the same second");
    assert_eq!(app.refresh(&ada.refresh).await.status, 401);
}

async fn s14_an_expired_session_leads_to_sign_in_and_back(app: TestApp) {
    let ada = app.sign_up("ada").await;
    app.clock.advance(15 * 24 * 3600);
    let answer = ada.browser.get("/tasks?status=done").await.expect(303);
    let (page, query) = answer.location().split_once('?').expect("a query");
    assert_eq!(page, "/signin");
    let query: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
    assert!(query.contains(&("reason".to_owned(), "expired".to_owned())), "{query:?}");
    assert!(query.contains(&("next".to_owned(), "/tasks?status=done".to_owned())), "{query:?}");
    assert!(!ada.browser.has_session(), "dead cookies are taken away");

    let address = answer.location().to_owned();
    let page = ada.browser.get(&address).await.expect(200).text();
    assert!(page.contains("Your session has expired. Sign in to continue."), "{page}");
    let fields = [("do", "sign_in"), ("email", &ada.email), ("password", PASSWORD), ("next", "/tasks?status=done")];
    ada.browser.form(&address, &fields).await.expect_redirect("/tasks?status=done");
    ada.browser.get("/tasks?status=done").await.expect(200);
}

async fn s15_a_direct_address_without_a_session_leads_to_sign_in(app: TestApp) {
    let browser = app.browser();
    for page in ["/dashboard", "/tasks", "/tasks/0193a5f0-1111-7abc-8def-000000000001", "/settings"] {
        let answer = browser.get(page).await.expect(303);
        let next = serde_urlencoded::to_string([("next", page)]).unwrap();
        let (plain, encoded) = (format!("/signin?next={page}"), format!("/signin?{next}"));
        assert!([plain, encoded].contains(&answer.location().to_owned()), "{page} leads to {}", answer.location());
        assert!(answer.body.len() < 300, "no protected page leaves: {}", answer.text());
    }
}

async fn s16_a_task_is_mine_whatever_the_body_says(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let body = json!({
        "title": "Mine", "user_id": bob.id, "revision": 99, "created_at": "1970-01-01T00:00:00Z",
        "updated_at": "1970-01-01T00:00:00Z", "completed_at": "1970-01-01T00:00:00Z", "deleted_at": null, "position": "zz",
    });
    let task = ada.api.post("/api/me/tasks", &body).await.expect(201).json();
    assert_eq!(task["user_id"], ada.id.as_str());
    assert_eq!(task["created_at"], "2026-11-20T10:00:00.000Z");
    assert_ne!(task["revision"], 99);
    assert_eq!(task["completed_at"], json!(null));
    assert!(bob.titles("status=all").await.is_empty());
    let unknown = ada.api.post("/api/me/tasks", &json!({"title": "Mine", "shoe_size": 44})).await;
    assert_eq!(unknown.expect_problem(422, "invalid").faulty_fields(), ["shoe_size"]);
}

async fn s17_updating_my_own_works(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task("Befor").await;
    let patch = json!({"title": "Before", "priority": "high", "user_id": "someone", "revision": 1});
    let changed = ada.api.patch(&path_of(&task), &patch).await.expect(200).json();
    assert_eq!((&changed["title"], &changed["priority"]), (&json!("Before"), &json!("high")));
    assert_eq!(changed["user_id"], ada.id.as_str());
    assert_eq!(ada.titles("").await, ["Before"]);
}

async fn s18_updating_anothers_is_refused(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let task = bob.task("Bob's").await;
    let before = app.rows().await;
    let patch = json!({"title": "Taken over"});
    ada.api.patch(&path_of(&task), &patch).await.expect_problem(404, "not_found");
    let on_his_path = path_of(&task).replace("/me/", &format!("/{}/", bob.id));
    ada.api.patch(&on_his_path, &patch).await.expect_problem(403, "forbidden");
    before.assert_same(&app.rows().await, "updating another's task");
}

async fn s19_deleting_anothers_is_refused(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let task = bob.task("Bob's").await;
    let before = app.rows().await;
    ada.api.delete(&path_of(&task)).await.expect_problem(404, "not_found");
    let on_his_path = path_of(&task).replace("/me/", &format!("/{}/", bob.id));
    ada.api.delete(&on_his_path).await.expect_problem(403, "forbidden");
    before.assert_same(&app.rows().await, "deleting another's task");
}

async fn several_devices_are_signed_in_at_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (phone, laptop) = (app.sign_in_browser(&ada).await, app.sign_in_program(&ada).await);
    for _ in 0..3 {
        ada.browser.get("/tasks").await.expect(200);
        phone.get("/tasks").await.expect(200);
        assert!(app.takes(&laptop.access).await);
    }
    phone.request("POST", "/api/auth/signout").send().await.expect(204);
    ada.browser.get("/tasks").await.expect(200);
    assert!(app.takes(&laptop.access).await);
}
