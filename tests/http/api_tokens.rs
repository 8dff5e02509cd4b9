//! API tokens: F11, the tokens' part of A21, A24, B11, D10, I06 and I09. What a token may do is asked of every route that
//! the server recorded, so that a new one is tested from its first day.

use crate::{
    harness::{Answer, Client, PASSWORD, TestApp, database, path_of, scenarios},
    isolation::{Victim, ask, concrete_path},
};
use serde_json::{Value, json};
use tickbox::Recorded;

scenarios![
    a24_an_api_token_where_it_does_not_belong,
    b11_the_database_holds_no_api_token,
    d10_guessing_api_tokens_is_throttled_by_address,
    d10_right_api_tokens_are_never_throttled,
    f11_every_route_takes_the_scope_that_it_names_and_no_other,
    f11_dead_tokens_open_no_route,
    f11_a_token_cannot_change_what_guards_the_account,
    i06_the_tokens_of_a_deleted_account_are_dead,
    i08_making_and_revoking_tokens_is_written_down,
    i09_making_a_token_takes_a_fresh_confirmation,
    a_token_works_until_it_runs_out,
    the_last_use_is_noted_once_a_minute,
    a_change_by_a_token_names_no_session,
    the_export_by_a_token_is_the_same_document,
    tokens_of_others_are_not_there,
    what_is_wrong_with_a_new_token_is_told,
    there_are_at_most_fifty_tokens,
    the_page_of_tokens_works_without_scripts,
];

const SCOPES: [&str; 4] = ["tasks:read", "tasks:write", "account:read", "export"];

fn carrying(app: &TestApp, token: &str) -> Client {
    app.anonymous().with_bearer(token)
}

/// A token of the right shape that nobody has.
fn guessed(number: usize) -> String {
    format!("tbx_{number:0>43}")
}

fn is_for_programs(route: &Recorded) -> bool {
    route.path.starts_with("/api/")
}

async fn f11_every_route_takes_the_scope_that_it_names_and_no_other(app: TestApp) {
    let victim = Victim::new(&app).await;
    let everything = victim.person.token(&SCOPES).await;
    let (mut taken, mut refused) = (0, 0);
    for route in app.routes.iter().filter(|route| route.access.is_guarded()) {
        let path = concrete_path(&route.path, "me", &victim);
        let Some(scope) = route.access.scope() else {
            let answer = ask(&carrying(&app, &everything.text), route, &path).await;
            if is_for_programs(route) {
                answer.expect_problem(403, "insufficient_scope");
            } else {
                assert!(answer.status == 401 || answer.location().starts_with("/signin"), "{}", answer.asked);
            }
            continue;
        };
        let others: Vec<&str> = SCOPES.into_iter().filter(|other| *other != scope.as_str()).collect();
        let (right, wrong) = (victim.person.token(&[scope.as_str()]).await, victim.person.token(&others).await);
        let answer = ask(&carrying(&app, &wrong.text), route, &path).await.expect_problem(403, "insufficient_scope");
        assert!(answer.text().contains(scope.as_str()), "{} says which scope: {}", answer.asked, answer.text());
        let answer = ask(&carrying(&app, &right.text), route, &path).await;
        assert!(![401, 403].contains(&answer.status) && answer.status < 500, "{}: {}", answer.asked, answer.text());
        (taken, refused) = (taken + 1, refused + 1);
        for token in [right, wrong] {
            victim.person.api.delete(&format!("/api/auth/tokens/{}", token.id)).await.expect(204);
        }
    }
    assert!(taken > 5 && refused > 5, "{taken} {refused}");
}

async fn f11_dead_tokens_open_no_route(app: TestApp) {
    let victim = Victim::new(&app).await;
    let leaver = app.sign_up("leaver").await;
    let of_nobody = leaver.token(&SCOPES).await.text;
    leaver.api.json("DELETE", "/api/auth/me", &json!({"password": PASSWORD})).await.expect(204);
    let body = json!({"name": "Short", "scopes": SCOPES, "expires_in_days": 30});
    let expired = victim.person.api.post("/api/auth/tokens", &body).await.expect(201).json();
    let expired = expired["token"].as_str().unwrap().to_owned();
    let revoked = victim.person.token(&SCOPES).await;
    victim.person.api.delete(&format!("/api/auth/tokens/{}", revoked.id)).await.expect(204);
    app.clock.advance(30 * 86_400);
    let before = app.rows().await;
    let dead = [of_nobody, expired, revoked.text, guessed(7), "tbx_".to_owned(), format!("tbx_{}", "x".repeat(5000))];
    for route in app.routes.iter().filter(|route| route.access.is_guarded() && is_for_programs(route)) {
        // Else these would be too many guesses.
        app.clock.advance(301);
        for token in &dead {
            let answer = ask(&carrying(&app, token), route, &concrete_path(&route.path, "me", &victim)).await;
            answer.expect_problem(401, "unauthenticated");
        }
    }
    before.assert_same(&app.rows().await, "asking with dead tokens");
}

