//! Text that tries to be something else, G01, G02, G05, G06 and G11 of the attacks: SQL, markup, control characters, and
//! addresses with which Leptos would carry errors. What a browser does with it is Playwright's half.

use crate::harness::{TestApp, html::elements, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    g01_sql_is_text,
    g02_markup_is_text_on_every_page,
    g02_markup_comes_back_as_text_in_a_refused_form,
    g05_control_characters_are_refused_everywhere,
    g06_strange_unicode_is_refused_or_kept,
    g11_the_address_carries_no_message_into_a_page,
];

const SQL: [&str; 6] = [
    "' OR 1=1--",
    "'; DROP TABLE tasks; --",
    "\" OR \"\"=\"",
    "1); DELETE FROM users; --",
    "$1 || pg_sleep(5)",
    "UNION SELECT password_hash FROM users",
];

async fn g01_sql_is_text(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let bob = app.sign_up("bob").await;
    bob.task("Bob's").await;
    for text in SQL {
        let task = ada.task_with(json!({"title": text, "notes": text, "tags": [text.replace(',', "")]})).await;
        assert_eq!((&task["title"], &task["notes"]), (&json!(text), &json!(text)));
        for name in ["q", "tag"] {
            let query = serde_urlencoded::to_string([(name, text)]).unwrap();
            assert_eq!(ada.titles(&query).await, [text], "{name}={text}");
        }
        for name in ["status", "priority", "sort", "order", "limit", "cursor", "due_from", "due_to", "project_id"] {
            let query = serde_urlencoded::to_string([(name, text)]).unwrap();
            let answer = ada.api.get(&format!("/api/me/tasks?{query}")).await;
            assert_eq!(answer.status, 422, "{query}");
            answer.assert_tells_nothing_inner();
        }
        let credentials = json!({"email": text, "password": text});
        app.anonymous().post("/api/auth/signin", &credentials).await.expect(401);
        app.refresh(text).await.expect(401);
        assert!(!app.takes(&text.replace(['"', '$'], "")).await);
        let browser = app.browser();
        browser.set_cookie("tickbox_at", &text.replace([';', '"', ',', ' '], "+"));
        browser.get("/dashboard").await.expect(303);
        let profile = json!({"name": text});
        assert_eq!(ada.api.patch("/api/auth/me", &profile).await.expect(200).json()["name"], text);
    }
    assert_eq!(app.rows().await.count("users"), 2);
    assert_eq!(bob.titles("").await, ["Bob's"]);
}

const MARKUP: [&str; 9] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "<!--<script>",
    "javascript:alert(1)",
    "{{7*7}}${7*7}\u{2028}x",
];

/// Fails if a page holds markup that somebody typed: an element, an attribute that acts, a script.
#[track_caller]
fn assert_inert(page: &str, place: &str) {
    for element in elements(page) {
        let shown = format!("{place}: <{} {:?}>", element.name, element.attributes);
        assert!(element.name != "img" || !element.attributes.contains(&("src".to_owned(), "x".to_owned())), "{shown}");
        assert!(element.name != "script" || !element.text.starts_with("alert(1)"), "{shown}");
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on"), "{shown}");
            assert!(!value.trim().to_lowercase().starts_with("javascript:") || name == "value", "{shown}");
        }
    }
    assert!(!page.contains("49${") && !page.contains("}}49"), "{place} evaluates templates");
}

async fn g02_markup_is_text_on_every_page(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for text in MARKUP {
        let fields = json!({"title": text, "notes": text, "tags": [text.replace(',', "")], "due_date": "2026-11-20"});
        let answer = ada.api.post("/api/me/tasks", &fields).await;
        assert!(answer.status == 201 || answer.status == 422 && text.contains('\u{2028}'), "{text}: {}", answer.text());
        ada.api.patch("/api/auth/me", &json!({"name": text})).await;
        if answer.status == 201 {
            assert_eq!(answer.json()["title"], text, "text is kept as it was typed");
            let page = path_of(&answer.json()).replace("/api/me", "");
            assert_inert(&ada.browser.get(&page).await.expect(200).text(), &page);
        }
        let query = serde_urlencoded::to_string([("q", text), ("tag", text)]).unwrap();
        for path in ["/tasks", "/dashboard", "/settings", "/", &format!("/tasks?{query}"), &format!("/nowhere?{query}")]
        {
            assert_inert(&ada.browser.get(path).await.text(), path);
        }
        let next = serde_urlencoded::to_string([("next", text), ("reason", text)]).unwrap();
        for path in ["/signin", "/signup"] {
            assert_inert(&app.browser().get(&format!("{path}?{next}")).await.expect(200).text(), path);
        }
    }
    let data = ada.api.get("/api/me/tasks").await.expect(200);
    assert_eq!((data.header("content-type"), data.header("x-content-type-options")), ("application/json", "nosniff"));
}

