//! What guards an account once somebody is in it: I06–I09, and the log's side of B01. I06's scan for what is left behind
//! runs over every table there is.

use crate::harness::{BEGINNING, Kind, PASSWORD, TestApp, database, scenarios, tokens::Token};
use aws_lc_rs::digest;
use serde_json::{Value, json};

scenarios![
    b01_a_stolen_token_is_written_down,
    i06_a_deleted_account_leaves_no_row,
    i06_deleting_takes_the_password,
    i07_an_export_holds_what_is_ones_own_and_no_secret,
    i08_what_happened_is_written_down,
    i08_ended_devices_are_written_down,
    i08_guesses_of_strangers_are_told_on_a_known_device,
    i08_an_outsider_can_check_the_log_that_was_taken_away,
    i08_a_log_that_was_changed_in_the_database_says_so,
    i09_eleven_minutes_after_the_password_it_is_asked_for_again,
    the_pages_of_devices_activity_and_data_work_without_scripts,
];

async fn b01_a_stolen_token_is_written_down(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let stolen = app.sign_in_program(&ada).await;
    app.refreshed(&stolen.refresh).await;
    app.clock.advance(60);
    app.refresh(&stolen.refresh).await.expect(401);
    assert_eq!(ada.api.events().await[0], "stolen_token_used");
}

async fn i06_a_deleted_account_leaves_no_row(app: TestApp) {
    let eve = app.sign_up("eve").await;
    eve.task("Hers").await;
    let before = app.all_rows().await;
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Canary", "notes": "Canary", "tags": ["canary"]})).await;
    ada.api.delete(&crate::harness::path_of(&task)).await.expect(204);
    app.sign_in_browser(&ada).await;
    ada.browser
        .form("/settings/data", &[("do", "delete_account"), ("password", PASSWORD)])
        .await
        .expect_redirect("/?deleted=1");
    assert!(!ada.browser.has_session() && ada.browser.cookie("tickbox_dev").is_none());
    let after = app.all_rows().await;
    assert!(!after.mention(&ada.id) && !after.mention("canary") && !after.mention("ada@"), "{after:?}");
    before.assert_same(&after, "an account that came and went");
    if app.ground.kind == Kind::Sqlite {
        let found = "SELECT CAST(count(*) AS TEXT) AS a, '' AS b FROM search_index WHERE search_index MATCH 'can'";
        assert_eq!(
            database::pairs(&app.ground.connect().await, found).await[0].0,
            "0",
            "the index of words still finds it"
        );
    }
    app.sign_up("ada").await;
}

async fn i06_deleting_takes_the_password(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    let fields = [("do", "delete_account"), ("password", "not it at all")];
    let page = ada.browser.form("/settings/data", &fields).await.expect(422);
    assert!(page.text().contains("This is not your current password"), "{}", page.text());
    before.assert_same(&app.rows().await, "a wrong password");
}

async fn i07_an_export_holds_what_is_ones_own_and_no_secret(app: TestApp) {
    let (ada, eve) = (app.sign_up("ada").await, app.sign_up("eve").await);
    eve.task("Eve's own").await;
    let binned = ada.task("In the bin").await;
    ada.task_with(json!({"title": "Kept", "tags": ["home"]})).await;
    ada.api.delete(&crate::harness::path_of(&binned)).await.expect(204);
    let answer = ada.browser.get("/api/auth/export").await.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"tickbox.json\"");
    let export = answer.json();
    let titles: Vec<&Value> = export["tasks"].as_array().unwrap().iter().map(|task| &task["title"]).collect();
    assert_eq!(titles, ["In the bin", "Kept"]);
    assert_eq!(export["user"]["email"], ada.email.as_str());
    let text = answer.text();
    for secret in ["argon2", "password_hash", ada.access.as_str(), ada.refresh.as_str(), "Eve's own", "eve@", &eve.id] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

async fn i08_what_happened_is_written_down(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for _ in 0..2 {
        let wrong = json!({"email": ada.email, "password": "not it at all"});
        app.anonymous().post("/api/auth/signin", &wrong).await.expect(401);
    }
    let program = app.sign_in_program(&ada).await;
    app.anonymous().with_bearer(&program.access).request("POST", "/api/auth/signout").send().await.expect(204);
    let change = json!({"current_password": PASSWORD, "new_password": "a whole new phrase 9"});
    ada.api.post("/api/auth/password", &change).await.expect(204);
    ada.api.delete("/api/auth/sessions").await.expect(204);
    ada.api.post("/api/auth/confirm", &json!({"password": "a whole new phrase 9"})).await.expect(204);
    let happened = ["confirmed", "other_devices_ended", "password_changed", "signed_out", "signed_in", "signed_up"];
    assert_eq!(ada.api.events().await, happened);
    let log = ada.api.get("/api/auth/activity?before=3").await.expect(200).json();
    assert_eq!((&log["items"][0]["number"], &log["items"][0]["failures_before"]), (&json!(2), &json!(2)));
    assert_eq!(log["items"].as_array().unwrap().len(), 2);
    ada.api.get("/api/auth/activity?before=soon").await.expect_problem(422, "invalid");
}

