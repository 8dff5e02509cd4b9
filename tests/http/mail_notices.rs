//! What an owner is told by mail: B01's mail, a new device, a new password; and that nothing that people write gets into a
//! mail as anything but text (G02 and G09 in mail).

use crate::harness::{PASSWORD, Post, mailbox::Mail, scenarios};
use serde_json::json;

scenarios![
    b01_the_owner_is_told_of_a_stolen_token,
    a_new_device_is_told_of_and_a_known_one_is_not,
    a_new_password_is_told_of,
    i03_a_new_way_in_is_told_of,
    c20_a_reset_ends_the_api_tokens_and_not_the_second_step,
    g02_what_people_write_is_text_in_a_mail,
    g09_a_name_gets_into_no_mail,
];

const NEW: &str = "a whole new phrase 9";

async fn b01_the_owner_is_told_of_a_stolen_token(post: Post) {
    let ada = post.arrive("ada").await;
    let stolen = post.app.sign_in_program(&ada).await;
    post.app.refreshed(&stolen.refresh).await;
    post.app.clock.advance(60);
    post.app.refresh(&stolen.refresh).await.expect(401);
    let mail = post.mailbox.wait(&ada.email, 2).await;
    assert_eq!(mail.subject, "A device was signed out for your safety");
    assert!(mail.text.contains("127.0.0.1") && mail.text.contains("2026-11-20 10:01 (UTC)"), "{}", mail.text);
    assert!(!mail.raw.contains(&stolen.refresh));
}

async fn a_new_device_is_told_of_and_a_known_one_is_not(post: Post) {
    let ada = post.arrive("ada").await;
    let credentials = json!({"email": ada.email, "password": PASSWORD});
    ada.browser.post("/api/auth/signin", &credentials).await.expect(200);
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    for _ in 0..2 {
        let stranger = post.app.anonymous().request("POST", "/api/auth/signin").header("user-agent", firefox);
        stranger.json(&credentials).send().await.expect(200);
    }
    let mail = post.mailbox.wait(&ada.email, 2).await;
    assert_eq!(mail.subject, "A new device has signed in");
    assert!(mail.text.contains("Device: Firefox on Linux. Network address: 127.0.0.1."), "{}", mail.text);
    let change = json!({"current_password": PASSWORD, "new_password": NEW});
    ada.browser.post("/api/auth/password", &change).await.expect(204);
    let last = post.mailbox.wait(&ada.email, 3).await;
    assert_eq!(last.subject, "Your password was changed", "one mail for a device that comes twice");
}

async fn a_new_password_is_told_of(post: Post) {
    let ada = post.arrive("ada").await;
    let wrong = json!({"current_password": "not it at all", "new_password": NEW});
    ada.api.post("/api/auth/password", &wrong).await.expect(422);
    let change = json!({"current_password": PASSWORD, "new_password": NEW});
    ada.api.post("/api/auth/password", &change).await.expect(204);
    let mail = post.mailbox.wait(&ada.email, 2).await;
    assert_eq!(mail.subject, "Your password was changed");
    assert!(!mail.raw.contains(NEW) && mail.html.contains("/forgot"), "{}", mail.raw);
    assert!(mail.headers.contains("Auto-Submitted: auto-generated"), "{}", mail.headers);
}

async fn i03_a_new_way_in_is_told_of(post: Post) {
    let ada = post.arrive("ada").await;
    ada.token(&["tasks:read"]).await;
    let mail = post.mailbox.wait(&ada.email, 2).await;
    assert_eq!(mail.subject, "An API token was made");
    assert!(mail.text.contains("Network address: 127.0.0.1.") && !mail.raw.contains("tbx_"), "{}", mail.raw);
    post.app.turn_totp_on(&ada).await;
    assert_eq!(post.mailbox.wait(&ada.email, 3).await.subject, "Two-step sign-in was turned on");
}

async fn c20_a_reset_ends_the_api_tokens_and_not_the_second_step(post: Post) {
    let ada = post.arrive("ada").await;
    let token = ada.token(&["tasks:read"]).await;
    let (codes, _) = post.app.turn_totp_on(&ada).await;
    let program = post.app.anonymous().with_bearer(&token.text);
    program.get("/api/me/tasks").await.expect(200);
    post.mailbox.wait(&ada.email, 3).await;
    post.forget(&ada.email).await;
    let link = post.mailbox.wait(&ada.email, 4).await.token();
    post.reset(&link, NEW).await.expect(204);
    program.get("/api/me/tasks").await.expect_problem(401, "unauthenticated");
    assert_eq!(post.app.rows().await.count("api_tokens"), 0);
    let answer = post.sign_in(&ada.email, NEW).await.expect_problem(401, "second_factor_required");
    assert!(!answer.gives_a_session() && !answer.text().contains("access_token"));
    let challenge = answer.json()["challenge"].as_str().unwrap().to_owned();
    let body = json!({"challenge": challenge, "code": codes.code(&post.app, 0), "cookies": false});
    post.app.anonymous().post("/api/auth/signin/code", &body).await.expect(200);
}

fn assert_plain(mail: &Mail) {
    let known = ["<!DOCTYPE", "<html", "<head", "<meta", "<title", "<body", "<p>", "<a href=\"http://127.0.0.1:"];
    let rest = known.iter().fold(mail.html.clone(), |html, tag| html.replace(tag, "")).replace("</", "");
    assert!(!rest.contains('<'), "{}", mail.html);
}

async fn g02_what_people_write_is_text_in_a_mail(post: Post) {
    let ada = post.arrive("ada").await;
    let body = json!({"email": ada.email, "password": PASSWORD});
    let stranger = post.app.anonymous().request("POST", "/api/auth/signin");
    let stranger = stranger.header("user-agent", "<img\"src=x'onerror=alert(1)>");
    stranger.json(&body).send().await.expect(200);
    let mail = post.mailbox.wait(&ada.email, 2).await;
    assert_plain(&mail);
    assert!(mail.html.contains("&lt;img&quot;src=x&#39;onerror=alert(1)&gt;"), "{}", mail.html);
    let wish = json!({"email": "a&b'x@new.example", "password": PASSWORD});
    ada.api.post("/api/auth/email", &wish).await.expect(202);
    let mail = post.mailbox.wait(&ada.email, 3).await;
    assert_plain(&mail);
    assert!(mail.html.contains("a&amp;b&#39;x@new.example"), "{}", mail.html);
}

async fn g09_a_name_gets_into_no_mail(post: Post) {
    let name = "Bcc: eve@mail.example <b>https://evil.example</b>";
    let body = json!({"email": "ada@mail.example", "password": PASSWORD, "name": name});
    post.app.anonymous().post("/api/auth/signup", &body).await.expect(202);
    let mail = post.mailbox.wait("ada@mail.example", 1).await;
    assert!(!mail.raw.contains("evil.example") && !mail.raw.contains("Bcc"), "{}", mail.raw);
    assert_eq!(mail.to, ["ada@mail.example"]);
    for name in ["Ada\r\nBcc: eve@mail.example", "Ada\nSubject: x", "Ada\0"] {
        let body = json!({"email": "ida@mail.example", "password": PASSWORD, "name": name});
        post.app.anonymous().post("/api/auth/signup", &body).await.expect(422);
    }
    assert!(post.mailbox.mails("ida@mail.example").await.is_empty());
}
