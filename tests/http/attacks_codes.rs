//! Attacks on the second step's codes: I01, I02, C06, D10, F08 and A14 for what waits for a code.

use crate::{
    harness::{Answer, PASSWORD, TestApp, scenarios},
    isolation::{Victim, ask, assert_shut, concrete_path},
};
use serde_json::json;

scenarios![
    a14_what_waits_for_a_code_is_no_other_token,
    c06_a_wrong_password_is_the_same_with_a_second_step,
    c20_a_new_password_voids_what_waits_for_a_code,
    d10_five_codes_to_a_challenge_and_a_limit_over_all_of_them,
    f08_what_waits_for_a_code_opens_no_route,
    i01_a_code_is_good_once_and_near_its_time,
    i01_two_uses_of_one_code_at_once_open_one_session,
    i01_five_wrong_codes_end_the_sign_in,
    i01_a_sign_in_waits_five_minutes,
    i01_a_challenge_is_for_the_codes_of_its_own_account,
    i02_a_recovery_code_is_good_once,
    i02_two_uses_of_one_recovery_code_at_once_open_one_session,
    i02_neither_secret_nor_codes_are_stored_as_they_are,
];

async fn enter(app: &TestApp, challenge: &str, code: &str) -> Answer {
    let body = json!({"challenge": challenge, "code": code, "cookies": false});
    app.anonymous().post("/api/auth/signin/code", &body).await
}

#[track_caller]
fn assert_wrong(answer: Answer) {
    let answer = answer.expect_problem(422, "invalid");
    assert_eq!(answer.faulty_fields(), ["code"]);
    assert!(!answer.gives_a_session());
}

async fn a14_what_waits_for_a_code_is_no_other_token(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    let challenge = app.challenge(&ada).await;
    crate::attacks_access::assert_worthless(&app, &challenge, "a challenge as access token").await;
    app.refresh(&challenge).await.expect_problem(401, "unauthenticated");
    for token in [ada.access.as_str(), ada.refresh.as_str(), "", "x", &challenge[..challenge.len() - 1]] {
        enter(&app, token, &codes.code(&app, 0)).await.expect_problem(401, "challenge_over");
    }
    for at in [0, 10, 30, 60] {
        let swapped = if challenge.as_bytes()[at] == b'A' { "B" } else { "A" };
        let forged = format!("{}{swapped}{}", &challenge[..at], &challenge[at + 1..]);
        enter(&app, &forged, &codes.code(&app, 0)).await.expect_problem(401, "challenge_over");
    }
    enter(&app, &challenge, &codes.code(&app, 0)).await.expect(200);
}

async fn c06_a_wrong_password_is_the_same_with_a_second_step(app: TestApp) {
    let (ada, eve) = (app.sign_up("ada").await, app.sign_up("eve").await);
    app.turn_totp_on(&ada).await;
    let guess = async |email: &str| {
        let hashes = app.backend.hashes();
        let body = json!({"email": email, "password": "not it at all"});
        let answer = app.anonymous().post("/api/auth/signin", &body).await;
        let answer = answer.expect_problem(401, "invalid_credentials");
        let mut problem = answer.json();
        problem.as_object_mut().unwrap().remove("request_id");
        (problem, answer.set_cookies().len(), app.backend.hashes() - hashes)
    };
    let with = guess(&ada.email).await;
    assert_eq!(with, guess(&eve.email).await);
    assert_eq!(with, guess("nobody@mail.example").await);
}

async fn c20_a_new_password_voids_what_waits_for_a_code(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    let challenge = app.challenge(&ada).await;
    let change = json!({"current_password": PASSWORD, "new_password": "a whole new phrase 9"});
    ada.api.post("/api/auth/password", &change).await.expect(204);
    enter(&app, &challenge, &codes.code(&app, 0)).await.expect_problem(401, "challenge_over");
    let body = json!({"email": ada.email, "password": "a whole new phrase 9"});
    let answer = app.anonymous().post("/api/auth/signin", &body).await;
    answer.expect_problem(401, "second_factor_required");
}

async fn d10_five_codes_to_a_challenge_and_a_limit_over_all_of_them(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, recovery) = app.turn_totp_on(&ada).await;
    let first = app.challenge(&ada).await;
    for _ in 0..4 {
        assert_wrong(enter(&app, &first, &codes.wrong_code(&app)).await);
    }
    let second = app.challenge(&ada).await;
    assert_wrong(enter(&app, &second, &codes.wrong_code(&app)).await);
    let answer = enter(&app, &second, &recovery[0]).await.expect_problem(429, "too_many_attempts");
    assert_eq!(answer.header("retry-after"), "1", "a new challenge does not reset what was guessed");
    app.clock.advance(1);
    assert_wrong(enter(&app, &second, &recovery[0].replace(&recovery[0][..5], "00000")).await);
    let answer = enter(&app, &second, &recovery[0]).await.expect_problem(429, "too_many_attempts");
    assert_eq!(answer.header("retry-after"), "2");
    app.clock.advance(2);
    enter(&app, &second, &recovery[0]).await.expect(200);
    enter(&app, &app.challenge(&ada).await, &recovery[1]).await.expect(200);
}

async fn f08_what_waits_for_a_code_opens_no_route(app: TestApp) {
    let victim = Victim::new(&app).await;
    app.turn_totp_on(&victim.person).await;
    let challenge = app.challenge(&victim.person).await;
    let before = app.rows().await;
    for route in &app.routes {
        let path = concrete_path(&route.path, &victim.person.id, &victim);
        for cookie in ["tickbox_code", "tickbox_at", "tickbox_rt"] {
            let browser = app.browser();
            browser.set_cookie(cookie, &challenge);
            assert_shut(route, &ask(&browser, route, &path).await, &format!("a challenge as {cookie}"));
        }
        let program = app.anonymous().with_bearer(&challenge);
        assert_shut(route, &ask(&program, route, &path).await, "a challenge as bearer");
    }
    before.assert_same(&app.rows().await, "asking every route with a challenge");
}

