//! Attacks with access tokens that were good once or that stand in the wrong place: A19–A22, A24 and A25. A21's disabled
//! user is in `operator`, A22's second factor in `attacks_factors`, its move to another address by mail in `mail_address`.

use crate::{
    attacks_access::assert_worthless,
    harness::{PASSWORD, TestApp, raw, scenarios, tokens::Token},
};
use backend::accounts::make_reset_link;
use serde_json::json;
use std::time::Duration;

scenarios![
    a19_huge_cookies,
    a20_many_cookies_and_two_of_one_name,
    a21_a_deleted_user,
    a22_a_dead_session_is_dead_in_the_same_second,
    a22_a_reset_ends_every_session_in_the_same_second,
    a22_another_address_ends_the_other_sessions_in_the_same_second,
    a24_tokens_where_they_do_not_belong,
    a25_a_refresh_cookie_for_access_and_the_reverse,
];

async fn a19_huge_cookies(app: TestApp) {
    for (size, statuses) in [(11_000, &[303][..]), (16_000, &[431]), (1_000_000, &[400, 431])] {
        let cookie = "a".repeat(size);
        let request =
            format!("GET /dashboard HTTP/1.1\r\nHost: {}\r\nCookie: tickbox_at={cookie}\r\n\r\n", app.address);
        let reply = raw::exchange(app.address, request.as_bytes(), Duration::from_secs(2)).await;
        assert!(statuses.contains(&reply.status()), "a cookie of {size} bytes: {:.200}", reply.text);
    }
    let lines = format!("Cookie: a={0}\r\nCookie: b={0}\r\n", "x".repeat(7_000));
    let request = format!("GET /dashboard HTTP/1.1\r\nHost: {}\r\n{lines}\r\n", app.address);
    let reply = raw::exchange(app.address, request.as_bytes(), Duration::from_secs(2)).await;
    assert_eq!(reply.status(), 431, "two lines of cookies: {:.200}", reply.text);
    app.anonymous().get("/healthz").await.expect(200);
}

async fn a20_many_cookies_and_two_of_one_name(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let ask = |cookies: String| {
        let request = app.anonymous().request("GET", "/api/auth/me").header("cookie", &cookies);
        async move { request.send().await }
    };
    let crowd: String = (0..200).map(|number| format!("c{number}=x; ")).collect();
    let answer = ask(format!("{crowd}tickbox_at={}", ada.access)).await;
    assert!(answer.status == 200 || (400..500).contains(&answer.status), "200 cookies: {}", answer.status);

    let garbage = "garbage".to_owned();
    for (first, second) in [(&ada.access, &garbage), (&garbage, &ada.access), (&ada.access, &bob.access)] {
        let cookies = format!("tickbox_at={first}; tickbox_at={second}");
        let answers = [ask(cookies.clone()).await, ask(cookies.clone()).await, ask(cookies).await];
        for answer in &answers {
            assert_eq!(answer.status, answers[0].status, "the same cookies get the same answer");
            assert!([200, 400, 401].contains(&answer.status), "{}", answer.status);
            assert_eq!(answer.json()["id"], answers[0].json()["id"]);
            if second == &garbage || first == &garbage {
                assert_ne!(answer.json()["id"], bob.id.as_str());
            }
        }
    }
}

async fn a21_a_deleted_user(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!({"password": PASSWORD});
    ada.api.json("DELETE", "/api/auth/me", &body).await.expect(204);
    assert_worthless(&app, &ada.access, "the token of a deleted user").await;
    app.refresh(&ada.refresh).await.expect_problem(401, "unauthenticated");
}

async fn a22_a_dead_session_is_dead_in_the_same_second(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let other = app.sign_in_program(&ada).await;
    app.anonymous().with_bearer(&other.access).request("POST", "/api/auth/signout").send().await.expect(204);
    assert_worthless(&app, &other.access, "after signing out").await;

    let other = app.sign_in_program(&ada).await;
    let session = Token::read(&other.access).claims["sid"].as_str().unwrap().to_owned();
    ada.api.delete(&format!("/api/auth/sessions/{session}")).await.expect(204);
    assert_worthless(&app, &other.access, "after its owner ended it").await;

    let other = app.sign_in_program(&ada).await;
    let fields = [("do", "change_password"), ("current_password", PASSWORD), ("new_password", "a whole new phrase 9")];
    ada.browser.form("/settings", &fields).await.expect(303);
    assert_worthless(&app, &other.access, "after the password was changed").await;
    assert!(app.takes(&ada.access).await, "the session that changed it goes on");

    ada.browser.form("/settings", &[("do", "sign_out_everywhere")]).await.expect_redirect("/signin");
    assert_worthless(&app, &ada.access, "after signing out everywhere").await;
}

async fn a22_a_reset_ends_every_session_in_the_same_second(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let other = app.sign_in_program(&ada).await;
    let link = make_reset_link(&app.backend, &ada.email).await.unwrap().expect("a link");
    let body = json!({"token": link.split_once("token=").unwrap().1, "password": "a whole new phrase 9"});
    app.anonymous().post("/api/auth/reset/confirm", &body).await.expect(204);
    for access in [&ada.access, &other.access] {
        assert_worthless(&app, access, "after a reset").await;
    }
    for refresh in [&ada.refresh, &other.refresh] {
        app.refresh(refresh).await.expect_problem(401, "unauthenticated");
    }
}

async fn a22_another_address_ends_the_other_sessions_in_the_same_second(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let other = app.sign_in_program(&ada).await;
    let body = json!({"email": "ada@new.example", "password": PASSWORD});
    ada.api.post("/api/auth/email", &body).await.expect(204);
    assert_worthless(&app, &other.access, "after the address was changed").await;
    app.refresh(&other.refresh).await.expect_problem(401, "unauthenticated");
    assert!(app.takes(&ada.access).await, "the session that changed it goes on");
}

async fn a24_tokens_where_they_do_not_belong(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let program = &ada.api;
    assert!(program.get("/dashboard").await.expect(303).location().starts_with("/signin"), "pages take cookies alone");
    let function = program.form("/actions/list_tasks", &[("query", "")]).await;
    assert_eq!(function.status, 401, "server functions take cookies alone");
    for query in ["access_token", "token", "tickbox_at", "authorization", "bearer"] {
        let answer = app.anonymous().get(&format!("/api/auth/me?{query}={}", ada.access)).await;
        assert_eq!(answer.status, 401, "a token in the query string as {query}");
    }
    for scheme in ["Basic", "Token", ""] {
        let value = format!("{scheme} {}", ada.access);
        let answer = app.anonymous().request("GET", "/api/auth/me").header("authorization", value.trim()).send().await;
        assert_eq!(answer.status, 401, "the scheme {scheme:?}");
    }
}

async fn a25_a_refresh_cookie_for_access_and_the_reverse(app: TestApp) {
    let ada = app.sign_up("ada").await;
    assert_worthless(&app, &ada.refresh, "the refresh cookie as access cookie").await;
    let browser = app.browser();
    browser.set_cookie("tickbox_at", &ada.refresh);
    browser.set_cookie("tickbox_rt", &ada.access);
    let answer = browser.get("/dashboard").await.expect(303);
    assert!(answer.location().starts_with("/signin") && !answer.gives_a_session());
}
