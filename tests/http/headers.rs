//! What stands in the headers of every answer: H01–H03, H06, H08 and H17–H19 of the attacks. H04 and H05 are Playwright's;
//! H20 is a test of the layer that catches panics.

use crate::{
    harness::{Answer, Authenticator, PASSWORD, TestApp, raw, scenarios},
    isolation::{Victim, concrete_path, is_unsafe},
};
use serde_json::json;
use std::{collections::BTreeSet, time::Duration};
use tickbox::Settings;

scenarios![
    h01_session_cookies_are_guarded,
    h01_over_https_cookies_bear_the_host_prefix,
    h02_what_is_private_is_kept_by_no_cache,
    h03_every_page_has_a_policy_with_a_fresh_nonce,
    h06_every_answer_bears_the_security_headers,
    h06_and_h02_every_route_by_every_method,
    h06_https_is_remembered,
    h08_no_header_is_split,
    h17_head_is_get_without_a_body,
    h18_nothing_is_compressed_on_the_way,
    h19_who_leaves_is_forgotten_by_the_browser,
    every_answer_bears_a_request_id_of_its_own,
];

fn https(settings: &mut Settings) {
    settings.base_url = Some("https://tasks.example".to_owned());
}

async fn over_https(app: TestApp) -> TestApp {
    let (ground, clock) = app.stop().await;
    TestApp::start(&ground, clock, https).await.expect("the server starts")
}

fn attributes(cookie: &str) -> BTreeSet<String> {
    cookie.split(';').skip(1).map(|attribute| attribute.trim().to_lowercase()).collect()
}

/// Every answer that sets cookies: signing up, in, out, refreshing, leaving, by REST and by form.
async fn cookie_setters(app: &TestApp) -> Vec<Answer> {
    let browser = app.browser();
    let credentials = json!({"email": "ada@mail.example", "password": PASSWORD});
    let form = [("email", "ada@mail.example"), ("password", PASSWORD), ("remember", "true")];
    let with_do = |action| [&[("do", action)], &form[..]].concat();
    let mut answers = vec![
        browser.post("/api/auth/signup", &credentials).await.expect(201),
        browser.post("/api/auth/signin", &credentials).await.expect(200),
        browser.request("POST", "/api/auth/refresh").send().await.expect(200),
        browser.form("/signin", &with_do("sign_in")).await.expect(303),
        browser.form("/actions/sign_in", &form).await.expect(200),
        browser.form("/dashboard", &[("do", "sign_out")]).await.expect(303),
    ];
    app.clock.advance(1);
    browser.form("/signin", &with_do("sign_in")).await.expect(303);
    app.clock.advance(700);
    answers.push(browser.get("/tasks").await.expect(200));
    app.clock.advance(15 * 86_400);
    answers.push(browser.form("/tasks", &[("do", "add_task"), ("title", "Put aside")]).await.expect(303));
    answers.extend(setters_of_factors_and_links(app).await);
    answers
}

/// The same for links, codes, passkeys, a dead refresh token, and leaving for good.
async fn setters_of_factors_and_links(app: &TestApp) -> Vec<Answer> {
    let eve = app.sign_up("eve").await;
    let mut authenticator = Authenticator::new(app);
    let asked = eve.browser.post("/api/auth/factors/passkeys/start", &json!({})).await.expect(200).json();
    let credential = authenticator.make(&asked["options"]);
    let body = json!({"ceremony": asked["ceremony"], "credential": credential, "name": "My phone"});
    eve.browser.post("/api/auth/factors/passkeys", &body).await.expect(201);
    let browser = app.browser();
    let asked = browser.post("/api/auth/signin/passkey/start", &json!({})).await.expect(200).json();
    let credential = authenticator.sign(&asked["options"]);
    let body = json!({"ceremony": asked["ceremony"], "credential": credential});
    let mut answers = vec![browser.post("/api/auth/signin/passkey", &body).await.expect(200)];

    let (codes, recovery) = app.turn_totp_on(&eve).await;
    let form = [("do", "sign_in"), ("email", eve.email.as_str()), ("password", PASSWORD)];
    let browser = app.browser();
    answers.push(browser.form("/signin", &form).await.expect(303));
    assert!(browser.cookie("tickbox_code").is_some());
    let code = codes.code(app, 0);
    answers.push(browser.form("/signin/code", &[("do", "sign_in_with_code"), ("code", &code)]).await.expect(303));
    let body = json!({"challenge": app.challenge(&eve).await, "code": recovery[0]});
    answers.push(app.browser().post("/api/auth/signin/code", &body).await.expect(200));

    let browser = app.browser();
    let link = backend::accounts::make_reset_link(&app.backend, &eve.email).await.unwrap().expect("a link");
    answers.push(browser.get(&format!("/reset?token={}", link.split_once("token=").unwrap().1)).await.expect(303));
    let token = browser.cookie("tickbox_link").expect("the link's cookie");
    let form = [("do", "reset_password"), ("token", token.as_str()), ("password", "a whole new phrase 9")];
    answers.push(browser.form("/reset", &form).await.expect(303));

    // The reset has ended it.
    answers.push(eve.browser.request("POST", "/api/auth/refresh").send().await.expect(401));
    let bob = app.sign_up("bob").await;
    answers.push(bob.browser.json("DELETE", "/api/auth/me", &json!({"password": PASSWORD})).await.expect(204));
    let cem = app.sign_up("cem").await;
    let form = [("do", "delete_account"), ("password", PASSWORD)];
    answers.push(cem.browser.form("/settings/data", &form).await.expect(303));
    answers
}

