//! Attacks on the access token, A01–A08 and A14–A18: forged and bent tokens. `attacks_access_claims` has the attacks on
//! single claims, `attacks_access_use` those with tokens that were good once or stand in the wrong place. Every one of
//! them must look like no token at all: 401 over REST and from server functions, a redirect to sign-in from pages, and
//! no cookie that would keep a session.
//!
//! Not here: A14's other kinds of tokens, one for one, which are in `attacks_kinds`.

use crate::harness::{
    Person, SECRET, TestApp, scenarios,
    tokens::{Token, access_key, decode, derive, encode, sign},
};
use aws_lc_rs::{
    hmac::{HMAC_SHA256, HMAC_SHA384, HMAC_SHA512},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair},
};
use serde_json::{Value, json};
use std::time::Duration;

scenarios![
    a01_alg_none_is_no_signature,
    a02_other_algorithms_and_other_keys,
    a03_a_key_in_the_header_is_ignored,
    a04_a_key_at_an_address_is_not_fetched,
    a05_strange_key_ids,
    a06_and_a07_a_retired_key_verifies_while_it_is_named_and_no_longer,
    a08_one_flipped_bit_anywhere,
    a14_types_of_token_are_not_exchanged,
    a15_critical_extensions_are_refused,
    a16_other_shapes_of_token,
    a17_sloppy_base64,
    a18_a_token_cut_short_at_each_byte,
];

/// Fails unless this token is as good as none, wherever it is shown.
pub(crate) async fn assert_worthless(app: &TestApp, token: &str, what: &str) {
    let answer = app.anonymous().with_bearer(token).get("/api/auth/me").await;
    assert_eq!(answer.status, 401, "{what}: {} {}", answer.status, answer.text());
    assert_eq!(answer.json()["code"], "unauthenticated", "{what}");
    assert!(!answer.gives_a_session(), "{what}");

    let browser = app.browser();
    browser.set_cookie("tickbox_at", token);
    let page = browser.get("/dashboard").await;
    assert_eq!(page.status, 303, "{what}: a page answers {}", page.status);
    assert!(page.location().starts_with("/signin"), "{what}: {}", page.location());
    assert!(!page.gives_a_session(), "{what}");

    browser.set_cookie("tickbox_at", token);
    let function = browser.form("/actions/list_tasks", &[("query", "")]).await;
    assert_eq!(function.status, 401, "{what}: a server function answers {}", function.status);
    assert!(!function.gives_a_session(), "{what}");
}

async fn token_of(app: &TestApp) -> (Person, Token) {
    let ada = app.sign_up("ada").await;
    let token = Token::read(&ada.access);
    assert!(app.takes(&token.sign()).await, "a token that is taken apart and put together again is as good as before");
    (ada, token)
}

fn signed(header: &Value, claims: &Value) -> String {
    sign(&header.to_string(), &claims.to_string(), HMAC_SHA256, &access_key(SECRET))
}

async fn a01_alg_none_is_no_signature(app: TestApp) {
    let (_, token) = token_of(&app).await;
    for algorithm in ["none", "None", "NONE", "nOnE", "none ", ""] {
        let forged = token.clone().head("alg", algorithm);
        let bare = format!("{}.{}.", encode(forged.header.to_string()), encode(forged.claims.to_string()));
        assert_worthless(&app, &bare, &format!("alg {algorithm:?} without a signature")).await;
        assert_worthless(&app, &forged.sign(), &format!("alg {algorithm:?} with a signature")).await;
    }
}

async fn a02_other_algorithms_and_other_keys(app: TestApp) {
    let (_, token) = token_of(&app).await;
    let key = access_key(SECRET);
    for (name, algorithm) in
        [("HS384", HMAC_SHA384), ("HS512", HMAC_SHA512), ("RS256", HMAC_SHA256), ("EdDSA", HMAC_SHA256)]
    {
        let header = token.clone().head("alg", name).header;
        let forged = sign(&header.to_string(), &token.claims.to_string(), algorithm, &key);
        assert_worthless(&app, &forged, &format!("{name} with the access key")).await;
    }
    for name in ["hs256", "HS256 "] {
        assert_worthless(&app, &token.clone().head("alg", name).sign(), &format!("alg {name:?}")).await;
    }
    for purpose in [
        "tickbox refresh token v1",
        "tickbox password pepper v1",
        "tickbox cursor v1",
        "tickbox known device v1",
        "tickbox throttle v1",
        "tickbox sign-in challenge v1",
        "tickbox sealed secret v1",
        "tickbox mail link v1",
        "tickbox key id v1",
        "",
    ] {
        let forged = sign(&token.header.to_string(), &token.claims.to_string(), HMAC_SHA256, &derive(SECRET, purpose));
        assert_worthless(&app, &forged, &format!("the key of {purpose:?}")).await;
    }
    for key in [SECRET, "", "secret"] {
        let forged = sign(&token.header.to_string(), &token.claims.to_string(), HMAC_SHA256, key.as_bytes());
        assert_worthless(&app, &forged, "the secret itself, no key, a guessed key").await;
    }
}