async fn f11_a_token_cannot_change_what_guards_the_account(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let program = carrying(&app, &ada.token(&SCOPES).await.text);
    let change = json!({"current_password": PASSWORD, "new_password": "a whole new phrase 9"});
    program.post("/api/auth/password", &change).await.expect_problem(403, "insufficient_scope");
    let password = json!({"password": PASSWORD});
    program.json("DELETE", "/api/auth/me", &password).await.expect_problem(403, "insufficient_scope");
    program.post("/api/auth/confirm", &password).await.expect_problem(403, "insufficient_scope");
    let more = json!({"name": "More", "scopes": SCOPES});
    program.post("/api/auth/tokens", &more).await.expect_problem(403, "insufficient_scope");
    program.patch("/api/auth/me", &json!({"name": "Mallory"})).await.expect_problem(403, "insufficient_scope");
    program.delete("/api/auth/sessions").await.expect_problem(403, "insufficient_scope");
    assert!(app.takes(&ada.access).await);
    app.sign_in_program(&ada).await;
}

async fn a24_an_api_token_where_it_does_not_belong(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let token = ada.token(&SCOPES).await.text;
    carrying(&app, &token).get("/dashboard").await.expect(303);
    carrying(&app, &token).form("/actions/list_tasks", &[]).await.expect(401);
    let browser = app.browser();
    browser.set_cookie("tickbox_at", &token);
    browser.set_cookie("tickbox_rt", &token);
    browser.get("/api/auth/me").await.expect(401);
    app.anonymous().get(&format!("/api/auth/me?access_token={token}")).await.expect(401);
    app.refresh(&token).await.expect(401);
    let twice =
        carrying(&app, &token).request("GET", "/api/auth/me").header("authorization", &format!("Bearer {token}"));
    twice.send().await.expect(401);
    let basic = app.anonymous().request("GET", "/api/auth/me").header("authorization", &format!("Basic {token}"));
    basic.send().await.expect(401);
    for bent in [token.to_uppercase(), token[1..].to_owned(), token[..46].to_owned(), format!("{token}=")] {
        carrying(&app, &bent).get("/api/auth/me").await.expect_problem(401, "unauthenticated");
    }
    // The cookies of a browser do not help a token out.
    let confused = ada.browser.with_bearer(&guessed(1)).get("/api/auth/me").await;
    confused.expect_problem(401, "unauthenticated");
}

async fn b11_the_database_holds_no_api_token(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let token = ada.token(&["tasks:read"]).await.text;
    let rows = app.all_rows().await;
    assert_eq!(rows.count("api_tokens"), 1);
    assert!(!rows.mention(&token) && !rows.mention(&token[4..]) && !rows.mention(&token[4..20]), "{rows:?}");
    let list = ada.api.get("/api/auth/tokens").await.expect(200);
    assert!(!list.text().contains(&token[4..40]), "{}", list.text());
    assert_eq!(list.json()["items"][0]["hint"], format!("tbx_…{}", &token[43..]));
}

async fn wrong_tokens(app: &TestApp, count: usize) {
    for number in 0..count {
        carrying(app, &guessed(number)).get("/api/me/tasks").await.expect_problem(401, "unauthenticated");
    }
}

async fn d10_guessing_api_tokens_is_throttled_by_address(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let program = carrying(&app, &ada.token(&["tasks:read"]).await.text);
    wrong_tokens(&app, 100).await;
    let answer = carrying(&app, &guessed(100)).get("/api/me/tasks").await.expect_problem(429, "too_many_attempts");
    let wait: i64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=300).contains(&wait), "{wait}");
    program.get("/api/me/tasks").await.expect(429);
    // Nobody who carries something else is kept out.
    ada.api.get("/api/me/tasks").await.expect(200);
    ada.browser.get("/tasks").await.expect(200);
    app.clock.advance(wait);
    program.get("/api/me/tasks").await.expect(200);
    wrong_tokens(&app, 1).await;
}

async fn d10_right_api_tokens_are_never_throttled(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let program = carrying(&app, &ada.token(&["tasks:read"]).await.text);
    for _ in 0..110 {
        program.get("/api/me/tasks").await.expect(200);
    }
}

