//! The description of the API, held against the router: what is described exists, what exists is described, and what is
//! promised about errors is kept.

use crate::{
    harness::{TestApp, scenarios},
    isolation::{Victim, concrete_path},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tickbox::Accepts;

scenarios![on sqlite:
    the_document_lists_exactly_the_routes_of_the_api,
    every_operation_is_described,
    references_lead_somewhere,
    refusals_are_described_and_come_as_described,
    headers_are_described_and_come_as_described,
    every_error_has_a_place_in_the_docs,
    the_docs_files_come_plain_to_who_wants_them_plain,
    what_a_caller_must_carry_is_described,
    the_docs_page_loads_nothing_from_elsewhere,
];

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

async fn document(app: &TestApp) -> Value {
    let answer = app.anonymous().get("/api/openapi.json").await.expect(200);
    assert_eq!(answer.header("content-type"), "application/json");
    answer.json()
}

fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let of_path = |(path, item)| {
        let item: &Value = item;
        let path: &String = path;
        METHODS
            .iter()
            .filter_map(move |method| Some((method.to_uppercase(), path.clone(), item.get(method)?)))
            .collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

async fn the_document_lists_exactly_the_routes_of_the_api(app: TestApp) {
    let document = document(&app).await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    let described: BTreeSet<(String, String)> =
        operations(&document).into_iter().map(|(method, path, _)| (method, path)).collect();
    let about_itself = |path: &str| path.starts_with("/api/docs") || path == "/api/openapi.json";
    let recorded: BTreeSet<(String, String)> = app
        .routes
        .iter()
        .filter(|route| route.path.starts_with("/api/") && !about_itself(&route.path))
        .map(|route| (route.method.to_string(), route.path.clone()))
        .collect();
    let described: BTreeSet<_> =
        described.into_iter().filter(|(_, path)| path.starts_with("/api/") && !about_itself(path)).collect();
    assert_eq!(described, recorded);
}

async fn every_operation_is_described(app: TestApp) {
    let document = document(&app).await;
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let named = format!("{method} {path}");
        assert!(operation["summary"].as_str().is_some_and(|summary| summary.len() > 5), "{named} has no summary");
        let responses = operation["responses"].as_object().unwrap_or_else(|| panic!("{named} has no responses"));
        assert!(responses.keys().any(|status| status.starts_with('2')), "{named} never succeeds");
        assert!(
            operation["operationId"].as_str().is_some_and(|id| ids.insert(id.to_owned())),
            "{named} has no id of its own"
        );
        for parameter in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            let described = operation["parameters"].as_array().cloned().unwrap_or_default();
            assert!(
                described.iter().any(|known| known["name"] == parameter && known["in"] == "path"),
                "{named}: {parameter}"
            );
        }
        if ["POST", "PUT", "PATCH"].contains(&method.as_str())
            && !["/signout", "/restore", "/invites", "/reset-link"].iter().any(|tail| path.ends_with(tail))
        {
            assert!(operation["requestBody"]["content"].is_object(), "{named} takes a body that nobody describes");
        }
    }
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => (),
    }
}

async fn references_lead_somewhere(app: TestApp) {
    let document = document(&app).await;
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(!found.is_empty(), "nothing has a schema");
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leads elsewhere"));
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    let task = app.sign_up("ada").await.task("Described").await;
    let described = &document["components"]["schemas"]["Task"]["properties"];
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
    assert_eq!(names(described), names(&task), "a task has the fields that are described");
}

async fn refusals_are_described_and_come_as_described(app: TestApp) {
    let document = document(&app).await;
    let victim = Victim::new(&app).await;
    for (method, path, operation) in operations(&document) {
        let Some(route) = app.routes.iter().find(|route| route.path == path && route.method == method.as_str()) else {
            continue;
        };
        let guarded = route.access.is_guarded();
        let reads = route.accepts != Accepts::Nothing;
        let responses = operation["responses"].as_object().unwrap();
        assert!(!guarded || responses.contains_key("401"), "{method} {path} is guarded, but 401 is not described");
        assert!(!path.contains("{owner}") || responses.contains_key("403"), "{method} {path}: 403 is not described");
        assert!(!path.contains("{id}") || responses.contains_key("404"), "{method} {path}: 404 is not described");
        assert!(responses.contains_key("400") && responses.contains_key("503"), "{method} {path}: 400 or 503");
        for status in ["408", "413", "415"] {
            assert!(
                !reads || responses.contains_key(status),
                "{method} {path} reads a body: {status} is not described"
            );
        }
        for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
            let content = response["content"].as_object().map(|content| content.keys().cloned().collect::<Vec<_>>());
            assert_eq!(content, Some(vec!["application/problem+json".to_owned()]), "{method} {path}: {status}");
        }
        let concrete = concrete_path(&path, "me", &victim);
        let mut answers = vec![app.anonymous().request(&method, &concrete).send().await];
        let api = &victim.person.api;
        if !path.starts_with("/api/admin") {
            answers
                .push(api.request(&method, &format!("{concrete}?q=%ff")).send().await.expect_problem(400, "malformed"));
        }
        if reads && !path.starts_with("/api/admin") {
            let typed = |body: Vec<u8>| api.request(&method, &concrete).body("application/json", body).send();
            answers.push(typed(vec![b'x'; 300_000]).await.expect_problem(413, "too_large"));
            answers.push(api.request(&method, &concrete).body("text/plain", "x").send().await);
        }
        for answer in answers {
            let described = &responses.get(&answer.status.to_string());
            assert!(described.is_some(), "{method} {path} answers {}, which is not described", answer.status);
        }
    }
}