async fn h01_session_cookies_are_guarded(app: TestApp) {
    for answer in cookie_setters(&app).await {
        assert!(!answer.set_cookies().is_empty(), "{} sets no cookie", answer.asked);
        for cookie in answer.set_cookies() {
            let attributes = attributes(cookie);
            for needed in ["httponly", "samesite=lax", "path=/"] {
                assert!(attributes.contains(needed), "{}: {cookie} lacks {needed}", answer.asked);
            }
            assert!(!attributes.iter().any(|attribute| attribute.starts_with("domain")), "{cookie}");
            assert!(!attributes.contains("secure"), "over plain http a Secure cookie would be lost: {cookie}");
            assert!(cookie.len() <= 4096 && cookie.starts_with("tickbox_"), "{cookie}");
            let age = attributes.iter().find_map(|attribute| attribute.strip_prefix("max-age=")?.parse::<i64>().ok());
            assert!(age.is_none_or(|age| age <= 400 * 86_400), "{cookie}");
        }
    }
}

async fn h01_over_https_cookies_bear_the_host_prefix(app: TestApp) {
    let app = over_https(app).await;
    for answer in cookie_setters(&app).await {
        for cookie in answer.set_cookies() {
            assert!(cookie.starts_with("__Host-tickbox_"), "{}: {cookie}", answer.asked);
            let attributes = attributes(cookie);
            for needed in ["secure", "httponly", "samesite=lax", "path=/"] {
                assert!(attributes.contains(needed), "{}: {cookie} lacks {needed}", answer.asked);
            }
            assert!(!attributes.iter().any(|attribute| attribute.starts_with("domain")), "{cookie}");
        }
    }
    let bob = app.sign_up("bob").await;
    let plain = app.browser();
    plain.set_cookie("tickbox_at", &bob.access);
    plain.get("/dashboard").await.expect(303);
}

async fn h02_what_is_private_is_kept_by_no_cache(app: TestApp) {
    let victim = Victim::new(&app).await;
    for route in app.routes.iter().filter(|route| !is_unsafe(route)) {
        let path = concrete_path(&route.path, "me", &victim);
        let answer = victim.person.browser.get(&path).await;
        let cache = answer.header("cache-control").to_owned();
        let is_public_file = ["/pkg/", "/favicon", "/api/docs/"].iter().any(|start| path.starts_with(start));
        if !is_public_file {
            assert!(cache.contains("no-store"), "{path}: Cache-Control: {cache}");
            assert!(!cache.contains("public"), "{path}: Cache-Control: {cache}");
        }
        if route.path.contains("{owner}")
            || ["/tasks", "/dashboard", "/settings", "/api/auth/me"].contains(&path.as_str())
        {
            let vary: Vec<_> =
                answer.headers.get_all("vary").iter().map(|value| value.to_str().unwrap().to_lowercase()).collect();
            assert!(vary.join(",").contains("cookie"), "{path}: Vary: {vary:?}");
        }
    }
    for answer in cookie_setters(&app).await {
        assert!(answer.header("cache-control").contains("no-store"), "{} sets cookies", answer.asked);
    }
    let lost = victim.person.browser.get("/tasks/x.css").await;
    assert!(lost.header("cache-control").contains("no-store"), "no cache keeps a page that is called x.css");
}

