//! Passkeys: the way people go with them, and I04 and I05 of the attacks. Each scenario has an authenticator in software;
//! in a browser they are driven by `end2end`.

use crate::harness::{
    Answer, Authenticator, Client, Kind, PASSWORD, Person, TestApp,
    authenticator::{PRESENT, VERIFIED},
    database, scenarios,
};
use serde_json::{Value, json};

scenarios![
    a_passkey_signs_in_alone,
    a_passkey_stands_for_both_steps_and_for_a_fresh_confirmation,
    passkeys_have_names_and_are_removed_on_their_page,
    i03_adding_and_removing_passkeys_takes_a_fresh_confirmation,
    i04_a_challenge_is_good_once_and_for_its_purpose,
    i04_a_challenge_waits_five_minutes,
    i04_two_answers_to_one_challenge_open_one_session,
    i04_another_site_gets_nowhere,
    i04_a_finger_a_face_or_a_pin_is_asked_for,
    i04_a_copied_passkey_is_noticed,
    i04_a_passkey_opens_the_account_it_was_made_for,
    i04_nonsense_for_a_passkey,
    i05_nobody_removes_the_last_way_in,
    i06_passkeys_go_with_their_account,
    i07_an_export_lists_passkeys_by_name,
    d10_asking_for_passkeys_has_a_limit,
    a_server_without_a_name_has_no_passkeys,
];

const START: &str = "/api/auth/factors/passkeys/start";
const PASSKEYS: &str = "/api/auth/factors/passkeys";
const SIGN_IN_START: &str = "/api/auth/signin/passkey/start";
const SIGN_IN: &str = "/api/auth/signin/passkey";

async fn begin(client: &Client, path: &str) -> Value {
    client.post(path, &json!({})).await.expect(200).json()
}

async fn finish_adding(client: &Client, asked: &Value, credential: Value) -> Answer {
    client.post(PASSKEYS, &json!({"ceremony": asked["ceremony"], "credential": credential, "name": "My phone"})).await
}

/// Adds a passkey and tells its id.
async fn add(app: &TestApp, person: &Person) -> (Authenticator, String) {
    let mut authenticator = Authenticator::new(app);
    let asked = begin(&person.browser, START).await;
    let credential = authenticator.make(&asked["options"]);
    let passkey = finish_adding(&person.browser, &asked, credential).await.expect(201).json();
    (authenticator, passkey["id"].as_str().unwrap().to_owned())
}

async fn finish_signing_in(client: &Client, asked: &Value, credential: Value) -> Answer {
    let body = json!({"ceremony": asked["ceremony"], "credential": credential, "cookies": false});
    client.post(SIGN_IN, &body).await
}

async fn sign_in(app: &TestApp, authenticator: &mut Authenticator) -> Answer {
    let client = app.anonymous();
    let asked = begin(&client, SIGN_IN_START).await;
    let credential = authenticator.sign(&asked["options"]);
    finish_signing_in(&client, &asked, credential).await
}

#[track_caller]
fn assert_refused(answer: Answer, what: &str) {
    assert_eq!((answer.status, answer.gives_a_session()), (401, false), "{what}: {}", answer.text());
    answer.expect_problem(401, "passkey_refused");
}

async fn a_passkey_signs_in_alone(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (mut authenticator, id) = add(&app, &ada).await;
    app.clock.advance(60);
    let tokens = sign_in(&app, &mut authenticator).await.expect(200).json();
    assert_eq!(tokens["user"]["id"], ada.id.as_str());
    assert!(app.takes(tokens["access_token"].as_str().unwrap()).await);
    let factors = ada.api.get("/api/auth/factors").await.expect(200).json();
    let passkey = json!({
        "id": id, "name": "My phone", "created_at": "2026-11-20T10:00:00.000Z", "last_used_at": "2026-11-20T10:01:00.000Z",
    });
    assert_eq!(factors["passkeys"], json!([passkey]));

    let browser = app.browser();
    let asked = begin(&browser, SIGN_IN_START).await;
    assert_eq!(asked["options"]["userVerification"], "required");
    assert_eq!(asked["options"]["allowCredentials"], json!([]), "who signs in is not known before");
    let body = json!({"ceremony": asked["ceremony"], "credential": authenticator.sign(&asked["options"])});
    let answer = browser.post(SIGN_IN, &body).await.expect(200);
    assert!(answer.json()["refresh_token"].is_null() && browser.has_session());
    browser.get("/dashboard").await.expect(200);
    let happened = ["signed_in_with_passkey", "signed_in_with_passkey", "passkey_added", "signed_up"];
    assert_eq!(ada.api.events().await, happened);
}

