//! Where signing in leads, H07 of the attacks: to a page of this very site, whatever the address asks for.

use crate::harness::{Answer, PASSWORD, TestApp, scenarios};

scenarios![
    h07_own_pages_are_returned_to,
    h07_every_other_wish_leads_to_the_dashboard,
    h07_the_forwarded_host_leads_nowhere,
    other_names_of_the_pages_lead_to_them,
];

async fn sign_in_wishing(app: &TestApp, next: &str) -> Answer {
    let fields = [("do", "sign_in"), ("email", "ada@mail.example"), ("password", PASSWORD), ("next", next)];
    app.browser().form("/signin", &fields).await.expect(303)
}

async fn h07_own_pages_are_returned_to(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for next in ["/tasks", "/settings", "/tasks?status=done&q=a%20b", "/tasks/0193a5f0-1111-7abc-8def-000000000001"] {
        assert_eq!(sign_in_wishing(&app, next).await.location(), next);
        let query = serde_urlencoded::to_string([("next", next)]).unwrap();
        assert_eq!(ada.browser.get(&format!("/signin?{query}")).await.expect(303).location(), next);
    }
    let page = app.browser().get("/signin?next=%2Ftasks%3Fq%3Da%2520b").await.expect(200).text();
    assert!(page.contains("/tasks?q=a%20b"), "the form carries the wish on: {page}");
}

async fn h07_every_other_wish_leads_to_the_dashboard(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let long = format!("/{}", "a".repeat(5000));
    let wishes = [
        "",
        "tasks",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%2f/evil.example",
        "/%5cevil.example",
        "https:evil.example",
        "https://evil.example",
        "///evil.example",
        "/\t/evil.example",
        "/.//evil.example",
        "/../evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/@evil.example",
        "/x%0d%0aLocation:%20https://evil.example",
        "/a\r\nLocation: https://evil.example",
        "/\u{2215}evil.example",
        "/signin",
        "/signin?next=/signin",
        "/signup/",
        "/logout",
        "/api/me/tasks",
        "/actions/sign_in",
        "/pkg/x.js",
        "%2f%2fevil.example",
        "/%252f%252fevil.example",
        " /tasks",
        "http://127.0.0.1.evil.example",
        long.as_str(),
    ];
    for wish in wishes {
        assert_eq!(sign_in_wishing(&app, wish).await.location(), "/dashboard", "{wish:?}");
        let query = serde_urlencoded::to_string([("next", wish)]).unwrap();
        let signed_in = ada.browser.get(&format!("/signin?{query}")).await;
        assert_eq!(signed_in.location(), "/dashboard", "{wish:?}, signed in already");
    }
    let inner = sign_in_wishing(&app, "/tasks?next=//evil.example").await;
    assert_eq!(inner.location(), "/tasks?next=//evil.example", "a wish inside a wish leads nowhere by itself");
    let fields = [("do", "sign_up"), ("email", "bob@mail.example"), ("password", PASSWORD), ("next", "//evil.example")];
    app.browser().form("/signup", &fields).await.expect_redirect("/dashboard");
}

async fn h07_the_forwarded_host_leads_nowhere(app: TestApp) {
    for header in ["x-forwarded-host", "forwarded", "x-original-url", "x-rewrite-url", "x-forwarded-proto", "host"] {
        for path in ["/dashboard", "/login", "/", "/tasks?q=1"] {
            let answer = app.browser().request("GET", path).header(header, "evil.example").send().await;
            assert!(!answer.location().contains("evil"), "{header} on {path} leads to {}", answer.location());
            assert!(!answer.text().contains("evil.example"), "{header} on {path} stands in the page");
        }
    }
}

async fn other_names_of_the_pages_lead_to_them(app: TestApp) {
    let guest = app.browser();
    guest.get("/login").await.expect_redirect("/signin");
    guest.get("/register").await.expect_redirect("/signup");
    guest.get("/login?next=%2Ftasks").await.expect_redirect("/signin?next=%2Ftasks");
    guest.get("/logout").await.expect_redirect("/signout");
}
