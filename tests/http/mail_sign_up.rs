//! Signing up where mail is sent: the answer tells nobody who has an account, and the mailbox has to confirm. C04, C14, C15
//! and the unverified part of C06 of the attacks.

use crate::harness::{Answer, PASSWORD, Post, scenarios};
use backend::accounts::operator::{MemberChange, Operator, change_member};
use serde_json::{Value, json};

scenarios![
    c04_signing_up_tells_nobody_who_has_an_account,
    c04_the_page_tells_nobody_either,
    c04_who_is_kept_out_is_answered_alike_and_gets_no_mail,
    c14_an_address_that_is_none_gets_no_mail,
    c15_two_sign_ups_at_once_make_one_account_and_look_alike,
    c06_an_unconfirmed_account_is_told_by_the_right_password_alone,
    c18_a_scanner_confirms_nothing,
    of_two_sign_ups_the_newest_counts,
    a_reset_confirms_the_mailbox_too,
    an_account_from_before_the_mail_server_stays_open,
];

const OTHER: &str = "a whole new phrase 9";

async fn sign_up(post: &Post, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    post.app.anonymous().post("/api/auth/signup", &body).await
}

async fn verify(post: &Post, token: &str) -> Answer {
    post.app.anonymous().post("/api/auth/verify", &json!({"token": token})).await
}

fn headers_of(answer: &Answer) -> Vec<(String, String)> {
    let changing = ["date", "x-request-id"];
    let pairs = answer.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    pairs.filter(|(name, _)| !changing.contains(&name.as_str())).collect()
}

async fn c04_signing_up_tells_nobody_who_has_an_account(post: Post) {
    let ada = post.arrive("ada").await;
    post.app.clock.advance(60);
    let before = post.app.backend.hashes();
    let known = sign_up(&post, &ada.email, OTHER).await.expect(202);
    let for_known = post.app.backend.hashes() - before;
    let unknown = sign_up(&post, "eve@mail.example", OTHER).await.expect(202);
    assert_eq!(post.app.backend.hashes() - before, 2 * for_known, "the same work");
    assert_eq!(known.body, unknown.body);
    assert_eq!(headers_of(&known), headers_of(&unknown));
    assert!(!known.gives_a_session() && !unknown.gives_a_session());
    let mail = post.mailbox.wait(&ada.email, 2).await;
    assert_eq!(mail.subject, "You have an account already");
    assert!(!mail.text.contains("token="), "nothing in it opens anything: {}", mail.text);
    assert_eq!(post.mailbox.wait("eve@mail.example", 1).await.subject, "Confirm your email address");
    assert_eq!(post.app.rows().await.count("users"), 2);
    let happened = ["sign_up_repeated", "signed_in", "email_verified", "signed_up"];
    assert_eq!(ada.api.events().await, happened, "its owner reads of it");
    post.sign_in(&ada.email, PASSWORD).await.expect(200);
    post.sign_in(&ada.email, OTHER).await.expect(401);
}

async fn c04_the_page_tells_nobody_either(post: Post) {
    let ada = post.arrive("ada").await;
    for email in [ada.email.as_str(), "eve@mail.example"] {
        let browser = post.app.browser();
        let form = [("do", "sign_up"), ("email", email), ("password", OTHER), ("next", "/tasks"), ("remember", "on")];
        browser.form("/signup", &form).await.expect_redirect("/signup?sent=1");
        assert!(!browser.has_session());
    }
    let page = post.app.browser().get("/signup?sent=1").await.expect(200).text();
    assert!(page.contains("We have written to your address"), "{page}");
    let token = post.mailbox.wait("eve@mail.example", 1).await.token();
    let browser = post.app.browser();
    browser.get(&format!("/verify?token={token}")).await.expect_redirect("/verify");
    let page = browser.get("/verify").await.expect(200).text();
    assert!(page.contains(&token) && page.contains("Confirm my address"), "{page}");
    let form = [("do", "verify_address"), ("token", token.as_str())];
    browser.form("/verify", &form).await.expect_redirect("/signin?reason=verified");
    let page = browser.form("/verify", &form).await.expect(410).text();
    assert!(page.contains("This link has been used"), "{page}");
    let form = [("do", "sign_in"), ("email", "eve@mail.example"), ("password", OTHER)];
    browser.form("/signin", &form).await.expect_redirect("/dashboard");
}

async fn c04_who_is_kept_out_is_answered_alike_and_gets_no_mail(post: Post) {
    let (_admin, ada) = (post.arrive("admin").await, post.arrive("ada").await);
    let change = MemberChange { is_active: Some(false), ..MemberChange::default() };
    change_member(&post.app.backend, &Operator::Machine, ada.id.parse().unwrap(), change).await.unwrap();
    post.app.clock.advance(60);
    let kept_out = sign_up(&post, &ada.email, OTHER).await.expect(202);
    let unknown = sign_up(&post, "eve@mail.example", OTHER).await.expect(202);
    assert_eq!((&kept_out.body, headers_of(&kept_out)), (&unknown.body, headers_of(&unknown)));
    post.mailbox.wait("eve@mail.example", 1).await;
    post.idle().await;
    assert_eq!(post.mailbox.mails(&ada.email).await.len(), 1);
}

async fn c14_an_address_that_is_none_gets_no_mail(post: Post) {
    let addresses =
        ["a@x.io\r\nBcc: b@x.io", "\"a b\"@x.io", "a@[127.0.0.1]", "a@b", "Ada <a@x.io>", "a@x.io,b@x.io", "a@x.io\0"];
    for address in addresses {
        assert_eq!(sign_up(&post, address, PASSWORD).await.expect(422).faulty_fields(), ["email"], "{address:?}");
        let body = json!({"email": address});
        let answer = post.app.anonymous().post("/api/auth/reset", &body).await.expect(422);
        assert_eq!(answer.faulty_fields(), ["email"], "{address:?}");
    }
    let rows = post.app.rows().await;
    assert_eq!((rows.count("users"), rows.count("outbox")), (0, 0));
}

