//! Attacks on sessions, B07–B15: fixation, planted cookies, other people's sessions, what is stored of them, restarts.

use crate::harness::{BEGINNING, Ground, Kind, PASSWORD, SECRET, TestApp, scenarios, tokens::Token};
use backend::Clock;
use serde_json::json;

scenarios![
    b07_signing_in_ends_the_session_before_it,
    b08_planted_cookies_are_not_adopted,
    b09_ending_anothers_session_is_404_like_any_other,
    b10_the_list_of_sessions_shows_no_token,
    b11_the_database_holds_no_usable_secret,
    b12_signing_out_while_refreshing_ends_signed_out,
    b13_the_fifty_first_session_ends_the_oldest,
    b14_sessions_survive_a_restart,
    b14_without_its_key_nothing_is_trusted,
    b15_a_session_for_this_visit_alone,
];

async fn b07_signing_in_ends_the_session_before_it(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!({"email": ada.email, "password": PASSWORD});
    ada.browser.post("/api/auth/signin", &body).await.expect(200);
    let access = ada.browser.cookie("tickbox_at").unwrap();
    assert_ne!(Token::read(&access).claims["sid"], Token::read(&ada.access).claims["sid"]);
    assert!(app.takes(&access).await);
    assert!(!app.takes(&ada.access).await, "the session before is ended");
    app.refresh(&ada.refresh).await.expect_problem(401, "unauthenticated");
}

async fn b08_planted_cookies_are_not_adopted(app: TestApp) {
    let (ada, mallory) = (app.sign_up("ada").await, app.sign_up("mallory").await);
    for (access, refresh) in [(mallory.access.as_str(), mallory.refresh.as_str()), ("planted", "planted")] {
        let victim = app.browser();
        victim.set_cookie("tickbox_at", access);
        victim.set_cookie("tickbox_rt", refresh);
        victim.post("/api/auth/signin", &json!({"email": ada.email, "password": PASSWORD})).await.expect(200);
        assert_ne!(victim.cookie("tickbox_at").as_deref(), Some(access));
        assert_ne!(victim.cookie("tickbox_rt").as_deref(), Some(refresh));
        assert_eq!(victim.get("/api/auth/me").await.expect(200).json()["id"], ada.id.as_str());
    }
    let attacker = app.anonymous().with_bearer(&mallory.access).get("/api/auth/me").await;
    assert!(attacker.status == 401 || attacker.json()["id"] == mallory.id.as_str());
}

async fn b09_ending_anothers_session_is_404_like_any_other(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let session = Token::read(&bob.access).claims["sid"].as_str().unwrap().to_owned();
    let answers = [
        ada.api.delete(&format!("/api/auth/sessions/{session}")).await,
        ada.api.delete("/api/auth/sessions/0193a5f0-1111-7abc-8def-000000000001").await,
        ada.api.delete("/api/auth/sessions/nonsense").await,
    ];
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (404, &answers[1].body), "{}", answer.text());
    }
    assert!(app.takes(&bob.access).await);
}

async fn b10_the_list_of_sessions_shows_no_token(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!({"email": ada.email, "password": PASSWORD});
    let agent = "<script>alert(1)</script>\u{20ac}";
    app.anonymous()
        .request("POST", "/api/auth/signin")
        .header("user-agent", agent)
        .json(&body)
        .send()
        .await
        .expect(200);
    let list = ada.api.get("/api/auth/sessions").await.expect(200);
    for part in ada.access.split('.').chain(ada.refresh.split('.').skip(1)).filter(|part| part.len() > 8) {
        assert!(!list.text().contains(part), "{part} stands in the list");
    }
    let list = list.json();
    let devices = list["items"].as_array().expect("a list of sessions");
    assert_eq!(devices.len(), 2);
    let known = ["created_at", "expires_at", "id", "ip", "is_current", "last_used_at", "user_agent"];
    for device in devices {
        let mut names: Vec<&str> = device.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, known);
    }
    let page = ada.browser.get("/settings/devices").await.expect(200).text();
    assert!(!page.contains("<script>alert(1)</script>"));
    for token in [&ada.access, &ada.refresh] {
        assert!(!page.contains(token.rsplit('.').next().unwrap()), "a token stands on the page");
    }
}