async fn i08_ended_devices_are_written_down(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let lost = app.sign_in_program(&ada).await;
    let lost_id = Token::read(&lost.access).claims["sid"].as_str().unwrap().to_owned();
    ada.api.delete(&format!("/api/auth/sessions/{lost_id}")).await.expect(204);
    ada.browser.form("/settings", &[("do", "sign_out_everywhere")]).await.expect_redirect("/signin");
    let back = app.sign_in_program(&ada).await;
    let happened = ["signed_in", "signed_out_everywhere", "device_ended", "signed_in", "signed_up"];
    assert_eq!(app.anonymous().with_bearer(&back.access).events().await, happened);
}

async fn i08_guesses_of_strangers_are_told_on_a_known_device(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for client in [app.anonymous(), app.anonymous(), ada.browser.clone()] {
        let wrong = json!({"email": ada.email, "password": "not it at all"});
        client.post("/api/auth/signin", &wrong).await.expect(401);
    }
    let right = json!({"email": ada.email, "password": PASSWORD});
    ada.browser.post("/api/auth/signin", &right).await.expect(200);
    let log = ada.browser.get("/api/auth/activity").await.expect(200).json();
    assert_eq!((&log["items"][0]["event"], &log["items"][0]["failures_before"]), (&json!("signed_in"), &json!(3)));
}

async fn i08_an_outsider_can_check_the_log_that_was_taken_away(app: TestApp) {
    let (ada, eve) = (app.sign_up("ada").await, app.sign_up("eve").await);
    app.clock.advance(61);
    app.sign_in_program(&ada).await;
    assert!(ada.browser.get("/settings/activity").await.expect(200).text().contains("href=\"/api/auth/activity/log\""));
    let answer = ada.browser.get("/api/auth/activity/log").await.expect(200);
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"tickbox-activity.json\"");
    assert!(!answer.text().contains(&eve.id));
    let log = answer.json();
    assert_eq!((&log["user_id"], &log["is_intact"]), (&json!(ada.id), &json!(true)));
    let (mut before, entries) = (String::new(), log["entries"].as_array().unwrap());
    assert_eq!(entries.len(), 2);
    for (entry, at) in entries.iter().zip([BEGINNING.millis(), BEGINNING.millis() + 61_000]) {
        let whole = json!([
            before,
            log["user_id"],
            [entry["number"], at, entry["event"], entry["failures_before"]],
            [entry["ip"], entry["user_agent"]]
        ]);
        let hash = digest::digest(&digest::SHA256, whole.to_string().as_bytes());
        before = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(entry["hash"], before.as_str(), "{entry}");
    }
}

async fn i08_a_log_that_was_changed_in_the_database_says_so(app: TestApp) {
    let ada = app.sign_up("ada").await;
    app.sign_in_program(&ada).await;
    let database = app.ground.connect().await;
    database::execute(&database, "UPDATE security_log SET ip = '203.0.113.9' WHERE number = 1").await;
    let log = ada.api.get("/api/auth/activity").await.expect(200).json();
    assert_eq!(log["is_intact"], false);
    let page = ada.browser.get("/settings/activity").await.expect(200).text();
    assert!(page.contains("The log does not match its hashes"), "{page}");
}

async fn i09_eleven_minutes_after_the_password_it_is_asked_for_again(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.browser.get("/api/auth/export").await.expect(200);
    app.clock.advance(11 * 60);
    ada.browser.get("/api/auth/export").await.expect_problem(403, "reauth_required");
    assert!(ada.browser.get("/settings/data").await.expect(200).text().contains("confirm that it is you"));
    ada.browser.form("/settings/data", &[("do", "confirm_identity"), ("password", "wrong")]).await.expect(422);
    ada.browser.get("/api/auth/export").await.expect(403);
    let confirm = [("do", "confirm_identity"), ("password", PASSWORD)];
    ada.browser.form("/settings/data", &confirm).await.expect_redirect("/settings/data");
    ada.browser.get("/api/auth/export").await.expect(200);
}

async fn the_pages_of_devices_activity_and_data_work_without_scripts(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let phone = app.sign_in_browser(&ada).await;
    let devices = ada.api.get("/api/auth/sessions").await.expect(200).json();
    let other = devices["items"].as_array().unwrap().iter().find(|device| device["is_current"] == false).unwrap();
    let page = ada.browser.get("/settings/devices").await.expect(200).text();
    assert!(page.contains("This device") && page.contains(other["id"].as_str().unwrap()), "{page}");
    let end = [("do", "end_device"), ("id", other["id"].as_str().unwrap())];
    ada.browser.form("/settings/devices", &end).await.expect_redirect("/settings/devices");
    phone.get("/tasks").await.expect(303);
    let page = ada.browser.get("/settings/activity").await.expect(200).text();
    assert!(page.contains("A device was signed out") && page.contains("The account was made"), "{page}");
    ada.browser.form("/settings/devices", &[("do", "end_device"), ("id", "nonsense")]).await.expect(404);
}
