//! Bad input by hand: the sentence that people get for each kind of it. `bad_input_everywhere` sends the coarse kinds
//! to every route there is.

use crate::harness::{Answer, TestApp, path_of, raw, scenarios};
use serde_json::json;
use std::time::Duration;

scenarios![
    too_long_and_empty_fields_say_which_and_how_long,
    unknown_fields_are_named,
    values_of_the_wrong_type_are_told,
    a_body_that_is_no_object_is_refused,
    g10_deep_and_wide_json_is_refused_fast,
    g10_duplicate_and_huge_members_do_no_harm,
    half_a_json_is_refused,
    an_empty_body_is_refused_where_one_is_needed,
    forms_with_missing_and_doubled_fields_are_refused,
    an_unknown_function_or_page_is_not_found,
];
scenarios![on sqlite: ten_megabytes_are_refused_without_reading_them, an_endless_body_is_refused];

#[track_caller]
fn assert_clear(answer: Answer, field: &str, sentence: &str) {
    let answer = answer.expect_problem(422, "invalid");
    assert_eq!(answer.faulty_fields(), [field], "{}", answer.text());
    assert!(answer.text().contains(sentence), "{sentence:?} is not said: {}", answer.text());
    answer.assert_tells_nothing_inner();
}

async fn too_long_and_empty_fields_say_which_and_how_long(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    let post = |body| {
        let api = ada.api.clone();
        async move { api.post("/api/me/tasks", &body).await }
    };
    assert_clear(post(json!({"title": "x".repeat(201)})).await, "title", "at most 200 characters; this one has 201");
    assert_clear(post(json!({"title": ""})).await, "title", "Give the task a title");
    assert_clear(post(json!({})).await, "title", "Give the task a title");
    assert_clear(post(json!({"title": "x", "notes": "x".repeat(10_001)})).await, "notes", "at most 10000 characters");
    assert_clear(post(json!({"title": "x", "tags": ["t".repeat(51)]})).await, "tags/0", "at most 50 characters");
    assert_clear(post(json!({"title": "x", "tags": [""]})).await, "tags/0", "A tag needs a name");
    assert_clear(post(json!({"title": "x", "tags": ["a,b"]})).await, "tags/0", "comma");
    assert_clear(post(json!({"title": "x", "duration_min": 10_081})).await, "duration_min", "between 1 and 10080");
    assert_clear(post(json!({"title": "x", "due_date": "20.11.2026"})).await, "due_date", "YYYY-MM-DD");
    assert_clear(post(json!({"title": "x", "due_date": "2026-12-01", "due_time": "9:5"})).await, "due_time", "HH:MM");
    let name = ada.api.patch("/api/auth/me", &json!({"name": "x".repeat(101)})).await;
    assert_clear(name, "name", "at most 100 characters");
    let email = json!({"email": format!("{}@mail.example", "a".repeat(250)), "password": crate::harness::PASSWORD});
    assert_clear(app.anonymous().post("/api/auth/signup", &email).await, "email", "at most 254 characters");
    let password = json!({"email": "b@mail.example", "password": "x".repeat(129)});
    assert_clear(app.anonymous().post("/api/auth/signup", &password).await, "password", "at most 128 characters");
    before.assert_same(&app.rows().await, "bad input");
}

async fn unknown_fields_are_named(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let path = path_of(&ada.task("Kept").await);
    let before = app.rows().await;
    assert_clear(ada.api.post("/api/me/tasks", &json!({"title": "x", "titel": "y"})).await, "titel", "titel");
    assert_clear(ada.api.patch(&path, &json!({"prio": "high"})).await, "prio", "prio");
    assert_clear(ada.api.patch(&format!("{path}/complete"), &json!({"done": true})).await, "done", "done");
    assert_clear(ada.api.patch("/api/auth/me", &json!({"shoe_size": 44})).await, "shoe_size", "shoe_size");
    let body = json!({"email": "b@mail.example", "password": crate::harness::PASSWORD, "captcha": "x"});
    assert_clear(app.anonymous().post("/api/auth/signup", &body).await, "captcha", "captcha");
    assert_clear(app.anonymous().post("/api/auth/signin", &body).await, "captcha", "captcha");
    let markup =
        ada.api.post("/api/me/tasks", &json!({"title": "x", "<b>/~\"": 1})).await.expect_problem(422, "invalid");
    assert_eq!(markup.json()["errors"][0]["pointer"], "/<b>~1~0\"", "a pointer is escaped as RFC 6901 has it");
    before.assert_same(&app.rows().await, "unknown fields");
}

