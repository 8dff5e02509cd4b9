//! Guessing at passwords, D01–D09 and D11, C08 and C21. D04 and the bound on memory stand beside the counters in
//! `backend`; D10 and D12 stand with what they limit, mail in `mail_reset`.

use crate::harness::{Answer, Client, Ground, PASSWORD, Person, TestApp, scenarios};
use backend::Clock;
use serde_json::json;
use tokio::task::JoinSet;

scenarios![
    c08_common_and_personal_passwords_are_refused_with_a_reason,
    c21_guessing_the_current_password_is_throttled_too,
    d01_many_wrong_passwords_have_to_wait,
    d01_the_page_says_how_long_to_wait,
    d02_no_header_makes_a_stranger_somebody_else,
    d03_behind_a_trusted_proxy_each_client_counts_for_itself,
    d05_one_password_over_many_accounts,
    d06_the_owner_is_heard_from_a_known_device,
    d06_a_known_device_is_heard_from_an_address_that_guesses,
    d06_codes_from_a_known_device_are_counted_apart,
    d06_dead_links_and_guesses_that_wait_silence_nobody,
    d06_a_new_password_is_heard_at_once,
    d06_a_mark_of_another_account_or_a_forged_one_helps_nobody,
    d07_accounts_that_nobody_has_are_throttled_alike,
    d08_fifty_guesses_at_once_are_fifty_guesses,
    d09_being_right_clears_the_counter_and_only_that,
    d10_only_so_many_accounts_are_made_from_one_address,
    d10_only_so_many_passwords_are_judged_for_one_address,
    d11_counters_of_accounts_survive_a_restart,
];

const WRONG: &str = "not the password at all";

async fn guess(client: &Client, email: &str, password: &str) -> Answer {
    client.post("/api/auth/signin", &json!({"email": email, "password": password})).await
}

/// Guesses wrongly so many times, and none of them has to wait.
async fn fail(client: &Client, email: &str, times: usize) {
    for _ in 0..times {
        guess(client, email, WRONG).await.expect_problem(401, "invalid_credentials");
    }
}

fn wait_of(answer: &Answer) -> i64 {
    assert_eq!(answer.status, 429, "{}", answer.text());
    answer.header("retry-after").parse().unwrap()
}

async fn c08_common_and_personal_passwords_are_refused_with_a_reason(app: TestApp) {
    for weak in ["Password1234567", "qwertyuiop12", "lovelace2026", "tickbox2026"] {
        let body = json!({"email": "lovelace@mail.example", "password": weak});
        let answer = app.anonymous().post("/api/auth/signup", &body).await.expect_problem(422, "invalid");
        assert_eq!(answer.faulty_fields(), ["password"]);
        assert_eq!(answer.json()["errors"][0]["code"], "guessable");
    }
    assert_eq!(app.rows().await.count("users"), 0);
    let ada = app.sign_up("ada").await;
    let answer = change_password(&ada, PASSWORD, "Password1234567").await.expect(422);
    assert_eq!(answer.faulty_fields(), ["new_password"]);
    guess(&app.anonymous(), &ada.email, PASSWORD).await.expect(200);
}

async fn change_password(person: &Person, current: &str, new: &str) -> Answer {
    person.browser.form("/actions/change_password", &[("current_password", current), ("new_password", new)]).await
}

async fn c21_guessing_the_current_password_is_throttled_too(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for _ in 0..5 {
        change_password(&ada, WRONG, "a whole new phrase 9").await.expect(422);
    }
    let answer = change_password(&ada, PASSWORD, "a whole new phrase 9").await;
    app.clock.advance(wait_of(&answer));
    change_password(&ada, PASSWORD, "a whole new phrase 9").await.expect(200);
}

