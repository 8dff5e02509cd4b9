//! Who may make an account: C27, the first admin, invitations.

use crate::harness::{Answer, BEGINNING, Client, Ground, PASSWORD, Person, TestApp, scenarios};
use backend::{Clock, SignUpPolicy};
use serde_json::{Value, json};
use tokio::task::JoinSet;

scenarios![
    b11_the_database_holds_no_invitation,
    c27_of_ten_who_come_first_one_becomes_admin,
    c27_the_first_is_let_in_and_nobody_after,
    c27_an_invitation_makes_one_account_once,
    c27_dead_invitations_let_nobody_in,
    c27_where_invitations_are_needed_nobody_comes_without,
    c27_an_admin_opens_and_closes_the_server,
    c27_what_the_settings_say_no_admin_changes,
    d10_guessing_invitations_is_throttled_by_address,
    an_invitation_is_made_and_used_without_scripts,
];

async fn start(ground: &Ground, policy: SignUpPolicy) -> TestApp {
    TestApp::start(ground, Clock::manual(BEGINNING), |settings| settings.sign_up = Some(policy)).await.unwrap()
}

/// A server that lets in who is invited, and the admin who came before.
async fn by_invitation(app: TestApp) -> (TestApp, Person) {
    let admin = app.sign_up("admin").await;
    (app.restart(|settings| settings.sign_up = Some(SignUpPolicy::Invite)).await, admin)
}

async fn sign_up(client: &Client, number: usize, invite: Option<&str>) -> Answer {
    let email = format!("guest{number}@mail.example");
    client.post("/api/auth/signup", &json!({"email": email, "password": PASSWORD, "invite": invite})).await
}

async fn all_at_once(app: &TestApp, invite: Option<&str>) -> Vec<Answer> {
    let mut guests = JoinSet::new();
    for number in 0..10 {
        let (client, invite) = (app.anonymous(), invite.map(str::to_owned));
        guests.spawn(async move { sign_up(&client, number, invite.as_deref()).await });
    }
    guests.join_all().await
}

