//! Lists of tasks: filters, search, sorting, and the same parameters on the page.

use crate::harness::{Person, TestApp, path_of, scenarios};
use serde_json::json;

scenarios![
    open_is_what_is_shown_unless_asked_otherwise,
    filters_narrow_and_combine,
    due_bounds_are_inclusive,
    search_finds_title_and_notes_whatever_the_case,
    wildcards_in_a_search_are_letters_like_others,
    every_sort_goes_both_ways,
    without_a_date_comes_last_both_ways,
    unknown_parameters_and_values_are_told,
    the_page_takes_the_same_parameters,
    the_page_shows_everything_when_a_parameter_is_wrong,
    empty_and_no_match_are_told_apart,
    the_dashboard_counts_what_is_there,
];

async fn sorted(person: &Person, query: &str) -> Vec<String> {
    let mut titles = person.titles(query).await;
    titles.sort();
    titles
}

async fn household(app: &TestApp) -> Person {
    let ada = app.sign_up("ada").await;
    for task in [
        json!({"title": "apples", "priority": "low", "due_date": "2026-11-22", "tags": ["shop"]}),
        json!({"title": "Bread", "priority": "high", "due_date": "2026-11-20", "tags": ["shop", "urgent"]}),
        json!({"title": "cellar", "notes": "Look for the OLD bicycle", "due_date": "2026-11-19"}),
        json!({"title": "Desk", "priority": "medium", "is_completed": true}),
    ] {
        ada.task_with(task).await;
        app.clock.advance(1);
    }
    ada
}

async fn open_is_what_is_shown_unless_asked_otherwise(app: TestApp) {
    let ada = household(&app).await;
    assert_eq!(sorted(&ada, "").await, ["Bread", "apples", "cellar"]);
    assert_eq!(sorted(&ada, "status=open").await, ["Bread", "apples", "cellar"]);
    assert_eq!(sorted(&ada, "status=done").await, ["Desk"]);
    assert_eq!(sorted(&ada, "status=all").await.len(), 4);
}

async fn filters_narrow_and_combine(app: TestApp) {
    let ada = household(&app).await;
    assert_eq!(ada.titles("priority=high").await, ["Bread"]);
    assert_eq!(ada.titles("priority=none").await, ["cellar"]);
    assert_eq!(sorted(&ada, "tag=shop").await, ["Bread", "apples"]);
    assert_eq!(ada.titles("tag=shop&priority=low").await, ["apples"]);
    assert!(ada.titles("tag=shop&priority=medium&status=all").await.is_empty());
    assert!(ada.titles("tag=nosuch").await.is_empty());
    assert!(ada.titles("project_id=0193a5f0-1111-7abc-8def-000000000001").await.is_empty());
    assert_eq!(sorted(&ada, "q=&priority=&due_from=&tag=").await.len(), 3, "an untouched form filters nothing");
}

async fn due_bounds_are_inclusive(app: TestApp) {
    let ada = household(&app).await;
    assert_eq!(sorted(&ada, "due_from=2026-11-20&due_to=2026-11-22").await, ["Bread", "apples"]);
    assert_eq!(ada.titles("due_from=2026-11-20&due_to=2026-11-20").await, ["Bread"]);
    assert_eq!(sorted(&ada, "due_to=2026-11-20").await, ["Bread", "cellar"]);
    assert_eq!(ada.titles("due_from=2026-11-21").await, ["apples"]);
    let crossed = ada.api.get("/api/me/tasks?due_from=2026-11-22&due_to=2026-11-20").await;
    assert_eq!(crossed.expect_problem(422, "invalid").faulty_fields(), ["due_to"]);
}

async fn search_finds_title_and_notes_whatever_the_case(app: TestApp) {
    let ada = household(&app).await;
    assert_eq!(ada.titles("q=BREAD").await, ["Bread"]);
    assert_eq!(ada.titles("q=old%20bicycle").await, ["cellar"]);
    assert_eq!(ada.titles("q=ell").await, ["cellar"]);
    ada.task("Über-Äpfel").await;
    assert_eq!(ada.titles("q=%C3%BCber-%C3%A4pfel").await, ["Über-Äpfel"], "not in English alone");
}

