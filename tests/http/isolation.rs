//! Isolation, generated from the router: every route that the server recorded, asked without a token, with an expired,
//! a tampered, a stolen one, with a refresh token, as a deleted user, on another's path. What is expected follows from
//! the access that the route was recorded with, so a new route is tested from its first day; one that anybody may use
//! must moreover be named in [`PUBLIC`].
//!
//! E07 and F07 of the attacks are here too: no GET changes anything, no route is open by oversight.

use crate::harness::{Answer, Client, PASSWORD, Person, TestApp, path_of, scenarios, tokens::Token};
use serde_json::{Value, json};
use tickbox::{Access, Recorded};

scenarios![
    f07_every_route_has_its_answer_for_whoever_has_no_session,
    f01_every_route_of_an_owner_refuses_others,
    f07_every_guarded_route_lets_a_session_in,
    f07_the_public_routes_are_these_and_no_others,
    e07_no_get_changes_anything,
];

/// What anybody may ask for. Who adds a route here has decided that strangers may use it.
const PUBLIC: &[(&str, &str)] = &[
    ("GET", "/"),
    ("POST", "/"),
    ("GET", "/signin"),
    ("POST", "/signin"),
    ("GET", "/signin/code"),
    ("POST", "/signin/code"),
    ("GET", "/signup"),
    ("POST", "/signup"),
    ("GET", "/forgot"),
    ("POST", "/forgot"),
    ("GET", "/reset"),
    ("POST", "/reset"),
    ("GET", "/verify"),
    ("POST", "/verify"),
    ("GET", "/login"),
    ("GET", "/register"),
    ("GET", "/logout"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/favicon.svg"),
    ("GET", "/pkg/{*file}"),
    ("GET", "/api/openapi.json"),
    ("GET", "/api/docs"),
    ("GET", "/api/docs/{file}"),
    ("POST", "/api/auth/signup"),
    ("POST", "/api/auth/signin"),
    ("POST", "/api/auth/signin/code"),
    ("POST", "/api/auth/signin/passkey/start"),
    ("POST", "/api/auth/signin/passkey"),
    ("POST", "/api/auth/refresh"),
    ("POST", "/api/auth/reset"),
    ("POST", "/api/auth/reset/confirm"),
    ("POST", "/api/auth/verify"),
    ("POST", "/actions/sign_up"),
    ("POST", "/actions/sign_in"),
    ("POST", "/actions/sign_in_with_code"),
    ("POST", "/actions/forgot_password"),
    ("POST", "/actions/reset_password"),
    ("POST", "/actions/verify_address"),
    ("POST", "/actions/judge_password"),
];

/// Somebody with rows of every kind, for others to be after.
pub(crate) struct Victim {
    /// Who.
    pub(crate) person: Person,
    /// One of their tasks.
    pub(crate) task: String,
    /// One of their projects.
    pub(crate) project: String,
    /// One of their tags.
    pub(crate) tag: String,
    /// One of their saved filters.
    pub(crate) filter: String,
    /// A session of theirs.
    pub(crate) session: String,
    /// The id of an API token of theirs.
    pub(crate) token: String,
}

impl Victim {
    /// Signs somebody up who has a task.
    pub(crate) async fn new(app: &TestApp) -> Self {
        let person = app.sign_up("victim").await;
        let task =
            person.task_with(json!({"title": "The victim's secret", "notes": "Canary", "tags": ["canary"]})).await;
        let session = Token::read(&person.access).claims["sid"].as_str().unwrap().to_owned();
        let task = path_of(&task).rsplit('/').next().unwrap().to_owned();
        let token = person.token(&["tasks:read"]).await.id;
        let make = async |kind: &str, body: Value| {
            let made = person.api.post(&format!("/api/me/{kind}"), &body).await.expect(201).json();
            made["id"].as_str().unwrap().to_owned()
        };
        let project = make("projects", json!({"name": "Canary project"})).await;
        let tag = make("tags", json!({"name": "canary tag"})).await;
        let filter = make("filters", json!({"name": "Canary filter", "query": "#canary"})).await;
        Self { person, task, project, tag, filter, session, token }
    }

    /// Every row of theirs that a path names.
    fn ids(&self) -> [&str; 4] {
        [&self.task, &self.project, &self.tag, &self.filter]
    }
}

/// The address of a recorded route, its parameters filled with what is the victim's.
pub(crate) fn concrete_path(pattern: &str, owner: &str, victim: &Victim) -> String {
    let segments = pattern.split('/').map(|segment| match segment {
        "{owner}" => owner,
        "{id}" | ":id" if pattern.contains("/sessions/") => &victim.session,
        "{id}" | ":id" if pattern.contains("/tokens/") => &victim.token,
        "{id}" | ":id" if pattern.contains("/projects/") => &victim.project,
        "{id}" | ":id" if pattern.contains("/tags/") => &victim.tag,
        "{id}" | ":id" if pattern.contains("/filters/") => &victim.filter,
        "{id}" | ":id" => &victim.task,
        "{file}" | "{*file}" => "tickbox.js",
        segment if segment.starts_with('{') => panic!("say here what stands for {segment} in {pattern}"),
        segment => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Whether a route may change something.
pub(crate) fn is_unsafe(route: &Recorded) -> bool {
    !route.method.is_safe()
}

fn is_page(route: &Recorded) -> bool {
    !route.path.starts_with("/api/") && !route.path.starts_with("/actions/")
}

fn is_rest(route: &Recorded) -> bool {
    route.path.starts_with("/api/")
}

/// What may be wrong with a credential.
struct Credential {
    what: &'static str,
    access: String,
}

async fn dead_credentials(app: &TestApp) -> Vec<Credential> {
    let (thief, leaver) = (app.sign_up("thief").await, app.sign_up("leaver").await);
    let token = Token::read(&thief.access);
    let signature = thief.access.rsplit('.').next().unwrap();
    let swapped = if signature.starts_with('A') { "B" } else { "A" };
    let tampered = thief.access.replace(&format!(".{signature}"), &format!(".{swapped}{}", &signature[1..]));
    let ended = app.sign_in_program(&thief).await;
    app.anonymous().with_bearer(&ended.access).request("POST", "/api/auth/signout").send().await.expect(204);
    leaver.api.json("DELETE", "/api/auth/me", &json!({"password": PASSWORD})).await.expect(204);
    vec![
        Credential { what: "an expired token", access: token.shifted(-3600).sign() },
        Credential { what: "a tampered token", access: tampered },
        Credential { what: "a refresh token as access token", access: thief.refresh.clone() },
        Credential { what: "the token of a deleted user", access: leaver.access },
        Credential { what: "the token of an ended session", access: ended.access },
    ]
}

/// Fails unless the answer is what this route owes somebody without a session.
#[track_caller]
pub(crate) fn assert_shut(route: &Recorded, answer: &Answer, what: &str) {
    let asked = format!("{what}: {}", answer.asked);
    match &route.access {
        Access::Open | Access::SignedOut => {
            let takes_a_token = route.path == "/api/auth/refresh";
            assert!(
                takes_a_token || !answer.text().contains("unauthenticated"),
                "{asked} is open, yet wants a session"
            );
            assert!(!answer.location().contains("next="), "{asked} is open, yet leads to {}", answer.location());
            assert!(answer.status < 500, "{asked} answers {}", answer.status);
        }
        Access::Session | Access::Admin if is_page(route) => {
            assert_eq!(answer.status, 303, "{asked}");
            assert!(answer.location().starts_with("/signin?next="), "{asked} leads to {}", answer.location());
        }
        Access::Session | Access::Account(_) | Access::Owner(_) | Access::Admin => {
            assert_eq!(answer.status, 401, "{asked}: {}", answer.text());
            assert!(answer.text().contains("unauthenticated"), "{asked}: {}", answer.text());
        }
    }
    assert!(!answer.gives_a_session(), "{asked}");
    assert!(!answer.text().contains("The victim's secret"), "{asked} tells the victim's secret");
}

/// Asks a route for something that it could do for whoever may.
pub(crate) async fn ask(client: &Client, route: &Recorded, path: &str) -> Answer {
    let request = client.request(route.method.as_str(), path);
    let guarded = route.access.is_guarded();
    let request = match (is_unsafe(route), is_rest(route)) {
        (false, _) => request,
        (true, true) => request.json(&json!({})),
        (true, false) if guarded => request.form(&[("do", "add_task"), ("title", "Smuggled in")]),
        (true, false) => request.form(&[("do", "sign_in"), ("email", "nobody"), ("password", "nothing")]),
    };
    request.send().await
}

async fn f07_every_route_has_its_answer_for_whoever_has_no_session(app: TestApp) {
    let victim = Victim::new(&app).await;
    let dead = dead_credentials(&app).await;
    let before = app.rows().await;
    for route in &app.routes {
        for owner in ["me", &victim.person.id] {
            let path = concrete_path(&route.path, owner, &victim);
            assert_shut(route, &ask(&app.anonymous(), route, &path).await, "no token");
            for Credential { what, access } in &dead {
                let browser = app.browser();
                browser.set_cookie("tickbox_at", access);
                assert_shut(route, &ask(&browser, route, &path).await, &format!("{what} as cookie"));
                let program = app.anonymous().with_bearer(access);
                assert_shut(route, &ask(&program, route, &path).await, &format!("{what} as bearer"));
            }
        }
    }
    before.assert_same(&app.rows().await, "asking every route without a session");
}

async fn f01_every_route_of_an_owner_refuses_others(app: TestApp) {
    let victim = Victim::new(&app).await;
    let stranger = app.sign_up("stranger").await;
    let before = app.rows().await;
    let mut refused = 0;
    for route in app.routes.iter().filter(|route| route.path.contains("{owner}")) {
        assert!(matches!(route.access, Access::Owner(_)), "{} {} names an owner", route.method, route.path);
        for client in [&stranger.browser, &stranger.api] {
            for owner in [victim.person.id.as_str(), "0193a5f0-1111-7abc-8def-000000000001", "ME", "nonsense", "0"] {
                let answer = ask(client, route, &concrete_path(&route.path, owner, &victim)).await;
                answer.expect_problem(403, "forbidden");
                refused += 1;
            }
            let path = concrete_path(&route.path, "me", &victim);
            let answer = ask(client, route, &path).await;
            if let Some(id) = victim.ids().into_iter().find(|id| path.contains(*id)) {
                let missing = ask(client, route, &path.replace(id, "0193a5f0-1111-7abc-8def-000000000002")).await;
                assert_eq!(answer.status, missing.status, "{}", answer.asked);
                let told = |answer: &Answer| {
                    if answer.status == 404 { answer.text() } else { answer.json()["code"].to_string() }
                };
                assert_eq!(told(&answer), told(&missing), "{}: not mine looks like not there", answer.asked);
                assert!(answer.status == 404 || answer.status == 422, "{}: {}", answer.asked, answer.status);
            }
            assert!(!answer.text().contains("Canary"), "{}", answer.asked);
        }
    }
    assert!(refused > 0, "no route names an owner");
    before.assert_same(&app.rows().await, "asking on another's path");
}

async fn f07_every_guarded_route_lets_a_session_in(app: TestApp) {
    let victim = Victim::new(&app).await;
    let lets_in = |answer: &Answer| answer.status != 401 && !answer.location().starts_with("/signin?");
    let guarded = |route: &&Recorded| !is_unsafe(route) && route.access.is_guarded();
    for route in app.routes.iter().filter(guarded) {
        let path = concrete_path(&route.path, "me", &victim);
        let answer = ask(&victim.person.browser, route, &path).await;
        assert!(lets_in(&answer) && answer.status < 500, "{} answers {} to its owner", answer.asked, answer.status);
        if is_rest(route) {
            assert!(lets_in(&ask(&victim.person.api, route, &path).await), "{} refuses a bearer token", route.path);
        }
    }
}

async fn f07_the_public_routes_are_these_and_no_others(app: TestApp) {
    let mut open: Vec<(&str, &str)> = Vec::new();
    for route in &app.routes {
        if !route.access.is_guarded() {
            open.push((route.method.as_str(), route.path.as_str()));
        }
    }
    open.sort_unstable();
    let mut expected = PUBLIC.to_vec();
    expected.sort_unstable();
    assert_eq!(open, expected, "the routes that anybody may use");
}

async fn e07_no_get_changes_anything(app: TestApp) {
    let victim = Victim::new(&app).await;
    let before = app.rows().await;
    let mut waiting: Vec<String> = app
        .routes
        .iter()
        .filter(|route| route.method == "GET")
        .map(|route| concrete_path(&route.path, "me", &victim))
        .collect();
    waiting.extend(
        app.routes.iter().filter(|route| is_unsafe(route)).map(|route| concrete_path(&route.path, "me", &victim)),
    );
    let mut seen: Vec<String> = Vec::new();
    while let Some(path) = waiting.pop() {
        if seen.contains(&path) || seen.len() > 300 {
            continue;
        }
        let answer = victim.person.browser.get(&path).await;
        assert!(answer.status < 500, "GET {path} answers {}", answer.status);
        victim.person.browser.request("HEAD", &path).send().await;
        if answer.header("content-type").starts_with("text/html") {
            waiting.extend(own_links(&answer.text()));
        }
        seen.push(path);
    }
    assert!(seen.len() > 15, "{seen:?}");
    before.assert_same(&app.rows().await, "looking at every page");
    assert!(app.takes(&victim.person.access).await);
}

/// Where the links of a page lead on this site.
fn own_links(page: &str) -> Vec<String> {
    let targets = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    targets
        .filter(|target| target.starts_with('/') && !target.starts_with("//"))
        .map(|target| target.split('#').next().unwrap_or_default().replace("&amp;", "&"))
        .collect()
}
