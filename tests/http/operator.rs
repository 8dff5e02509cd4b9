//! Whoever runs the server: F10, and what an admin does to A21's and A22's sessions, C06 for somebody who is kept out, I08
//! and I09 for all of it.

use crate::{
    harness::{Answer, Client, PASSWORD, Person, TestApp, path_of, scenarios},
    isolation::{Victim, ask, concrete_path},
};
use serde_json::{Value, json};
use tickbox::Access;

scenarios![
    a21_who_is_kept_out_is_out_in_the_same_second,
    a22_sessions_that_an_admin_ends_are_dead_in_the_same_second,
    c06_the_right_password_of_who_is_kept_out_is_a_wrong_one,
    f10_for_others_there_is_no_administration,
    f10_forms_of_admins_are_refused_on_every_page,
    f10_an_admin_cannot_read_tasks,
    f10_who_is_no_admin_any_more_is_none_at_once,
    f10_a_link_for_a_new_password_is_shown_once_and_logged,
    i08_what_an_admin_does_is_in_the_log_of_the_account,
    i09_an_admin_confirms_before_changing_anything,
    nobody_keeps_oneself_out_and_the_last_admin_stays,
    two_admins_cannot_take_each_other_away_at_once,
    accounts_are_found_and_come_in_pages,
    the_health_of_the_server_is_told,
    the_pages_of_admins_work_without_scripts,
];

fn path(person: &Person) -> String {
    format!("/api/admin/users/{}", person.id)
}

async fn set(admin: &Person, person: &Person, change: Value) -> Answer {
    admin.api.patch(&path(person), &change).await
}

async fn sign_in(client: &Client, person: &Person, password: &str) -> Answer {
    client.post("/api/auth/signin", &json!({"email": person.email, "password": password})).await
}

async fn a21_who_is_kept_out_is_out_in_the_same_second(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    let program = app.anonymous().with_bearer(&eve.token(&["tasks:read"]).await.text);
    program.get("/api/me/tasks").await.expect(200);
    let member = set(&admin, &eve, json!({"is_active": false})).await.expect(200).json();
    assert_eq!((&member["is_active"], &member["sessions"]), (&json!(false), &json!(0)));
    assert!(!app.takes(&eve.access).await);
    app.refresh(&eve.refresh).await.expect_problem(401, "unauthenticated");
    eve.browser.get("/tasks").await.expect(303);
    program.get("/api/me/tasks").await.expect_problem(401, "unauthenticated");
    sign_in(&app.anonymous(), &eve, PASSWORD).await.expect_problem(401, "invalid_credentials");
    set(&admin, &eve, json!({"is_active": true})).await.expect(200);
    // What was ended stays ended: it may have been a thief's.
    assert!(!app.takes(&eve.access).await);
    program.get("/api/me/tasks").await.expect(401);
    assert_eq!(app.all_rows().await.count("api_tokens"), 0);
    sign_in(&app.anonymous(), &eve, PASSWORD).await.expect(200);
}

async fn a22_sessions_that_an_admin_ends_are_dead_in_the_same_second(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    let program = app.sign_in_program(&eve).await;
    admin.api.delete(&format!("{}/sessions", path(&eve))).await.expect(204);
    assert!(!app.takes(&eve.access).await && !app.takes(&program.access).await && app.takes(&admin.access).await);
    app.refresh(&program.refresh).await.expect(401);
    sign_in(&app.anonymous(), &eve, PASSWORD).await.expect(200);
}

async fn c06_the_right_password_of_who_is_kept_out_is_a_wrong_one(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    set(&admin, &eve, json!({"is_active": false})).await.expect(200);
    let told = |answer: &Answer| {
        let mut body = answer.json();
        body.as_object_mut().unwrap().remove("request_id");
        let names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        (answer.status, body, names)
    };
    let mut answers = Vec::new();
    for password in [PASSWORD, "not it at all"] {
        let hashes = app.backend.hashes();
        let answer = sign_in(&app.anonymous(), &eve, password).await.expect(401);
        answers.push((told(&answer), app.backend.hashes() - hashes));
    }
    assert_eq!(answers[0], answers[1]);
}