async fn d01_many_wrong_passwords_have_to_wait(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let stranger = app.anonymous();
    fail(&stranger, &ada.email, 5).await;
    for wait in [1, 2, 4, 8] {
        let hashes = app.backend.hashes();
        let answer = guess(&stranger, &ada.email, PASSWORD).await.expect_problem(429, "too_many_attempts");
        assert_eq!(wait_of(&answer), wait);
        assert_eq!(app.backend.hashes(), hashes, "a guess that has to wait is not judged");
        app.clock.advance(wait);
        fail(&stranger, &ada.email, 1).await;
    }
    app.clock.advance(16);
    guess(&stranger, &ada.email, PASSWORD).await.expect(200);
}

async fn d01_the_page_says_how_long_to_wait(app: TestApp) {
    let ada = app.sign_up("ada").await;
    fail(&app.anonymous(), &ada.email, 5).await;
    let fields = [("do", "sign_in"), ("email", ada.email.as_str()), ("password", PASSWORD)];
    let page = app.browser().form("/signin", &fields).await;
    assert_eq!(wait_of(&page), 1);
    assert!(page.text().contains("Too many attempts. Wait a second and try again."), "{}", page.text());
    assert!(page.text().contains(&ada.email), "what was typed is still there");
}

async fn d02_no_header_makes_a_stranger_somebody_else(app: TestApp) {
    let names = ["x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip", "true-client-ip"];
    let mut statuses = Vec::new();
    for number in 0..25 {
        let mut request = app.anonymous().request("POST", "/api/auth/signin");
        for name in names {
            request = request.header(name, &format!("198.51.100.{number}"));
        }
        let body = json!({"email": format!("nobody{number}@mail.example"), "password": WRONG});
        statuses.push(request.json(&body).send().await.status);
    }
    assert_eq!(statuses[..20], [401; 20]);
    assert_eq!(statuses[20..], [429; 5]);
}

async fn d03_behind_a_trusted_proxy_each_client_counts_for_itself(ground: Ground) {
    let clock = Clock::manual(crate::harness::BEGINNING);
    let trust = |settings: &mut tickbox::Settings| settings.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    let app = TestApp::start(&ground, clock, trust).await.unwrap();
    let from = |address: &'static str, number: usize| {
        let request = app.anonymous().request("POST", "/api/auth/signin").header("x-forwarded-for", address);
        request.json(&json!({"email": format!("nobody{number}@mail.example"), "password": WRONG})).send()
    };
    for number in 0..20 {
        from("203.0.113.9, 198.51.100.1", number).await.expect(401);
    }
    from("192.0.2.200, 198.51.100.1", 20).await.expect(429);
    from("198.51.100.2", 21).await.expect(401);
    for number in 30..50 {
        from("nonsense", number).await.expect(401);
    }
    from("more nonsense", 50).await.expect(429);
}

async fn d05_one_password_over_many_accounts(app: TestApp) {
    let stranger = app.anonymous();
    for number in 0..20 {
        fail(&stranger, &format!("nobody{number}@mail.example"), 1).await;
    }
    let answer = guess(&stranger, "another@mail.example", WRONG).await;
    app.clock.advance(wait_of(&answer));
    fail(&stranger, "another@mail.example", 1).await;
}

async fn d06_the_owner_is_heard_from_a_known_device(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.browser.form("/signout", &[("do", "sign_out")]).await.expect(303);
    assert!(ada.browser.cookie("tickbox_dev").is_some(), "the device stays known after signing out");
    fail(&app.anonymous(), &ada.email, 5).await;
    guess(&app.anonymous(), &ada.email, PASSWORD).await.expect(429);
    guess(&ada.browser, &ada.email, PASSWORD).await.expect(200);
}

async fn d06_a_known_device_is_heard_from_an_address_that_guesses(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.browser.form("/signout", &[("do", "sign_out")]).await.expect(303);
    let stranger = app.anonymous();
    for number in 0..25 {
        guess(&stranger, &format!("nobody{number}@mail.example"), WRONG).await;
    }
    guess(&stranger, &ada.email, PASSWORD).await.expect(429);
    guess(&ada.browser, &ada.email, PASSWORD).await.expect(200);
    let change = json!({"current_password": PASSWORD, "new_password": "a whole new phrase 9"});
    ada.browser.post("/api/auth/password", &change).await.expect(204);
}