async fn wildcards_in_a_search_are_letters_like_others(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for title in ["100% sure", "snake_case", r"back\slash", "plain", "it's \"quoted\"", "' OR 1=1--"] {
        ada.task(title).await;
    }
    for (search, title) in [
        ("%", "100% sure"),
        ("_", "snake_case"),
        (r"\", r"back\slash"),
        ("' OR", "' OR 1=1--"),
        ("\"q", "it's \"quoted\""),
    ] {
        let query = serde_urlencoded::to_string([("q", search)]).unwrap();
        assert_eq!(ada.titles(&query).await, [title], "{search}");
    }
    for search in ["%%", "__", "p%n", "p_ain", r"\%", "*", "?"] {
        let query = serde_urlencoded::to_string([("q", search)]).unwrap();
        assert!(ada.titles(&query).await.is_empty(), "{search}");
    }
}

async fn every_sort_goes_both_ways(app: TestApp) {
    let ada = household(&app).await;
    for (sort, ascending) in [
        ("title", ["apples", "Bread", "cellar", "Desk"]),
        ("priority", ["cellar", "apples", "Desk", "Bread"]),
        ("created", ["apples", "Bread", "cellar", "Desk"]),
        ("manual", ["apples", "Bread", "cellar", "Desk"]),
    ] {
        let titles = ada.titles(&format!("status=all&sort={sort}&order=asc")).await;
        assert_eq!(titles, ascending, "{sort}");
        let mut descending = ascending;
        descending.reverse();
        assert_eq!(ada.titles(&format!("status=all&sort={sort}&order=desc")).await, descending, "{sort} descending");
    }
    assert_eq!(ada.titles("status=all&sort=priority").await[0], "Bread", "what matters most comes first");
    assert_eq!(ada.titles("status=all&sort=created").await[0], "Desk", "what is newest comes first");
    assert_eq!(
        ada.titles("status=all").await,
        ["cellar", "Bread", "apples", "Desk"],
        "by due date unless asked otherwise"
    );
}

async fn without_a_date_comes_last_both_ways(app: TestApp) {
    let ada = household(&app).await;
    assert_eq!(ada.titles("status=all&sort=due&order=asc").await, ["cellar", "Bread", "apples", "Desk"]);
    assert_eq!(ada.titles("status=all&sort=due&order=desc").await, ["apples", "Bread", "cellar", "Desk"]);
    ada.task_with(json!({"title": "early", "due_date": "2026-11-20", "due_time": "08:00"})).await;
    ada.task_with(json!({"title": "late", "due_date": "2026-11-20", "due_time": "20:00"})).await;
    let day = ada.titles("due_from=2026-11-20&due_to=2026-11-20").await;
    assert_eq!(day, ["early", "late", "Bread"], "a day without a time ends with the day");
}

async fn unknown_parameters_and_values_are_told(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (query, field) in [
        ("status=maybe", "status"),
        ("priority=urgent", "priority"),
        ("sort=user_id", "sort"),
        ("sort=title;DROP%20TABLE%20tasks", "sort"),
        ("order=up", "order"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=-1", "limit"),
        ("limit=many", "limit"),
        ("due_from=soon", "due_from"),
        ("due_to=2026-02-30", "due_to"),
        ("project_id=7", "project_id"),
        ("q=a%00b", "q"),
        ("colour=red", "colour"),
        ("cursor=nonsense", "cursor"),
    ] {
        let answer = ada.api.get(&format!("/api/me/tasks?{query}")).await.expect_problem(422, "invalid");
        assert_eq!(answer.faulty_fields(), [field], "{query}");
        answer.assert_tells_nothing_inner();
    }
    let long = format!("/api/me/tasks?q={}", "x".repeat(201));
    assert_eq!(ada.api.get(&long).await.expect_problem(422, "invalid").faulty_fields(), ["q"]);
}

async fn the_page_takes_the_same_parameters(app: TestApp) {
    let ada = household(&app).await;
    let page = ada.browser.get("/tasks?q=bread&status=all&sort=title&order=desc").await.expect(200).text();
    assert!(page.contains("Bread") && !page.contains("apples") && !page.contains("cellar"));
    let page = ada.browser.get("/tasks?sort=title&order=asc").await.expect(200).text();
    let place = |title: &str| page.find(&format!("Complete {title}")).unwrap_or_else(|| panic!("no {title} in {page}"));
    assert!(place("apples") < place("Bread") && place("Bread") < place("cellar"));
}

async fn the_page_shows_everything_when_a_parameter_is_wrong(app: TestApp) {
    let ada = household(&app).await;
    let answer = ada.browser.get("/tasks?status=maybe&due_from=soon").await;
    assert!([200, 422].contains(&answer.status), "{}", answer.status);
    assert!(answer.text().contains("apples"), "the list falls back to the usual one");
}

async fn empty_and_no_match_are_told_apart(app: TestApp) {
    let ada = app.sign_up("ada").await;
    assert!(ada.browser.get("/tasks").await.text().contains("Add your first task"));
    let task = ada.task("Here").await;
    let page = ada.browser.get("/tasks?q=nowhere").await.expect(200).text();
    assert!(page.contains("No task matches these filters") && page.contains("Clear filters"), "{page}");
    ada.api.delete(&path_of(&task)).await.expect(204);
    assert!(ada.browser.get("/tasks").await.text().contains("Add your first task"));
}

async fn the_dashboard_counts_what_is_there(app: TestApp) {
    let ada = household(&app).await;
    let page = ada.browser.get("/dashboard").await.expect(200).text();
    for shown in ["Overdue", "Due today", "Open tasks by priority", "cellar", "Bread"] {
        assert!(page.contains(shown), "{shown} is not on the dashboard");
    }
    assert!(!page.contains("Complete apples"), "what is due later is not listed");
}