/// The directives of a policy.
fn directive(policy: &str, name: &str) -> String {
    let found = policy.split(';').map(str::trim).find(|directive| directive.split(' ').next() == Some(name));
    found.unwrap_or_else(|| panic!("no {name} in {policy}")).to_owned()
}

async fn h03_every_page_has_a_policy_with_a_fresh_nonce(app: TestApp) {
    let victim = Victim::new(&app).await;
    let (guest, browser) = (app.browser(), &victim.person.browser);
    let mut nonces = BTreeSet::new();
    let task = format!("/tasks/{}", victim.task);
    let pages =
        [(browser, "/tasks"), (browser, "/tasks"), (browser, "/dashboard"), (browser, "/settings"), (browser, &task)];
    for (client, path) in
        pages.into_iter().chain([(browser, "/nowhere"), (&guest, "/signin"), (&guest, "/"), (&guest, "/signup")])
    {
        let answer = client.get(path).await;
        let policy = answer.header("content-security-policy").to_owned();
        assert!(!policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert!(!policy.contains('*') && !policy.contains("http:") && !policy.contains("https:"), "{path}: {policy}");
        assert_eq!(directive(&policy, "object-src"), "object-src 'none'", "{path}");
        assert_eq!(directive(&policy, "base-uri"), "base-uri 'none'", "{path}");
        assert_eq!(directive(&policy, "form-action"), "form-action 'self'", "{path}");
        assert_eq!(directive(&policy, "frame-ancestors"), "frame-ancestors 'none'", "{path}");
        let page = answer.text();
        let scripts = directive(&policy, "script-src");
        let nonce = scripts.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).map(str::to_owned);
        for script in page.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            let nonce =
                nonce.as_deref().unwrap_or_else(|| panic!("{path} has a script, but its policy no nonce: {policy}"));
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{path}: <script{tag}> lacks the nonce");
        }
        for inline in [" onclick=", " onload=", " onsubmit=", " style=\"", "javascript:"] {
            assert!(!page.contains(inline), "{path} has {inline:?}, which its policy forbids");
        }
        if let Some(nonce) = nonce {
            assert!(nonce.len() >= 22, "{path}: fewer than 128 bits: {nonce}");
            assert!(nonces.insert(nonce), "{path}: a nonce comes twice");
        }
    }
    assert!(nonces.len() >= 5, "{nonces:?}");
    let data = browser.get("/api/me/tasks").await;
    assert!(data.header("content-security-policy").contains("default-src 'none'"));
}

#[track_caller]
fn assert_guarded(answer: &Answer) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "DENY"),
    ] {
        assert_eq!(answer.header(name), value, "{} ({}): {name}", answer.asked, answer.status);
    }
    let referrer = answer.header("referrer-policy");
    assert!(
        ["same-origin", "strict-origin-when-cross-origin", "no-referrer"].contains(&referrer),
        "{}: {referrer:?}",
        answer.asked
    );
    assert!(answer.header("permissions-policy").contains("camera=()"), "{}", answer.asked);
    let policy = answer.header("content-security-policy");
    assert!(
        policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
        "{}: {policy:?}",
        answer.asked
    );
    assert!(answer.headers.get_all("content-security-policy").iter().count() == 1, "{}", answer.asked);
    for leak in ["server", "x-powered-by"] {
        assert_eq!(answer.header(leak), "", "{} tells its software", answer.asked);
    }
    let kind = answer.header("content-type");
    assert!(answer.body.is_empty() || !kind.is_empty(), "{} has a body of no type", answer.asked);
    assert!(!kind.starts_with("text/html") || kind.contains("charset=utf-8"), "{}: {kind}", answer.asked);
}

