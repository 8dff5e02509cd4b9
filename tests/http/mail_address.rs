//! Moving to another address: C22 of the attacks.

use crate::harness::{Answer, PASSWORD, Person, Post, TestApp, scenarios};
use serde_json::{Value, json};

scenarios![
    c22_the_new_mailbox_confirms_and_the_old_one_is_told,
    c22_an_address_that_somebody_has_gets_the_same_answer,
    a22_a_move_ends_every_session_but_the_one_that_confirms_it,
    c22_the_password_is_asked_for,
    c22_an_address_that_was_taken_in_between_stays_where_it_is,
    c22_a_newer_wish_replaces_the_older,
    without_a_mail_server_the_address_changes_at_once,
];

async fn wish(person: &Person, email: &str) -> Answer {
    person.api.post("/api/auth/email", &json!({"email": email, "password": PASSWORD})).await
}

async fn address_of(person: &Person) -> Value {
    person.api.get("/api/auth/me").await.expect(200).json()["email"].clone()
}

async fn c22_the_new_mailbox_confirms_and_the_old_one_is_told(post: Post) {
    let ada = post.arrive("ada").await;
    let form = [("do", "change_email"), ("email", "ada@new.example"), ("password", PASSWORD)];
    ada.browser.form("/settings", &form).await.expect_redirect("/settings?sent=1");
    let page = ada.browser.get("/settings?sent=1").await.expect(200).text();
    assert!(page.contains("We have sent a link to the new address"), "{page}");
    let told = post.mailbox.wait(&ada.email, 2).await;
    assert_eq!(told.subject, "Another email address was asked for");
    assert!(told.text.contains("ada@new.example") && !told.text.contains("token="), "{}", told.text);
    let mail = post.mailbox.wait("ada@new.example", 1).await;
    let path = mail.link().replace(&post.app.origin, "");
    for _ in 0..3 {
        ada.browser.get(&path).await.expect(303);
    }
    assert_eq!(address_of(&ada).await, ada.email.as_str(), "nothing changes before the button is pressed");
    let form = [("do", "verify_address"), ("token", &mail.token())];
    ada.browser.form("/verify", &form).await.expect_redirect("/settings?saved=1");
    assert_eq!(address_of(&ada).await, "ada@new.example");
    let told = post.mailbox.wait(&ada.email, 3).await;
    assert_eq!(told.subject, "Your email address was changed");
    post.sign_in(&ada.email, PASSWORD).await.expect(401);
    post.sign_in("ada@new.example", PASSWORD).await.expect(200);
    post.app.anonymous().post("/api/auth/verify", &json!({"token": mail.token()})).await.expect(410);
    assert_eq!(ada.api.events().await[..3], ["signed_in", "email_changed", "email_change_asked"]);
    // A link to the old mailbox, asked for before, opens nothing any more.
    post.forget(&ada.email).await;
    post.forget("ada@new.example").await;
    post.mailbox.wait("ada@new.example", 2).await;
    assert_eq!(post.mailbox.mails(&ada.email).await.len(), 3);
}

async fn a22_a_move_ends_every_session_but_the_one_that_confirms_it(post: Post) {
    let (ada, eve) = (post.arrive("ada").await, post.arrive("eve").await);
    let phone = post.app.sign_in_program(&ada).await;
    wish(&ada, "ada@new.example").await.expect(202);
    assert!(post.app.takes(&phone.access).await, "nothing has changed yet");
    let token = post.mailbox.wait("ada@new.example", 1).await.token();
    let form = [("do", "verify_address"), ("token", &token)];
    ada.browser.form("/verify", &form).await.expect_redirect("/settings?saved=1");
    assert!(!post.app.takes(&phone.access).await);
    post.app.refresh(&phone.refresh).await.expect(401);
    assert!(post.app.takes(&ada.access).await, "the session that confirmed it goes on");

    wish(&ada, "ada@third.example").await.expect(202);
    let token = post.mailbox.wait("ada@third.example", 1).await.token();
    eve.api.post("/api/auth/verify", &json!({"token": token})).await.expect(204);
    assert!(!post.app.takes(&ada.access).await, "confirmed in no session of the account: all are over");
    assert!(post.app.takes(&eve.access).await);
}