async fn f10_for_others_there_is_no_administration(app: TestApp) {
    let victim = Victim::new(&app).await;
    let stranger = app.sign_up("stranger").await;
    let scopes = ["tasks:read", "tasks:write", "account:read", "export"];
    let program = app.anonymous().with_bearer(&stranger.token(&scopes).await.text);
    let program_of_admin = app.anonymous().with_bearer(&victim.person.token(&scopes).await.text);
    let before = app.rows().await;
    let mut asked = 0;
    for route in app.routes.iter().filter(|route| route.access == Access::Admin) {
        let path = concrete_path(&route.path, "me", &victim);
        let answer = ask(&stranger.browser, route, &path).await.expect(404);
        assert!(!answer.text().contains("Administration"), "{}", answer.asked);
        asked += 1;
        if !route.path.starts_with("/api/") {
            continue;
        }
        ask(&stranger.api, route, &path).await.expect_problem(404, "not_found");
        ask(&program, route, &path).await.expect_problem(404, "not_found");
        ask(&program_of_admin, route, &path).await.expect_problem(403, "insufficient_scope");
        ask(&app.anonymous(), route, &path).await.expect_problem(401, "unauthenticated");
    }
    assert!(asked > 10, "{asked}");
    before.assert_same(&app.rows().await, "asking for the administration");
    assert!(!stranger.browser.get("/tasks").await.text().contains("/admin"), "no way in is shown");
    assert!(victim.person.browser.get("/tasks").await.text().contains("href=\"/admin\""));
}

async fn f10_forms_of_admins_are_refused_on_every_page(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    let before = app.rows().await;
    for page in ["/settings", "/tasks", "/signin", "/"] {
        let promote = [("do", "set_user_admin"), ("id", eve.id.as_str()), ("is_admin", "true")];
        eve.browser.form(page, &promote).await.expect(404);
        let disable = [("do", "set_user_active"), ("id", admin.id.as_str()), ("is_active", "false")];
        eve.browser.form(page, &disable).await.expect(404);
        eve.browser.form(page, &[("do", "make_invite")]).await.expect(404);
        eve.browser.form(page, &[("do", "set_sign_up"), ("sign_up", "closed")]).await.expect(404);
        eve.browser.form(page, &[("do", "end_user_sessions"), ("id", &admin.id)]).await.expect(404);
    }
    before.assert_same(&app.rows().await, "forms of an admin by somebody else");
}

async fn f10_an_admin_cannot_read_tasks(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    let task = eve.task_with(json!({"title": "Canary", "notes": "Canary", "tags": ["canary"]})).await;
    admin.api.get(&format!("/api/{}/tasks", eve.id)).await.expect_problem(403, "forbidden");
    admin.api.get(&path_of(&task)).await.expect_problem(404, "not_found");
    for path in ["/admin", "/admin/users", "/api/admin/users", "/api/admin/health", "/api/admin/invites", "/tasks"] {
        let answer = admin.browser.get(path).await.expect(200);
        assert!(!answer.text().to_lowercase().contains("canary"), "{path}: {}", answer.text());
    }
}

async fn f10_who_is_no_admin_any_more_is_none_at_once(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    eve.browser.get("/admin").await.expect(404);
    set(&admin, &eve, json!({"is_admin": true})).await.expect(200);
    eve.browser.get("/admin").await.expect(200);
    set(&eve, &admin, json!({"is_admin": false})).await.expect(200);
    admin.browser.get("/admin").await.expect(404);
    admin.api.get("/api/admin/users").await.expect_problem(404, "not_found");
    set(&admin, &eve, json!({"is_active": false})).await.expect(404);
}

async fn f10_a_link_for_a_new_password_is_shown_once_and_logged(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    let page = admin.browser.form("/admin/users", &[("do", "make_reset_link"), ("id", &eve.id)]).await.expect(200);
    let page = page.text();
    let link = page.split("value=\"").find(|part| part.contains("/reset?token=")).expect("the link");
    assert!(link.starts_with(&app.origin), "{link}");
    assert!(!admin.browser.get("/admin/users").await.expect(200).text().contains("/reset?token="), "shown once");
    let made = admin.api.request("POST", &format!("{}/reset-link", path(&eve))).send().await.expect(201).json();
    let url = made["url"].as_str().unwrap().to_owned();
    let token = url.split_once("token=").unwrap().1;
    assert!(app.takes(&eve.access).await, "the link alone changes nothing");
    let reset = json!({"token": token, "password": "a whole new phrase 9"});
    let answer = app.anonymous().post("/api/auth/reset/confirm", &reset).await;
    assert!(answer.status < 300, "{}", answer.text());
    sign_in(&app.anonymous(), &eve, "a whole new phrase 9").await.expect(200);
    assert_eq!(eve.browser.get("/api/auth/activity").await.status, 401, "every session has ended");
    let program = sign_in(&app.anonymous(), &eve, "a whole new phrase 9").await.expect(200).json();
    let api = app.anonymous().with_bearer(program["access_token"].as_str().unwrap());
    let happened = ["signed_in", "signed_in", "password_reset", "reset_link_made", "reset_link_made", "signed_up"];
    assert_eq!(api.events().await, happened, "both links are told of");
    set(&admin, &eve, json!({"is_active": false})).await.expect(200);
    let kept_out = admin.api.request("POST", &format!("{}/reset-link", path(&eve))).send().await;
    kept_out.expect_problem(404, "not_found");
}

