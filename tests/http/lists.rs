//! The pages of the lists: what stands in each, in which groups, and what is done there without script.

use crate::harness::{Person, TestApp, path_of, scenarios};
use serde_json::json;

scenarios![
    today_shows_what_is_late_before_what_is_due,
    upcoming_and_logbook_go_by_days,
    the_logbook_has_the_dates_of_tasks_that_repeat,
    the_inbox_is_what_is_in_no_list_yet,
    a_task_added_today_is_due_today_unless_it_says_otherwise,
    what_was_deleted_comes_back_from_the_bin,
    the_ways_to_the_lists_tell_how_much_there_is,
    search_marks_what_it_found_and_nothing_of_others,
    a_search_that_makes_no_sense_is_told,
];

async fn page(person: &Person, path: &str) -> String {
    person.browser.get(path).await.expect(200).text()
}

/// Asserts that these stand on a page in this order.
fn assert_in_order(page: &str, texts: &[&str]) {
    let mut rest = page;
    for text in texts {
        let at = rest.find(text).unwrap_or_else(|| panic!("{text:?} does not follow in {page}"));
        rest = &rest[at + text.len()..];
    }
}

async fn today_shows_what_is_late_before_what_is_due(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (title, due) in [("Late one", "2026-11-18"), ("Due one", "2026-11-20"), ("Later one", "2026-11-21")] {
        ada.task_with(json!({"title": title, "due_date": due})).await;
    }
    let today = page(&ada, "/today").await;
    assert_in_order(&today, &["<h1>Today</h1>", "Earlier</h2>", ">Late one<", "Today</h2>", ">Due one<"]);
    assert!(!today.contains(">Later one<"), "no row, though the way back names it");
}

async fn upcoming_and_logbook_go_by_days(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (title, due) in [("Second", "2026-11-23"), ("First", "2026-11-21"), ("Third", "2027-01-05")] {
        ada.task_with(json!({"title": title, "due_date": due})).await;
    }
    let upcoming = page(&ada, "/upcoming").await;
    let order = ["Tomorrow</h2>", ">First<", "Monday, 23 November</h2>", ">Second<", "5 Jan 2027</h2>", ">Third<"];
    assert_in_order(&upcoming, &order);
    let done = ada.task("Done with").await;
    ada.api.patch(&format!("{}/complete", path_of(&done)), &json!({"is_completed": true})).await.expect(200);
    let logbook = page(&ada, "/logbook").await;
    assert_in_order(&logbook, &["Today</h2>", ">Done with<"]);
    assert!(!logbook.contains("add_task"), "nothing is added to what is done");
}

async fn the_logbook_has_the_dates_of_tasks_that_repeat(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let daily = json!({"title": "Water <b>", "rrule": "FREQ=DAILY", "due_date": "2026-11-19"});
    let water = ada.task_with(daily).await;
    let done = json!({"is_completed": true});
    let complete = async |path: &str| ada.api.patch(&format!("{path}/complete"), &done).await.expect(200);
    complete(&path_of(&water)).await;
    let logbook = page(&ada, "/logbook").await;
    assert_in_order(&logbook, &["Today</h2>", ">Water &lt;b&gt;<", "Due yesterday"]);
    assert!(!logbook.contains("class=\"empty-state\""), "it is kept here");
    assert!(!page(&bob, "/logbook").await.contains("Water"), "nobody else's");
    for number in 0..60 {
        app.clock.advance(1);
        complete(&path_of(&ada.task(&format!("Once {number}")).await)).await;
    }
    complete(&path_of(&water)).await;
    // A page holds fifty of both, and none is told twice or left out.
    let first = page(&ada, "/logbook").await;
    assert_in_order(&first, &[">Once 59<", ">Once 11<"]);
    assert!(first.contains("Due tomorrow") || first.contains("Due today"), "{first}");
    assert!(!first.contains(">Once 10<"), "49 of them and the date before them");
    let next = first.split("href=\"/logbook?cursor=").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let second = page(&ada, &format!("/logbook?cursor={next}")).await;
    assert_in_order(&second, &[">Once 10<", ">Once 0<", "Due yesterday"]);
    ada.api.delete(&path_of(&water)).await.expect(204);
    assert!(!page(&ada, "/logbook").await.contains(">Water &lt;b&gt;<"), "what is in the bin is not in the logbook");
}