async fn values_of_the_wrong_type_are_told(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    for value in [json!(7), json!(true), json!([]), json!({}), json!(1e308)] {
        for field in
            ["title", "notes", "priority", "due_date", "due_time", "time_zone", "project_id", "parent_id", "deadline"]
        {
            let mut body = json!({"title": "x"});
            body[field] = value.clone();
            let answer = ada.api.post("/api/me/tasks", &body).await.expect_problem(422, "invalid");
            assert_eq!(answer.faulty_fields(), [field], "{body}");
        }
    }
    for duration in [json!("5"), json!(1.5), json!(-1), json!(0), json!(9_223_372_036_854_775_807_i64), json!(1e300)] {
        ada.api.post("/api/me/tasks", &json!({"title": "x", "duration_min": duration})).await.expect(422);
    }
    for field in ["email", "password"] {
        let mut body = json!({"email": "a@mail.example", "password": crate::harness::PASSWORD});
        for value in [json!(7), json!(null), json!(["a"])] {
            body[field] = value;
            for path in ["/api/auth/signup", "/api/auth/signin"] {
                app.anonymous().post(path, &body).await.expect_problem(422, "invalid");
            }
        }
    }
    before.assert_same(&app.rows().await, "values of the wrong type");
}

async fn a_body_that_is_no_object_is_refused(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let path = path_of(&ada.task("Kept").await);
    for body in [json!([]), json!("title"), json!(7), json!(null), json!(true), json!([{"title": "x"}])] {
        // A list of tasks makes all of them.
        if body != json!([{"title": "x"}]) {
            ada.api.post("/api/me/tasks", &body).await.expect_problem(422, "invalid");
        }
        ada.api.patch(&path, &body).await.expect_problem(422, "invalid");
        ada.api.patch("/api/auth/me", &body).await.expect_problem(422, "invalid");
        app.anonymous().post("/api/auth/signin", &body).await.expect_problem(422, "invalid");
    }
    assert_eq!(ada.titles("").await, ["Kept"]);
}

