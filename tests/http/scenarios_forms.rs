//! The same scenarios on the pages, as a browser without JavaScript goes through them: every form posts to the page it
//! stands on and is answered by a redirect, or by the page itself with what was typed and what is wrong.

use crate::harness::{Answer, Client, PASSWORD, TestApp, path_of, scenarios};
use serde_json::json;

scenarios![
    s01_signing_up_leads_to_the_dashboard,
    s02_a_known_email_is_told_beside_the_field,
    s03_a_short_password_is_told_beside_the_field,
    s04_a_bad_email_is_told_beside_the_field,
    s05_signing_in_leads_to_the_dashboard,
    s06_a_wrong_password_keeps_the_email_and_drops_the_password,
    s08_whoever_is_signed_in_sees_no_sign_in_form,
    s09_the_list_shows_own_tasks_alone,
    s13_signing_out_leads_to_sign_in,
    s14_what_was_typed_survives_an_expired_session,
    s15_a_form_without_a_session_leads_to_sign_in,
    s16_a_task_is_added_completed_edited_deleted_and_restored,
    s18_a_form_with_anothers_task_changes_nothing,
    a_refused_task_keeps_everything_typed,
    the_profile_is_saved,
];

/// The element whose tag holds this text, up to its end.
fn tag_with<'a>(page: &'a str, text: &str) -> &'a str {
    let at = page.find(text).unwrap_or_else(|| panic!("no {text:?} in {page}"));
    let start = page[..at].rfind('<').unwrap();
    &page[start..=start + page[start..].find('>').unwrap()]
}

/// Fails unless the page tells this message beside this field, and links the two for a screen reader.
#[track_caller]
fn assert_told(answer: &Answer, field: &str, message: &str) {
    let page = answer.text();
    let told = format!("id=\"{field}-error\"");
    let at = page.find(&told).unwrap_or_else(|| panic!("no message for {field} in {page}"));
    assert!(page[at..].chars().take(400).collect::<String>().contains(message), "{field}: {}", &page[at..at + 300]);
    let input = tag_with(&page, &format!("name=\"{field}\""));
    assert!(input.contains("aria-invalid=\"true\""), "{input}");
    assert!(input.contains(&format!("{field}-error")), "{input}");
    assert!(input.contains("autofocus"), "focus goes to the first field at fault: {input}");
}

async fn sign_in(browser: &Client, email: &str, password: &str) -> Answer {
    browser.form("/signin", &[("do", "sign_in"), ("email", email), ("password", password), ("remember", "true")]).await
}

async fn s01_signing_up_leads_to_the_dashboard(app: TestApp) {
    let browser = app.browser();
    let fields = [
        ("do", "sign_up"),
        ("email", "ada@mail.example"),
        ("password", PASSWORD),
        ("name", "Ada"),
        ("time_zone", "Europe/Berlin"),
        ("next", ""),
    ];
    browser.form("/signup", &fields).await.expect_redirect("/dashboard");
    let page = browser.get("/dashboard").await.expect(200).text();
    assert!(page.contains("Good morning, Ada") || page.contains("Good day, Ada"), "{page}");
    let me = browser.get("/api/auth/me").await.expect(200).json();
    assert_eq!(me["settings"]["time_zone"], "Europe/Berlin");
}

async fn s02_a_known_email_is_told_beside_the_field(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let browser = app.browser();
    let fields = [("do", "sign_up"), ("email", &ada.email), ("password", "another good password")];
    let answer = browser.form("/signup", &fields).await.expect(409);
    assert_told(&answer, "email", "Email already registered");
    assert!(!browser.has_session());
    assert_eq!(app.rows().await.count("users"), 1);
}

async fn s03_a_short_password_is_told_beside_the_field(app: TestApp) {
    let fields = [("do", "sign_up"), ("email", "ada@mail.example"), ("password", "seven77")];
    let answer = app.browser().form("/signup", &fields).await.expect(422);
    assert_told(&answer, "password", "at least 8 characters");
    assert!(tag_with(&answer.text(), "name=\"email\"").contains("ada@mail.example"), "the e-mail is still there");
    assert!(!answer.text().contains("seven77"), "a password never comes back");
}