async fn the_inbox_is_what_is_in_no_list_yet(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    ada.task("Own of Ada").await;
    bob.task("Secret of Bob").await;
    let inbox = page(&ada, "/inbox").await;
    assert!(inbox.contains("Own of Ada") && !inbox.contains("Secret of Bob"));
    assert!(page(&bob, "/upcoming").await.contains("Nothing is due after today."));
    for path in ["/inbox", "/today", "/upcoming", "/logbook", "/bin", "/search?q=own"] {
        assert!(app.browser().get(path).await.expect(303).location().starts_with("/signin?next="), "{path}");
    }
    ada.browser.get("/inbox?cursor=nonsense").await.expect(422);
}

async fn a_task_added_today_is_due_today_unless_it_says_otherwise(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for title in ["Water the ferns", "Book the train on monday"] {
        let typed = [("do", "add_task"), ("title", title), ("usual_due_date", "2026-11-20")];
        ada.browser.form("/today", &typed).await.expect_redirect("/today");
    }
    let typed = [("do", "add_task"), ("title", "As it is"), ("as_typed", "true"), ("usual_due_date", "2026-11-20")];
    ada.browser.form("/today", &typed).await.expect_redirect("/today");
    let tasks = ada.api.get("/api/me/tasks?sort=created&order=asc").await.expect(200).json()["items"].clone();
    let due: Vec<_> = (0..3).map(|number| tasks[number]["due_date"].clone()).collect();
    assert_eq!(due, [json!("2026-11-20"), json!("2026-11-23"), json!("2026-11-20")]);
}

async fn what_was_deleted_comes_back_from_the_bin(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task("Thrown away").await;
    ada.api.delete(&path_of(&task)).await.expect(204);
    assert!(page(&ada, "/bin").await.contains("Restore: Thrown away"));
    let id = task["id"].as_str().unwrap();
    ada.browser.form("/bin", &[("do", "restore_task"), ("id", id)]).await.expect_redirect("/bin");
    assert!(page(&ada, "/bin").await.contains("The bin is empty."));
    assert_eq!(ada.titles("").await, ["Thrown away"]);
}

async fn the_ways_to_the_lists_tell_how_much_there_is(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for title in ["One", "Two"] {
        ada.task_with(json!({"title": title, "due_date": "2026-11-20"})).await;
    }
    let settings = page(&ada, "/settings").await;
    assert_in_order(
        &settings,
        &["aria-label=\"Lists\"", "href=\"/inbox\"", ">2<", "href=\"/today\"", ">2<", "href=\"/upcoming\""],
    );
    assert!(!app.browser().get("/").await.expect(200).text().contains("aria-label=\"Lists\""));
}

async fn search_marks_what_it_found_and_nothing_of_others(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    ada.task_with(json!({"title": "Call the plumber", "tags": ["plumbing"]})).await;
    ada.task_with(json!({"title": "Kitchen", "notes": "<b>ask</b> the plumber"})).await;
    bob.task("Bob's plumber").await;
    let found = page(&ada, "/search?q=plumb").await.replace("<!>", "");
    assert_in_order(
        &found,
        &["id=\"found\"", "Call the <mark>plumb</mark>er", "&lt;b&gt;ask&lt;/b&gt; the <mark>plumb</mark>er"],
    );
    assert!(!found.contains("Bob's"));
    assert!(page(&ada, "/search?q=nowhere").await.contains("Nothing was found."));
    assert!(!page(&ada, "/search").await.contains("Nothing was found."));
}

async fn a_search_that_makes_no_sense_is_told(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let answer = ada.browser.get(&format!("/search?q={}", "x".repeat(201))).await.expect(422);
    assert!(answer.text().contains("Search for at most 200 characters"));
}
