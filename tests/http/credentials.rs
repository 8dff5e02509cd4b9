//! Rules of e-mails and passwords, C03, C06, C07, C09–C15, C25 and C26 of the attacks. C08 stands with the guessing, in
//! `attacks_throttle`.

use crate::harness::{Answer, PASSWORD, SECRET, TestApp, database, scenarios};
use serde_json::json;
use tokio::task::JoinSet;

scenarios![
    c07_an_operator_may_ask_for_longer_passwords,
    c03_strange_passwords_are_simply_wrong,
    c06_whatever_state_an_account_is_in_a_wrong_password_is_just_wrong,
    c07_the_length_of_a_password_is_counted_in_code_points,
    c09_no_rule_about_kinds_of_characters,
    c10_one_password_however_its_accents_are_typed,
    c11_a_huge_body_is_refused_before_any_hashing,
    c11_a_hundred_sign_ins_at_once_leave_the_server_standing,
    c12_every_character_counts,
    c13_one_address_however_it_is_spelled,
    c14_addresses_that_cannot_be_mailed,
    c15_two_sign_ups_at_once_make_one_account,
    c25_a_new_secret_renews_what_the_old_one_peppered,
    c26_nobody_makes_themselves_more_than_a_user,
];

async fn sign_up(app: &TestApp, email: &str, password: &str) -> Answer {
    app.anonymous().post("/api/auth/signup", &json!({"email": email, "password": password})).await
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> Answer {
    app.anonymous().post("/api/auth/signin", &json!({"email": email, "password": password})).await
}

async fn c03_strange_passwords_are_simply_wrong(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for password in ["", "x", "nul\0inside", &"long".repeat(50_000)] {
        let (known, unknown) =
            (sign_in(&app, &ada.email, password).await, sign_in(&app, "nobody@mail.example", password).await);
        let len = password.len();
        assert_eq!((known.status, unknown.status), (401, 401), "a password of {len} bytes");
        assert_eq!(known.json()["code"], unknown.json()["code"]);
        assert_eq!(known.json()["code"], "invalid_credentials");
    }
    let huge = "x".repeat(1_000_000);
    for email in [ada.email.as_str(), "nobody@mail.example"] {
        sign_in(&app, email, &huge).await.expect_problem(413, "too_large");
    }
}

async fn c06_whatever_state_an_account_is_in_a_wrong_password_is_just_wrong(app: TestApp) {
    let states = [
        ("plain", ""),
        ("verified", "UPDATE users SET email_verified_at = 1 WHERE email = 'verified@mail.example'"),
        ("disabled", "UPDATE users SET is_active = false WHERE email = 'disabled@mail.example'"),
    ];
    let database = app.ground.connect().await;
    let mut answers = Vec::new();
    for (name, change) in states {
        let person = app.sign_up(name).await;
        if !change.is_empty() {
            database::execute(&database, change).await;
        }
        let hashes = app.backend.hashes();
        answers.push(sign_in(&app, &person.email, "not the password").await);
        assert_eq!(app.backend.hashes() - hashes, 1, "{name}");
    }
    answers.push(sign_in(&app, "disabled@mail.example", PASSWORD).await);
    let told = |answer: &Answer| {
        let mut problem = answer.json();
        problem.as_object_mut().unwrap().remove("request_id");
        (answer.status, problem, answer.set_cookies().len(), answer.body.len())
    };
    for answer in &answers {
        assert_eq!(answer.status, 401, "{}", answer.text());
        assert_eq!(told(answer), told(&answers[0]));
    }
}

async fn c07_the_length_of_a_password_is_counted_in_code_points(app: TestApp) {
    for (number, (password, is_taken)) in [
        ("v9#Lq2!".to_owned(), false),
        ("v9#Lq2!x".to_owned(), true),
        ("v9#Lq2!x".repeat(16), true),
        (format!("{}x", "v9#Lq2!x".repeat(16)), false),
        ("🌱🔑🐢🎻🧭🪁🍋".to_owned(), false),
        ("🌱🔑🐢🎻🧭🪁🍋🚲".to_owned(), true),
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("p{number}@mail.example");
        let answer = sign_up(&app, &email, &password).await;
        assert_eq!(answer.status, if is_taken { 201 } else { 422 }, "{password}");
        assert_eq!(sign_in(&app, &email, &password).await.status, if is_taken { 200 } else { 401 });
        assert!(!answer.text().contains(&password), "a password is never given back");
    }
}

async fn c09_no_rule_about_kinds_of_characters(app: TestApp) {
    sign_up(&app, "lower@mail.example", "quietmeadowlanternfox").await.expect(201);
    sign_up(&app, "spaces@mail.example", " quiet meadow fox ").await.expect(201);
    sign_in(&app, "spaces@mail.example", "quiet meadow fox").await.expect(401);
    sign_in(&app, "spaces@mail.example", " quiet meadow fox ").await.expect(200);
}

async fn c10_one_password_however_its_accents_are_typed(app: TestApp) {
    sign_up(&app, "nfc@mail.example", "caf\u{e9} lantern 42").await.expect(201);
    sign_in(&app, "nfc@mail.example", "cafe\u{301} lantern 42").await.expect(200);
    sign_up(&app, "fi@mail.example", "of\u{fb01}ce lantern 42").await.expect(201);
    sign_in(&app, "fi@mail.example", "office lantern 42").await.expect(401);
}

async fn c11_a_huge_body_is_refused_before_any_hashing(app: TestApp) {
    let hashes = app.backend.hashes();
    let huge = json!({"email": "ada@mail.example", "password": "x".repeat(10_000_000)});
    for path in ["/api/auth/signup", "/api/auth/signin"] {
        app.anonymous().post(path, &huge).await.expect_problem(413, "too_large");
    }
    assert_eq!(app.backend.hashes(), hashes);
}

async fn c11_a_hundred_sign_ins_at_once_leave_the_server_standing(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let mut attempts = JoinSet::new();
    for _ in 0..100 {
        let (client, email) = (app.anonymous(), ada.email.clone());
        attempts.spawn(
            async move { client.post("/api/auth/signin", &json!({"email": email, "password": PASSWORD})).await },
        );
    }
    for _ in 0..5 {
        app.anonymous().get("/healthz").await.expect(200);
    }
    let answers = attempts.join_all().await;
    for answer in &answers {
        assert!([200, 429, 503].contains(&answer.status), "{}: {}", answer.status, answer.text());
        assert!(answer.status == 200 || answer.headers.contains_key("retry-after"), "told when to come again");
    }
    assert!(answers.iter().any(|answer| answer.status == 200));
    sign_in(&app, &ada.email, PASSWORD).await.expect(200);
}

async fn c12_every_character_counts(app: TestApp) {
    let password = |at_90: char| format!("{}{at_90}{}", "long phrase ".repeat(8).split_at(90).0, "0123456789");
    sign_up(&app, "long@mail.example", &password('a')).await.expect(201);
    sign_in(&app, "long@mail.example", &password('b')).await.expect(401);
    sign_in(&app, "long@mail.example", &password('a')).await.expect(200);
}

async fn c13_one_address_however_it_is_spelled(app: TestApp) {
    sign_up(&app, "Ada@Mail.Example", PASSWORD).await.expect(201);
    for same in ["ada@mail.example", "ADA@MAIL.EXAMPLE", "ada@mail.example.", " ada@mail.example "] {
        sign_up(&app, same, PASSWORD).await.expect_problem(409, "email_taken");
        sign_in(&app, same, PASSWORD).await.expect(200);
    }
    sign_up(&app, "a@M\u{dc}NCHEN.de", PASSWORD).await.expect(201);
    for same in ["a@m\u{fc}nchen.de", "a@xn--mnchen-3ya.de", "a@mu\u{308}nchen.de"] {
        sign_up(&app, same, PASSWORD).await.expect_problem(409, "email_taken");
    }
    let answer = sign_up(&app, "\u{430}da@mail.example", PASSWORD).await;
    assert_eq!(answer.status, 201, "a Cyrillic letter makes another address: {}", answer.text());
    assert_eq!(sign_in(&app, "ada@mail.example", PASSWORD).await.json()["user"]["email"], "Ada@Mail.Example");
}

async fn c14_addresses_that_cannot_be_mailed(app: TestApp) {
    let long = format!("{}@mail.example", "a".repeat(250));
    let addresses = [
        "a@x.io\0",
        "a\0@x.io",
        "a@x.io\r\nBcc: b@x.io",
        "\"a b\"@x.io",
        "a@[127.0.0.1]",
        "a@b",
        "a@x.io%0aBcc:",
        "Ada <a@x.io>",
        "a@x..io",
        "a@-x.io",
        "@x.io",
        "a@",
        "",
        long.as_str(),
    ];
    for address in addresses {
        let answer = sign_up(&app, address, PASSWORD).await;
        assert_eq!(answer.status, 422, "{address:?}");
        assert_eq!(answer.faulty_fields(), ["email"], "{address:?}");
        answer.assert_tells_nothing_inner();
        sign_in(&app, address, PASSWORD).await.expect_problem(401, "invalid_credentials");
    }
    assert_eq!(app.rows().await.count("users"), 0);
}

async fn c15_two_sign_ups_at_once_make_one_account(app: TestApp) {
    for round in 0..5 {
        let email = format!("twin{round}@mail.example");
        let louder = email.to_uppercase();
        let (one, two) = tokio::join!(sign_up(&app, &email, PASSWORD), sign_up(&app, &louder, PASSWORD));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{} {}", one.text(), two.text());
        assert_eq!(app.rows().await.count("users"), round + 1);
    }
}

async fn c25_a_new_secret_renews_what_the_old_one_peppered(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let new = "a newer secret, which peppers anew";
    let (mut ground, mut clock) = app.stop().await;
    for previous in [Some(SECRET.to_owned()), None] {
        let change = |settings: &mut tickbox::Settings| {
            (settings.jwt_secret, settings.jwt_secret_previous) = (Some(new.to_owned()), previous);
        };
        let app = TestApp::start(&ground, clock, change).await.unwrap();
        sign_in(&app, &ada.email, "not the password").await.expect(401);
        sign_in(&app, &ada.email, PASSWORD).await.expect(200);
        (ground, clock) = app.stop().await;
    }
}

async fn c26_nobody_makes_themselves_more_than_a_user(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!({
        "email": "eve@mail.example", "password": PASSWORD, "is_admin": true, "role": "admin", "id": ada.id, "is_active": false,
        "email_verified_at": "2020-01-01T00:00:00Z", "created_at": "1999-01-01T00:00:00Z", "user_id": ada.id,
    });
    let eve = app.anonymous().post("/api/auth/signup", &body).await.expect(201).json()["user"].clone();
    assert_ne!(eve["id"], ada.id.as_str());
    assert_eq!((&eve["is_admin"], &eve["email_verified_at"]), (&json!(false), &json!(null)));
    assert_eq!(eve["created_at"], "2026-11-20T10:00:00.000Z");
    sign_in(&app, "eve@mail.example", PASSWORD).await.expect(200);
}

async fn c07_an_operator_may_ask_for_longer_passwords(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (ground, clock) = app.stop().await;
    let longer = |settings: &mut tickbox::Settings| settings.least_password = "24".parse().unwrap();
    let app = TestApp::start(&ground, clock, longer).await.unwrap();
    let body = json!({"email": "eve@mail.example", "password": "quiet river at dawn"});
    let answer = app.anonymous().post("/api/auth/signup", &body).await.expect_problem(422, "invalid");
    assert!(answer.text().contains("Use at least 24 characters"), "{}", answer.text());
    let page = app.browser().get("/signup").await.expect(200).text();
    assert!(page.contains("At least 24 characters.") && page.contains("minlength=\"24\""), "{page}");
    // Whoever has a shorter one still gets in, and chooses a longer one next.
    let browser = app.sign_in_browser(&ada).await;
    assert!(browser.get("/settings").await.text().contains("At least 24 characters."));
    let change = json!({"current_password": PASSWORD, "new_password": "meadow lantern 42"});
    browser.post("/api/auth/password", &change).await.expect_problem(422, "invalid");
    let form = [("do", "change_password"), ("current_password", PASSWORD), ("new_password", "meadow lantern 42")];
    let page = browser.form("/settings", &form).await.expect(422).text();
    assert!(page.contains("Use at least 24 characters"), "{page}");
    let change = json!({"current_password": PASSWORD, "new_password": "meadow lantern 42 by the river"});
    browser.post("/api/auth/password", &change).await.expect(204);
}