async fn i08_what_an_admin_does_is_in_the_log_of_the_account(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    for change in [json!({"is_active": false}), json!({"is_active": true}), json!({"is_admin": true}), json!({})] {
        set(&admin, &eve, change).await.expect(200);
    }
    set(&admin, &eve, json!({"is_admin": false})).await.expect(200);
    admin.api.delete(&format!("{}/sessions", path(&eve))).await.expect(204);
    let program = app.sign_in_program(&eve).await;
    let log = app.anonymous().with_bearer(&program.access).get("/api/auth/activity").await.expect(200).json();
    let events: Vec<&Value> = log["items"].as_array().unwrap().iter().map(|entry| &entry["event"]).collect();
    assert_eq!(
        events,
        ["signed_in", "ended_by_operator", "admin_taken", "admin_made", "enabled", "disabled", "signed_up"]
    );
    assert_eq!((&log["is_intact"], &log["items"][1]["ip"]), (&json!(true), &Value::Null), "{log}");
}

async fn i09_an_admin_confirms_before_changing_anything(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    let invited = admin.api.request("POST", "/api/admin/invites").send().await.expect(201).json();
    let invite_path = format!("/api/admin/invites/{}", invited["id"].as_str().unwrap());
    app.clock.advance(11 * 60);
    let before = app.rows().await;
    let change = json!({"is_active": false});
    admin.browser.patch(&path(&eve), &change).await.expect_problem(403, "reauth_required");
    admin.browser.delete(&format!("{}/sessions", path(&eve))).await.expect_problem(403, "reauth_required");
    admin.browser.delete(&invite_path).await.expect_problem(403, "reauth_required");
    for path in ["/api/admin/invites".to_owned(), format!("{}/reset-link", path(&eve))] {
        let answer = admin.browser.request("POST", &path).send().await;
        answer.expect_problem(403, "reauth_required");
    }
    for (page, form) in [
        ("/admin/users", vec![("do", "make_reset_link"), ("id", eve.id.as_str())]),
        ("/admin", vec![("do", "make_invite")]),
        ("/admin", vec![("do", "withdraw_invite"), ("id", invited["id"].as_str().unwrap())]),
        ("/admin", vec![("do", "set_sign_up"), ("sign_up", "closed")]),
    ] {
        admin.browser.form(page, &form).await.expect(403);
    }
    let page = admin.browser.get("/admin/users").await.expect(200).text();
    assert!(page.contains("confirm that it is you") && !page.contains("set_user_active"), "{page}");
    let after = app.rows().await;
    assert_eq!((before.count("invites"), before.count("users")), (after.count("invites"), after.count("users")));
    let confirm = [("do", "confirm_identity"), ("password", PASSWORD)];
    admin.browser.form("/admin/users", &confirm).await.expect_redirect("/admin/users");
    admin.browser.patch(&path(&eve), &change).await.expect(200);
}

async fn nobody_keeps_oneself_out_and_the_last_admin_stays(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    set(&admin, &admin, json!({"is_active": false})).await.expect_problem(409, "own_account");
    set(&admin, &admin, json!({"is_admin": false})).await.expect_problem(409, "last_admin");
    let leave = json!({"password": PASSWORD});
    admin.api.json("DELETE", "/api/auth/me", &leave).await.expect_problem(409, "last_admin");
    assert_eq!(admin.api.get("/api/auth/me").await.expect(200).json()["is_admin"], true);
    set(&admin, &eve, json!({"is_admin": true, "is_active": false})).await.expect(200);
    // An admin who is kept out runs nothing.
    set(&admin, &admin, json!({"is_admin": false})).await.expect_problem(409, "last_admin");
    set(&admin, &eve, json!({"is_active": true})).await.expect(200);
    admin.api.json("DELETE", "/api/auth/me", &leave).await.expect(204);
    let eve = app.sign_in_browser(&eve).await;
    // Whoever is alone leaves nobody behind.
    eve.json("DELETE", "/api/auth/me", &leave).await.expect(204);
    assert_eq!(app.all_rows().await.count("users"), 0);
    let next = app.sign_up("next").await;
    assert_eq!(next.api.get("/api/auth/me").await.expect(200).json()["is_admin"], true, "the first again");
}

async fn two_admins_cannot_take_each_other_away_at_once(app: TestApp) {
    let (one, other) = (app.sign_up("one").await, app.sign_up("other").await);
    for _ in 0..5 {
        let (one, other) = (&one, &other);
        let admin = if one.browser.get("/admin").await.status == 200 { one } else { other };
        let second = if admin.id == one.id { other } else { one };
        set(admin, second, json!({"is_admin": true})).await.expect(200);
        let taken = json!({"is_admin": false});
        let (first, then) = tokio::join!(set(one, other, taken.clone()), set(other, one, taken.clone()));
        assert!([200, 404, 409].contains(&first.status) && [200, 404, 409].contains(&then.status));
        let mut admins = 0;
        for person in [one, other] {
            admins += usize::from(person.browser.get("/admin").await.status == 200);
        }
        assert!(admins >= 1, "{} {}", first.status, then.status);
    }
}

