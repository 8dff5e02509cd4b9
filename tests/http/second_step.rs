//! The second step of signing in, as people and programs go through it.

use crate::harness::{Client, CodeApp, PASSWORD, Person, TestApp, scenarios};
use serde_json::json;

scenarios![
    a_right_password_asks_for_a_code_which_signs_in,
    a_program_gets_its_tokens_for_a_code,
    the_pages_of_the_second_step_work_without_scripts,
    signing_in_leads_over_the_code_to_where_it_was_wished,
    a_set_up_is_given_up_after_an_hour,
    recovery_codes_are_renewed_behind_a_fresh_confirmation,
    secrets_stay_readable_when_the_servers_secret_changes,
];

async fn a_right_password_asks_for_a_code_which_signs_in(app: TestApp) {
    let ada = app.sign_up("ada").await;
    assert_eq!(ada.api.get("/api/auth/factors").await.expect(200).json()["totp_since"], json!(null));
    let (codes, recovery) = app.turn_totp_on(&ada).await;
    assert_eq!(recovery.len(), 10);
    let factors = ada.api.get("/api/auth/factors").await.expect(200).json();
    assert_eq!(factors["totp_since"], "2026-11-20T10:00:00.000Z");
    assert_eq!(factors["recovery_codes_left"], 10);
    let browser = app.browser();
    let body = json!({"challenge": app.challenge(&ada).await, "code": codes.code(&app, 0)});
    let answer = browser.post("/api/auth/signin/code", &body).await.expect(200).json();
    assert_eq!(answer["user"]["id"], ada.id.as_str());
    assert!(answer["refresh_token"].is_null() && browser.has_session() && browser.cookie("tickbox_dev").is_some());
    browser.get("/dashboard").await.expect(200);
}

async fn a_program_gets_its_tokens_for_a_code(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (_, recovery) = app.turn_totp_on(&ada).await;
    let body = json!({"challenge": app.challenge(&ada).await, "code": recovery[3].to_lowercase(), "cookies": false});
    let answer = app.anonymous().post("/api/auth/signin/code", &body).await.expect(200);
    assert!(answer.set_cookies().is_empty());
    let tokens = answer.json();
    assert!(app.takes(tokens["access_token"].as_str().unwrap()).await);
    app.refreshed(tokens["refresh_token"].as_str().unwrap()).await;
    assert_eq!(ada.api.get("/api/auth/factors").await.expect(200).json()["recovery_codes_left"], 9);
}

/// What stands in the page between these two texts.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("no {before:?} in {page}"));
    rest.split_once(after).unwrap_or_else(|| panic!("no {after:?} after {before:?}")).0
}

async fn the_pages_of_the_second_step_work_without_scripts(app: TestApp) {
    const HERE: &str = "/settings/security";
    let ada = app.sign_up("ada").await;
    let post = async |fields: &[(&str, &str)]| ada.browser.form(HERE, fields).await;
    assert!(ada.browser.get(HERE).await.expect(200).text().contains("your password alone signs you in"));
    post(&[("do", "begin_totp")]).await.expect_redirect(HERE);
    let page = ada.browser.get(HERE).await.expect(200).text();
    assert!(page.contains("<svg") && page.contains("otpauth://totp/Tickbox:ada%40mail.example?secret="), "{page}");
    let codes = CodeApp::new(between(&page, "<code class=\"secret\">", "</code>"));

    let page = post(&[("do", "turn_totp_on"), ("code", &codes.wrong_code(&app))]).await.expect(422).text();
    assert!(page.contains("This code is wrong") && page.contains("otpauth://"), "{page}");
    let page = post(&[("do", "turn_totp_on"), ("code", &codes.code(&app, 0))]).await.expect(200).text();
    let recovery: Vec<&str> = between(&page, "class=\"codes\">", "</pre>").lines().collect();
    assert_eq!(recovery.len(), 10, "{page}");
    assert!(!page.contains("otpauth://"), "the secret is not shown any more");
    let page = ada.browser.get(HERE).await.expect(200).text();
    assert!(page.contains("10 recovery codes are left") && !page.contains(recovery[0]), "the codes are shown once");

    app.clock.advance(30);
    let phone = app.browser();
    let code = codes.code(&app, 0);
    let fields = [("do", "sign_in"), ("email", ada.email.as_str()), ("password", PASSWORD), ("remember", "on")];
    phone.form("/signin", &fields).await.expect_redirect("/signin/code");
    assert!(!phone.has_session());
    let page = phone.get("/signin/code").await.expect(200).text();
    assert!(page.contains("one-time-code"), "{page}");
    let wrong = codes.wrong_code(&app);
    let page = phone.form("/signin/code", &[("do", "sign_in_with_code"), ("code", &wrong)]).await.expect(422).text();
    assert!(page.contains("This code is wrong") && !page.contains(&wrong), "{page}");
    phone.form("/signin/code", &[("do", "sign_in_with_code"), ("code", &code)]).await.expect_redirect("/dashboard");
    assert!(phone.has_session() && phone.cookie("tickbox_code").is_none());

    let off = [("do", "turn_totp_off"), ("password", PASSWORD), ("code", recovery[0])];
    post(&off).await.expect_redirect(HERE);
    phone.get("/dashboard").await.expect(303);
    sign_in(&app, &ada).await;
}

