//! A forgotten password, by mail and by the operator's link: C05, C16–C20, C23 as far as HTTP goes, D10 and D12 of the
//! attacks.

use crate::harness::{Answer, Ground, PASSWORD, Post, SECRET, TestApp, database, html, process::program, scenarios};
use serde_json::{Value, json};
use std::process::Command;

scenarios![
    c05_an_unknown_address_is_answered_like_a_known_one,
    c05_the_page_answers_both_alike,
    c16_a_dead_link_is_dead_whatever_killed_it,
    c16_a_refused_password_leaves_the_link_alive,
    c17_of_two_who_use_a_link_at_once_one_succeeds,
    c18_looking_at_a_link_uses_nothing_up,
    c19_links_lead_to_the_base_url_whatever_the_host_says,
    c20_a_reset_ends_every_session_and_opens_none,
    c23_the_token_moves_out_of_the_address,
    d10_asking_and_guessing_are_limited_for_each_address,
    d12_one_mail_a_minute_and_five_an_hour,
    a_mail_goes_to_the_address_of_the_account_and_not_to_what_was_typed,
    a_disabled_account_gets_no_link,
    without_a_mail_server_the_operator_makes_the_link,
];

const NEW: &str = "a whole new phrase 9";

/// An answer without the id of its request.
fn told(answer: &Answer) -> Value {
    let mut body = answer.json();
    if let Some(body) = body.as_object_mut() {
        body.remove("request_id");
    }
    body
}

fn headers_of(answer: &Answer) -> Vec<(String, String)> {
    let changing = ["date", "x-request-id", "content-security-policy"];
    let pairs = answer.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    pairs.filter(|(name, _)| !changing.contains(&name.as_str())).collect()
}

async fn c05_an_unknown_address_is_answered_like_a_known_one(post: Post) {
    post.arrive("ada").await;
    let (before, hashes) = (post.app.rows().await, post.app.backend.hashes());
    let ask =
        async |email: &str| post.app.anonymous().post("/api/auth/reset", &json!({"email": email})).await.expect(202);
    let (known, unknown) = (ask("ada@mail.example").await, ask("nobody@mail.example").await);
    assert_eq!(known.body, unknown.body);
    assert_eq!(headers_of(&known), headers_of(&unknown));
    assert_eq!(post.app.backend.hashes(), hashes, "nothing is hashed for either");
    post.mailbox.wait("ada@mail.example", 2).await;
    assert!(post.mailbox.mails("nobody@mail.example").await.is_empty());
    post.idle().await;
    let after = post.app.rows().await;
    assert!(!after.mention("nobody@mail.example"), "an address that nobody has is not kept");
    assert_eq!(before.count("security_log"), after.count("security_log"), "strangers do not fill the log");
    post.app.anonymous().post("/api/auth/reset", &json!({"email": "nonsense"})).await.expect_problem(422, "invalid");
}

async fn c05_the_page_answers_both_alike(post: Post) {
    post.arrive("ada").await;
    for email in ["ada@mail.example", "nobody@mail.example"] {
        let form = [("do", "forgot_password"), ("email", email)];
        post.app.browser().form("/forgot", &form).await.expect_redirect("/forgot?sent=1");
    }
    let page = post.app.browser().get("/forgot?sent=1").await.expect(200).text();
    assert!(page.contains("If there is an account with this address"), "{page}");
    let form = [("do", "forgot_password"), ("email", "nonsense")];
    let page = post.app.browser().form("/forgot", &form).await.expect(422).text();
    assert!(page.contains("Invalid email format") && page.contains("nonsense"), "{page}");
}