async fn s04_a_bad_email_is_told_beside_the_field(app: TestApp) {
    let fields = [("do", "sign_up"), ("email", "not-an-address"), ("password", PASSWORD)];
    let answer = app.browser().form("/signup", &fields).await.expect(422);
    assert_told(&answer, "email", "Invalid email format");
    assert!(answer.text().contains("not-an-address"), "what was typed is still there");
}

async fn s05_signing_in_leads_to_the_dashboard(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let browser = app.browser();
    sign_in(&browser, &ada.email, PASSWORD).await.expect_redirect("/dashboard");
    browser.get("/dashboard").await.expect(200);
}

async fn s06_a_wrong_password_keeps_the_email_and_drops_the_password(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let browser = app.browser();
    let known = sign_in(&browser, &ada.email, "not her password").await.expect(401);
    let page = known.text();
    let alert = &page[page.find("role=\"alert\"").unwrap_or_else(|| panic!("no alert in {page}"))..];
    assert!(alert.contains("Invalid credentials"), "{page}");
    assert!(page.contains(&ada.email) && !page.contains("not her password"));
    assert!(!browser.has_session());

    let unknown = sign_in(&browser, "bob@mail.example", "not her password").await.expect(401);
    assert!(unknown.text().contains("Invalid credentials"), "an unknown e-mail is told the same");
}

async fn s08_whoever_is_signed_in_sees_no_sign_in_form(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for page in ["/signin", "/signup"] {
        ada.browser.get(page).await.expect_redirect("/dashboard");
    }
    let home = ada.browser.get("/").await.expect(200).text();
    assert!(home.contains("Open your tasks"), "{home}");
}

async fn s09_the_list_shows_own_tasks_alone(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    ada.task("Water the ferns").await;
    bob.task("Oil the bicycle").await;
    for page in ["/tasks", "/dashboard", "/tasks?status=all", "/tasks?q=the"] {
        let text = ada.browser.get(page).await.expect(200).text();
        assert!(!text.contains("Oil the bicycle"), "{page} shows another's task");
    }
    assert!(ada.browser.get("/tasks").await.text().contains("Water the ferns"));
}

async fn s13_signing_out_leads_to_sign_in(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let thief = ada.browser.copied();
    ada.browser.form("/dashboard", &[("do", "sign_out")]).await.expect_redirect("/signin");
    assert!(!ada.browser.has_session());
    assert!(thief.get("/dashboard").await.expect(303).location().starts_with("/signin"));
}

async fn s14_what_was_typed_survives_an_expired_session(app: TestApp) {
    let ada = app.sign_up("ada").await;
    app.clock.advance(15 * 24 * 3600);
    let typed = [("do", "add_task"), ("title", "Half written"), ("notes", "A long thought")];
    let answer = ada.browser.form("/tasks", &typed).await.expect(303);
    assert!(answer.location().starts_with("/signin?"), "{}", answer.location());
    assert!(answer.location().contains("reason=expired"), "{}", answer.location());
    let fields = [("do", "sign_in"), ("email", &ada.email), ("password", PASSWORD), ("next", "/tasks")];
    ada.browser.form(answer.location(), &fields).await.expect_redirect("/tasks");
    let page = ada.browser.get("/tasks").await.expect(200).text();
    assert!(page.contains("Half written") && page.contains("A long thought"), "what was typed is back: {page}");
    assert!(ada.titles_in_browser().await.is_empty(), "it was not added behind the user's back");
    let again = ada.browser.get("/tasks").await.expect(200).text();
    assert!(!again.contains("Half written"), "what was typed is given back once");
}

impl crate::harness::Person {
    async fn titles_in_browser(&self) -> Vec<String> {
        self.browser.get("/api/me/tasks").await.expect(200).titles()
    }
}

async fn s15_a_form_without_a_session_leads_to_sign_in(app: TestApp) {
    let before = app.all_rows().await;
    let answer = app.browser().form("/tasks", &[("do", "add_task"), ("title", "Nobody's")]).await.expect(303);
    assert!(answer.location().starts_with("/signin?next="), "{}", answer.location());
    before.assert_same(&app.all_rows().await, "a form without a session");
}

