//! The description of the API, held against the router: what is described exists, what exists is described, and what is
//! promised about errors is kept.

use crate::{
    harness::{TestApp, scenarios},
    isolation::{Victim, concrete_path},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

scenarios![on sqlite:
    the_document_lists_exactly_the_routes_of_the_api,
    every_operation_is_described,
    references_lead_somewhere,
    refusals_are_described_and_come_as_described,
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
        let responses = operation["responses"].as_object().unwrap();
        assert!(!guarded || responses.contains_key("401"), "{method} {path} is guarded, but 401 is not described");
        assert!(!path.contains("{owner}") || responses.contains_key("403"), "{method} {path}: 403 is not described");
        assert!(!path.contains("{id}") || responses.contains_key("404"), "{method} {path}: 404 is not described");
        for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
            let content = response["content"].as_object().map(|content| content.keys().cloned().collect::<Vec<_>>());
            assert_eq!(content, Some(vec!["application/problem+json".to_owned()]), "{method} {path}: {status}");
        }
        let answer = app.anonymous().request(&method, &concrete_path(&path, "me", &victim)).send().await;
        assert!(
            responses.contains_key(&answer.status.to_string()),
            "{method} {path} answers {}, which is not described",
            answer.status
        );
    }
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