async fn c16_a_dead_link_is_dead_whatever_killed_it(post: Post) {
    let ada = post.arrive("ada").await;
    let mut dead = vec!["".to_owned(), "x".to_owned(), "\0".to_owned(), "x".repeat(5000)];
    // Of another purpose, used already.
    dead.push(post.mailbox.wait(&ada.email, 1).await.token());
    post.forget(&ada.email).await;
    let expired = post.mailbox.wait(&ada.email, 2).await.token();
    dead.push(expired[..42].to_owned());
    dead.push(format!("{expired}="));
    post.app.clock.advance(30 * 60);
    dead.push(expired);
    post.forget(&ada.email).await;
    dead.push(post.mailbox.wait(&ada.email, 3).await.token());
    post.app.clock.advance(60);
    post.forget(&ada.email).await;
    // The one before died with this one.
    let used = post.mailbox.wait(&ada.email, 4).await.token();
    let hashes = post.app.backend.hashes();
    let answers = dead_answers(&post, &dead).await;
    assert_eq!(post.app.backend.hashes(), hashes, "a dead link costs no hash");
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:#?}");
    post.reset(&used, NEW).await.expect(204);
    post.reset(&used, PASSWORD).await.expect_problem(410, "link_dead");
    post.app.clock.advance(60);
    post.forget(&ada.email).await;
    let overtaken = post.mailbox.wait(&ada.email, 6).await.token();
    let browser = post.app.browser();
    browser.post("/api/auth/signin", &json!({"email": ada.email, "password": NEW})).await.expect(200);
    let change = json!({"current_password": NEW, "new_password": "yet another phrase 7"});
    browser.post("/api/auth/password", &change).await.expect(204);
    post.reset(&overtaken, PASSWORD).await.expect_problem(410, "link_dead");
    post.sign_in(&ada.email, "yet another phrase 7").await.expect(200);
}

async fn dead_answers(post: &Post, tokens: &[String]) -> Vec<Value> {
    let mut answers = Vec::new();
    for token in tokens {
        answers.push(told(&post.reset(token, NEW).await.expect_problem(410, "link_dead")));
    }
    answers
}

async fn c16_a_refused_password_leaves_the_link_alive(post: Post) {
    let ada = post.arrive("ada").await;
    post.forget(&ada.email).await;
    let token = post.mailbox.wait(&ada.email, 2).await.token();
    for weak in ["short", "Password1234567", "ada ada ada"] {
        let answer = post.reset(&token, weak).await.expect_problem(422, "invalid");
        assert_eq!(answer.faulty_fields(), ["password"]);
    }
    let form = [("do", "reset_password"), ("token", token.as_str()), ("password", "Password1234567")];
    let page = post.app.browser().form("/reset", &form).await.expect(422).text();
    assert!(page.contains("too easy to guess") && page.contains(&token) && !page.contains("Password1234567"), "{page}");
    post.reset(&token, NEW).await.expect(204);
    post.sign_in(&ada.email, NEW).await.expect(200);
}

async fn c17_of_two_who_use_a_link_at_once_one_succeeds(post: Post) {
    let ada = post.arrive("ada").await;
    post.forget(&ada.email).await;
    let token = post.mailbox.wait(&ada.email, 2).await.token();
    let passwords = [NEW, "yet another phrase 7"];
    let (one, two) = tokio::join!(post.reset(&token, passwords[0]), post.reset(&token, passwords[1]));
    let mut statuses = [one.status, two.status];
    let winner = passwords[usize::from(one.status != 204)];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 410], "{} {}", one.text(), two.text());
    for password in passwords {
        post.sign_in(&ada.email, password).await.expect(if password == winner { 200 } else { 401 });
    }
    post.mailbox.wait(&ada.email, 3).await;
}

async fn c18_looking_at_a_link_uses_nothing_up(post: Post) {
    let ada = post.arrive("ada").await;
    post.forget(&ada.email).await;
    let mail = post.mailbox.wait(&ada.email, 2).await;
    let path = mail.link().replace(&post.app.origin, "");
    let before = post.app.rows().await;
    for _ in 0..5 {
        let scanner = post.app.browser();
        let lead = scanner.get(&path).await.expect(303);
        scanner.get(lead.location()).await.expect(200);
        scanner.request("HEAD", &path).send().await.expect(303);
        post.app.anonymous().get(&path).await;
    }
    before.assert_same(&post.app.rows().await, "looking at a link");
    post.reset(&mail.token(), NEW).await.expect(204);
}

async fn c19_links_lead_to_the_base_url_whatever_the_host_says(post: Post) {
    let ada = post.arrive("ada").await;
    let ask = || post.app.anonymous().request("POST", "/api/auth/reset").json(&json!({"email": ada.email}));
    ask().header("host", "evil.example").send().await.expect_problem(421, "wrong_host");
    let forged = ask().header("x-forwarded-host", "evil.example").header("forwarded", "host=evil.example");
    forged.send().await.expect(202);
    let mail = post.mailbox.wait(&ada.email, 2).await;
    assert!(mail.link().starts_with(&format!("{}/reset?token=", post.app.origin)), "{}", mail.link());
    assert!(!mail.raw.contains("evil.example"));
}

