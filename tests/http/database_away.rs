//! The database goes away under a running server: a plain 503, nothing lost, and all is well when it comes back.

use crate::harness::{
    Answer, BEGINNING, Forwarder, Ground, TestApp,
    database::{admin_url, connect, execute},
    scenarios,
};
use backend::Clock;
use sea_orm::ConnectionTrait;
use serde_json::json;
use std::time::Duration;
use tokio::{task::JoinSet, time::timeout};

/// Far less than a request may take in all, and more than it takes to find out on a busy machine.
const SOON: Duration = Duration::from_secs(15);

scenarios![on postgres: a_postgres_server_that_lets_nobody_in, a_postgres_server_whose_port_is_closed];
scenarios![on sqlite: a_file_that_another_process_holds];

#[track_caller]
fn assert_away(answer: Answer) {
    let answer = answer.expect_problem(503, "unavailable");
    assert!(answer.json()["detail"].as_str().unwrap().contains("database cannot be reached"), "{}", answer.text());
    assert!(answer.headers.contains_key("retry-after"), "503 says when to come again");
    answer.assert_tells_nothing_inner();
}

async fn a_postgres_server_that_lets_nobody_in(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task("Before").await;
    app.anonymous().get("/readyz").await.expect(200);
    let name = app.ground.url.rsplit('/').next().unwrap().to_owned();
    let admin = connect(&admin_url()).await;
    execute(&admin, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await;
    let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    execute(&admin, &cut).await;

    assert_away(ada.api.get("/api/me/tasks").await);
    assert_away(ada.api.post("/api/me/tasks", &json!({"title": "Lost?"})).await);
    assert_away(app.anonymous().post("/api/auth/signin", &json!({"email": ada.email, "password": "x"})).await);
    app.anonymous().get("/readyz").await.expect(503);
    app.anonymous().get("/healthz").await.expect(200);
    app.anonymous().get("/").await.expect(200);
    let page = ada.browser.get("/tasks").await.expect(503);
    assert!(page.text().contains("database cannot be reached"), "{}", page.text());
    page.assert_tells_nothing_inner();
    assert!(ada.browser.has_session(), "nobody is signed out by it");
    let typed = [("do", "add_task"), ("title", "Typed in vain?")];
    let form = ada.browser.form("/tasks", &typed).await.expect(503);
    assert!(!form.set_cookies().iter().any(|cookie| cookie.contains("Max-Age=0")));

    execute(&admin, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await;
    admin.close().await.unwrap();
    assert_eq!(ada.titles("status=all").await, ["Before"]);
    ada.task("After").await;
    ada.browser.get("/tasks").await.expect(200);
    app.anonymous().get("/readyz").await.expect(200);
}

async fn a_postgres_server_whose_port_is_closed(ground: Ground) {
    let (mut way, ground) = Forwarder::before(&ground).await;
    let app = TestApp::start(&ground, Clock::manual(BEGINNING), |_| ()).await.expect("the server starts");
    let ada = app.sign_up("ada").await;
    ada.task("Before").await;
    way.close().await;

    let ready = timeout(SOON, app.anonymous().get("/readyz")).await.expect("readiness is told soon");
    ready.expect(503);
    app.anonymous().get("/healthz").await.expect(200);
    let mut asking = JoinSet::new();
    for number in 0..40 {
        let (api, guest, email) = (ada.api.clone(), app.anonymous(), ada.email.clone());
        asking.spawn(async move {
            match number % 3 {
                0 => api.get("/api/me/tasks").await,
                1 => api.post("/api/me/tasks", &json!({"title": "Lost?"})).await,
                _ => guest.post("/api/auth/signin", &json!({"email": email, "password": "x"})).await,
            }
        });
    }
    for answer in timeout(SOON, asking.join_all()).await.expect("however many ask, they are told soon") {
        assert_away(answer);
    }
    let page = timeout(SOON, ada.browser.get("/tasks")).await.expect("so is who looks at a page").expect(503);
    page.assert_tells_nothing_inner();
    assert!(page.text().contains("href=\"/tasks\">Try again"), "{}", page.text());
    let typed = [("do", "add_task"), ("title", "\"Milk\" & <eggs>"), ("notes", "one\r\ntwo")];
    let kept = timeout(SOON, ada.browser.form("/tasks?status=all", &typed)).await.expect("so is who sends a form");
    let kept = kept.expect(503);
    assert!(kept.header("content-security-policy").contains("form-action 'self'"));
    for part in [
        "<form method=\"post\" action=\"/tasks?status=all\">",
        "name=\"do\" value=\"add_task\"",
        "name=\"title\" value=\"&quot;Milk&quot; &amp; &lt;eggs&gt;\"",
        "name=\"notes\" value=\"one\r\ntwo\"",
        "<button class=\"button\" type=\"submit\">Try again</button>",
    ] {
        assert!(kept.text().contains(part), "{part}: {}", kept.text());
    }
    let entry = [("do", "sign_in"), ("email", &ada.email), ("password", "a secret of mine"), ("next", "/today")];
    let kept = timeout(SOON, app.browser().form("/signin", &entry)).await.expect("guests too").expect(503).text();
    assert!(kept.contains(&ada.email) && kept.contains("value=\"/today\""), "{kept}");
    assert!(!kept.contains("a secret of mine") && !kept.contains("name=\"password\""), "{kept}");

    way.open().await;
    assert_eq!(ada.titles("status=all").await, ["Before"]);
    ada.browser.form("/tasks?status=all", &typed).await.expect(303);
    assert_eq!(ada.titles("status=all&q=eggs").await, [typed[1].1], "what was kept is taken as it was typed");
    ada.task("After").await;
    app.anonymous().get("/readyz").await.expect(200);
}

async fn a_file_that_another_process_holds(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task("Before").await;
    let other = app.ground.connect().await;
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    assert_eq!(ada.titles("").await, ["Before"], "reading goes on");
    app.anonymous().get("/healthz").await.expect(200);
    let (api, body) = (ada.api.clone(), json!({"title": "Waiting"}));
    let patient = tokio::spawn(async move { api.post("/api/me/tasks", &body).await });
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!patient.is_finished(), "a writer waits for its turn");
    other.execute_unprepared("ROLLBACK").await.unwrap();
    patient.await.unwrap().expect(201);

    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let refused = ada.api.post("/api/me/tasks", &json!({"title": "Too long"})).await;
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.headers.contains_key("retry-after"));
    refused.assert_tells_nothing_inner();
    other.execute_unprepared("ROLLBACK").await.unwrap();
    other.close().await.unwrap();
    ada.task("After").await;
    let mut titles = ada.titles("").await;
    titles.sort();
    assert_eq!(titles, ["After", "Before", "Waiting"]);
}