async fn b11_the_database_holds_no_usable_secret(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let renewed = app.refreshed(&app.sign_in_program(&ada).await.refresh).await;
    let rows = app.all_rows().await;
    for token in [&ada.access, &ada.refresh, &renewed.access, &renewed.refresh] {
        let signature = token.rsplit('.').next().unwrap();
        assert!(!rows.mention(token) && !rows.mention(signature), "a token is stored");
    }
    assert!(!rows.mention(PASSWORD) && !rows.mention(SECRET));
    for file in std::fs::read_dir(&app.ground.folder).unwrap() {
        let path = file.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(&path).unwrap() } else { Vec::new() };
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(renewed.refresh.as_str()) && !text.contains(PASSWORD), "{} tells", path.display());
    }
}

async fn b12_signing_out_while_refreshing_ends_signed_out(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for _ in 0..5 {
        let session = app.sign_in_program(&ada).await;
        let program = app.anonymous().with_bearer(&session.access);
        let (refreshed, signed_out) =
            tokio::join!(app.refresh(&session.refresh), program.request("POST", "/api/auth/signout").send());
        signed_out.expect(204);
        assert!(!app.takes(&session.access).await);
        app.refresh(&session.refresh).await.expect(401);
        if refreshed.status == 200 {
            assert!(!app.takes(refreshed.json()["access_token"].as_str().unwrap()).await);
            app.refresh(refreshed.json()["refresh_token"].as_str().unwrap()).await.expect(401);
        }
    }
}

async fn b13_the_fifty_first_session_ends_the_oldest(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let mut sessions = Vec::new();
    for _ in 0..50 {
        app.clock.advance(1);
        sessions.push(app.sign_in_program(&ada).await);
    }
    assert!(!app.takes(&ada.access).await, "the oldest is ended");
    for session in &sessions {
        assert!(app.takes(&session.access).await);
    }
    let newest = app.anonymous().with_bearer(&sessions[49].access);
    assert_eq!(newest.get("/api/auth/sessions").await.expect(200).json()["items"].as_array().unwrap().len(), 50);
}

async fn b14_sessions_survive_a_restart(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let app = app.restart(|_| ()).await;
    assert!(app.takes(&ada.access).await);
    app.refreshed(&ada.refresh).await;
}

async fn b14_without_its_key_nothing_is_trusted(ground: Ground) {
    let clock = Clock::manual(BEGINNING);
    let started = TestApp::start(&ground, clock.clone(), |settings| settings.jwt_secret = None).await;
    let app = match (ground.kind, started) {
        (Kind::Sqlite, started) => started.expect("an embedded database gets a secret of its own"),
        (Kind::Postgres, Err(why)) => return assert!(why.contains("JWT_SECRET"), "{why}"),
        (Kind::Postgres, Ok(_)) => panic!("a server without a secret must not start on PostgreSQL"),
    };
    app.sign_up("ada").await;
    let (address, origin) = (app.address, app.origin.clone());
    let (ground, clock) = app.stop().await;
    let mut keys = 0;
    for file in std::fs::read_dir(&ground.folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() && path.extension().is_none() {
            let mode = std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
            std::fs::remove_file(path).unwrap();
            keys += 1;
        }
    }
    assert_eq!(keys, 1, "one file holds the generated secret");
    let again = TestApp::start(&ground, clock, |settings| {
        (settings.address, settings.base_url, settings.jwt_secret) = (address, Some(origin), None);
    })
    .await;
    let Err(why) = again else { panic!("a new key would sign everybody out: the server must not start") };
    assert!(why.contains("jwt_secret") && why.contains("Restore it"), "{why}");
}

async fn b15_a_session_for_this_visit_alone(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = json!({"email": ada.email, "password": PASSWORD, "remember": false});
    let answers = [
        app.browser().post("/api/auth/signin", &body).await.expect(200),
        app.browser()
            .form("/signin", &[("do", "sign_in"), ("email", &ada.email), ("password", PASSWORD)])
            .await
            .expect(303),
    ];
    for answer in &answers {
        // The mark of a known device opens nothing, and stays.
        let cookies = answer.set_cookies();
        let of_session: Vec<_> = cookies.iter().filter(|cookie| !cookie.starts_with("tickbox_dev=")).collect();
        assert_eq!(of_session.len(), 2);
        for cookie in of_session {
            assert!(
                !cookie.to_lowercase().contains("max-age") && !cookie.to_lowercase().contains("expires"),
                "{cookie}"
            );
        }
    }
    let fields = [("do", "sign_in"), ("email", ada.email.as_str()), ("password", PASSWORD), ("remember", "true")];
    let remembered = app.browser().form("/signin", &fields).await.expect(303);
    assert!(remembered.set_cookies().iter().all(|cookie| cookie.contains("Max-Age=")));
}