async fn c20_a_reset_ends_every_session_and_opens_none(post: Post) {
    let ada = post.arrive("ada").await;
    let phone = post.app.sign_in_browser(&ada).await;
    post.forget(&ada.email).await;
    let token = post.mailbox.wait(&ada.email, 2).await.token();
    let browser = post.app.browser();
    let form = [("do", "reset_password"), ("token", token.as_str()), ("password", NEW)];
    let answer = browser.form("/reset", &form).await.expect_redirect("/signin?reason=reset");
    assert!(!answer.gives_a_session() && !browser.has_session());
    for client in [&ada.browser, &phone] {
        client.get("/api/auth/me").await.expect(401);
    }
    assert!(!post.app.takes(&ada.access).await);
    post.app.refresh(&ada.refresh).await.expect(401);
    post.sign_in(&ada.email, PASSWORD).await.expect_problem(401, "invalid_credentials");
    let signed_in = post.sign_in(&ada.email, NEW).await.expect(200).json();
    let api = post.app.anonymous().with_bearer(signed_in["access_token"].as_str().unwrap());
    assert_eq!(api.events().await[1], "password_reset");
    assert_eq!(post.mailbox.wait(&ada.email, 3).await.subject, "Your password was changed");
}

async fn c23_the_token_moves_out_of_the_address(post: Post) {
    let ada = post.arrive("ada").await;
    post.forget(&ada.email).await;
    let mail = post.mailbox.wait(&ada.email, 2).await;
    let (path, token) = (mail.link().replace(&post.app.origin, ""), mail.token());
    let browser = post.app.browser();
    let lead = browser.get(&path).await.expect_redirect("/reset");
    assert_eq!(lead.header("referrer-policy"), "same-origin");
    let cookie = lead.set_cookies().into_iter().find(|cookie| cookie.starts_with("tickbox_link=")).unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let page = browser.get("/reset").await.expect(200);
    assert_eq!((page.header("referrer-policy"), page.header("cache-control")), ("same-origin", "no-store"));
    let elements = html::elements(&page.text());
    let holds = |name: &str, value: &str| {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        elements.iter().any(|element| {
            element.attributes.contains(&pair("name", name)) && element.attributes.contains(&pair("value", value))
        })
    };
    assert!(holds("token", &token) && holds("do", "reset_password"), "{}", page.text());
    for (name, value) in elements.iter().flat_map(|element| &element.attributes) {
        let loads = ["src", "href", "action"].contains(&name.as_str());
        assert!(
            !loads || (value.starts_with('/') && !value.contains(&token)) || value.starts_with('#'),
            "{name}={value}"
        );
    }
    let form = [("do", "reset_password"), ("token", token.as_str()), ("password", NEW)];
    browser.form("/reset", &form).await.expect_redirect("/signin?reason=reset");
    assert_eq!(browser.cookie("tickbox_link"), None);
    let page = browser.get("/signin?reason=reset").await.expect(200).text();
    assert!(page.contains("You have a new password"), "{page}");
    let page = browser.get("/reset").await.expect(200).text();
    assert!(page.contains("This link has been used") && !page.contains("reset_password"), "{page}");
}

async fn d10_asking_and_guessing_are_limited_for_each_address(post: Post) {
    let client = post.app.anonymous();
    for number in 0..20 {
        let body = json!({"email": format!("p{number}@mail.example")});
        client.post("/api/auth/reset", &body).await.expect(202);
    }
    let answer = client.post("/api/auth/reset", &json!({"email": "p@mail.example"})).await;
    let wait: i64 = answer.expect_problem(429, "too_many_attempts").header("retry-after").parse().unwrap();
    assert!((1..=300).contains(&wait), "{wait}");
    for path in ["/api/auth/reset/confirm", "/api/auth/verify"] {
        post.app.clock.advance(301);
        let mut body = json!({"token": "a guess"});
        if path.ends_with("confirm") {
            body["password"] = NEW.into();
        }
        for _ in 0..20 {
            client.post(path, &body).await.expect(410);
        }
        client.post(path, &body).await.expect_problem(429, "too_many_attempts");
    }
}

