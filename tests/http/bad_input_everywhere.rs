//! The coarse kinds of bad input, sent to every route that takes a body: the right 4xx, a sentence that tells nothing of
//! what is behind, nothing stored, and never a 5xx.

use crate::{
    harness::{Answer, TestApp, scenarios},
    isolation::{Victim, concrete_path, is_unsafe},
};
use tickbox::Recorded;

scenarios![every_route_refuses_what_it_cannot_read, every_route_survives_strange_queries];

/// A body, its type, and the statuses that are right where a body is read at all.
struct Bad {
    what: &'static str,
    content_type: &'static str,
    body: Vec<u8>,
    right: &'static [u16],
}

fn bad_bodies(reads_json: bool) -> Vec<Bad> {
    let (own, other) = if reads_json {
        ("application/json", "application/x-www-form-urlencoded")
    } else {
        ("application/x-www-form-urlencoded", "application/json")
    };
    let bad = |what, content_type, body: &[u8], right| Bad { what, content_type, body: body.to_vec(), right };
    let deep = "[".repeat(20_000);
    let mut bodies = vec![
        bad("the wrong type", other, b"{}", &[415]),
        bad("plain text", "text/plain", b"{}", &[415]),
        bad("a multipart form", "multipart/form-data; boundary=x", b"--x--", &[415]),
        bad("no UTF-8", own, b"\xff\xfe\xfd", &[400, 422]),
        bad("deep JSON", own, deep.as_bytes(), &[400, 422]),
        bad("300 kB", own, &vec![b'x'; 300_000], &[413]),
    ];
    if reads_json {
        bodies.push(bad("NUL bytes", own, b"\0\0\0", &[400, 422]));
        bodies.push(bad("half a JSON", own, b"{\"title\":", &[400]));
        bodies.push(bad("a list", own, b"[1,2,3]", &[422]));
        bodies.push(bad("a lone surrogate", own, br#"{"title":"\ud800"}"#, &[400, 422]));
        bodies.push(bad("an unknown field", own, br#"{"no_such_field":1}"#, &[422]));
    } else {
        bodies.push(bad("NUL in every field", own, NUL_EVERYWHERE.as_bytes(), &[400, 401, 404, 410, 422]));
        bodies.push(bad("bent percent signs", own, b"do=%zz&id=%0&%=%", &[400, 401, 404, 422]));
        bodies.push(bad("invalid UTF-8 in percent signs", own, b"do=add_task&title=%ff%fe&id=%ff", &[400, 404, 422]));
    }
    bodies
}

/// Every field that any form has.
const NUL_EVERYWHERE: &str = "do=%00&id=%00&title=%00&notes=%00&name=%00&email=%00&password=%00&token=%00&query=%00&time_zone=%00&\
                              theme=%00&lifetime=%00&current_password=%00&code=%00&new_password=%00&is_completed=%00&due_date=%00&revision=%00";

/// Routes that need nothing of their body: what comes along may be ignored, and they do what they do. How easy a password
/// is to guess can be told of any text.
const LOOK_AWAY: [&str; 14] = [
    "/actions/empty_bin",
    "/actions/undo_change",
    "/actions/redo_change",
    "/actions/judge_password",
    "/api/auth/signout",
    "/api/{owner}/tasks/{id}/restore",
    "/actions/sign_out",
    "/actions/sign_out_everywhere",
    "/actions/end_other_devices",
    "/actions/begin_totp",
    "/actions/renew_recovery_codes",
    "/actions/make_invite",
    "/api/admin/invites",
    "/api/admin/users/{id}/reset-link",
];

/// Routes that look at no body: whatever is sent along, they do what they do.
fn reads_no_body(route: &Recorded) -> bool {
    route.method == "DELETE" && !["/api/auth/me", "/api/auth/factors/totp"].contains(&route.path.as_str())
}

#[track_caller]
fn assert_right(answer: &Answer, bad: &Bad) {
    let (what, asked) = (bad.what, &answer.asked);
    assert!(bad.right.contains(&answer.status), "{asked} with {what}: {} {:.500}", answer.status, answer.text());
    assert!(!answer.body.is_empty(), "{asked} with {what} says nothing");
    answer.assert_tells_nothing_inner();
}

async fn every_route_refuses_what_it_cannot_read(app: TestApp) {
    let victim = Victim::new(&app).await;
    let (person, leaver) = (&victim.person, app.sign_up("leaver").await);
    let before = app.rows().await;
    for route in app.routes.iter().filter(|route| is_unsafe(route) && !reads_no_body(route)) {
        let path = concrete_path(&route.path, "me", &victim);
        let looks_away = LOOK_AWAY.contains(&route.path.as_str());
        for bad in bad_bodies(route.path.starts_with("/api/")) {
            let browser = if looks_away { app.sign_in_browser(&leaver).await } else { person.browser.copied() };
            let answer =
                browser.request(route.method.as_str(), &path).body(bad.content_type, bad.body.clone()).send().await;
            if looks_away {
                assert!(answer.status < 500, "{} with {}: {}", answer.asked, bad.what, answer.status);
            } else {
                assert_right(&answer, &bad);
            }
        }
    }
    let after = app.rows().await;
    assert_eq!(before.count("tasks"), after.count("tasks"));
    assert_eq!(before.count("users"), after.count("users"));
    assert!(after.mention("The victim's secret".replace('\'', "''").as_str()));
    assert!(!after.mention("no_such_field"));
}

/// Queries that are not UTF-8 behind whole escapes.
const UNREADABLE: [&str; 3] = ["%", "%ff", "q=%ff"];

/// Files, documents and signs of life are the same for everybody, whatever stands behind their address.
fn is_file(path: &str) -> bool {
    ["/pkg/", "/api/docs", "/api/openapi.json", "/healthz", "/readyz", "/favicon.svg"]
        .iter()
        .any(|start| path.starts_with(start))
}

async fn every_route_survives_strange_queries(app: TestApp) {
    let victim = Victim::new(&app).await;
    let before = app.rows().await;
    for route in app.routes.iter().filter(|route| !is_unsafe(route)) {
        let path = concrete_path(&route.path, "me", &victim);
        for query in
            ["%", "%ff", "%00", "a[][][]=1", "&&==&", "q=%ff", "cursor=%00", "next=%0d%0aSet-Cookie:x=y", "limit=1e9"]
        {
            let answer = victim.person.browser.get(&format!("{path}?{query}")).await;
            assert!(answer.status < 500, "{}: {}", answer.asked, answer.status);
            if UNREADABLE.contains(&query) && !is_file(&route.path) {
                // Nobody but admins learns that there is an administration, and guests' pages lead on.
                let right: &[u16] = if route.path.starts_with("/api/") { &[400] } else { &[400, 303, 404] };
                assert!(right.contains(&answer.status), "{}: {}", answer.asked, answer.status);
            }
            assert!(!answer.set_cookies().iter().any(|cookie| cookie.starts_with("x=")));
            // The administration tells which database it is, whatever stands behind its address.
            if answer.status >= 400 && route.path != "/admin" {
                answer.assert_tells_nothing_inner();
            }
        }
    }
    before.assert_same(&app.rows().await, "strange queries");
}