async fn a03_a_key_in_the_header_is_ignored(app: TestApp) {
    let (_, token) = token_of(&app).await;
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref()).unwrap();
    let point = pair.public_key().as_ref();
    let jwk = json!({"kty": "EC", "crv": "P-256", "x": encode(&point[1..33]), "y": encode(&point[33..])});
    let header = token.clone().head("alg", "ES256").head("jwk", jwk).header.to_string();
    let message = format!("{}.{}", encode(header), encode(token.claims.to_string()));
    let signature = pair.sign(&random, message.as_bytes()).unwrap();
    assert_worthless(&app, &format!("{message}.{}", encode(signature.as_ref())), "ES256 with a key of its own").await;

    let pair = Ed25519KeyPair::generate().unwrap();
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": encode(pair.public_key().as_ref())});
    let header = token.clone().head("alg", "EdDSA").head("jwk", jwk).header.to_string();
    let message = format!("{}.{}", encode(header), encode(token.claims.to_string()));
    let forged = format!("{message}.{}", encode(pair.sign(message.as_bytes()).as_ref()));
    assert_worthless(&app, &forged, "EdDSA with a key of its own").await;
    let symmetric = token.clone().head("jwk", json!({"kty": "oct", "k": encode("known")}));
    let forged = sign(&symmetric.header.to_string(), &token.claims.to_string(), HMAC_SHA256, b"known");
    assert_worthless(&app, &forged, "HS256 with a key of its own").await;
}

async fn a04_a_key_at_an_address_is_not_fetched(app: TestApp) {
    let (_, token) = token_of(&app).await;
    let trap = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/keys.json", trap.local_addr().unwrap());
    for name in ["jku", "x5u"] {
        let header = token.clone().head(name, address.as_str()).header;
        let forged = sign(&header.to_string(), &token.claims.to_string(), HMAC_SHA256, b"the attacker's key");
        assert_worthless(&app, &forged, name).await;
    }
    let called = tokio::time::timeout(Duration::from_millis(500), trap.accept()).await;
    assert!(called.is_err(), "the server fetched a key from the attacker");
}

async fn a05_strange_key_ids(app: TestApp) {
    let (_, token) = token_of(&app).await;
    let long = "k".repeat(10_000);
    let ids =
        [json!("unknown"), json!(""), json!("../../dev/null"), json!("' OR 1=1--"), json!(["a"]), json!(7), json!({})];
    for id in ids {
        assert_worthless(&app, &token.clone().head("kid", id.clone()).sign(), &format!("kid {id}")).await;
    }
    let answer = app.anonymous().with_bearer(&token.clone().head("kid", long).sign()).get("/api/auth/me").await;
    assert!([400, 401, 431].contains(&answer.status), "a kid of 10 kB: {}", answer.status);
}

async fn restarted(app: TestApp, secret: &str, previous: Option<&str>) -> TestApp {
    app.restart(|settings| {
        settings.jwt_secret = Some(secret.to_owned());
        settings.jwt_secret_previous = previous.map(str::to_owned);
    })
    .await
}

async fn a06_and_a07_a_retired_key_verifies_while_it_is_named_and_no_longer(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let new = "a newer secret, unknown to the old tokens";
    let app = restarted(app, new, Some(SECRET)).await;
    assert!(app.takes(&ada.access).await, "the previous key still verifies");
    let renewed = app.refreshed(&ada.refresh).await;
    assert_ne!(Token::read(&renewed.access).header["kid"], Token::read(&ada.access).header["kid"]);
    let forged = Token::read(&renewed.access).sign();
    assert_worthless(&app, &forged, "the new key's id with the old key's signature").await;

    let app = restarted(app, new, None).await;
    assert!(app.takes(&renewed.access).await);
    assert_worthless(&app, &ada.access, "a key that is no longer named").await;
}

async fn a08_one_flipped_bit_anywhere(app: TestApp) {
    let (ada, _) = token_of(&app).await;
    let program = app.anonymous();
    let parts: Vec<Vec<u8>> = ada.access.split('.').map(decode).collect();
    for (part, bytes) in parts.iter().enumerate() {
        for at in 0..bytes.len() {
            let mut bent = parts.clone();
            bent[part][at] ^= 1 << (at % 8);
            let token = bent.iter().map(encode).collect::<Vec<_>>().join(".");
            let answer = program.with_bearer(&token).get("/api/auth/me").await;
            assert_eq!(answer.status, 401, "bit {} of byte {at} in part {part}", at % 8);
        }
    }
    assert!(app.takes(&ada.access).await);
}