async fn d12_one_mail_a_minute_and_five_an_hour(post: Post) {
    let ada = post.arrive("ada").await;
    for sent in 1..=5 {
        post.forget(&ada.email).await;
        post.forget(&ada.email.to_uppercase()).await;
        post.mailbox.wait(&ada.email, 1 + sent).await;
        post.app.clock.advance(60);
    }
    post.forget(&ada.email).await;
    post.forget("eve@mail.example").await;
    post.idle().await;
    post.app.clock.advance(55 * 60);
    post.forget(&ada.email).await;
    post.mailbox.wait(&ada.email, 7).await;
}

async fn a_mail_goes_to_the_address_of_the_account_and_not_to_what_was_typed(post: Post) {
    let ada = post.arrive("ada").await;
    post.forget("ADA@Mail.Example.").await;
    let mail = post.mailbox.wait(&ada.email, 2).await;
    assert_eq!(mail.to, [ada.email.as_str()]);
}

async fn a_disabled_account_gets_no_link(post: Post) {
    let ada = post.arrive("ada").await;
    post.forget(&ada.email).await;
    let token = post.mailbox.wait(&ada.email, 2).await.token();
    let database = post.app.ground.connect().await;
    database::execute(&database, "UPDATE users SET is_active = FALSE").await;
    database.close().await.unwrap();
    post.reset(&token, NEW).await.expect_problem(410, "link_dead");
    post.app.clock.advance(60);
    post.forget(&ada.email).await;
    post.forget("eve@mail.example").await;
    // The mail of somebody who comes later is sent later.
    let body = json!({"email": "ida@mail.example", "password": PASSWORD});
    post.app.anonymous().post("/api/auth/signup", &body).await.expect(202);
    post.mailbox.wait("ida@mail.example", 1).await;
    assert_eq!(post.mailbox.mails(&ada.email).await.len(), 2);
}

/// Runs `tickbox user reset-password` beside the server.
fn command(ground: &Ground, origin: &str, email: &str) -> std::process::Output {
    Command::new(program())
        .args(["user", "reset-password", email])
        .env("DATABASE_URL", &ground.url)
        .env("JWT_SECRET", SECRET)
        .env("TICKBOX_DATA_DIR", &ground.folder)
        .env("TICKBOX_BASE_URL", origin)
        .output()
        .unwrap()
}

async fn without_a_mail_server_the_operator_makes_the_link(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    app.anonymous().post("/api/auth/reset", &json!({"email": ada.email})).await.expect_problem(403, "no_mail");
    let page = app.browser().get("/forgot").await.expect(200).text();
    assert!(page.contains("This server sends no mail. Ask the person who runs it for a link."), "{page}");
    before.assert_same(&app.rows().await, "asking where no mail is sent");
    let unknown = command(&app.ground, &app.origin, "nobody@mail.example");
    assert!(!unknown.status.success());
    assert!(
        String::from_utf8_lossy(&unknown.stderr).contains("there is no account with the address nobody@mail.example")
    );
    let made = command(&app.ground, &app.origin, " ADA@mail.example");
    let link = String::from_utf8(made.stdout).unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let token = link.trim().strip_prefix(&format!("{}/reset?token=", app.origin)).expect("a link to this server");
    assert!(!app.all_rows().await.mention(token));
    let body = json!({"token": token, "password": NEW});
    app.anonymous().post("/api/auth/reset/confirm", &body).await.expect(204);
    app.anonymous().post("/api/auth/reset/confirm", &body).await.expect_problem(410, "link_dead");
    ada.browser.get("/api/auth/me").await.expect(401);
    let signed_in = app.browser();
    signed_in.post("/api/auth/signin", &json!({"email": ada.email, "password": NEW})).await.expect(200);
    let me = signed_in.get("/api/auth/me").await.expect(200).json();
    assert_eq!(me["email_verified_at"], Value::Null, "the operator's link proves no mailbox");
    let page = signed_in.get("/settings/activity").await.expect(200).text();
    assert!(page.contains("The operator made a link") && page.contains("The password was set anew"), "{page}");
}
