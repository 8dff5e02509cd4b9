//! Attacks on single claims of an access token, A09–A13, A23, A26–A28. All of these tokens are signed with the right key.

use crate::{
    attacks_access::assert_worthless,
    harness::{
        Person, SECRET, TestApp, scenarios,
        tokens::{Token, access_key, sign},
    },
};
use aws_lc_rs::hmac::HMAC_SHA256;
use serde_json::{Value, json};

scenarios![
    a09_expiry,
    a10_not_yet_valid,
    a11_issued_in_the_future_or_living_too_long,
    a12_another_issuer,
    a13_another_audience,
    a23_anothers_session,
    a26_a_token_tells_nothing_about_a_person,
    a27_strange_subjects,
    a28_a_clock_that_jumps_back,
];

const NOW: i64 = crate::harness::BEGINNING.seconds();

async fn ada_and_her_token(app: &TestApp) -> (Person, Token) {
    let ada = app.sign_up("ada").await;
    let token = Token::read(&ada.access);
    (ada, token)
}

async fn assert_each_is_worthless(app: &TestApp, token: &Token, claim: &str, values: impl IntoIterator<Item = Value>) {
    assert_worthless(app, &token.clone().without_claim(claim).sign(), &format!("no {claim}")).await;
    for value in values {
        let forged = token.clone().claim(claim, value.clone());
        assert_worthless(app, &forged.sign(), &format!("{claim} {value}")).await;
    }
}

async fn a09_expiry(app: TestApp) {
    let (ada, token) = ada_and_her_token(&app).await;
    assert_worthless(&app, &token.clone().shifted(-606).sign(), "run out six seconds ago").await;
    let strange =
        [json!(NOW - 6), json!((NOW + 600).to_string()), json!(-1), json!(1e308), json!(true), json!(null), json!([])];
    assert_each_is_worthless(&app, &token, "exp", strange).await;
    assert_worthless(&app, &token.clone().claim("exp", NOW + 365 * 86_400).sign(), "a year of life").await;

    let claims = token.claims.to_string();
    for twice in [
        claims.replacen('{', &format!(r#"{{"exp":{},"#, NOW - 60), 1),
        format!(r#"{},"exp":{}}}"#, claims.trim_end_matches('}'), NOW + 600),
    ] {
        let forged = sign(&token.header.to_string(), &twice, HMAC_SHA256, &access_key(SECRET));
        assert_worthless(&app, &forged, "exp twice").await;
    }
    app.clock.advance(599);
    assert!(app.takes(&ada.access).await, "the tenth minute is not over");
    app.clock.advance(7);
    assert_worthless(&app, &ada.access, "after its ten minutes").await;
}

async fn a10_not_yet_valid(app: TestApp) {
    let (_, token) = ada_and_her_token(&app).await;
    let later = [json!(NOW + 3600), json!((NOW + 3600).to_string()), json!(NOW.to_string()), json!(null), json!(1e308)];
    assert_each_is_worthless(&app, &token, "nbf", later).await;
}

async fn a11_issued_in_the_future_or_living_too_long(app: TestApp) {
    let (_, token) = ada_and_her_token(&app).await;
    let strange = [json!(NOW + 3600), json!(NOW - 86_400), json!(NOW.to_string()), json!(null)];
    assert_each_is_worthless(&app, &token, "iat", strange).await;
    assert_worthless(&app, &token.clone().shifted(3600).sign(), "a whole token from the future").await;
}

async fn a12_another_issuer(app: TestApp) {
    let (_, token) = ada_and_her_token(&app).await;
    let right = token.claims["iss"].clone();
    assert_eq!(right, app.origin.as_str());
    let wrong = [
        json!("https://evil.example"),
        json!(""),
        json!(7),
        json!([right]),
        json!(format!("{}/", app.origin)),
        json!(null),
    ];
    assert_each_is_worthless(&app, &token, "iss", wrong).await;
}

async fn a13_another_audience(app: TestApp) {
    let (_, token) = ada_and_her_token(&app).await;
    let right = token.claims["aud"].clone();
    let other = json!("0193a5f0-1111-7abc-8def-000000000001");
    let wrong = [other.clone(), json!(""), json!(7), json!([other, right]), json!([]), json!(null)];
    assert_each_is_worthless(&app, &token, "aud", wrong).await;
}

async fn a23_anothers_session(app: TestApp) {
    let (_, token) = ada_and_her_token(&app).await;
    let bob = Token::read(&app.sign_up("bob").await.access);
    assert_worthless(&app, &token.clone().claim("sid", bob.claims["sid"].clone()).sign(), "Ada with Bob's session")
        .await;
    assert_worthless(&app, &token.clone().claim("sub", bob.claims["sub"].clone()).sign(), "Bob with Ada's session")
        .await;
    let strange =
        [json!("0193a5f0-1111-7abc-8def-000000000001"), json!(""), json!(0), json!(null), json!("' OR 1=1--")];
    assert_each_is_worthless(&app, &token, "sid", strange).await;
}

async fn a26_a_token_tells_nothing_about_a_person(app: TestApp) {
    let (ada, token) = ada_and_her_token(&app).await;
    let names: Vec<&str> = token.claims.as_object().unwrap().keys().map(String::as_str).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["aud", "auth_time", "exp", "iat", "iss", "jti", "nbf", "sid", "sub"]);
    assert_eq!(token.claims["sub"], ada.id.as_str());
    assert_eq!(token.claims["exp"].as_i64(), Some(NOW + 600));
    let text = format!("{}{}", token.header, token.claims);
    for personal in [ada.email.as_str(), "\"ada", "mail.example", "admin", "role"] {
        assert!(!text.contains(personal), "{personal:?} in {text}");
    }
    let again = Token::read(&app.sign_in_program(&ada).await.access);
    assert_ne!(again.claims["jti"], token.claims["jti"]);
}

async fn a27_strange_subjects(app: TestApp) {
    let (_, token) = ada_and_her_token(&app).await;
    let bob = app.sign_up("bob").await;
    let strange = [
        json!("0"),
        json!("null"),
        json!(bob.id),
        json!("0193a5f0-1111-7abc-8def-000000000001"),
        json!("' OR 1=1--"),
        json!("٠١٩٣"),
        json!(0),
        json!(null),
        json!([token.claims["sub"]]),
    ];
    assert_each_is_worthless(&app, &token, "sub", strange).await;
}

async fn a28_a_clock_that_jumps_back(app: TestApp) {
    let ada = app.sign_up("ada").await;
    app.clock.advance(-3600);
    let answer = ada.browser.get("/tasks").await;
    assert!([200, 303].contains(&answer.status), "no crash: {}", answer.status);
    let session = app.sign_in_program(&ada).await;
    assert!(app.takes(&session.access).await, "signing in works at any time");
    app.clock.advance(3600);
    assert!(!app.takes(&session.access).await, "its ten minutes are over");
    app.clock.advance(31 * 86_400);
    assert!(!app.takes(&session.access).await && !app.takes(&ada.access).await);
    app.refresh(&session.refresh).await.expect_problem(401, "unauthenticated");
    app.refresh(&ada.refresh).await.expect_problem(401, "unauthenticated");
}