async fn a14_types_of_token_are_not_exchanged(app: TestApp) {
    let (ada, token) = token_of(&app).await;
    assert_eq!(token.header["typ"], "at+jwt");
    assert_worthless(&app, &ada.refresh, "a refresh token as access token").await;
    for kind in ["JWT", "rt+jwt", "verify+jwt", "reset+jwt", "AT+JWT ", ""] {
        assert_worthless(&app, &token.clone().head("typ", kind).sign(), &format!("typ {kind:?}")).await;
    }
    let mut untyped = token.clone();
    untyped.header.as_object_mut().unwrap().remove("typ");
    assert_worthless(&app, &untyped.sign(), "no typ").await;
    app.refresh(&ada.access).await.expect_problem(401, "unauthenticated");
}

async fn a15_critical_extensions_are_refused(app: TestApp) {
    let (_, token) = token_of(&app).await;
    assert_worthless(&app, &token.clone().head("crit", json!(["x"])).sign(), "crit").await;
    assert_worthless(&app, &token.clone().head("b64", false).sign(), "b64").await;
    let both = token.clone().head("crit", json!(["b64"])).head("b64", false);
    assert_worthless(&app, &both.sign(), "crit and b64").await;
    assert_worthless(&app, &token.clone().head("cty", "JWT").sign(), "a token in a token").await;
}

async fn a16_other_shapes_of_token(app: TestApp) {
    let (ada, token) = token_of(&app).await;
    let key = access_key(SECRET);
    let kid = token.header["kid"].as_str().unwrap();
    let twice = format!(r#"{{"alg":"none","alg":"HS256","typ":"at+jwt","kid":"{kid}"}}"#);
    assert_worthless(&app, &sign(&twice, &token.claims.to_string(), HMAC_SHA256, &key), "alg twice").await;
    let nested = token.clone().head("alg", json!({"alg": "HS256"}));
    assert_worthless(&app, &nested.sign(), "a nested alg").await;
    let parts: Vec<&str> = ada.access.split('.').collect();
    let whole_json = json!({"protected": parts[0], "payload": parts[1], "signature": parts[2]}).to_string();
    let mut shapes =
        vec![whole_json.clone(), encode(whole_json), parts.join(".."), format!("{}.", ada.access), "..".to_owned()];
    shapes.push(parts[..2].join("."));
    shapes.push(format!("{}.{}", ada.access, parts[2]));
    shapes.push(format!("{}.{}.{}", ada.access, parts[2], parts[2]));
    shapes.push(".".repeat(200));
    for shape in shapes {
        assert_worthless(&app, &shape, &format!("the shape {shape:.40}")).await;
    }
    app.browser().get("/dashboard").await.expect(303);
    let empty = app.anonymous().request("GET", "/api/auth/me").header("authorization", "Bearer ").send().await;
    assert_eq!(empty.status, 401);
    assert_worthless(&app, &signed(&token.header, &json!([])), "claims that are a list").await;
    assert_worthless(&app, &signed(&token.header, &json!("claims")), "claims that are a text").await;
}

async fn a17_sloppy_base64(app: TestApp) {
    let (ada, _) = token_of(&app).await;
    let program = app.anonymous();
    let (message, signature) = ada.access.rsplit_once('.').unwrap();
    let last = signature.chars().last().unwrap();
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let next = alphabet.chars().nth(alphabet.find(last).unwrap() ^ 1).unwrap();
    let loose_end = format!("{message}.{}{next}", &signature[..signature.len() - 1]);
    assert_eq!(decode_loosely(&loose_end), decode_loosely(&ada.access), "the last bits carry nothing");
    let spaced = format!("{} {}", &ada.access[..20], &ada.access[20..]);
    for (token, what) in [
        (format!("{}=", ada.access), "padding"),
        (format!("{message}=.{signature}"), "padding inside"),
        (spaced, "a space"),
        (format!("{message}.{signature}\t"), "a tab at the end, which headers lose"),
        (loose_end, "bits that stand for nothing"),
        (format!("{message}.+/{}", &signature[2..]), "the other alphabet"),
    ] {
        let answer = program.with_bearer(&token).get("/api/auth/me").await;
        let lost_on_the_way = token.ends_with('\t');
        assert!(answer.status == 401 || lost_on_the_way && answer.status == 200, "{what}: {}", answer.status);
    }
}

/// The bytes of the signature, whatever its last bits say.
fn decode_loosely(token: &str) -> Vec<u8> {
    use base64::engine::{Engine, GeneralPurpose, GeneralPurposeConfig, general_purpose::NO_PAD};
    let config: GeneralPurposeConfig = NO_PAD.with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(&base64::alphabet::URL_SAFE, config).decode(token.rsplit('.').next().unwrap()).unwrap()
}

async fn a18_a_token_cut_short_at_each_byte(app: TestApp) {
    let (ada, _) = token_of(&app).await;
    let program = app.anonymous();
    for length in 0..ada.access.len() {
        let answer = program.with_bearer(&ada.access[..length]).get("/api/auth/me").await;
        assert_eq!(answer.status, 401, "the first {length} bytes");
    }
}
