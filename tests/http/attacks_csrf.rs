//! Attacks from other sites, E01–E14: what a page elsewhere can make a browser send. E06 is Playwright's, as are the
//! browser's parts of E08, E09 and E14. E13 does not apply: nothing here speaks WebSocket or server-sent events yet;
//! that an upgrade is never agreed to is tried all the same.

use crate::{
    harness::{Answer, Person, Request, TestApp, raw, scenarios},
    isolation::{Victim, concrete_path, is_unsafe},
};
use serde_json::json;
use std::time::Duration;

scenarios![
    e01_and_e02_no_route_takes_a_request_of_another_site,
    e03_foreign_origins,
    e03_localhost_and_its_number_are_one_origin,
    e04_cookies_without_any_word_of_where_from,
    e05_strange_fetch_metadata,
    e08_signing_somebody_in_from_elsewhere,
    e09_nothing_signs_out_by_get,
    e10_only_the_right_content_type_is_read,
    e11_no_other_way_to_say_a_method,
    e11_strange_methods,
    e12_no_other_origin_may_read,
    e13_nothing_is_upgraded,
    e14_an_own_form_works_and_the_referer_leads_nowhere,
];

/// An otherwise good request that adds a task, without a word of where it comes from.
fn unlabelled(person: &Person) -> Request {
    person.browser.request("POST", "/api/me/tasks").of_unknown_origin().json(&json!({"title": "From elsewhere"}))
}

async fn assert_no_task(person: &Person) {
    assert!(person.titles("status=all").await.is_empty(), "the request was carried out");
}

async fn e01_and_e02_no_route_takes_a_request_of_another_site(app: TestApp) {
    let victim = Victim::new(&app).await;
    let before = app.rows().await;
    for route in app.routes.iter().filter(|route| is_unsafe(route)) {
        let path = concrete_path(&route.path, "me", &victim);
        for site in ["cross-site", "same-site"] {
            for content_type in ["application/json", "application/x-www-form-urlencoded", "text/plain"] {
                let request = victim.person.browser.request(route.method.as_str(), &path).of_unknown_origin();
                let request = request.header("sec-fetch-site", site).header("origin", &app.origin);
                let answer = request.body(content_type, "{}").send().await;
                assert_eq!(answer.status, 403, "{site} {} as {content_type}: {}", answer.asked, answer.text());
                assert!(!answer.gives_a_session());
            }
        }
    }
    before.assert_same(&app.rows().await, "another site");
    assert!(app.takes(&victim.person.access).await, "nobody was signed out");
}

async fn e03_foreign_origins(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let own = app.origin.clone();
    let port = app.address.port();
    let foreign = [
        "https://evil.example".to_owned(),
        "null".to_owned(),
        "".to_owned(),
        format!("https://127.0.0.1:{port}"),
        format!("http://127.0.0.1:{}", port.wrapping_add(1)),
        "http://127.0.0.1".to_owned(),
        format!("http://127.0.0.1.evil.example:{port}"),
        format!("http://evil.example:{port}"),
        own.to_uppercase(),
        format!("{own}/"),
        format!("{own}.evil.example"),
        format!("{own}@evil.example"),
        format!("{own} https://evil.example"),
    ];
    for origin in &foreign {
        let answer = unlabelled(&ada).header("origin", origin).send().await;
        assert_eq!(answer.status, 403, "Origin: {origin}");
        answer.expect_problem(403, "cross_site");
        unlabelled(&ada).header("origin", origin).header("sec-fetch-site", "same-origin").send().await.expect(403);
    }
    unlabelled(&ada).header("origin", &own).header("origin", "https://evil.example").send().await.expect(403);
    assert_no_task(&ada).await;
    unlabelled(&ada).header("origin", &own).send().await.expect(201);
}

async fn e03_localhost_and_its_number_are_one_origin(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let origin = format!("http://localhost:{}", app.address.port());
    unlabelled(&ada).header("origin", &origin).header("sec-fetch-site", "same-origin").send().await.expect(201);
    unlabelled(&ada)
        .header("origin", "http://localhost")
        .header("sec-fetch-site", "same-origin")
        .send()
        .await
        .expect(403);
}