async fn g10_deep_and_wide_json_is_refused_fast(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let send = |body: String| ada.api.request("POST", "/api/me/tasks").body("application/json", body).send();
    let started = std::time::Instant::now();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [129, 10_000] {
            let deep = format!(r#"{{"title":{}1{}}}"#, open.repeat(depth), close.repeat(depth));
            send(deep).await.expect_problem(400, "malformed").assert_tells_nothing_inner();
        }
        send(open.repeat(40_000)).await.expect_problem(400, "malformed");
    }
    let wide: String = (0..20_000).map(|number| format!(",\"k{number}\":1")).collect();
    let answer = send(format!(r#"{{"title":"x"{wide}}}"#)).await;
    assert!([400, 413, 422].contains(&answer.status), "{}", answer.status);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    assert!(ada.titles("").await.is_empty());
}

async fn g10_duplicate_and_huge_members_do_no_harm(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let send = |body: &str| ada.api.request("POST", "/api/me/tasks").body("application/json", body.to_owned()).send();
    let twice = send(r#"{"title":"first","title":"second"}"#).await;
    assert!([201, 400, 422].contains(&twice.status), "{}", twice.status);
    let digits = "9".repeat(5000);
    for body in [
        format!(r#"{{"title":"x","duration_min":{digits}}}"#),
        format!(r#"{{"title":"x","duration_min":1e{digits}}}"#),
        r#"{"title":"x","duration_min":NaN}"#.to_owned(),
        r#"{"title":"x","duration_min":-0}"#.to_owned(),
    ] {
        let answer = send(&body).await;
        assert!([400, 422].contains(&answer.status), "{body:.60}: {}", answer.status);
    }
}

async fn half_a_json_is_refused(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for body in [
        &b"{"[..],
        b"{\"title\":\"x\"",
        b"{'title':'x'}",
        b"title=x",
        b"\xef\xbb\xbf{}",
        b"{\"title\":\"\xff\xfe\"}",
        b"{} {}",
        b"\0",
    ] {
        let request = ada.api.request("POST", "/api/me/tasks").body("application/json", body.to_vec());
        let answer = request.send().await.expect_problem(400, "malformed");
        assert!(answer.json()["detail"].as_str().unwrap().contains("JSON"), "{}", answer.text());
        answer.assert_tells_nothing_inner();
    }
    let latin =
        ada.browser.request("POST", "/tasks").body("application/x-www-form-urlencoded", &b"do=add_task&title=\xe4"[..]);
    latin.send().await.expect(400);
    let percent =
        ada.browser.request("POST", "/actions/add_task").body("application/x-www-form-urlencoded", "title=%ff%fe");
    let answer = percent.send().await;
    assert!([400, 422].contains(&answer.status), "{}", answer.status);
    assert!(ada.titles("").await.is_empty());
}

async fn an_empty_body_is_refused_where_one_is_needed(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let path = path_of(&ada.task("Kept").await);
    for (method, path) in
        [("POST", "/api/me/tasks"), ("PATCH", path.as_str()), ("PUT", path.as_str()), ("PATCH", "/api/auth/me")]
    {
        ada.api.request(method, path).body("application/json", "").send().await.expect_problem(400, "malformed");
        ada.api.request(method, path).send().await.expect_problem(415, "unsupported_media_type");
    }
    let unchanged = ada.api.patch(&path, &json!({})).await.expect(200).json();
    assert_eq!(unchanged["title"], "Kept");
}

async fn forms_with_missing_and_doubled_fields_are_refused(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    for path in ["/tasks", "/settings", "/dashboard", "/signin", "/"] {
        for fields in [&[][..], &[("title", "x")], &[("do", "")], &[("do", "nonsense")], &[("do", "../sign_in")]] {
            let answer = ada.browser.form(path, fields).await;
            assert!([400, 404, 422].contains(&answer.status), "{path} {fields:?}: {}", answer.status);
            answer.assert_tells_nothing_inner();
        }
    }
    for function in ["add_task", "edit_task", "set_task_completed", "delete_task", "restore_task", "change_password"] {
        for fields in [&[][..], &[("id", "nonsense")], &[("id", ""), ("id", "")], &[("title[]", "x"), ("a[][][]", "y")]]
        {
            let answer = ada.browser.form(&format!("/actions/{function}"), fields).await;
            assert!(
                [400, 404, 422].contains(&answer.status),
                "{function} {fields:?}: {} {}",
                answer.status,
                answer.text()
            );
            answer.assert_tells_nothing_inner();
        }
    }
    before.assert_same(&app.rows().await, "forms that make no sense");
}

async fn an_unknown_function_or_page_is_not_found(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.browser.form("/actions/nonsense", &[]).await.expect(404);
    ada.api.get("/api/me/nonsense").await.expect_problem(404, "not_found");
    ada.api.get("/api").await.expect_problem(404, "not_found");
    let page = ada.browser.get("/nonsense").await.expect(404);
    assert!(page.text().contains("Page not found"), "{}", page.text());
    app.browser().get("/nonsense").await.expect(404);
}

async fn ten_megabytes_are_refused_without_reading_them(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let before = app.rows().await;
    for (path, content_type) in [
        ("/api/me/tasks", "application/json"),
        ("/actions/add_task", "application/x-www-form-urlencoded"),
        ("/tasks", "application/x-www-form-urlencoded"),
    ] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {0}\r\nCookie: tickbox_at={1}\r\nOrigin: {2}\r\nContent-Type: {content_type}\r\nContent-Length: 10000000\r\n\r\n",
            app.address, ada.access, app.origin
        );
        let reply = raw::exchange(app.address, head.as_bytes(), Duration::from_secs(2)).await;
        assert_eq!(reply.status(), 413, "{path}, before a byte of the body is sent: {}", reply.text);
    }
    let honest = json!({"title": "x".repeat(10_000_000)});
    ada.api.post("/api/me/tasks", &honest).await.expect_problem(413, "too_large");
    let edge = json!({"title": "x", "notes": "x".repeat(262_144)});
    ada.api.post("/api/me/tasks", &edge).await.expect_problem(413, "too_large");
    before.assert_same(&app.rows().await, "ten megabytes");
}

async fn an_endless_body_is_refused(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let chunk = format!("{:x}\r\n{}\r\n", 65_536, "x".repeat(65_536));
    let request = format!(
        "POST /api/me/tasks HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\n{}",
        app.address,
        ada.access,
        chunk.repeat(20)
    );
    let reply = raw::exchange(app.address, request.as_bytes(), Duration::from_secs(3)).await;
    assert_eq!(reply.status(), 413, "{:.300}", reply.text);
    assert!(ada.titles("").await.is_empty());
}
