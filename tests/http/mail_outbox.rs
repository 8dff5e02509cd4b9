//! The way of a mail from the outbox to the mail server, and that no request waits for it: a server that is away, refuses,
//! or stalls; a restart; two senders; encryption. B11's side of mail is here too.

use crate::harness::{BEGINNING, Ground, Mailbox, PASSWORD, Post, TestApp, mailbox::SENDER, scenarios};
use backend::Clock;
use serde_json::json;
use std::{net::TcpListener, time::Duration};
use tokio::time::{Instant, sleep, timeout};

scenarios![
    i06_a_deleted_account_leaves_no_mail_behind,
    b11_neither_outbox_nor_links_hold_a_token,
    a_mail_server_that_is_away_delays_mails_and_nothing_else,
    what_is_refused_is_tried_again_after_waits_that_double,
    a_server_that_stalls_keeps_no_request_waiting,
    after_a_day_a_mail_is_given_up,
    a_mail_survives_a_restart,
    two_servers_send_each_mail_once,
];

scenarios![on sqlite:
    mails_travel_encrypted_and_to_the_right_server,
    starttls_comes_before_the_password,
    a_deleted_account_takes_its_mails_along,
];

/// Longer than any answer takes, shorter than any conversation with a mail server that stalls.
const AT_ONCE: Duration = Duration::from_secs(10);

async fn ask_for_account(app: &TestApp, email: &str) {
    let body = json!({"email": email, "password": PASSWORD});
    let answer = app.anonymous();
    let answer = timeout(AT_ONCE, answer.post("/api/auth/signup", &body)).await;
    answer.expect("no request waits for a mail server").expect(202);
}

/// Waits until there are mails and each has been tried so many times.
async fn tried(app: &TestApp, times: &str) {
    let database = app.ground.connect().await;
    let end = Instant::now() + Duration::from_secs(30);
    let query = "SELECT CAST(attempts AS text) AS a, '' AS b FROM outbox";
    loop {
        let tries = crate::harness::database::pairs(&database, query).await;
        if !tries.is_empty() && tries.iter().all(|(tries, _)| tries == times) {
            break;
        }
        assert!(Instant::now() < end, "{tries:?} instead of {times}");
        sleep(Duration::from_millis(20)).await;
    }
    database.close().await.unwrap();
}

async fn b11_neither_outbox_nor_links_hold_a_token(post: Post) {
    post.arrive("ada").await;
    post.mailbox.behave("refuse").await;
    post.forget("ada@mail.example").await;
    tried(&post.app, "1").await;
    let waiting = post.app.all_rows().await;
    assert_eq!(waiting.count("outbox"), 1);
    post.mailbox.behave("take").await;
    post.app.clock.advance(60);
    let token = post.mailbox.wait("ada@mail.example", 2).await.token();
    assert_eq!(token.len(), 43, "256 bits");
    post.idle().await;
    let sent = post.app.all_rows().await;
    for rows in [&waiting, &sent] {
        assert!(!rows.mention(&token) && !rows.mention(&hexadecimal(token.as_bytes())));
        let bytes = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, &token).unwrap();
        assert!(!rows.mention(&hexadecimal(&bytes)));
    }
    assert_eq!(sent.count("outbox"), 0);
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn a_mail_server_that_is_away_delays_mails_and_nothing_else(ground: Ground) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let app = TestApp::start(&ground, Clock::manual(BEGINNING), |settings| {
        settings.smtp_url = Some(format!("smtp://127.0.0.1:{port}"));
        settings.mail_from = Some(SENDER.to_owned());
    });
    let app = app.await.unwrap();
    ask_for_account(&app, "ada@mail.example").await;
    tried(&app, "1").await;
    let mailbox = Mailbox::start(&[&format!("--smtp-port={port}")]);
    app.clock.advance(60);
    mailbox.wait("ada@mail.example", 1).await;
    app.stop().await;
}

async fn what_is_refused_is_tried_again_after_waits_that_double(post: Post) {
    post.mailbox.behave("refuse").await;
    ask_for_account(&post.app, "ada@mail.example").await;
    for (tries, wait) in [("1", 60), ("2", 120), ("3", 240)] {
        tried(&post.app, tries).await;
        let database = post.app.ground.connect().await;
        let query = format!(
            "SELECT CAST(next_at AS text) AS a, '' AS b FROM outbox WHERE next_at = {}",
            post.app.clock.now().millis() + wait * 1000
        );
        assert_eq!(crate::harness::database::pairs(&database, &query).await.len(), 1, "the wait after {tries}");
        database.close().await.unwrap();
        post.app.clock.advance(wait);
    }
    tried(&post.app, "4").await;
    post.mailbox.behave("take").await;
    post.app.clock.advance(480);
    let mail = post.mailbox.wait("ada@mail.example", 1).await;
    assert_eq!(mail.subject, "Confirm your email address");
}

async fn a_server_that_stalls_keeps_no_request_waiting(post: Post) {
    post.mailbox.behave("stall").await;
    for name in ["ada", "eve", "ida"] {
        ask_for_account(&post.app, &format!("{name}@mail.example")).await;
    }
    timeout(AT_ONCE, post.forget("ada@mail.example")).await.expect("no request waits for a mail server");
    post.app.anonymous().get("/readyz").await.expect(200);
}