async fn g02_markup_comes_back_as_text_in_a_refused_form(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for text in MARKUP {
        let long = format!("{text}{}", "x".repeat(200));
        let fields =
            [("do", "add_task"), ("title", long.as_str()), ("notes", text), ("tags", text), ("due_date", text)];
        assert_inert(&ada.browser.form("/tasks", &fields).await.expect(422).text(), "a refused task");
        let fields = [("do", "sign_up"), ("email", text), ("name", text), ("password", "x"), ("next", text)];
        assert_inert(&app.browser().form("/signup", &fields).await.expect(422).text(), "a refused sign-up");
        let fields = [("do", text), ("title", text)];
        let answer = ada.browser.form("/tasks", &fields).await;
        assert!((400..500).contains(&answer.status), "{}", answer.status);
        assert_inert(&answer.text(), "a form for a function that is none");
    }
}

async fn g05_control_characters_are_refused_everywhere(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let path = path_of(&ada.task("Kept").await);
    let before = app.rows().await;
    for character in ["\0", "\u{1b}", "\u{7}", "\u{85}"] {
        let text = format!("a{character}b");
        for fields in [
            json!({"title": text}),
            json!({"title": "x", "notes": text}),
            json!({"title": "x", "tags": [text]}),
            json!({"title": "x", "time_zone": text}),
            json!({"title": "x", "due_date": text}),
            json!({"title": "x", "priority": text}),
            json!({"title": "x", text.as_str(): 1}),
        ] {
            for answer in [ada.api.post("/api/me/tasks", &fields).await, ada.api.patch(&path, &fields).await] {
                assert_eq!(answer.status, 422, "{fields}: {}", answer.text());
                answer.assert_tells_nothing_inner();
            }
        }
        ada.api.patch("/api/auth/me", &json!({"name": text})).await.expect_problem(422, "invalid");
        for name in ["q", "tag", "cursor"] {
            let query = serde_urlencoded::to_string([(name, text.as_str())]).unwrap();
            ada.api.get(&format!("/api/me/tasks?{query}")).await.expect(422);
        }
        for (function, fields) in [
            ("add_task", vec![("title", text.as_str())]),
            ("add_task", vec![("title", "x"), ("notes", &text)]),
            ("add_task", vec![("title", "x"), ("tags", &text)]),
            ("update_profile", vec![("name", text.as_str())]),
        ] {
            let answer = ada.browser.form(&format!("/actions/{function}"), &fields).await;
            assert_eq!(answer.status, 422, "{function} {fields:?}: {}", answer.text());
        }
    }
    ada.api
        .request("POST", "/api/me/tasks")
        .header("idempotency-key", "a b")
        .json(&json!({"title": "x"}))
        .send()
        .await
        .expect(422);
    before.assert_same(&app.rows().await, "control characters");
}

async fn g06_strange_unicode_is_refused_or_kept(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let marks = format!("e{}", "\u{301}".repeat(199));
    for text in ["\u{feff}bom", "\u{202e}right to left", marks.as_str(), "👩‍👩‍👧‍👦", "Ａ", "ﬁ", "\u{e000}", "\u{10ffff}"]
    {
        let answer = ada.api.post("/api/me/tasks", &json!({"title": text})).await;
        assert!(answer.status == 422 || answer.json()["title"] == text, "{text:?}: {}", answer.text());
        ada.browser.get("/tasks").await.expect(200);
    }
    for body in [r#"{"title":"\ud800"}"#, r#"{"title":"\udc00x"}"#, r#"{"title":"\u12"}"#] {
        let answer = ada.api.request("POST", "/api/me/tasks").body("application/json", body).send().await;
        assert!([400, 422].contains(&answer.status), "{body}: {}", answer.status);
        answer.assert_tells_nothing_inner();
    }
    let bomb = json!({"title": "x", "notes": format!("e{}", "\u{301}".repeat(100_000))});
    ada.api.post("/api/me/tasks", &bomb).await.expect_problem(422, "invalid");
    let huge: Value = json!({"title": "x", "notes": "\u{301}".repeat(1_000_000)});
    ada.api.post("/api/me/tasks", &huge).await.expect_problem(413, "too_large");
}

async fn g11_the_address_carries_no_message_into_a_page(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let message = "Your account is locked, call 555-0100";
    let encoded = crate::harness::tokens::encode(json!({"Malformed": message}).to_string());
    let error = crate::harness::tokens::encode(format!("ServerError|{message}"));
    for carried in [encoded.as_str(), error.as_str(), message, "<script>alert(1)</script>"] {
        for function in ["/actions/sign_in", "/actions/add_task", "sign_in"] {
            let query =
                serde_urlencoded::to_string([("__path", function), ("__err", carried), ("error", carried)]).unwrap();
            for (client, path) in
                [(app.browser(), "/signin"), (app.browser(), "/signup"), (ada.browser.clone(), "/tasks")]
            {
                let answer = client.get(&format!("{path}?{query}")).await;
                let page = answer.text();
                assert!(answer.status < 500 && !page.contains(message), "{path}?{query} shows what the address says");
                assert_inert(&page, path);
            }
        }
    }
}