async fn c22_an_address_that_somebody_has_gets_the_same_answer(post: Post) {
    let (ada, eve) = (post.arrive("ada").await, post.arrive("eve").await);
    let taken = wish(&ada, "EVE@mail.example").await.expect(202);
    let free = wish(&ada, "ada@new.example").await.expect(202);
    assert_eq!(taken.body, free.body);
    let told = post.mailbox.wait(&eve.email, 2).await;
    assert_eq!(told.subject, "Your email address is in use already");
    assert!(!told.text.contains("token=") && !told.raw.contains("ada@"), "{}", told.raw);
    assert_eq!((address_of(&ada).await, address_of(&eve).await), (json!(ada.email), json!(eve.email)));
    assert!(post.mailbox.mails("EVE@mail.example").await.is_empty());
}

async fn c22_the_password_is_asked_for(post: Post) {
    let ada = post.arrive("ada").await;
    let ask = async |body: Value| ada.api.post("/api/auth/email", &body).await;
    let wrong = ask(json!({"email": "ada@new.example", "password": "not it at all"})).await;
    assert_eq!(wrong.expect_problem(422, "invalid").faulty_fields(), ["password"]);
    assert_eq!(ask(json!({"email": "nonsense"})).await.expect(422).faulty_fields(), ["email", "password"]);
    assert_eq!(ask(json!({"email": ada.email, "password": PASSWORD})).await.expect(422).faulty_fields(), ["email"]);
    let form = [("do", "change_email"), ("email", "ada@new.example"), ("password", "not it at all")];
    let page = ada.browser.form("/settings", &form).await.expect(422).text();
    assert!(page.contains("This is not your current password") && page.contains("ada@new.example"), "{page}");
    assert!(post.mailbox.mails("ada@new.example").await.is_empty());
    assert_eq!(post.app.rows().await.count("outbox"), 0);
}

async fn c22_an_address_that_was_taken_in_between_stays_where_it_is(post: Post) {
    let ada = post.arrive("ada").await;
    wish(&ada, "ida@mail.example").await.expect(202);
    let token = post.mailbox.wait("ida@mail.example", 1).await.token();
    post.app.clock.advance(60);
    let body = json!({"email": "ida@mail.example", "password": PASSWORD});
    post.app.anonymous().post("/api/auth/signup", &body).await.expect(202);
    let before = post.app.rows().await;
    post.app.anonymous().post("/api/auth/verify", &json!({"token": token})).await.expect_problem(410, "link_dead");
    assert_eq!(before.count("users"), post.app.rows().await.count("users"));
    assert_eq!(address_of(&ada).await, ada.email.as_str());
}

async fn c22_a_newer_wish_replaces_the_older(post: Post) {
    let ada = post.arrive("ada").await;
    wish(&ada, "one@new.example").await.expect(202);
    let one = post.mailbox.wait("one@new.example", 1).await.token();
    wish(&ada, "two@new.example").await.expect(202);
    let two = post.mailbox.wait("two@new.example", 1).await.token();
    post.app.anonymous().post("/api/auth/verify", &json!({"token": one})).await.expect_problem(410, "link_dead");
    post.app.anonymous().post("/api/auth/verify", &json!({"token": two})).await.expect(204);
    let user = post.sign_in("two@new.example", PASSWORD).await.expect(200).json();
    assert_eq!(user["user"]["email"], "two@new.example");
}

async fn without_a_mail_server_the_address_changes_at_once(app: TestApp) {
    let (ada, eve) = (app.sign_up("ada").await, app.sign_up("eve").await);
    wish(&ada, &eve.email).await.expect_problem(409, "email_taken");
    assert_eq!(address_of(&ada).await, ada.email.as_str());
    wish(&ada, "ada@new.example").await.expect(204);
    assert_eq!(address_of(&ada).await, "ada@new.example");
    let form = [("do", "change_email"), ("email", "Ada@New.example"), ("password", PASSWORD)];
    ada.browser.form("/settings", &form).await.expect_redirect("/settings?saved=1");
    assert_eq!(address_of(&ada).await, "Ada@New.example");
    let rows = app.rows().await;
    assert_eq!((rows.count("outbox"), rows.count("mail_links")), (0, 0), "where no mail is sent none waits");
}