async fn s16_a_task_is_added_completed_edited_deleted_and_restored(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let added = [("do", "add_task"), ("title", "Buy milk"), ("due_date", "2026-11-21"), ("tags", "home, shop")];
    ada.browser.form("/tasks?sort=title", &added).await.expect_redirect("/tasks?sort=title");
    let task = ada.api.get("/api/me/tasks").await.expect(200).json()["items"][0].clone();
    assert_eq!((&task["title"], &task["due_date"]), (&json!("Buy milk"), &json!("2026-11-21")));
    assert_eq!(task["tags"], json!(["home", "shop"]));
    assert_eq!(task["user_id"], ada.id.as_str());
    let id = task["id"].as_str().unwrap();

    let done = [("do", "set_task_completed"), ("id", id), ("is_completed", "true")];
    ada.browser.form("/tasks", &done).await.expect_redirect("/tasks");
    assert_eq!(ada.titles("status=done").await, ["Buy milk"]);

    let page = format!("/tasks/{id}");
    let edited = [("do", "edit_task"), ("id", id), ("title", "Buy oat milk"), ("due_date", ""), ("tags", "")];
    assert!(ada.browser.form(&page, &edited).await.expect(303).location().contains("saved=1"));
    let task = ada.api.get(&path_of(&task)).await.expect(200).json();
    assert_eq!((&task["title"], &task["due_date"]), (&json!("Buy oat milk"), &json!(null)));

    let deleted = ada.browser.form(&page, &[("do", "delete_task"), ("id", id)]).await;
    let undo_page = deleted.expect_redirect(&format!("/tasks?deleted={id}")).location().to_owned();
    assert!(ada.titles("status=all").await.is_empty());
    assert!(ada.browser.get(&undo_page).await.expect(200).text().contains("restore_task"), "there is a way back");
    ada.browser.form("/tasks", &[("do", "restore_task"), ("id", id)]).await.expect_redirect("/tasks");
    assert_eq!(ada.titles("status=all").await, ["Buy oat milk"]);
}

async fn s18_a_form_with_anothers_task_changes_nothing(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let task = bob.task("Bob's").await;
    let id = task["id"].as_str().unwrap();
    let before = app.rows().await;
    ada.browser.get(&format!("/tasks/{id}")).await.expect(404);
    let forms: [&[(&str, &str)]; 4] = [
        &[("do", "edit_task"), ("id", id), ("title", "Taken over")],
        &[("do", "set_task_completed"), ("id", id), ("is_completed", "true")],
        &[("do", "delete_task"), ("id", id)],
        &[("do", "restore_task"), ("id", id)],
    ];
    for fields in forms {
        let answer = ada.browser.form("/tasks", fields).await.expect(404);
        assert!(!answer.text().contains("Bob&#39;s") && !answer.text().contains("Bob's"));
    }
    before.assert_same(&app.rows().await, "a form with another's task");
}

async fn a_refused_task_keeps_everything_typed(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let long = "x".repeat(201);
    let fields = [
        ("do", "add_task"),
        ("title", long.as_str()),
        ("notes", "Remember the milk"),
        ("tags", "home"),
        ("due_date", "2026-11-21"),
    ];
    let answer = ada.browser.form("/tasks", &fields).await.expect(422);
    assert_told(&answer, "title", "at most 200 characters");
    for typed in [long.as_str(), "Remember the milk", "2026-11-21"] {
        assert!(answer.text().contains(typed), "{typed:?} was lost");
    }
    assert!(ada.titles("").await.is_empty());
}

async fn the_profile_is_saved(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let settings = [
        ("time_zone", "Asia/Tokyo"),
        ("theme", "dark"),
        ("density", "compact"),
        ("week_start", "sunday"),
        ("date_order", "mdy"),
        ("clock", "12h"),
        ("quick_add_profile", "todoist"),
    ];
    let fields = [&[("do", "update_profile"), ("name", "Ada L.")], &settings[..]].concat();
    let answer = ada.browser.form("/settings", &fields).await.expect(303);
    assert_eq!(answer.location(), "/settings?saved=1");
    let page = ada.browser.get("/settings?saved=1").await.expect(200).text();
    assert!(page.contains("Saved") && page.contains("Ada L."), "{page}");
    let me = ada.api.get("/api/auth/me").await.expect(200).json();
    assert_eq!(me["name"], "Ada L.");
    for (name, value) in settings {
        assert_eq!(me["settings"][name], value, "{name}");
        assert!(page.contains(&format!("<option value=\"{value}\" selected")), "{name} is shown as it is: {page}");
    }
}
