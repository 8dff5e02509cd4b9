//! Attacks on refresh tokens, B01–B06. B03's ten tabs are opened by Playwright; here are the requests that they send.
//! B01's mail is in `mail_notices`, its entry in the log in `attacks_account`.

use crate::harness::{Client, PASSWORD, TestApp, scenarios};
use serde_json::json;
use tokio::task::JoinSet;

scenarios![
    b01_reuse_outside_the_grace_ends_the_session,
    b01_a_token_two_rotations_old_has_no_grace,
    b02_twenty_refreshes_at_once_rotate_once,
    b03_an_expired_access_cookie_is_renewed_without_a_word,
    b03_twenty_requests_with_one_expired_cookie_sign_nobody_out,
    b04_a_lost_answer_can_be_asked_for_again,
    b05_no_session_outlives_its_limits,
    b06_a_refresh_token_with_anothers_access_token,
];

const DAY: i64 = 86_400;

async fn b01_reuse_outside_the_grace_ends_the_session(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (stolen, elsewhere) = (app.sign_in_program(&ada).await, app.sign_in_program(&ada).await);
    let renewed = app.refreshed(&stolen.refresh).await;
    assert_ne!(renewed.refresh, stolen.refresh);
    app.clock.advance(31);
    app.refresh(&stolen.refresh).await.expect_problem(401, "unauthenticated");
    app.refresh(&renewed.refresh).await.expect_problem(401, "unauthenticated");
    assert!(!app.takes(&renewed.access).await, "the whole session is dead");
    assert!(app.takes(&elsewhere.access).await, "other sessions are not");
}

async fn b01_a_token_two_rotations_old_has_no_grace(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let first = app.sign_in_program(&ada).await;
    let second = app.refreshed(&first.refresh).await;
    let third = app.refreshed(&second.refresh).await;
    app.refresh(&first.refresh).await.expect_problem(401, "unauthenticated");
    assert!(!app.takes(&third.access).await);
}

async fn b02_twenty_refreshes_at_once_rotate_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let session = app.sign_in_program(&ada).await;
    let mut requests = JoinSet::new();
    for _ in 0..20 {
        let (program, token) = (app.anonymous(), session.refresh.clone());
        requests.spawn(async move { program.post("/api/auth/refresh", &json!({"refresh_token": token})).await });
    }
    let mut renewed: Vec<String> = requests
        .join_all()
        .await
        .into_iter()
        .map(|answer| answer.expect(200).json()["refresh_token"].as_str().unwrap().to_owned())
        .collect();
    renewed.sort();
    renewed.dedup();
    assert_eq!(renewed.len(), 1, "exactly one rotation");
    app.clock.advance(40);
    assert!(app.takes(&app.refreshed(&renewed[0]).await.access).await, "still signed in");
}

async fn b03_an_expired_access_cookie_is_renewed_without_a_word(app: TestApp) {
    let ada = app.sign_up("ada").await;
    app.clock.advance(700);
    let page = ada.browser.get("/tasks").await.expect(200);
    assert!(page.gives_a_session());
    assert_ne!(ada.browser.cookie("tickbox_at"), Some(ada.access.clone()));
    app.clock.advance(700);
    ada.browser.form("/tasks", &[("do", "add_task"), ("title", "Half filled")]).await.expect_redirect("/tasks");
    app.clock.advance(700);
    ada.browser.form("/actions/list_tasks", &[("query", "")]).await.expect(200);
    app.clock.advance(700);
    assert_eq!(ada.browser.get("/api/me/tasks").await.expect(200).titles(), ["Half filled"]);
}

async fn b03_twenty_requests_with_one_expired_cookie_sign_nobody_out(app: TestApp) {
    let ada = app.sign_up("ada").await;
    app.clock.advance(700);
    let mut requests = JoinSet::new();
    for _ in 0..20 {
        let tab = ada.browser.copied();
        requests.spawn(async move { tab.get("/tasks").await });
    }
    for answer in requests.join_all().await {
        answer.expect(200);
    }
    ada.browser.get("/tasks").await.expect(200);
}

async fn b04_a_lost_answer_can_be_asked_for_again(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let session = app.sign_in_program(&ada).await;
    let lost = app.refreshed(&session.refresh).await;
    app.clock.advance(29);
    let again = app.refreshed(&session.refresh).await;
    assert_eq!(again.refresh, lost.refresh, "the current pair, no new rotation");
    assert!(app.takes(&again.access).await);
}

async fn b05_no_session_outlives_its_limits(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let idle = app.sign_in_program(&ada).await;
    app.clock.advance(14 * DAY + 1);
    app.refresh(&idle.refresh).await.expect_problem(401, "unauthenticated");

    let mut busy = app.sign_in_program(&ada).await;
    for _ in 0..29 {
        app.clock.advance(DAY);
        busy = app.refreshed(&busy.refresh).await;
    }
    app.clock.advance(DAY + 1);
    app.refresh(&busy.refresh).await.expect_problem(401, "unauthenticated");

    let body = json!({"email": ada.email, "password": PASSWORD, "remember": false, "cookies": false});
    let short = app.anonymous().post("/api/auth/signin", &body).await.expect(200).json();
    let mut token = short["refresh_token"].as_str().unwrap().to_owned();
    for _ in 0..23 {
        app.clock.advance(3600);
        token = app.refreshed(&token).await.refresh;
    }
    app.clock.advance(3601);
    app.refresh(&token).await.expect_problem(401, "unauthenticated");
}

async fn b06_a_refresh_token_with_anothers_access_token(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let mixed = || {
        let browser: Client = app.browser();
        browser.set_cookie("tickbox_at", &bob.access);
        browser.set_cookie("tickbox_rt", &ada.refresh);
        browser
    };
    let answer = mixed().request("POST", "/api/auth/refresh").send().await;
    assert!(answer.expect(401).set_cookies().iter().all(|cookie| cookie.contains("Max-Age=0")));
    app.clock.advance(700);
    for path in ["/dashboard", "/tasks"] {
        let answer = mixed().get(path).await.expect(303);
        assert!(answer.location().starts_with("/signin") && !answer.gives_a_session());
    }
}