fn count(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

async fn invite(admin: &Person) -> (String, String) {
    let made = admin.api.request("POST", "/api/admin/invites").send().await.expect(201).json();
    let url = made["url"].as_str().unwrap();
    let token = url.split_once("/signup?invite=").expect("a link").1.to_owned();
    (made["id"].as_str().unwrap().to_owned(), token)
}

async fn c27_of_ten_who_come_first_one_becomes_admin(app: TestApp) {
    let answers = all_at_once(&app, None).await;
    assert_eq!(count(&answers, 201), 10);
    let admins = answers.iter().filter(|answer| answer.json()["user"]["is_admin"] == true).count();
    assert_eq!(admins, 1);
}

async fn c27_the_first_is_let_in_and_nobody_after(ground: Ground) {
    let app = start(&ground, SignUpPolicy::First).await;
    assert!(app.browser().get("/").await.text().contains("href=\"/signup\""));
    let answers = all_at_once(&app, None).await;
    assert_eq!((count(&answers, 201), count(&answers, 403)), (1, 9));
    assert_eq!(app.all_rows().await.count("users"), 1);
    let first = answers.iter().find(|answer| answer.status == 201).unwrap().json();
    assert_eq!(first["user"]["is_admin"], true);
    let hashes = app.backend.hashes();
    sign_up(&app.anonymous(), 11, None).await.expect_problem(403, "sign_up_closed");
    assert_eq!(app.backend.hashes(), hashes, "refused before any hashing");
    for page in ["/", "/signin", "/signup"] {
        let text = app.browser().get(page).await.expect(200).text();
        assert!(!text.contains("href=\"/signup\"") && !text.contains("value=\"sign_up\""), "{page} shows a way in");
    }
    let app = start(&app.stop().await.0, SignUpPolicy::First).await;
    sign_up(&app.anonymous(), 12, None).await.expect_problem(403, "sign_up_closed");
    assert!(!app.browser().get("/").await.text().contains("href=\"/signup\""), "after a restart too");
}

async fn c27_an_invitation_makes_one_account_once(app: TestApp) {
    let (app, admin) = by_invitation(app).await;
    let (_, token) = invite(&admin).await;
    for method in ["GET", "HEAD", "GET", "GET"] {
        app.browser().request(method, &format!("/signup?invite={token}")).send().await.expect(200);
    }
    let answers = all_at_once(&app, Some(&token)).await;
    assert_eq!((count(&answers, 201), count(&answers, 403)), (1, 9), "{:?}", answers.iter().map(|a| a.status));
    assert!(answers.iter().filter(|answer| answer.status == 403).all(|answer| answer.json()["code"] == "invite_dead"));
    let guest = answers.iter().find(|answer| answer.status == 201).unwrap().json();
    assert_eq!(guest["user"]["is_admin"], false);
    assert_eq!(app.all_rows().await.count("users"), 2);
    assert_eq!(admin.api.get("/api/admin/invites").await.expect(200).json()["items"], json!([]));
    // What could not be taken uses nothing up.
    let (_, token) = invite(&admin).await;
    let weak = json!({"email": "x@mail.example", "password": "password", "invite": token});
    app.anonymous().post("/api/auth/signup", &weak).await.expect(422);
    let known = json!({"email": admin.email, "password": PASSWORD, "invite": token});
    app.anonymous().post("/api/auth/signup", &known).await.expect_problem(409, "email_taken");
    sign_up(&app.anonymous(), 20, Some(&token)).await.expect(201);
}

async fn c27_dead_invitations_let_nobody_in(app: TestApp) {
    let (app, admin) = by_invitation(app).await;
    let (id, withdrawn) = invite(&admin).await;
    admin.api.delete(&format!("/api/admin/invites/{id}")).await.expect(204);
    admin.api.delete(&format!("/api/admin/invites/{id}")).await.expect_problem(404, "not_found");
    let (_, expired) = invite(&admin).await;
    let hashes = app.backend.hashes();
    sign_up(&app.anonymous(), 1, Some(&withdrawn)).await.expect_problem(403, "invite_dead");
    app.clock.advance(7 * 86_400);
    sign_up(&app.anonymous(), 2, Some(&expired)).await.expect_problem(403, "invite_dead");
    sign_up(&app.anonymous(), 3, Some("nonsense")).await.expect_problem(403, "invite_dead");
    assert_eq!(app.backend.hashes(), hashes, "refused before any hashing");
    assert_eq!(app.all_rows().await.count("users"), 1);
}

async fn c27_where_invitations_are_needed_nobody_comes_without(ground: Ground) {
    let app = start(&ground, SignUpPolicy::Invite).await;
    sign_up(&app.anonymous(), 1, None).await.expect_problem(403, "sign_up_closed");
    sign_up(&app.anonymous(), 1, Some("")).await.expect_problem(403, "invite_dead");
    let form = [("do", "sign_up"), ("email", "guest@mail.example"), ("password", PASSWORD)];
    app.browser().form("/signup", &form).await.expect(403);
    assert!(!app.browser().get("/signup").await.expect(200).text().contains("name=\"password\""));
    assert_eq!(app.all_rows().await.count("users"), 0);
}

async fn c27_an_admin_opens_and_closes_the_server(app: TestApp) {
    let (admin, eve) = (app.sign_up("admin").await, app.sign_up("eve").await);
    let set = async |person: &Person, policy: &str| {
        person.api.json("PUT", "/api/admin/sign-up", &json!({"sign_up": policy})).await
    };
    set(&eve, "closed").await.expect_problem(404, "not_found");
    sign_up(&app.anonymous(), 1, None).await.expect(201);
    set(&admin, "closed").await.expect(204);
    let hashes = app.backend.hashes();
    sign_up(&app.anonymous(), 2, None).await.expect_problem(403, "sign_up_closed");
    assert_eq!(app.backend.hashes(), hashes, "refused before any hashing");
    assert!(!app.browser().get("/").await.expect(200).text().contains("href=\"/signup\""));
    // An invitation lets in nonetheless.
    let (_, token) = invite(&admin).await;
    sign_up(&app.anonymous(), 3, Some(&token)).await.expect(201);
    sign_up(&app.anonymous(), 4, Some(&token)).await.expect_problem(403, "invite_dead");
    // It is chosen for good, and for every server.
    let app = app.restart(|_| ()).await;
    let admin =
        Person { api: app.anonymous().with_bearer(&admin.access), browser: app.sign_in_browser(&admin).await, ..admin };
    assert!(!app.browser().get("/").await.expect(200).text().contains("href=\"/signup\""));
    sign_up(&app.anonymous(), 5, None).await.expect_problem(403, "sign_up_closed");
    let faults = set(&admin, "ajar").await.expect_problem(422, "invalid").faulty_fields();
    assert_eq!(faults, ["sign_up"]);
    let form = |policy: &'static str| [("do", "set_sign_up"), ("sign_up", policy)];
    admin.browser.form("/admin", &form("ajar")).await.expect(422);
    admin.browser.form("/admin", &form("open")).await.expect_redirect("/admin");
    assert!(admin.browser.get("/admin").await.expect(200).text().contains("Anybody who reaches this server"));
    sign_up(&app.anonymous(), 6, None).await.expect(201);
    app.clock.advance(11 * 60);
    admin.browser.form("/admin", &form("closed")).await.expect(403);
    sign_up(&app.anonymous(), 7, None).await.expect(201);
}

async fn c27_what_the_settings_say_no_admin_changes(app: TestApp) {
    let (app, admin) = by_invitation(app).await;
    let body = json!({"sign_up": "open"});
    let answer = admin.api.json("PUT", "/api/admin/sign-up", &body).await.expect_problem(422, "invalid");
    assert_eq!(answer.json()["errors"][0]["code"], "set_elsewhere");
    sign_up(&app.anonymous(), 1, None).await.expect_problem(403, "sign_up_closed");
    let health = admin.api.get("/api/admin/health").await.expect(200).json();
    assert_eq!((&health["sign_up"], &health["is_sign_up_ordered"]), (&json!("invite"), &json!(true)));
    let page = admin.browser.get("/admin").await.expect(200).text();
    assert!(page.contains("TICKBOX_SIGNUP decides") && !page.contains("value=\"set_sign_up\""), "{page}");
}

async fn b11_the_database_holds_no_invitation(app: TestApp) {
    let (app, admin) = by_invitation(app).await;
    let (id, token) = invite(&admin).await;
    let rows = app.all_rows().await;
    assert!(rows.mention(&id) && !rows.mention(&token), "{rows:?}");
    let list = admin.api.get("/api/admin/invites").await.expect(200);
    assert!(list.text().contains(&id) && !list.text().contains(&token));
}

async fn d10_guessing_invitations_is_throttled_by_address(app: TestApp) {
    let (app, admin) = by_invitation(app).await;
    let (_, token) = invite(&admin).await;
    for number in 0..100 {
        sign_up(&app.anonymous(), number, Some("guessed")).await.expect_problem(403, "invite_dead");
    }
    let answer = sign_up(&app.anonymous(), 1, Some(&token)).await.expect_problem(429, "too_many_attempts");
    app.clock.advance(answer.header("retry-after").parse().unwrap());
    sign_up(&app.anonymous(), 1, Some(&token)).await.expect(201);
}

async fn an_invitation_is_made_and_used_without_scripts(app: TestApp) {
    let (app, admin) = by_invitation(app).await;
    let page = admin.browser.form("/admin", &[("do", "make_invite")]).await.expect(200).text();
    let link = page.split("value=\"").find(|part| part.contains("/signup?invite=")).expect("the link");
    let link = link.split('"').next().unwrap().to_owned();
    assert!(link.starts_with(&app.origin), "{link}");
    assert!(!admin.browser.get("/admin").await.expect(200).text().contains("/signup?invite="), "shown once");
    let path = link.strip_prefix(&app.origin).unwrap();
    let token = path.split_once('=').unwrap().1;
    let guest = app.browser();
    assert!(guest.get(path).await.expect(200).text().contains(&format!("name=\"invite\" value=\"{token}\"")));
    let form = |password: &'static str| {
        [("do", "sign_up"), ("invite", token), ("email", "guest@mail.example"), ("password", password)]
    };
    let page = guest.form("/signup", &form("short")).await.expect(422).text();
    assert!(page.contains(&format!("name=\"invite\" value=\"{token}\"")), "the invitation is not lost: {page}");
    guest.form("/signup", &form(PASSWORD)).await.expect_redirect("/dashboard");
    guest.get("/tasks").await.expect(200);
    let page = app.browser().form("/signup", &form(PASSWORD)).await.expect(403).text();
    assert!(page.contains("This invitation has been used or has run out"), "{page}");
    let (id, _) = invite(&admin).await;
    admin.browser.form("/admin", &[("do", "withdraw_invite"), ("id", &id)]).await.expect_redirect("/admin");
    assert_eq!(admin.api.get("/api/admin/invites").await.expect(200).json()["items"], Value::from(Vec::<Value>::new()));
}