async fn i06_the_tokens_of_a_deleted_account_are_dead(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let token = ada.token(&SCOPES).await;
    let program = carrying(&app, &token.text);
    program.get("/api/auth/me").await.expect(200);
    ada.api.json("DELETE", "/api/auth/me", &json!({"password": PASSWORD})).await.expect(204);
    program.get("/api/auth/me").await.expect_problem(401, "unauthenticated");
    assert_eq!(app.all_rows().await.count("api_tokens"), 0);
}

async fn i08_making_and_revoking_tokens_is_written_down(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let token = ada.token(&["export"]).await;
    ada.api.delete(&format!("/api/auth/tokens/{}", token.id)).await.expect(204);
    assert_eq!(ada.api.events().await, ["token_revoked", "token_made", "signed_up"]);
}

async fn i09_making_a_token_takes_a_fresh_confirmation(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!({"name": "Late", "scopes": ["tasks:read"]});
    app.clock.advance(11 * 60);
    ada.browser.post("/api/auth/tokens", &body).await.expect_problem(403, "reauth_required");
    let form = [("do", "make_token"), ("name", "Late"), ("lifetime", "30"), ("tasks_read", "on")];
    ada.browser.form("/settings/tokens", &form).await.expect(403);
    assert_eq!(app.all_rows().await.count("api_tokens"), 0);
    let page = ada.browser.get("/settings/tokens").await.expect(200).text();
    assert!(page.contains("confirm that it is you") && !page.contains("name=\"lifetime\""), "{page}");
    let confirm = [("do", "confirm_identity"), ("password", PASSWORD)];
    ada.browser.form("/settings/tokens", &confirm).await.expect_redirect("/settings/tokens");
    ada.browser.post("/api/auth/tokens", &body).await.expect(201);
}

async fn a_token_works_until_it_runs_out(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let make = async |days: Value| {
        let body = json!({"name": "x", "scopes": ["account:read"], "expires_in_days": days});
        let made = ada.api.post("/api/auth/tokens", &body).await.expect(201).json();
        (carrying(&app, made["token"].as_str().unwrap()), made["expires_at"].clone())
    };
    let (month, end) = make(json!(30)).await;
    assert_eq!(end, "2026-12-20T10:00:00.000Z");
    let (for_ever, end) = make(Value::Null).await;
    assert_eq!(end, Value::Null);
    app.clock.advance(30 * 86_400 - 1);
    month.get("/api/auth/me").await.expect(200);
    app.clock.advance(1);
    month.get("/api/auth/me").await.expect_problem(401, "unauthenticated");
    app.clock.advance(10 * 365 * 86_400);
    for_ever.get("/api/auth/me").await.expect(200);
}

async fn the_last_use_is_noted_once_a_minute(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let program = carrying(&app, &ada.token(&["account:read"]).await.text);
    let last_use =
        async || ada.api.get("/api/auth/tokens").await.expect(200).json()["items"][0]["last_used_at"].clone();
    assert_eq!(last_use().await, Value::Null);
    for (wait, noted) in [(1, "10:00:01"), (59, "10:00:01"), (1, "10:01:01"), (30, "10:01:01")] {
        app.clock.advance(wait);
        program.get("/api/auth/me").await.expect(200);
        assert_eq!(last_use().await, format!("2026-11-20T{noted}.000Z"));
    }
}

async fn a_change_by_a_token_names_no_session(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let program = carrying(&app, &ada.token(&["tasks:write"]).await.text);
    let task = program.post("/api/me/tasks", &json!({"title": "By a program"})).await.expect(201).json();
    program.post("/api/me/tasks", &json!({"quick_add": "Another tomorrow"})).await.expect(201);
    program.get(&path_of(&task)).await.expect_problem(403, "insufficient_scope");
    ada.api.get(&path_of(&task)).await.expect(200);
    let database = app.ground.connect().await;
    let query = "SELECT CASE WHEN session_id IS NULL THEN 'none' ELSE 'some' END AS a, '' AS b FROM change_log";
    let logged = database::pairs(&database, query).await;
    assert_eq!(logged.len(), 2);
    assert!(logged.iter().all(|(session, _)| session == "none"), "{logged:?}");
}

async fn the_export_by_a_token_is_the_same_document(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task("Mine").await;
    let token = ada.token(&["export"]).await;
    app.clock.advance(11 * 60);
    let export = carrying(&app, &token.text).get("/api/auth/export").await.expect(200);
    let document = export.json();
    assert_eq!(document["tasks"][0]["title"], "Mine");
    assert_eq!(document["api_tokens"][0]["name"], "A program");
    assert_eq!(document["sessions"][0]["is_current"], false);
    assert!(!export.text().contains(&token.text[4..]));
}

