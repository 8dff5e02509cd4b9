//! Proof that is over while it is still being judged: A22 and C25 for sign-ins that wait for their hash while a password,
//! an account or the server's secret is replaced.

use crate::harness::{PASSWORD, Person, SECRET, TestApp, scenarios};
use backend::accounts::{
    make_reset_link,
    operator::{MemberChange, Operator, change_member},
};
use serde_json::json;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::task::JoinSet;

scenarios![
    a22_the_password_before_a_reset_opens_no_session_after_it,
    a22_the_password_before_a_change_opens_no_session_after_it,
    a22_who_is_kept_out_while_signing_in_stays_out,
    c25_a_hash_that_is_renewed_too_late_does_not_bring_the_old_password_back,
];

const NEW: &str = "a whole new phrase 9";

/// Signs in with the password of before, four at a time, over and over until `what` has happened. Nothing that was let in
/// may be worth anything then.
async fn sign_in_while(app: &TestApp, person: &Person, what: impl Future<Output = ()>) {
    let is_over = Arc::new(AtomicBool::new(false));
    let mut crowd = JoinSet::new();
    for _ in 0..4 {
        let (program, is_over) = (app.anonymous(), Arc::clone(&is_over));
        let body = json!({"email": person.email, "password": PASSWORD, "cookies": false});
        crowd.spawn(async move {
            let mut opened = Vec::new();
            while !is_over.load(Ordering::SeqCst) {
                let answer = program.post("/api/auth/signin", &body).await;
                match answer.status {
                    200 => opened.push(answer.json()["access_token"].as_str().unwrap().to_owned()),
                    // 503 where another of the crowd has renewed the hash in between.
                    status => assert!([401, 429, 503].contains(&status), "{status}: {}", answer.text()),
                }
            }
            opened
        });
    }
    what.await;
    is_over.store(true, Ordering::SeqCst);
    for access in crowd.join_all().await.into_iter().flatten() {
        assert!(!app.takes(&access).await, "a session outlived what opened it");
    }
}

async fn reset(app: &TestApp, person: &Person) {
    let link = make_reset_link(&app.backend, &person.email).await.unwrap().expect("a link");
    let body = json!({"token": link.split_once("token=").unwrap().1, "password": NEW});
    app.anonymous().post("/api/auth/reset/confirm", &body).await.expect(204);
}

/// The new password opens the account and the old one does not.
async fn assert_changed(app: &TestApp, person: &Person) {
    app.clock.advance(3600);
    for (password, status) in [(NEW, 200), (PASSWORD, 401)] {
        let body = json!({"email": person.email, "password": password, "cookies": false});
        app.anonymous().post("/api/auth/signin", &body).await.expect(status);
    }
}

async fn a22_the_password_before_a_reset_opens_no_session_after_it(app: TestApp) {
    for name in ["ada", "bob", "cem"] {
        let person = app.sign_up(name).await;
        sign_in_while(&app, &person, reset(&app, &person)).await;
        assert_changed(&app, &person).await;
    }
}

async fn a22_the_password_before_a_change_opens_no_session_after_it(app: TestApp) {
    for name in ["ada", "bob", "cem"] {
        let person = app.sign_up(name).await;
        let change = json!({"current_password": PASSWORD, "new_password": NEW});
        sign_in_while(&app, &person, async {
            person.api.post("/api/auth/password", &change).await.expect(204);
        })
        .await;
        assert!(app.takes(&person.access).await, "the session that changed it goes on");
        assert_changed(&app, &person).await;
    }
}

async fn a22_who_is_kept_out_while_signing_in_stays_out(app: TestApp) {
    app.sign_up("admin").await;
    for name in ["ada", "bob", "cem"] {
        let person = app.sign_up(name).await;
        let change = MemberChange { is_active: Some(false), ..MemberChange::default() };
        sign_in_while(&app, &person, async {
            change_member(&app.backend, &Operator::Machine, person.id.parse().unwrap(), change).await.unwrap();
        })
        .await;
        app.clock.advance(3600);
    }
}

async fn c25_a_hash_that_is_renewed_too_late_does_not_bring_the_old_password_back(app: TestApp) {
    let mut people = Vec::new();
    for name in ["ada", "bob", "cem"] {
        people.push(app.sign_up(name).await);
    }
    let app = app
        .restart(|settings| {
            settings.jwt_secret = Some("another secret that the scenarios know".to_owned());
            settings.jwt_secret_previous = Some(SECRET.to_owned());
        })
        .await;
    for person in &people {
        sign_in_while(&app, person, reset(&app, person)).await;
        assert_changed(&app, person).await;
    }
}