async fn a_passkey_stands_for_both_steps_and_for_a_fresh_confirmation(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (mut authenticator, _) = add(&app, &ada).await;
    app.turn_totp_on(&ada).await;
    app.challenge(&ada).await;
    let tokens = sign_in(&app, &mut authenticator).await.expect(200).json();
    let api = app.anonymous().with_bearer(tokens["access_token"].as_str().unwrap());
    api.get("/api/auth/export").await.expect(200);
    api.post("/api/auth/factors/recovery-codes", &json!({})).await.expect(200);
}

async fn passkeys_have_names_and_are_removed_on_their_page(app: TestApp) {
    const HERE: &str = "/settings/security";
    let ada = app.sign_up("ada").await;
    let (mut lost, id) = add(&app, &ada).await;
    let (mut kept, _) = add(&app, &ada).await;
    let page = ada.browser.get(HERE).await.expect(200).text();
    assert!(page.contains("My phone") && page.contains(&id), "{page}");
    let rename = [("do", "rename_passkey"), ("id", id.as_str()), ("name", "Old <phone>")];
    ada.browser.form(HERE, &rename).await.expect_redirect(HERE);
    assert!(ada.browser.get(HERE).await.expect(200).text().contains("Old &lt;phone&gt;"));
    let nameless = [("do", "rename_passkey"), ("id", id.as_str()), ("name", " ")];
    assert!(ada.browser.form(HERE, &nameless).await.expect(422).text().contains("Give the passkey a name"));
    let path = format!("{PASSKEYS}/{id}");
    let renamed = ada.api.patch(&path, &json!({"name": "Old phone"})).await.expect(200).json();
    assert_eq!(renamed["name"], "Old phone");
    let other = sign_in(&app, &mut lost).await.expect(200).json();
    ada.browser.form(HERE, &[("do", "remove_passkey"), ("id", &id)]).await.expect_redirect(HERE);
    assert_refused(sign_in(&app, &mut lost).await, "a passkey that was removed");
    assert!(!app.takes(other["access_token"].as_str().unwrap()).await, "the lost device is signed out");
    assert!(app.takes(&ada.access).await);
    assert_eq!(ada.api.events().await[0], "passkey_removed");
    sign_in(&app, &mut kept).await.expect(200);

    let eve = app.sign_up("eve").await;
    let (_, of_eve) = add(&app, &eve).await;
    let before = app.rows().await;
    for id in [of_eve.as_str(), &id, "nonsense"] {
        let path = format!("{PASSKEYS}/{id}");
        ada.api.delete(&path).await.expect_problem(404, "not_found");
        ada.api.patch(&path, &json!({"name": "Mine"})).await.expect_problem(404, "not_found");
        ada.browser.form(HERE, &[("do", "remove_passkey"), ("id", id)]).await.expect(404);
    }
    before.assert_same(&app.rows().await, "reaching for another's passkey");
}

async fn i03_adding_and_removing_passkeys_takes_a_fresh_confirmation(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (_, id) = add(&app, &ada).await;
    let mut authenticator = Authenticator::new(&app);
    let asked = begin(&ada.browser, START).await;
    app.clock.advance(11 * 60);
    ada.browser.get("/dashboard").await.expect(200);
    let before = app.rows().await;
    ada.browser.post(START, &json!({})).await.expect_problem(403, "reauth_required");
    let credential = authenticator.make(&asked["options"]);
    finish_adding(&ada.browser, &asked, credential).await.expect_problem(403, "reauth_required");
    ada.browser.delete(&format!("{PASSKEYS}/{id}")).await.expect_problem(403, "reauth_required");
    before.assert_same(&app.rows().await, "what was guarded");
    ada.browser.post("/api/auth/confirm", &json!({"password": PASSWORD})).await.expect(204);
    ada.browser.delete(&format!("{PASSKEYS}/{id}")).await.expect(204);
}