async fn c15_two_sign_ups_at_once_make_one_account_and_look_alike(post: Post) {
    for round in 0..3 {
        let email = format!("twin{round}@mail.example");
        let (one, two) = tokio::join!(sign_up(&post, &email, PASSWORD), sign_up(&post, &email, PASSWORD));
        assert_eq!((one.status, two.status), (202, 202), "{} {}", one.text(), two.text());
        assert_eq!(one.body, two.body);
        assert_eq!(post.app.rows().await.count("users"), round + 1);
        let token = post.mailbox.wait(&email, 1).await.token();
        verify(&post, &token).await.expect(204);
        post.sign_in(&email, PASSWORD).await.expect(200);
    }
}

async fn c06_an_unconfirmed_account_is_told_by_the_right_password_alone(post: Post) {
    sign_up(&post, "ada@mail.example", PASSWORD).await.expect(202);
    post.mailbox.wait("ada@mail.example", 1).await;
    let wrong = post.sign_in("ada@mail.example", "not it at all").await.expect_problem(401, "invalid_credentials");
    let unknown = post.sign_in("eve@mail.example", "not it at all").await.expect_problem(401, "invalid_credentials");
    let told = |answer: &Answer| {
        let mut body = answer.json();
        body.as_object_mut().unwrap().remove("request_id");
        body
    };
    assert_eq!((told(&wrong), headers_of(&wrong)), (told(&unknown), headers_of(&unknown)));
    // Within the minute the mailbox is left alone.
    let answer = post.sign_in("ada@mail.example", PASSWORD).await.expect_problem(403, "address_unverified");
    assert!(!answer.gives_a_session() && !answer.text().contains("access_token"));
    post.app.clock.advance(60);
    let browser = post.app.browser();
    let form = [("do", "sign_in"), ("email", "ada@mail.example"), ("password", PASSWORD)];
    let page = browser.form("/signin", &form).await.expect(403).text();
    assert!(page.contains("Confirm your email address first") && !browser.has_session(), "{page}");
    let token = post.mailbox.wait("ada@mail.example", 2).await.token();
    verify(&post, &token).await.expect(204);
    let user = post.sign_in("ada@mail.example", PASSWORD).await.expect(200).json();
    assert!(user["user"]["email_verified_at"].is_string(), "{user}");
}

async fn c18_a_scanner_confirms_nothing(post: Post) {
    sign_up(&post, "ada@mail.example", PASSWORD).await.expect(202);
    let mail = post.mailbox.wait("ada@mail.example", 1).await;
    let path = mail.link().replace(&post.app.origin, "");
    let before = post.app.rows().await;
    for method in ["GET", "HEAD", "GET", "HEAD", "GET"] {
        let scanner = post.app.browser();
        scanner.request(method, &path).send().await.expect(303);
        scanner.request(method, "/verify").send().await.expect(200);
    }
    before.assert_same(&post.app.rows().await, "a scanner of mails");
    post.sign_in("ada@mail.example", PASSWORD).await.expect(403);
    verify(&post, &mail.token()).await.expect(204);
    verify(&post, &mail.token()).await.expect_problem(410, "link_dead");
}

async fn of_two_sign_ups_the_newest_counts(post: Post) {
    sign_up(&post, "ada@mail.example", OTHER).await.expect(202);
    let first = post.mailbox.wait("ada@mail.example", 1).await.token();
    // Too soon for another mail, so this one changes nothing: the link that is on its way stays what it was.
    sign_up(&post, "ada@mail.example", "somebody else's 5 words").await.expect(202);
    post.app.clock.advance(60);
    sign_up(&post, "ada@mail.example", PASSWORD).await.expect(202);
    let second = post.mailbox.wait("ada@mail.example", 2).await.token();
    verify(&post, &first).await.expect_problem(410, "link_dead");
    verify(&post, &second).await.expect(204);
    post.sign_in("ada@mail.example", OTHER).await.expect(401);
    post.sign_in("ada@mail.example", PASSWORD).await.expect(200);
}

async fn a_reset_confirms_the_mailbox_too(post: Post) {
    sign_up(&post, "ada@mail.example", OTHER).await.expect(202);
    let token = post.mailbox.wait("ada@mail.example", 1).await.token();
    post.forget("ada@mail.example").await;
    let reset = post.mailbox.wait("ada@mail.example", 2).await.token();
    post.reset(&reset, PASSWORD).await.expect(204);
    verify(&post, &token).await.expect_problem(410, "link_dead");
    let user = post.sign_in("ada@mail.example", PASSWORD).await.expect(200).json();
    assert!(user["user"]["email_verified_at"].is_string(), "{user}");
}

async fn an_account_from_before_the_mail_server_stays_open(post: Post) {
    let Post { app, mailbox } = post;
    let (ground, clock) = app.stop().await;
    let silent = crate::harness::TestApp::start(&ground, clock, |_| ()).await.unwrap();
    let ada = silent.sign_up("ada").await;
    let (ground, clock) = silent.stop().await;
    let app = crate::harness::TestApp::start(&ground, clock, mailbox.settings()).await.unwrap();
    let post = Post { app, mailbox };
    let user = post.sign_in(&ada.email, PASSWORD).await.expect(200).json();
    assert_eq!(user["user"]["email_verified_at"], Value::Null);
}