fn emails(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|member| member["email"].as_str().unwrap()).collect()
}

async fn accounts_are_found_and_come_in_pages(app: TestApp) {
    let admin = app.sign_up("admin").await;
    let list = async |query: &str| admin.api.get(&format!("/api/admin/users?{query}")).await.expect(200).json();
    for number in 0..51 {
        let body = json!({"email": format!("p{number:02}@mail.example"), "password": PASSWORD, "name": "Zoë 100%"});
        app.anonymous().post("/api/auth/signup", &body).await.expect(201);
    }
    let first = list("").await;
    assert_eq!(first["items"].as_array().unwrap().len(), 50);
    assert_eq!((emails(&first)[0], emails(&first)[49]), ("p50@mail.example", "p01@mail.example"));
    let second = list(&format!("before={}", first["next_before"].as_str().unwrap())).await;
    assert_eq!(emails(&second), ["p00@mail.example", admin.email.as_str()]);
    assert_eq!(second["next_before"], Value::Null);
    assert_eq!(emails(&list("q=P17%40").await), ["p17@mail.example"]);
    assert_eq!(emails(&list("q=100%25").await).len(), 50, "a sign of percent is a letter like any other");
    assert!(emails(&list("q=1%250").await).is_empty() && emails(&list("q=%00").await).len() == 50);
    let member = list("q=admin").await["items"][0].clone();
    assert_eq!(
        (&member["sessions"], &member["is_admin"], &member["is_active"]),
        (&json!(1), &json!(true), &json!(true))
    );
    assert_eq!(member["last_seen_at"], "2026-11-20T10:00:00.000Z");
    admin.api.get("/api/admin/users?before=nonsense").await.expect_problem(422, "invalid");
    let page = admin.browser.get("/admin/users").await.expect(200).text();
    assert!(page.contains("Older accounts") && page.contains("p50@mail.example") && !page.contains("p00@"), "{page}");
}

async fn the_health_of_the_server_is_told(app: TestApp) {
    let admin = app.sign_up("admin").await;
    let health = admin.api.get("/api/admin/health").await.expect(200).json();
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    let database = health["database"].as_str().unwrap();
    assert!(database.starts_with("SQLite 3.") || database.starts_with("PostgreSQL 1"), "{database}");
    assert!(health["database_bytes"].as_i64().unwrap() > 10_000);
    assert!(health["schema"].as_str().unwrap().starts_with("m2026"));
    assert_eq!((&health["accounts"], &health["waiting_hashes"]), (&json!(1), &json!(0)));
    assert_eq!(health["sign_up"], "open");
    let page = admin.browser.get("/admin").await.expect(200).text();
    assert!(page.contains(database) && page.contains("Open."), "{page}");
    assert!(!page.contains("Invite somebody"), "nobody needs an invitation");
}

async fn the_pages_of_admins_work_without_scripts(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    let page = admin.browser.get("/admin/users?q=eve").await.expect(200).text();
    assert!(page.contains(&eve.email) && !page.contains(&format!("Take admin away: {}", admin.email)), "{page}");
    let deed = async |fields: &[(&str, &str)]| admin.browser.form("/admin/users?q=eve", fields).await;
    let back = "/admin/users?q=eve";
    let id = ("id", eve.id.as_str());
    deed(&[("do", "end_user_sessions"), id]).await.expect_redirect(back);
    assert!(!app.takes(&eve.access).await);
    deed(&[("do", "set_user_active"), id, ("is_active", "false")]).await.expect_redirect(back);
    assert!(admin.browser.get(back).await.text().contains("Disabled"));
    deed(&[("do", "set_user_active"), id, ("is_active", "true")]).await.expect_redirect(back);
    deed(&[("do", "set_user_admin"), id, ("is_admin", "true")]).await.expect_redirect(back);
    deed(&[("do", "set_user_admin"), id, ("is_admin", "perhaps")]).await.expect(400);
    let own = [("do", "set_user_active"), ("id", admin.id.as_str()), ("is_active", "false")];
    let page = deed(&own).await.expect(409).text();
    assert!(page.contains("You cannot disable your own account"), "{page}");
    deed(&[("do", "end_user_sessions"), ("id", "nonsense")]).await.expect(404);
    let nobody = admin.browser.get("/admin/users?q=%3Cb%3Enobody").await.expect(200).text();
    assert!(nobody.contains("Nobody is called that.") && !nobody.contains("<b>nobody"));
}