async fn i04_a_challenge_is_good_once_and_for_its_purpose(app: TestApp) {
    let (ada, eve) = (app.sign_up("ada").await, app.sign_up("eve").await);
    let (mut authenticator, _) = add(&app, &ada).await;
    let client = app.anonymous();
    let asked = begin(&client, SIGN_IN_START).await;
    let credential = authenticator.sign(&asked["options"]);
    finish_signing_in(&client, &asked, credential.clone()).await.expect(200);
    assert_refused(finish_signing_in(&client, &asked, credential.clone()).await, "the same answer again");
    let newer = begin(&client, SIGN_IN_START).await;
    assert_refused(finish_signing_in(&client, &newer, credential).await, "an old answer to a new challenge");
    let credential = authenticator.sign(&newer["options"]);
    assert_refused(finish_signing_in(&client, &newer, credential).await, "a challenge that got a wrong answer before");

    let adding = begin(&ada.browser, START).await;
    let credential = authenticator.sign(&adding["options"]);
    assert_refused(finish_signing_in(&client, &adding, credential).await, "what was asked to add a passkey");
    let credential = Authenticator::new(&app).make(&adding["options"]);
    finish_adding(&eve.browser, &adding, credential.clone()).await.expect(422);
    finish_adding(&ada.browser, &adding, credential.clone()).await.expect(201);
    finish_adding(&ada.browser, &adding, credential).await.expect(422);
    assert_eq!(app.rows().await.count("passkeys"), 2);
}

async fn i04_a_challenge_waits_five_minutes(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (mut authenticator, _) = add(&app, &ada).await;
    let client = app.anonymous();
    for (seconds, status) in [(299, 200), (300, 401)] {
        let asked = begin(&client, SIGN_IN_START).await;
        app.clock.advance(seconds);
        let credential = authenticator.sign(&asked["options"]);
        finish_signing_in(&client, &asked, credential).await.expect(status);
    }
}

async fn i04_two_answers_to_one_challenge_open_one_session(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (mut authenticator, _) = add(&app, &ada).await;
    let client = app.anonymous();
    let asked = begin(&client, SIGN_IN_START).await;
    let (one, two) = (authenticator.sign(&asked["options"]), authenticator.sign(&asked["options"]));
    let (one, two) = tokio::join!(finish_signing_in(&client, &asked, one), finish_signing_in(&client, &asked, two));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401], "{} {}", one.text(), two.text());
}

async fn i04_another_site_gets_nowhere(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (mut authenticator, _) = add(&app, &ada).await;
    let own = (authenticator.origin.clone(), authenticator.name.clone());
    let port = own.0.rsplit(':').next().unwrap().to_owned();
    for origin in [
        "https://evil.example".to_owned(),
        format!("https://localhost:{port}"),
        format!("http://evil.localhost:{port}"),
        format!("http://localhost.evil.example:{port}"),
        "http://localhost:1".to_owned(),
        "null".to_owned(),
    ] {
        authenticator.origin.clone_from(&origin);
        let answer = sign_in(&app, &mut authenticator).await;
        assert!([401, 422].contains(&answer.status) && !answer.gives_a_session(), "{origin}: {}", answer.text());
    }
    authenticator.origin = own.0;
    authenticator.name = "evil.example".to_owned();
    assert_refused(sign_in(&app, &mut authenticator).await, "a passkey for another name");
    for (origin, name) in [("https://evil.example", "localhost"), (authenticator.origin.as_str(), "evil.example")] {
        let mut newer = Authenticator::new(&app);
        (newer.origin, newer.name) = (origin.to_owned(), name.to_owned());
        let asked = begin(&ada.browser, START).await;
        let credential = newer.make(&asked["options"]);
        finish_adding(&ada.browser, &asked, credential).await.expect_problem(422, "invalid");
    }
    assert_eq!(app.rows().await.count("passkeys"), 1);
    authenticator.name = own.1;
    sign_in(&app, &mut authenticator).await.expect(200);
}