async fn d06_codes_from_a_known_device_are_counted_apart(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (codes, _) = app.turn_totp_on(&ada).await;
    let enter = async |client: &Client, challenge: &str, code: &str| {
        client.post("/api/auth/signin/code", &json!({"challenge": challenge, "code": code})).await
    };
    let thief = app.challenge(&ada).await;
    for _ in 0..4 {
        enter(&app.anonymous(), &thief, &codes.wrong_code(&app)).await.expect(422);
    }
    enter(&app.anonymous(), &thief, &codes.wrong_code(&app)).await.expect(401);
    let challenge = app.challenge(&ada).await;
    enter(&app.anonymous(), &challenge, &codes.code(&app, 0)).await.expect(429);
    for _ in 0..4 {
        enter(&ada.browser, &challenge, &codes.wrong_code(&app)).await.expect(422);
    }
    enter(&ada.browser, &challenge, &codes.code(&app, 0)).await.expect(200);
}

async fn d06_dead_links_and_guesses_that_wait_silence_nobody(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let stranger = app.anonymous();
    for _ in 0..20 {
        stranger.post("/api/auth/verify", &json!({"token": "a guess"})).await.expect(410);
    }
    fail(&stranger, &ada.email, 5).await;
    for _ in 0..20 {
        guess(&stranger, &ada.email, WRONG).await.expect(429);
    }
    guess(&stranger, &bob.email, PASSWORD).await.expect(200);
}

async fn d06_a_new_password_is_heard_at_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    fail(&app.anonymous(), &ada.email, 5).await;
    guess(&app.anonymous(), &ada.email, PASSWORD).await.expect(429);
    let link = backend::accounts::make_reset_link(&app.backend, &ada.email).await.unwrap().expect("a link");
    let body = json!({"token": link.split_once("token=").unwrap().1, "password": "a whole new phrase 9"});
    app.anonymous().post("/api/auth/reset/confirm", &body).await.expect(204);
    guess(&app.anonymous(), &ada.email, "a whole new phrase 9").await.expect(200);
}

async fn d06_a_mark_of_another_account_or_a_forged_one_helps_nobody(app: TestApp) {
    let (ada, eve) = (app.sign_up("ada").await, app.sign_up("eve").await);
    fail(&app.anonymous(), &ada.email, 5).await;
    let mark = ada.browser.cookie("tickbox_dev").expect("a mark");
    let forged = format!("{}{}", &mark[..mark.len() - 2], if mark.ends_with("AA") { "BB" } else { "AA" });
    let stranger = app.browser();
    for mark in [eve.browser.cookie("tickbox_dev").expect("a mark"), forged, "nonsense".to_owned()] {
        stranger.set_cookie("tickbox_dev", &mark);
        guess(&stranger, &ada.email, PASSWORD).await.expect(429);
    }
    let thief = app.browser();
    thief.set_cookie("tickbox_dev", &mark);
    fail(&thief, &ada.email, 10).await;
    let answer = guess(&thief, &ada.email, PASSWORD).await;
    assert!(wait_of(&answer) > 60, "a stolen mark is good for ten guesses an hour");
}

async fn d07_accounts_that_nobody_has_are_throttled_alike(app: TestApp) {
    app.sign_up("ada").await;
    let without_id = |answer: &Answer| {
        let mut problem = answer.json();
        problem.as_object_mut().unwrap().remove("request_id");
        (answer.status, answer.header("retry-after").to_owned(), problem)
    };
    let mut answers = Vec::new();
    for email in ["ada@mail.example", "eve@mail.example"] {
        app.clock.advance(600);
        fail(&app.anonymous(), email, 5).await;
        answers.push(without_id(&guess(&app.anonymous(), email, WRONG).await));
    }
    assert_eq!(answers[0].0, 429);
    assert_eq!(answers[0], answers[1]);
}

