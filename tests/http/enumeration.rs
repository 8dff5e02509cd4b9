//! Nothing tells a wrong password from an unknown e-mail: not the status, not the body, not a header, not the work that
//! is done (C01, and the deterministic half of C02). The half that measures time is `scripts/timing.mjs`.

use crate::harness::{Answer, Client, TestApp, scenarios};
use serde_json::json;

scenarios![
    c01_unknown_and_wrong_look_the_same_over_rest,
    c01_unknown_and_wrong_look_the_same_on_the_page,
    c02_unknown_and_wrong_cost_the_same_work,
];

/// The headers of an answer, without what differs from request to request by nature.
fn headers_of(answer: &Answer) -> Vec<(String, String)> {
    let changing = ["date", "x-request-id", "content-security-policy"];
    let pairs = answer.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let mut pairs: Vec<_> = pairs.filter(|(name, _)| !changing.contains(&name.as_str())).collect();
    pairs.sort();
    pairs
}

async fn attempt(client: &Client, email: &str) -> Answer {
    client.post("/api/auth/signin", &json!({"email": email, "password": "not the password"})).await
}

async fn c01_unknown_and_wrong_look_the_same_over_rest(app: TestApp) {
    app.sign_up("ada").await;
    let client = app.anonymous();
    let (known, unknown) = (attempt(&client, "ada@mail.example").await, attempt(&client, "eve@mail.example").await);
    assert_eq!((known.status, unknown.status), (401, 401));
    assert_eq!(headers_of(&known), headers_of(&unknown));
    let without_id = |answer: &Answer| {
        let mut problem = answer.json();
        problem.as_object_mut().unwrap().remove("request_id");
        problem
    };
    assert_eq!(without_id(&known), without_id(&unknown));
    assert_eq!(known.body.len(), unknown.body.len());
    assert!(known.set_cookies().is_empty() && unknown.set_cookies().is_empty());
}

async fn c01_unknown_and_wrong_look_the_same_on_the_page(app: TestApp) {
    app.sign_up("ada").await;
    let page = |email: &'static str| {
        let browser = app.browser();
        async move {
            browser.form("/signin", &[("do", "sign_in"), ("email", email), ("password", "not the password")]).await
        }
    };
    let (known, unknown) = (page("ada@mail.example").await, page("eve@mail.example").await);
    assert_eq!((known.status, unknown.status), (401, 401));
    assert_eq!(headers_of(&known), headers_of(&unknown));
    let plain = |answer: &Answer| without_nonce(answer).replace("ada@mail", "x@mail").replace("eve@mail", "x@mail");
    assert_eq!(plain(&known), plain(&unknown));
}

/// The page without its nonce, which is new in each answer.
fn without_nonce(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    answer.text().replace(nonce, "")
}

async fn c02_unknown_and_wrong_cost_the_same_work(app: TestApp) {
    app.sign_up("ada").await;
    let client = app.anonymous();
    let mut costs = Vec::new();
    for email in ["ada@mail.example", "eve@mail.example", "not-an-address", "", "a@b", "\0"] {
        // Time passes, so that nobody has to wait.
        app.clock.advance(600);
        for password in ["not the password", "", "x", &"long".repeat(1000)] {
            let before = app.backend.hashes();
            client.post("/api/auth/signin", &json!({"email": email, "password": password})).await.expect(401);
            costs.push(app.backend.hashes() - before);
        }
    }
    assert!(costs.iter().all(|cost| *cost == 1), "one hash each, whatever was typed: {costs:?}");
}