async fn after_a_day_a_mail_is_given_up(post: Post) {
    post.mailbox.behave("refuse").await;
    ask_for_account(&post.app, "ada@mail.example").await;
    tried(&post.app, "1").await;
    post.app.clock.advance(24 * 60 * 60 - 1);
    tried(&post.app, "2").await;
    assert_eq!(post.app.rows().await.count("outbox"), 1);
    post.app.clock.advance(61);
    post.idle().await;
    post.mailbox.behave("take").await;
    post.app.clock.advance(24 * 60 * 60);
    assert!(post.mailbox.mails("ada@mail.example").await.is_empty());
}

async fn a_mail_survives_a_restart(post: Post) {
    let Post { app, mailbox } = post;
    mailbox.behave("refuse").await;
    ask_for_account(&app, "ada@mail.example").await;
    tried(&app, "1").await;
    let (ground, clock) = app.stop().await;
    mailbox.behave("take").await;
    clock.advance(60);
    let app = TestApp::start(&ground, clock, mailbox.settings()).await.unwrap();
    let token = mailbox.wait("ada@mail.example", 1).await.token();
    app.anonymous().post("/api/auth/verify", &json!({"token": token})).await.expect(204);
}

async fn two_servers_send_each_mail_once(post: Post) {
    let other = TestApp::start(&post.app.ground, post.app.clock.clone(), post.mailbox.settings()).await.unwrap();
    let people: Vec<String> = (0..8).map(|number| format!("p{number}@mail.example")).collect();
    for (number, email) in people.iter().enumerate() {
        ask_for_account(if number % 2 == 0 { &post.app } else { &other }, email).await;
    }
    for email in &people {
        post.mailbox.wait(email, 1).await;
    }
    post.app.clock.advance(3600);
    sleep(Duration::from_secs(3)).await;
    for email in &people {
        assert_eq!(post.mailbox.mails(email).await.len(), 1, "{email}");
    }
    assert_eq!(post.app.rows().await.count("outbox"), 0);
    other.stop().await;
}

async fn mails_travel_encrypted_and_to_the_right_server(ground: Ground) {
    let mailbox = Mailbox::start(&["--tls"]);
    let place = mailbox.place().clone();
    let url = format!("smtps://tickbox:hush@127.0.0.1:{}", place.smtp);
    let certificate = ground.folder.join("ca.pem");
    std::fs::write(&certificate, place.certificate.unwrap()).unwrap();
    let clock = Clock::manual(BEGINNING);
    let stranger = TestApp::start(&ground, clock.clone(), |settings| {
        settings.smtp_url = Some(url.clone());
        settings.mail_from = Some(SENDER.to_owned());
    });
    let stranger = stranger.await.unwrap();
    ask_for_account(&stranger, "ada@mail.example").await;
    tried(&stranger, "1").await;
    assert!(mailbox.mails("ada@mail.example").await.is_empty(), "nobody vouches for this server");
    let (ground, clock) = stranger.stop().await;
    clock.advance(60);
    let app = TestApp::start(&ground, clock, |settings| {
        settings.smtp_url = Some(url);
        settings.mail_from = Some(SENDER.to_owned());
        settings.mail_ca_file = Some(certificate);
    });
    let app = app.await.unwrap();
    assert!(mailbox.wait("ada@mail.example", 1).await.secure);
    app.stop().await;
}

async fn starttls_comes_before_the_password(ground: Ground) {
    let mailbox = Mailbox::start(&["--starttls"]);
    let place = mailbox.place().clone();
    let certificate = ground.folder.join("ca.pem");
    std::fs::write(&certificate, place.certificate.unwrap()).unwrap();
    let app = TestApp::start(&ground, Clock::manual(BEGINNING), |settings| {
        settings.smtp_url = Some(format!("smtp://tickbox:hush@127.0.0.1:{}?tls=required", place.smtp));
        settings.mail_from = Some(SENDER.to_owned());
        settings.mail_ca_file = Some(certificate);
    });
    let app = app.await.unwrap();
    ask_for_account(&app, "ada@mail.example").await;
    assert!(mailbox.wait("ada@mail.example", 1).await.secure);
    app.stop().await;
}

async fn a_deleted_account_takes_its_mails_along(post: Post) {
    let ada = post.arrive("ada").await;
    post.mailbox.behave("refuse").await;
    let change = json!({"current_password": PASSWORD, "new_password": "a whole new phrase 9"});
    ada.api.post("/api/auth/password", &change).await.expect(204);
    tried(&post.app, "1").await;
    let leave = json!({"password": "a whole new phrase 9"});
    ada.api.json("DELETE", "/api/auth/me", &leave).await.expect(204);
    let rows = post.app.all_rows().await;
    assert!(!rows.mention("ada@mail.example") && !rows.mention(&ada.id));
    assert_eq!((rows.count("outbox"), rows.count("mail_links")), (0, 0));
}

async fn i06_a_deleted_account_leaves_no_mail_behind(post: Post) {
    // The first is the admin, who may not leave.
    let (eve, ada) = (post.arrive("eve").await, post.arrive("ada").await);
    post.idle().await;
    post.mailbox.behave("refuse").await;
    // Whose they are is looked up when they are sent.
    post.forget("ADA@Mail.Example.").await;
    post.forget(&eve.email).await;
    assert_eq!(post.app.rows().await.count("outbox"), 2);
    ada.api.json("DELETE", "/api/auth/me", &json!({"password": PASSWORD})).await.expect(204);
    let rows = post.app.all_rows().await;
    assert_eq!(rows.count("outbox"), 1, "the other's mail waits on");
    for left in [ada.id.as_str(), "ada@", "ADA@"] {
        assert!(!rows.mention(left), "{left} in {rows:?}");
    }
}