async fn e04_cookies_without_any_word_of_where_from(app: TestApp) {
    let ada = app.sign_up("ada").await;
    unlabelled(&ada).send().await.expect_problem(403, "cross_site");
    unlabelled(&ada).header("referer", &format!("{}/tasks", app.origin)).send().await.expect(403);
    let half = app.browser();
    half.set_cookie("tickbox_rt", &ada.refresh);
    half.request("POST", "/api/auth/refresh").of_unknown_origin().send().await.expect(403);
    half.set_cookie("tickbox_at", "dead");
    half.request("POST", "/api/auth/signin").of_unknown_origin().json(&json!({})).send().await.expect(403);
    assert_no_task(&ada).await;
    ada.api.post("/api/me/tasks", &json!({"title": "A program"})).await.expect(201);
}

async fn e05_strange_fetch_metadata(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for site in ["", "Same-Origin", "same-origin, cross-site", "sameorigin", "same-origin ;", "cross-site", "?1", "*"] {
        let answer = unlabelled(&ada).header("sec-fetch-site", site).header("origin", &app.origin).send().await;
        assert_eq!(answer.status, 403, "Sec-Fetch-Site: {site}");
    }
    for (first, second) in
        [("same-origin", "cross-site"), ("cross-site", "same-origin"), ("same-origin", "same-origin")]
    {
        unlabelled(&ada).header("sec-fetch-site", first).header("sec-fetch-site", second).send().await.expect(403);
    }
    assert_no_task(&ada).await;
    unlabelled(&ada).header("sec-fetch-site", "same-origin").send().await.expect(201);
}

async fn e08_signing_somebody_in_from_elsewhere(app: TestApp) {
    let (ada, mallory) = (app.sign_up("ada").await, app.sign_up("mallory").await);
    let fields = [("do", "sign_in"), ("email", mallory.email.as_str()), ("password", crate::harness::PASSWORD)];
    for path in ["/signin", "/actions/sign_in"] {
        let request = ada.browser.request("POST", path).of_unknown_origin().header("sec-fetch-site", "cross-site");
        let answer = request.header("origin", "https://evil.example").form(&fields).send().await.expect(403);
        assert!(!answer.gives_a_session());
    }
    assert_eq!(ada.browser.get("/api/auth/me").await.expect(200).json()["id"], ada.id.as_str());
    let fresh = app.browser();
    let request = fresh.request("POST", "/signin").of_unknown_origin().header("sec-fetch-site", "cross-site");
    request.form(&fields).send().await.expect(403);
    assert!(!fresh.has_session(), "not even a browser without a session is signed in");
}

async fn e09_nothing_signs_out_by_get(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let page = ada.browser.get("/signout").await.expect(200);
    assert!(page.text().contains("Sign out?"), "{}", page.text());
    let mut paths =
        vec!["/signout", "/logout", "/actions/sign_out", "/api/auth/signout", "/actions/sign_out_everywhere"];
    paths.push("/dashboard?do=sign_out");
    for path in paths {
        let answer = ada.browser.get(path).await;
        assert!(answer.set_cookies().iter().all(|cookie| !cookie.contains("Max-Age=0")), "{path}");
        assert!(app.takes(&ada.access).await, "GET {path} signed out");
    }
}

async fn e10_only_the_right_content_type_is_read(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = r#"{"title":"Typed wrongly"}"#;
    let wrong_for_json = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "text/json",
        "application/json-patch+json",
        "nonsense",
    ];
    for content_type in wrong_for_json {
        let answer = ada.browser.request("POST", "/api/me/tasks").body(content_type, body).send().await;
        assert_eq!(answer.status, 415, "JSON as {content_type}");
        answer.expect_problem(415, "unsupported_media_type");
    }
    ada.browser.request("POST", "/api/me/tasks").untyped_body(body).send().await.expect(415);
    let form = "title=Typed+wrongly&do=add_task";
    for content_type in ["text/plain", "application/json", "multipart/form-data; boundary=x", "application/x-www-form"]
    {
        for path in ["/actions/add_task", "/tasks"] {
            let answer = ada.browser.request("POST", path).body(content_type, form).send().await;
            assert_eq!(answer.status, 415, "{path} as {content_type}");
        }
    }
    ada.browser.request("POST", "/actions/add_task").untyped_body(form).send().await.expect(415);
    assert_no_task(&ada).await;
    for content_type in ["application/json; charset=utf-8", "application/json", "Application/JSON"] {
        ada.browser.request("POST", "/api/me/tasks").body(content_type, body).send().await.expect(201);
    }
}

