//! A14 as a whole: every kind of token that there is in the place of every other. Each is good where it belongs, which is
//! tried last.

use crate::{
    attacks_access::assert_worthless,
    harness::{PASSWORD, Post, scenarios},
};
use serde_json::json;

scenarios![a14_no_kind_of_token_stands_for_another];

async fn a14_no_kind_of_token_stands_for_another(post: Post) {
    let app = &post.app;
    // The first account is an admin, who may invite.
    let ada = post.arrive("ada").await;
    let bob = post.arrive("bob").await;
    app.turn_totp_on(&bob).await;
    let invite = ada.api.request("POST", "/api/admin/invites").send().await.expect(201).json();
    let invite = invite["url"].as_str().unwrap().split_once("invite=").unwrap().1.to_owned();
    let api_token = ada.token(&["tasks:read"]).await.text;
    post.forget(&ada.email).await;
    let reset = post.mailbox.wait(&ada.email, 3).await.token();
    let wish = json!({"email": "ada@new.example", "password": PASSWORD});
    ada.api.post("/api/auth/email", &wish).await.expect(202);
    let verify = post.mailbox.wait("ada@new.example", 1).await.token();
    let device = ada.browser.cookie("tickbox_dev").expect("a mark");
    let challenge = app.challenge(&bob).await;
    let tokens = [
        ("access", ada.access.as_str()),
        ("refresh", &ada.refresh),
        ("reset", &reset),
        ("verify", &verify),
        ("invitation", &invite),
        ("API token", &api_token),
        ("device", &device),
        ("challenge", &challenge),
    ];
    let program = app.anonymous();
    ada.api.json("PUT", "/api/admin/sign-up", &json!({"sign_up": "invite"})).await.expect(204);
    for (kind, token) in tokens {
        if kind != "access" && kind != "API token" {
            assert_worthless(app, token, &format!("{kind} for access")).await;
        }
        if kind != "refresh" {
            app.refresh(token).await.expect_problem(401, "unauthenticated");
        }
        if kind != "reset" {
            post.reset(token, "a whole new phrase 9").await.expect_problem(410, "link_dead");
        }
        if kind != "verify" {
            program.post("/api/auth/verify", &json!({"token": token})).await.expect_problem(410, "link_dead");
        }
        if kind != "challenge" {
            let body = json!({"challenge": token, "code": "123456"});
            program.post("/api/auth/signin/code", &body).await.expect_problem(401, "challenge_over");
        }
        if kind != "API token" {
            let prefixed = format!("tbx_{token}");
            program.with_bearer(&prefixed).get("/api/me/tasks").await.expect_problem(401, "unauthenticated");
        }
        if kind != "invitation" {
            let body = json!({"email": "guest@mail.example", "password": PASSWORD, "invite": token});
            program.post("/api/auth/signup", &body).await.expect_problem(403, "invite_dead");
        }
    }
    assert_worthless(app, &api_token.replace("tbx_", ""), "an API token without its prefix").await;
    program.with_bearer(&api_token).get("/dashboard").await.expect(303);

    // After all that each still does what it is for.
    assert!(app.takes(&ada.access).await);
    let guest = json!({"email": "guest@mail.example", "password": PASSWORD, "invite": invite});
    program.post("/api/auth/signup", &guest).await.expect(202);
    program.with_bearer(&api_token).get("/api/me/tasks").await.expect(200);
    app.refresh(&ada.refresh).await.expect(200);
    program.post("/api/auth/verify", &json!({"token": verify})).await.expect(204);
    assert!(!app.takes(&ada.access).await, "the move has ended it");

    // What is no mark of a device lets nobody through who would have to wait.
    let wrong = json!({"email": bob.email, "password": "not it at all"});
    for _ in 0..5 {
        program.post("/api/auth/signin", &wrong).await.expect(401);
    }
    for (kind, token) in tokens {
        let stranger = app.browser();
        stranger.set_cookie("tickbox_dev", token);
        let right = json!({"email": bob.email, "password": PASSWORD});
        assert_eq!(stranger.post("/api/auth/signin", &right).await.status, 429, "{kind} for a mark");
    }
}