async fn h06_every_answer_bears_the_security_headers(app: TestApp) {
    let victim = Victim::new(&app).await;
    let (browser, guest) = (&victim.person.browser, app.anonymous());
    let huge = json!({"title": "x".repeat(300_000)});
    let answers = [
        (200, browser.get("/tasks").await),
        (200, guest.get("/").await),
        (200, guest.get("/healthz").await),
        (200, guest.get("/pkg/tickbox.js").await),
        (200, guest.get("/favicon.svg").await),
        (200, guest.get("/api/docs").await),
        (200, guest.get("/api/openapi.json").await),
        (201, browser.post("/api/me/tasks", &json!({"title": "x"})).await),
        (303, app.browser().get("/dashboard").await),
        (303, browser.get("/signin").await),
        (400, browser.request("POST", "/api/me/tasks").body("application/json", "{").send().await),
        (401, guest.get("/api/me/tasks").await),
        (401, guest.form("/actions/list_tasks", &[]).await),
        (403, browser.get("/api/0193a5f0-1111-7abc-8def-000000000001/tasks").await),
        (403, browser.request("POST", "/tasks").of_unknown_origin().form(&[]).send().await),
        (404, browser.get("/nowhere").await),
        (404, guest.get("/pkg/nowhere.js").await),
        (404, guest.get("/api/nowhere").await),
        (405, browser.request("PUT", "/tasks").send().await),
        (405, guest.request("OPTIONS", "/api/me/tasks").send().await),
        (413, browser.post("/api/me/tasks", &huge).await),
        (415, browser.request("POST", "/tasks").body("text/plain", "x").send().await),
        (422, browser.post("/api/me/tasks", &json!({})).await),
        (422, browser.form("/tasks", &[("do", "add_task"), ("title", "")]).await),
    ];
    for (status, answer) in &answers {
        assert_eq!(answer.status, *status, "{}: {:.300}", answer.asked, answer.text());
        assert_guarded(answer);
        assert_eq!(answer.header("strict-transport-security"), "", "over plain http there is nothing to remember");
    }
}

async fn h06_and_h02_every_route_by_every_method(app: TestApp) {
    let victim = Victim::new(&app).await;
    let mut paths: Vec<String> = app.routes.iter().map(|route| concrete_path(&route.path, "me", &victim)).collect();
    paths.sort();
    paths.dedup();
    for path in &paths {
        let is_public_file = ["/pkg/", "/favicon", "/api/docs/"].iter().any(|start| path.starts_with(start));
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
            for client in [&app.browser(), &victim.person.browser.copied(), &victim.person.api] {
                let request = client.request(method, path);
                let answer =
                    if ["GET", "HEAD", "OPTIONS"].contains(&method) { request } else { request.json(&json!({})) };
                let answer = answer.send().await;
                assert!(answer.status < 500, "{} answers {}", answer.asked, answer.status);
                assert_guarded(&answer);
                let cache = answer.header("cache-control");
                assert!(is_public_file || cache.contains("no-store"), "{}: Cache-Control: {cache}", answer.asked);
            }
        }
    }
    assert!(paths.len() > 60, "{paths:?}");
}

async fn h06_https_is_remembered(app: TestApp) {
    let app = over_https(app).await;
    for path in ["/", "/nowhere", "/api/me/tasks", "/dashboard", "/pkg/tickbox.js"] {
        let answer = app.anonymous().get(path).await;
        let header = answer.header("strict-transport-security");
        let age = header.split("max-age=").nth(1).and_then(|rest| rest.split(';').next()?.trim().parse::<u64>().ok());
        assert!(age.is_some_and(|age| age >= 31_536_000), "{path}: {header:?}");
        assert!(!header.contains("includeSubDomains"), "what lies below is not ours to say: {header}");
        assert_guarded(&answer);
    }
    let app = app.restart(|settings| settings.has_secure_subdomains = true).await;
    let answer = app.anonymous().get("/").await.expect(200);
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
}

async fn h17_head_is_get_without_a_body(app: TestApp) {
    let victim = Victim::new(&app).await;
    for route in app.routes.iter().filter(|route| route.method == "GET") {
        let path = concrete_path(&route.path, "me", &victim);
        for client in [&victim.person.browser, &app.browser()] {
            let (get, head) = (client.get(&path).await, client.request("HEAD", &path).send().await);
            assert_eq!(head.status, get.status, "HEAD {path}");
            assert!(head.body.is_empty(), "HEAD {path} has a body");
            assert_eq!(head.header("location"), get.header("location"), "HEAD {path}");
            assert_guarded(&head);
        }
    }
    let tasks = app.anonymous().with_bearer(&victim.person.access);
    for range in ["bytes=0-0", "bytes=-1", "bytes=0-,0-,0-", "bytes=9999999-", "nonsense"] {
        let answer = tasks.request("GET", "/api/me/tasks").header("range", range).send().await;
        assert_eq!(answer.status, 200, "Range: {range}");
        let file = tasks.request("GET", "/pkg/tickbox.js").header("range", range).send().await;
        assert!([200, 206, 416].contains(&file.status) || file.status == 404, "Range: {range}: {}", file.status);
    }
    let picky = tasks.request("GET", "/pkg/tickbox.js").header("accept-encoding", "*;q=0").send().await;
    assert!(picky.status < 500, "{}", picky.status);
}