async fn e11_no_other_way_to_say_a_method(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = crate::harness::path_of(&ada.task("Keep me").await);
    let before = app.rows().await;
    for header in ["x-http-method-override", "x-http-method", "x-method-override"] {
        ada.browser.request("GET", &task).header(header, "DELETE").send().await.expect(200);
        let posted = ada.browser.request("POST", &task).header(header, "DELETE").send().await;
        assert_eq!(posted.status, 405, "POST with {header}");
    }
    assert_eq!(ada.browser.get(&format!("{task}?_method=DELETE")).await.status, 200);
    assert_eq!(ada.browser.form(&task, &[("_method", "DELETE")]).await.status, 405);
    before.assert_same(&app.rows().await, "a method said otherwise");
}

async fn e11_strange_methods(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = crate::harness::path_of(&ada.task("Keep me").await);
    for method in ["TRACE", "PROPFIND", "MKCOL", "BREW", "get"] {
        for path in [task.as_str(), "/tasks", "/", "/actions/add_task", "/healthz"] {
            let request = ada.browser.request(method, path).of_unknown_origin().header("sec-fetch-site", "same-origin");
            let answer = request.send().await;
            assert_eq!(answer.status, 405, "{method} {path}");
            assert!(!answer.text().contains(&ada.access), "{method} gives the request back");
        }
    }
    let request = format!("CONNECT evil.example:443 HTTP/1.1\r\nHost: {}\r\n\r\n", app.address);
    let reply = raw::exchange(app.address, request.as_bytes(), Duration::from_secs(1)).await;
    assert!((400..500).contains(&reply.status()), "{}", reply.text);
    assert_eq!(ada.titles("").await, ["Keep me"]);
}

async fn e12_no_other_origin_may_read(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let assert_closed = |answer: &Answer| {
        for name in answer.headers.keys() {
            assert!(!name.as_str().starts_with("access-control-"), "{} sends {name}", answer.asked);
        }
    };
    for path in ["/api/me/tasks", "/", "/tasks", "/api/openapi.json", "/healthz"] {
        assert_closed(&ada.browser.request("GET", path).header("origin", "https://evil.example").send().await);
        let preflight =
            ada.browser.request("OPTIONS", path).of_unknown_origin().header("origin", "https://evil.example");
        let preflight = preflight.header("access-control-request-method", "PATCH").send().await;
        assert_closed(&preflight);
        assert!((400..500).contains(&preflight.status), "{}: {}", preflight.asked, preflight.status);
    }
}

async fn e13_nothing_is_upgraded(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for path in ["/", "/tasks", "/api/me/tasks"] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: tickbox_at={}\r\nOrigin: https://evil.example\r\nConnection: Upgrade\r\n\
             Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            app.address, ada.access
        );
        let reply = raw::exchange(app.address, request.as_bytes(), Duration::from_secs(1)).await;
        assert_ne!(reply.status(), 101, "{path}");
    }
}

async fn e14_an_own_form_works_and_the_referer_leads_nowhere(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let fields = [("do", "add_task"), ("title", "From my own page")];
    let request = ada.browser.request("POST", "/tasks").header("referer", "https://evil.example/");
    request.form(&fields).send().await.expect_redirect("/tasks");
    let request = ada.browser.request("POST", "/actions/add_task").header("referer", "https://evil.example/");
    let answer = request.form(&fields[1..]).send().await;
    assert!(
        answer.status == 200 || answer.status < 400 && !answer.location().contains("evil"),
        "{}",
        answer.location()
    );
    let faulty = ada.browser.request("POST", "/actions/add_task").header("referer", "https://evil.example/");
    let answer = faulty.form(&[("title", "")]).send().await;
    assert!(!answer.location().contains("evil"), "{}", answer.location());
    assert_eq!(ada.titles("").await.len(), 2);
}