async fn i04_a_finger_a_face_or_a_pin_is_asked_for(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (mut authenticator, _) = add(&app, &ada).await;
    for flags in [PRESENT, 0, VERIFIED] {
        authenticator.flags = flags;
        assert_refused(sign_in(&app, &mut authenticator).await, &format!("flags {flags}"));
    }
    let asked = begin(&ada.browser, START).await;
    assert_eq!(asked["options"]["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(asked["options"]["authenticatorSelection"]["residentKey"], "required");
    let mut newer = Authenticator::new(&app);
    newer.flags = PRESENT;
    let credential = newer.make(&asked["options"]);
    finish_adding(&ada.browser, &asked, credential).await.expect_problem(422, "invalid");
    authenticator.flags = PRESENT | VERIFIED;
    sign_in(&app, &mut authenticator).await.expect(200);
}

async fn i04_a_copied_passkey_is_noticed(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (mut authenticator, _) = add(&app, &ada).await;
    authenticator.counter = 9;
    sign_in(&app, &mut authenticator).await.expect(200);
    // It counts one more before it signs: the 10 of before is no more, and neither is what is less.
    for counter in [8, 9, 0] {
        authenticator.counter = counter;
        assert_refused(sign_in(&app, &mut authenticator).await, "a counter that did not grow");
    }
    assert_eq!(ada.api.events().await[0], "passkey_copied");
    authenticator.counter = 10;
    sign_in(&app, &mut authenticator).await.expect(200);
}

async fn i04_a_passkey_opens_the_account_it_was_made_for(app: TestApp) {
    let (ada, eve) = (app.sign_up("ada").await, app.sign_up("eve").await);
    let (mut of_ada, _) = add(&app, &ada).await;
    let (mut of_eve, _) = add(&app, &eve).await;
    std::mem::swap(&mut of_ada.user_handle, &mut of_eve.user_handle);
    assert_refused(sign_in(&app, &mut of_eve).await, "a passkey that names another account");
    assert_refused(sign_in(&app, &mut of_ada).await, "a passkey that names another account");
    let stranger = &mut Authenticator::new(&app);
    stranger.user_handle.clone_from(&of_eve.user_handle);
    assert_refused(sign_in(&app, stranger).await, "a passkey that nobody added");
    std::mem::swap(&mut of_ada.user_handle, &mut of_eve.user_handle);

    let asked = begin(&eve.browser, START).await;
    let credential = of_ada.make(&asked["options"]);
    finish_adding(&eve.browser, &asked, credential).await.expect_problem(422, "invalid");
    let asked = begin(&ada.browser, START).await;
    assert_eq!(asked["options"]["excludeCredentials"].as_array().unwrap().len(), 1);
    of_ada.make(&asked["options"]);
    assert_eq!(sign_in(&app, &mut of_ada).await.expect(200).json()["user"]["id"], ada.id.as_str());

    let database = app.ground.connect().await;
    let sql = match app.ground.kind {
        Kind::Sqlite => "UPDATE users SET is_active = 0 WHERE email LIKE 'ada@%'",
        Kind::Postgres => "UPDATE users SET is_active = false WHERE email LIKE 'ada@%'",
    };
    database::execute(&database, sql).await;
    assert_refused(sign_in(&app, &mut of_ada).await, "an account that was disabled");
}

async fn i04_nonsense_for_a_passkey(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (mut authenticator, _) = add(&app, &ada).await;
    let client = app.anonymous();
    let asked = begin(&client, SIGN_IN_START).await;
    let good = authenticator.sign(&asked["options"]);
    let before = app.rows().await;
    for body in [
        json!({"ceremony": asked["ceremony"]}),
        json!({"credential": good}),
        json!({"ceremony": asked["ceremony"], "credential": null}),
        json!({"ceremony": asked["ceremony"], "credential": "text"}),
        json!({"ceremony": asked["ceremony"], "credential": {"id": "x"}}),
        json!({"ceremony": 7, "credential": good}),
    ] {
        client.post(SIGN_IN, &body).await.expect_problem(422, "invalid").assert_tells_nothing_inner();
    }
    for ceremony in ["", "nonsense", "0193a5f0-1111-7abc-8def-000000000001"] {
        let answer = finish_signing_in(&client, &json!({"ceremony": ceremony}), good.clone()).await;
        assert!([401, 422].contains(&answer.status), "{ceremony:?}: {}", answer.status);
    }
    for part in ["clientDataJSON", "authenticatorData", "signature"] {
        let asked = begin(&client, SIGN_IN_START).await;
        let mut bent = authenticator.sign(&asked["options"]);
        bent["response"][part] = "AAAA".into();
        assert_refused(finish_signing_in(&client, &asked, bent).await, part);
    }
    before.assert_same(&app.rows().await, "nonsense");
    finish_signing_in(&client, &asked, good).await.expect(200);
}

async fn i05_nobody_removes_the_last_way_in(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (_, only) = add(&app, &ada).await;
    ada.browser.delete(&format!("{PASSKEYS}/{only}")).await.expect(204);
    app.sign_in_program(&ada).await;

    let ((_, first), (_, second)) = (add(&app, &ada).await, add(&app, &ada).await);
    let (codes, recovery) = app.turn_totp_on(&ada).await;
    for code in &recovery {
        let body = json!({"challenge": app.challenge(&ada).await, "code": code});
        app.anonymous().post("/api/auth/signin/code", &body).await.expect(200);
    }
    ada.browser.delete(&format!("{PASSKEYS}/{first}")).await.expect(204);
    let last = format!("{PASSKEYS}/{second}");
    let before = app.rows().await;
    ada.browser.delete(&last).await.expect_problem(409, "last_way_in");
    let remove = [("do", "remove_passkey"), ("id", second.as_str())];
    let page = ada.browser.form("/settings/security", &remove).await.expect(409).text();
    assert!(page.contains("Make new recovery codes before you remove it"), "{page}");
    before.assert_same(&app.rows().await, "reaching for the last way in");
    ada.browser.post("/api/auth/factors/recovery-codes", &json!({})).await.expect(200);
    ada.browser.delete(&last).await.expect(204);
    let body = json!({"challenge": app.challenge(&ada).await, "code": codes.code(&app, 0)});
    app.anonymous().post("/api/auth/signin/code", &body).await.expect(200);
}

async fn i06_passkeys_go_with_their_account(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (mut authenticator, _) = add(&app, &ada).await;
    begin(&ada.browser, START).await;
    ada.browser.json("DELETE", "/api/auth/me", &json!({"password": PASSWORD})).await.expect(204);
    let rows = app.all_rows().await;
    assert!(!rows.mention(&ada.id), "{rows:?}");
    assert_eq!((rows.count("passkeys"), rows.count("ceremonies")), (0, 0));
    assert_refused(sign_in(&app, &mut authenticator).await, "a passkey whose account is gone");
}

async fn i07_an_export_lists_passkeys_by_name(app: TestApp) {
    let ada = app.sign_up("ada").await;
    add(&app, &ada).await;
    let answer = ada.browser.get("/api/auth/export").await.expect(200);
    assert_eq!(answer.json()["factors"]["passkeys"][0]["name"], "My phone");
    assert!(!answer.text().contains("cred"), "{}", answer.text());
}

async fn d10_asking_for_passkeys_has_a_limit(app: TestApp) {
    let client = app.anonymous();
    for _ in 0..60 {
        begin(&client, SIGN_IN_START).await;
    }
    let answer = client.post(SIGN_IN_START, &json!({})).await.expect_problem(429, "too_many_attempts");
    assert_eq!(answer.header("retry-after"), "300");
    assert_eq!(app.all_rows().await.count("ceremonies"), 60);
    app.clock.advance(300);
    begin(&client, SIGN_IN_START).await;
    assert_eq!(app.all_rows().await.count("ceremonies"), 1, "what ran out is forgotten");
}

async fn a_server_without_a_name_has_no_passkeys(app: TestApp) {
    let (ground, clock) = app.stop().await;
    let change = |settings: &mut tickbox::Settings| settings.base_url = Some("http://192.0.2.7:3000".to_owned());
    let app = TestApp::start(&ground, clock, change).await.expect("the server starts");
    let ada = app.sign_up("ada").await;
    app.anonymous().post(SIGN_IN_START, &json!({})).await.expect_problem(409, "passkeys_unavailable");
    ada.api.post(START, &json!({})).await.expect_problem(409, "passkeys_unavailable");
    for page in ["/settings/security", "/signin"] {
        let client = if page == "/signin" { app.browser() } else { ada.browser.clone() };
        assert!(!client.get(page).await.expect(200).text().contains("data-passkey"), "{page}");
    }
}