async fn sign_in(app: &TestApp, person: &Person) -> Client {
    app.sign_in_browser(person).await
}

async fn signing_in_leads_over_the_code_to_where_it_was_wished(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    let browser = app.browser();
    let next = "/tasks?q=a%20b&status=all";
    let fields = [("do", "sign_in"), ("email", ada.email.as_str()), ("password", PASSWORD), ("next", next)];
    let location = browser.form("/signin", &fields).await.expect(303).location().to_owned();
    assert_eq!(location, "/signin/code?next=%2Ftasks%3Fq%3Da%2520b%26status%3Dall");
    let page = browser.get(&location).await.expect(200).text();
    assert!(page.contains("name=\"next\" value=\"/tasks?q=a%20b&amp;status=all\""), "{page}");
    let code = [("do", "sign_in_with_code"), ("code", &codes.code(&app, 0)), ("next", next)];
    let answer = browser.form(&location, &code).await.expect_redirect(next);
    let session = answer.set_cookies().iter().find(|cookie| cookie.starts_with("tickbox_rt=")).copied().unwrap();
    assert!(!session.contains("Max-Age"), "who did not ask to be remembered is not: {session}");

    let lost = app.browser();
    assert!(lost.get("/signin/code").await.expect(200).text().contains("No sign-in is waiting"));
    let page = lost.form("/signin/code", &[("do", "sign_in_with_code"), ("code", "123456")]).await.expect(401).text();
    assert!(page.contains("Start again with your password"), "{page}");
}

async fn a_set_up_is_given_up_after_an_hour(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let setup = ada.browser.post("/api/auth/factors/totp", &json!({})).await.expect(200).json();
    let codes = CodeApp::new(setup["secret"].as_str().unwrap());
    app.clock.advance(3600);
    ada.browser.post("/api/auth/confirm", &json!({"password": PASSWORD})).await.expect(204);
    let body = json!({"code": codes.code(&app, 0)});
    ada.browser.post("/api/auth/factors/totp/confirm", &body).await.expect_problem(409, "factor_off");
    assert!(!ada.browser.get("/settings/security").await.expect(200).text().contains("otpauth://"));
    app.turn_totp_on(&ada).await;
    ada.browser.post("/api/auth/factors/totp", &json!({})).await.expect_problem(409, "factor_on");
}

async fn recovery_codes_are_renewed_behind_a_fresh_confirmation(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.browser.post("/api/auth/factors/recovery-codes", &json!({})).await.expect_problem(409, "factor_off");
    let (_, old) = app.turn_totp_on(&ada).await;
    let page = ada.browser.form("/settings/security", &[("do", "renew_recovery_codes")]).await.expect(200).text();
    let new = between(&page, "class=\"codes\">", "</pre>");
    assert_eq!(new.lines().count(), 10);
    let code_of = |code: &str, challenge: String| json!({"challenge": challenge, "code": code});
    let body = code_of(&old[0], app.challenge(&ada).await);
    let answer = app.anonymous().post("/api/auth/signin/code", &body).await.expect(422);
    assert_eq!(answer.faulty_fields(), ["code"]);
    let body = code_of(new.lines().next().unwrap(), app.challenge(&ada).await);
    app.anonymous().post("/api/auth/signin/code", &body).await.expect(200);
}

async fn secrets_stay_readable_when_the_servers_secret_changes(app: TestApp) {
    const NEWER: &str = "a newer secret that replaces the other one";
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    let (ground, clock) = app.stop().await;
    let with = |secret: &'static str, previous: Option<&'static str>| {
        let (ground, clock) = (ground.clone(), clock.clone());
        async move {
            let started = TestApp::start(&ground, clock, |settings| {
                settings.jwt_secret = Some(secret.to_owned());
                settings.jwt_secret_previous = previous.map(str::to_owned);
            });
            started.await.expect("the server starts")
        }
    };
    for previous in [Some(crate::harness::SECRET), None] {
        let app = with(NEWER, previous).await;
        app.clock.advance(30);
        let body = json!({"challenge": app.challenge(&ada).await, "code": codes.code(&app, 0)});
        app.anonymous().post("/api/auth/signin/code", &body).await.expect(200);
        app.stop().await;
    }
}