async fn tokens_of_others_are_not_there(app: TestApp) {
    let (ada, eve) = (app.sign_up("ada").await, app.sign_up("eve").await);
    let token = ada.token(&["tasks:read"]).await;
    let answers = [
        eve.api.delete(&format!("/api/auth/tokens/{}", token.id)).await,
        eve.api.delete("/api/auth/tokens/0193a5f0-1111-7abc-8def-000000000001").await,
        eve.api.delete("/api/auth/tokens/nonsense").await,
    ];
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (404, &answers[1].body));
    }
    assert_eq!(eve.api.get("/api/auth/tokens").await.expect(200).json()["items"], json!([]));
    let program = carrying(&app, &token.text);
    program.get("/api/me/tasks").await.expect(200);
    program.get(&format!("/api/{}/tasks", ada.id)).await.expect(200);
    program.get(&format!("/api/{}/tasks", eve.id)).await.expect_problem(403, "forbidden");
}

fn faults(answer: &Answer) -> Vec<(String, String)> {
    let problem = answer.json();
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

async fn what_is_wrong_with_a_new_token_is_told(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (body, pointer, code) in [
        (json!({"scopes": ["export"]}), "/name", "required"),
        (json!({"name": "x".repeat(101), "scopes": ["export"]}), "/name", "too_long"),
        (json!({"name": "x\u{0}", "scopes": ["export"]}), "/name", "control_character"),
        (json!({"name": "x", "scopes": []}), "/scopes", "required"),
        (json!({"name": "x", "scopes": ["admin"]}), "/scopes/0", "unknown_choice"),
        (json!({"name": "x", "scopes": "export"}), "/scopes", "not_a_list"),
        (json!({"name": "x", "scopes": ["export"], "expires_in_days": 36_500}), "/expires_in_days", "unknown_choice"),
        (json!({"name": "x", "scopes": ["export"], "token": "tbx_mine"}), "/token", "unknown_field"),
    ] {
        let answer = ada.api.post("/api/auth/tokens", &body).await.expect_problem(422, "invalid");
        assert_eq!(faults(&answer), [(pointer.to_owned(), code.to_owned())], "{body}");
    }
    assert_eq!(app.all_rows().await.count("api_tokens"), 0);
}

async fn there_are_at_most_fifty_tokens(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for _ in 0..50 {
        ada.token(&["export"]).await;
    }
    let body = json!({"name": "One more", "scopes": ["export"]});
    let answer = ada.api.post("/api/auth/tokens", &body).await.expect_problem(422, "invalid");
    assert_eq!(faults(&answer), [(String::new(), "too_many_tokens".to_owned())]);
    assert_eq!(app.all_rows().await.count("api_tokens"), 50);
}

async fn the_page_of_tokens_works_without_scripts(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let nothing_ticked = [("do", "make_token"), ("name", "<b>Backup</b>"), ("lifetime", "365")];
    let page = ada.browser.form("/settings/tokens", &nothing_ticked).await.expect(422).text();
    assert!(page.contains("Choose what the token allows") && page.contains("&lt;b&gt;Backup&lt;/b&gt;"), "{page}");
    let ticked = [&nothing_ticked[..], &[("tasks_read", "on"), ("export", "on")]].concat();
    let answer = ada.browser.form("/settings/tokens", &ticked).await.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    let page = answer.text();
    let token = page.split("value=\"tbx_").nth(1).and_then(|rest| rest.split('"').next()).expect("the token");
    let program = carrying(&app, &format!("tbx_{token}"));
    program.get("/api/me/tasks").await.expect(200);
    program.get("/api/auth/me").await.expect(403);
    let page = ada.browser.get("/settings/tokens").await.expect(200).text();
    assert!(!page.contains(token) && page.contains(&token[39..]) && page.contains("tasks:read, export"), "{page}");
    assert!(!page.contains("<b>Backup"));
    let list = ada.api.get("/api/auth/tokens").await.expect(200).json();
    let id = list["items"][0]["id"].as_str().unwrap();
    let revoke = [("do", "revoke_token"), ("id", id)];
    ada.browser.form("/settings/tokens", &revoke).await.expect_redirect("/settings/tokens");
    program.get("/api/me/tasks").await.expect(401);
    ada.browser.form("/settings/tokens", &revoke).await.expect(404);
    assert!(ada.browser.get("/settings/tokens").await.expect(200).text().contains("There are none."));
}