async fn d08_fifty_guesses_at_once_are_fifty_guesses(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let hashes = app.backend.hashes();
    let mut guesses = JoinSet::new();
    for _ in 0..50 {
        let (client, email) = (app.anonymous(), ada.email.clone());
        guesses.spawn(async move { guess(&client, &email, WRONG).await.status });
    }
    let statuses = guesses.join_all().await;
    let heard = statuses.iter().filter(|status| **status == 401).count();
    assert_eq!(heard, 5, "{statuses:?}");
    assert!(statuses.iter().all(|status| [401, 429].contains(status)), "{statuses:?}");
    assert_eq!(app.backend.hashes() - hashes, 5);
}

async fn d09_being_right_clears_the_counter_and_only_that(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let stranger = app.anonymous();
    fail(&stranger, &ada.email, 4).await;
    app.refresh(&ada.refresh).await.expect(200);
    ada.browser.get("/dashboard").await.expect(200);
    fail(&stranger, &ada.email, 1).await;
    guess(&stranger, &ada.email, WRONG).await.expect(429);
    app.clock.advance(1);
    guess(&stranger, &ada.email, PASSWORD).await.expect(200);
    fail(&stranger, &ada.email, 5).await;
    guess(&stranger, &ada.email, WRONG).await.expect(429);
}

async fn d10_only_so_many_accounts_are_made_from_one_address(ground: Ground) {
    let clock = Clock::manual(crate::harness::BEGINNING);
    let change = |settings: &mut tickbox::Settings| {
        settings.sign_ups_per_hour = 3;
        settings.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    };
    let app = TestApp::start(&ground, clock, change).await.unwrap();
    let from = |address: &'static str, number: usize| {
        let request = app.anonymous().request("POST", "/api/auth/signup").header("x-forwarded-for", address);
        request.json(&json!({"email": format!("a{number}@mail.example"), "password": PASSWORD})).send()
    };
    for number in 0..3 {
        from("198.51.100.1", number).await.expect(201);
    }
    let hashes = app.backend.hashes();
    let answer = from("198.51.100.1", 3).await.expect_problem(429, "too_many_attempts");
    assert_eq!(wait_of(&answer), 3600);
    assert_eq!(app.backend.hashes(), hashes, "refused before any hashing");
    assert_eq!(app.rows().await.count("users"), 3);
    from("198.51.100.2", 4).await.expect(201);
    app.clock.advance(3600);
    from("198.51.100.1", 3).await.expect(201);
}

async fn d10_only_so_many_passwords_are_judged_for_one_address(app: TestApp) {
    let huge = "word ".repeat(20_000);
    let fields = [("password", "meadow lantern 42"), ("email", huge.as_str()), ("name", huge.as_str())];
    for _ in 0..119 {
        app.browser().form("/actions/judge_password", &fields[..1]).await.expect(200);
    }
    let started = std::time::Instant::now();
    app.browser().form("/actions/judge_password", &fields).await.expect(200);
    assert!(started.elapsed().as_secs() < 10, "words without end are cut off");
    let answer = app.browser().form("/actions/judge_password", &fields[..1]).await;
    assert_eq!(wait_of(&answer), 60);
    let weak = json!({"email": "ada@mail.example", "password": "password"});
    app.anonymous().post("/api/auth/signup", &weak).await.expect_problem(429, "too_many_attempts");
    app.clock.advance(60);
    app.anonymous().post("/api/auth/signup", &weak).await.expect(422);
}

async fn d11_counters_of_accounts_survive_a_restart(app: TestApp) {
    let ada = app.sign_up("ada").await;
    fail(&app.anonymous(), &ada.email, 5).await;
    let (ground, clock) = app.stop().await;
    let app = TestApp::start(&ground, clock, |_| ()).await.unwrap();
    guess(&app.anonymous(), &ada.email, PASSWORD).await.expect(429);
}