async fn i01_a_code_is_good_once_and_near_its_time(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    assert_wrong(enter(&app, &app.challenge(&ada).await, &codes.code(&app, -1)).await);
    app.clock.advance(120);
    for steps in [-2, 2] {
        assert_wrong(enter(&app, &app.challenge(&ada).await, &codes.code(&app, steps)).await);
    }
    for steps in [-1, 0, 1] {
        let code = codes.code(&app, steps);
        enter(&app, &app.challenge(&ada).await, &code).await.expect(200);
        assert_wrong(enter(&app, &app.challenge(&ada).await, &code).await);
    }
    assert_wrong(enter(&app, &app.challenge(&ada).await, &codes.code(&app, 0)).await);
}

async fn i01_two_uses_of_one_code_at_once_open_one_session(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    let (one, two, code) = (app.challenge(&ada).await, app.challenge(&ada).await, codes.code(&app, 0));
    let (first, second) = tokio::join!(enter(&app, &one, &code), enter(&app, &two, &code));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "{} {}", first.text(), second.text());
}

async fn i01_five_wrong_codes_end_the_sign_in(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    let challenge = app.challenge(&ada).await;
    for _ in 0..4 {
        assert_wrong(enter(&app, &challenge, &codes.wrong_code(&app)).await);
    }
    enter(&app, &challenge, &codes.wrong_code(&app)).await.expect_problem(401, "challenge_over");
    app.clock.advance(60);
    enter(&app, &challenge, &codes.code(&app, 0)).await.expect_problem(401, "challenge_over");
    assert_eq!(ada.api.events().await[0], "codes_wrong");
    enter(&app, &app.challenge(&ada).await, &codes.code(&app, 0)).await.expect(200);
}

async fn i01_a_sign_in_waits_five_minutes(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    let (kept, late) = (app.challenge(&ada).await, app.challenge(&ada).await);
    app.clock.advance(299);
    enter(&app, &kept, &codes.code(&app, 0)).await.expect(200);
    app.clock.advance(1);
    enter(&app, &late, &codes.code(&app, 1)).await.expect_problem(401, "challenge_over");
    enter(&app, &kept, &codes.code(&app, 1)).await.expect_problem(401, "challenge_over");
}

async fn i01_a_challenge_is_for_the_codes_of_its_own_account(app: TestApp) {
    let (ada, eve) = (app.sign_up("ada").await, app.sign_up("eve").await);
    let (_, recovery_of_ada) = app.turn_totp_on(&ada).await;
    let (codes_of_eve, recovery_of_eve) = app.turn_totp_on(&eve).await;
    let challenge = app.challenge(&ada).await;
    assert_wrong(enter(&app, &challenge, &codes_of_eve.code(&app, 0)).await);
    assert_wrong(enter(&app, &challenge, &recovery_of_eve[0]).await);
    let answer = enter(&app, &challenge, &recovery_of_ada[0]).await.expect(200).json();
    assert_eq!(answer["user"]["id"], ada.id.as_str());
    enter(&app, &app.challenge(&eve).await, &recovery_of_eve[0]).await.expect(200);
}

async fn i02_a_recovery_code_is_good_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (_, recovery) = app.turn_totp_on(&ada).await;
    for (number, code) in recovery.iter().enumerate() {
        enter(&app, &app.challenge(&ada).await, code).await.expect(200);
        assert_wrong(enter(&app, &app.challenge(&ada).await, code).await);
        assert_eq!(app.rows().await.count("recovery_codes"), 9 - number);
    }
    let page = ada.browser.get("/settings/security").await.expect(200).text();
    assert!(page.contains("No recovery code is left"), "{page}");
}

async fn i02_two_uses_of_one_recovery_code_at_once_open_one_session(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (_, recovery) = app.turn_totp_on(&ada).await;
    let (one, two) = (app.challenge(&ada).await, app.challenge(&ada).await);
    let (first, second) = tokio::join!(enter(&app, &one, &recovery[0]), enter(&app, &two, &recovery[0]));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "{} {}", first.text(), second.text());
    let (first, second) = tokio::join!(async { enter(&app, &app.challenge(&ada).await, &recovery[1]).await }, async {
        enter(&app, &app.challenge(&ada).await, &recovery[2]).await
    },);
    assert_eq!([first.status, second.status], [200, 200], "two codes are two");
}

async fn i02_neither_secret_nor_codes_are_stored_as_they_are(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let setup = ada.browser.post("/api/auth/factors/totp", &json!({})).await.expect(200).json();
    let secret = setup["secret"].as_str().unwrap();
    let codes = crate::harness::CodeApp::new(secret);
    let body = json!({"code": codes.code(&app, 0)});
    let given = ada.browser.post("/api/auth/factors/totp/confirm", &body).await.expect(200).json();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let rows = app.all_rows().await;
    for text in [secret.to_owned(), hex(secret.as_bytes()), hex(codes.secret())] {
        assert!(!rows.mention(&text), "the secret is stored as it is");
    }
    for code in given["recovery_codes"].as_array().unwrap() {
        let code = code.as_str().unwrap();
        assert!(
            !rows.mention(code)
                && !rows.mention(&hex(code.as_bytes()))
                && !rows.mention(&hex(code.replace('-', "").as_bytes()))
        );
    }
    assert_eq!(rows.count("recovery_codes"), 10);
}