async fn h18_nothing_is_compressed_on_the_way(app: TestApp) {
    let victim = Victim::new(&app).await;
    for route in app.routes.iter().filter(|route| !is_unsafe(route) && !route.path.starts_with("/pkg/")) {
        let path = concrete_path(&route.path, "me", &victim);
        let request = victim.person.browser.request("GET", &path).header("accept-encoding", "gzip, deflate, br, zstd");
        let answer = request.send().await;
        assert_eq!(answer.header("content-encoding"), "", "the length of {path} would tell what it holds");
    }
}

async fn h19_who_leaves_is_forgotten_by_the_browser(app: TestApp) {
    let app = over_https(app).await;
    let ada = app.sign_up("ada").await;
    let password = json!({"password": PASSWORD});
    let mut answers = Vec::new();
    for form in [Some("/dashboard"), Some("/signout"), None] {
        let browser = app.sign_in_browser(&ada).await;
        answers.push(match form {
            Some(page) => browser.form(page, &[("do", "sign_out")]).await.expect_redirect("/signin"),
            None => browser.request("POST", "/api/auth/signout").send().await.expect(204),
        });
    }
    let browser = app.sign_in_browser(&ada).await;
    answers.push(browser.form("/settings", &[("do", "sign_out_everywhere")]).await.expect(303));
    answers.push(app.sign_in_browser(&ada).await.json("DELETE", "/api/auth/me", &password).await.expect(204));
    for answer in &answers {
        assert_eq!(answer.header("clear-site-data"), "\"cache\", \"storage\"", "{}", answer.asked);
        let cookies = answer.set_cookies();
        for name in ["__Host-tickbox_at=;", "__Host-tickbox_rt=;"] {
            let gone = cookies.iter().find(|cookie| cookie.starts_with(name)).unwrap_or_else(|| panic!("{cookies:?}"));
            let attributes = attributes(gone);
            for needed in ["secure", "httponly", "samesite=lax", "path=/", "max-age=0"] {
                assert!(attributes.contains(needed), "{}: {gone} lacks {needed}", answer.asked);
            }
        }
    }
    assert_eq!(app.browser().get("/").await.header("clear-site-data"), "", "who stays keeps everything");
}

async fn every_answer_bears_a_request_id_of_its_own(app: TestApp) {
    let client = app.anonymous();
    let mut ids = BTreeSet::new();
    for path in ["/", "/", "/api/me/tasks", "/nowhere"] {
        let answer = client.request("GET", path).header("x-request-id", "mine").send().await;
        let id = answer.header("x-request-id").to_owned();
        assert!(id.len() >= 16 && id != "mine" && ids.insert(id.clone()), "{path}: {id:?}");
        if answer.status == 401 {
            assert_eq!(answer.json()["request_id"], id.as_str(), "what people report is what the log says");
        }
    }
}

async fn h08_no_header_is_split(app: TestApp) {
    for target in [
        "/dashboard%0d%0aSet-Cookie:%20x=y",
        "/tasks?q=%0d%0aSet-Cookie:%20x=y",
        "/signin?next=%0d%0aLocation:%20https://evil.example",
        "/login?next=/%0d%0aSet-Cookie:%20x=y",
        "/%0aX-Evil:%201",
    ] {
        let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", app.address);
        let reply = raw::exchange(app.address, request.as_bytes(), Duration::from_secs(2)).await;
        let head = reply.text.split("\r\n\r\n").next().unwrap().to_lowercase();
        assert!(reply.status() > 0 && reply.status() < 500, "{target}: {head}");
        for line in head.lines().skip(1) {
            assert!(
                !line.starts_with("x-evil") && !line.contains("x=y") || line.starts_with("location:"),
                "{target}: {line}"
            );
            assert!(!line.starts_with("location: https://evil"), "{target}: {line}");
        }
    }
}