async fn headers_are_described_and_come_as_described(app: TestApp) {
    let document = document(&app).await;
    let ada = app.sign_up("ada").await;
    for number in 0..2 {
        ada.task(&format!("Task {number}")).await;
    }
    let described = |path: &str, method: &str, status: &str| {
        let headers = document["paths"][path][method]["responses"][status]["headers"].as_object().cloned();
        headers.unwrap_or_default().keys().map(|name| name.to_lowercase()).collect::<BTreeSet<String>>()
    };
    let list = ada.api.get("/api/me/tasks?limit=1").await.expect(200);
    let make = || ada.api.request("POST", "/api/me/tasks").header("idempotency-key", "once");
    let body = json!({"title": "Once"});
    let made = make().header("prefer", "return=minimal").json(&body).send().await.expect(201);
    let again = make().json(&body).send().await.expect(201);
    for (answer, path, method, names) in [
        (&list, "/api/{owner}/tasks", "get", &["etag", "link"][..]),
        (&made, "/api/{owner}/tasks", "post", &["etag", "location", "x-change-seq", "preference-applied"]),
        (&again, "/api/{owner}/tasks", "post", &["etag", "location", "x-change-seq", "idempotent-replay"]),
    ] {
        let described = described(path, method, &answer.status.to_string());
        for name in names {
            assert!(answer.headers.contains_key(*name), "{method} {path} does not send {name}");
            assert!(described.contains(*name), "{method} {path}: {name} is not described among {described:?}");
        }
    }
    for (method, path, operation) in operations(&document) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let waits = ["408", "429", "503"].contains(&status.as_str());
            assert_eq!(waits, response["headers"]["Retry-After"].is_object(), "{method} {path}: {status}");
        }
    }
    let required = &document["components"]["schemas"]["NewTask"]["required"];
    assert!(!required.as_array().is_some_and(|names| names.contains(&json!("title"))), "{required}");
    let completion = &document["paths"]["/api/{owner}/tasks/{id}/complete"]["patch"]["requestBody"];
    assert_eq!(completion["required"], false);
}

async fn what_a_caller_must_carry_is_described(app: TestApp) {
    let document = document(&app).await;
    let schemes = &document["components"]["securitySchemes"];
    for scheme in ["bearer", "api_token", "access_cookie"] {
        assert!(schemes[scheme].is_object(), "{scheme} is not described");
    }
    let mut with_scope = 0;
    for (method, path, operation) in operations(&document) {
        let route = app.routes.iter().find(|route| route.path == path && route.method == method.as_str()).unwrap();
        if !route.access.is_guarded() {
            assert!(
                operation["security"][0].as_object().is_some_and(serde_json::Map::is_empty),
                "{method} {path} is open"
            );
            continue;
        }
        let mut taken = vec![json!({"bearer": []}), json!({"access_cookie": []})];
        taken.extend(route.access.scope().map(|scope| json!({"api_token": [scope.as_str()]})));
        with_scope += usize::from(route.access.scope().is_some());
        assert_eq!(operation["security"], Value::from(taken), "{method} {path}");
        assert!(operation["responses"]["403"].is_object(), "{method} {path}: an API token may be refused");
    }
    assert!(with_scope > 5);
}

async fn every_error_has_a_place_in_the_docs(app: TestApp) {
    let page = app.anonymous().get("/api/docs").await.expect(200).text();
    for error in domain::Error::examples() {
        let row = format!("<tr id=\"{0}\"><td><code>{0}</code></td><td>{1}</td>", error.code(), error.status());
        assert!(page.contains(&row), "{row}");
    }
    let refused = app.anonymous().get("/api/auth/me").await.expect_problem(401, "unauthenticated").json();
    let (path, code) = refused["type"].as_str().unwrap().split_once('#').unwrap();
    assert_eq!(path, "/api/docs");
    assert!(page.contains(&format!("id=\"{code}\"")), "the type leads to its row");
}

async fn the_docs_files_come_plain_to_who_wants_them_plain(app: TestApp) {
    for name in ["swagger-ui.css", "swagger-ui-bundle.js"] {
        let ask = |coding: &str| {
            let request = app.anonymous().request("GET", &format!("/api/docs/{name}"));
            request.header("accept-encoding", coding).send()
        };
        let (packed, plain) = (ask("gzip, br").await.expect(200), ask("identity").await.expect(200));
        assert_eq!(packed.header("content-encoding"), "gzip");
        assert!(packed.body.starts_with(&[0x1f, 0x8b]), "{name} is packed");
        assert_eq!(plain.header("content-encoding"), "");
        assert!(plain.body.len() > packed.body.len() && plain.text().contains("swagger"), "{name} is plain");
        for answer in [packed, plain] {
            assert!(answer.header("vary").contains("Accept-Encoding"), "{name}");
        }
    }
}

async fn the_docs_page_loads_nothing_from_elsewhere(app: TestApp) {
    let page = app.anonymous().get("/api/docs").await.expect(200).text();
    let sources = page.split(['"', '\'']).filter(|part| part.starts_with("http") || part.starts_with("//"));
    let foreign: Vec<&str> = sources.collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    for attribute in ["src=\"", "href=\""] {
        for target in page
            .split(attribute)
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|target| !target.starts_with('#'))
        {
            let path = if target.starts_with('/') {
                target.to_owned()
            } else {
                format!("/api/docs/{}", target.trim_start_matches("./"))
            };
            app.anonymous().get(&path).await.expect(200);
        }
    }
}
