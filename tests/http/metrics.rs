//! What the server tells whoever watches over it, and that it tells nobody else.

use crate::harness::{Client, TestApp, path_of, scenarios};

scenarios![on sqlite: metrics_are_told_on_their_own_address_alone, metrics_name_nothing_of_anybody];

/// A server that tells metrics, and who asks for them.
pub(crate) async fn watched(app: TestApp) -> (TestApp, Client) {
    let (ground, clock) = app.stop().await;
    let watching = |settings: &mut tickbox::Settings| settings.metrics_address = Some(([127, 0, 0, 1], 0).into());
    let app = TestApp::start(&ground, clock, watching).await.unwrap();
    let watcher = Client::at(&format!("http://{}", app.metrics.expect("an address of its own")));
    (app, watcher)
}

async fn metrics_are_told_on_their_own_address_alone(app: TestApp) {
    assert_eq!(app.metrics, None, "not told unless somebody wishes");
    app.anonymous().get("/metrics").await.expect(404);
    let (app, watcher) = watched(app).await;
    app.anonymous().get("/metrics").await.expect(404);
    app.browser().get("/metrics").await.expect(404);
    let told = watcher.get("/metrics").await.expect(200);
    assert!(told.header("content-type").starts_with("text/plain; version=0.0.4"));
    for name in [
        "tickbox_build_info{version=",
        "tickbox_uptime_seconds ",
        "tickbox_connections ",
        "tickbox_password_hash_queue 0",
        "tickbox_database_statements_total ",
    ] {
        assert!(told.text().lines().any(|line| line.starts_with(name)), "{name}: {}", told.text());
    }
    for path in ["/", "/api/me/tasks", "/tasks", "/healthz", "/metrics/x"] {
        watcher.get(path).await.expect(404);
    }
    watcher.request("POST", "/metrics").send().await.expect(404);
}

async fn metrics_name_nothing_of_anybody(app: TestApp) {
    let (app, watcher) = watched(app).await;
    let ada = app.sign_up("ada").await;
    let task = ada.task("Surprise party").await;
    for _ in 0..3 {
        ada.api.get(&format!("{}?secret=1", path_of(&task))).await;
    }
    ada.api.get("/api/me/tasks/0193a5f0-1111-7abc-8def-000000000001").await.expect(404);
    app.anonymous().get("/no/such/path").await.expect(404);
    app.anonymous().request("BREW", "/tasks").send().await;
    let told = watcher.get("/metrics").await.expect(200).text();
    let count = |method: &str, route: &str, status: &str| {
        let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
        let line = format!("tickbox_request_duration_seconds_count{{{labels}}} ");
        told.lines().find_map(|known| known.strip_prefix(&line)).and_then(|count| count.parse::<u64>().ok())
    };
    assert_eq!(count("GET", "/api/{owner}/tasks/{id}", "2xx"), Some(3), "{told}");
    assert_eq!(count("GET", "/api/{owner}/tasks/{id}", "4xx"), Some(1), "{told}");
    assert_eq!(count("POST", "/api/{owner}/tasks", "2xx"), Some(1), "{told}");
    assert_eq!(count("GET", "other", "4xx"), Some(1), "{told}");
    assert_eq!(count("other", "/tasks", "4xx"), Some(1), "{told}");
    for secret in [ada.id.as_str(), task["id"].as_str().unwrap(), "Surprise", "secret", "such", "BREW", "mail.example"]
    {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
}
