//! Paging by cursor: no gap, no repetition, whatever the sort; and cursors that cannot be bent.

use crate::harness::{Person, TestApp, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    every_sort_pages_without_gap_or_repetition,
    paging_holds_still_while_tasks_come_and_go,
    a_page_tells_whether_there_is_more,
    a_bent_cursor_is_refused,
    a_cursor_is_good_for_its_owner_and_its_list_alone,
    the_page_leads_through_the_whole_list,
];

const MANY: usize = 120;

/// Somebody with 120 tasks, many of them alike in whatever can be sorted by.
async fn collector(app: &TestApp, name: &str) -> Person {
    let person = app.sign_up(name).await;
    for number in 0..MANY {
        let priority = ["none", "low", "medium", "high"][number % 4];
        let mut task = json!({"title": format!("Task {}", number % 10), "priority": priority, "tags": ["home"]});
        if number % 3 != 0 {
            task["due_date"] = json!(format!("2026-12-{:02}", 1 + number % 5));
        }
        if number % 6 == 1 {
            task["due_time"] = json!("09:00");
        }
        person.task_with(task).await;
        if number % 7 == 0 {
            app.clock.advance(1);
        }
    }
    person
}

async fn page(person: &Person, query: &str, cursor: Option<&str>) -> Value {
    let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
    person.api.get(&format!("/api/me/tasks?{query}{cursor}")).await.expect(200).json()
}

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|task| task["id"].as_str().unwrap().to_owned()).collect()
}

async fn every_sort_pages_without_gap_or_repetition(app: TestApp) {
    let ada = collector(&app, "ada").await;
    for sort in ["due", "priority", "created", "title", "manual"] {
        for which in ["order=asc", "order=asc&tag=home", "order=desc"] {
            let query = format!("sort={sort}&{which}");
            let whole = ids(&page(&ada, &format!("{query}&limit=500"), None).await);
            assert_eq!(whole.len(), MANY);
            let (mut collected, mut cursor): (Vec<String>, Option<String>) = (Vec::new(), None);
            loop {
                let part = page(&ada, &format!("{query}&limit=17"), cursor.as_deref()).await;
                collected.extend(ids(&part));
                cursor = part["next_cursor"].as_str().map(str::to_owned);
                assert_eq!(part["has_more"], cursor.is_some(), "{query}");
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(collected, whole, "{query}: the pages are the list");
        }
    }
}

async fn paging_holds_still_while_tasks_come_and_go(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let mut tasks = Vec::new();
    for number in 0..10 {
        tasks.push(ada.task(&format!("Task {number}")).await);
    }
    let first = page(&ada, "sort=title&limit=5", None).await;
    ada.task("Task 00 comes in before").await;
    ada.api.delete(&path_of(&tasks[4])).await.expect(204);
    let second = page(&ada, "sort=title&limit=5", first["next_cursor"].as_str()).await;
    let titles: Vec<&str> =
        second["items"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Task 5", "Task 6", "Task 7", "Task 8", "Task 9"]);
}

async fn a_page_tells_whether_there_is_more(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for number in 0..51 {
        ada.task(&format!("Task {number}")).await;
    }
    let usual = ada.api.get("/api/me/tasks?sort=created").await.expect(200);
    assert_eq!((usual.titles().len(), &usual.json()["has_more"]), (50, &json!(true)), "fifty unless asked otherwise");
    let cursor = usual.json()["next_cursor"].as_str().unwrap().to_owned();
    let link = usual.header("link");
    assert!(link.contains(&cursor) && link.contains("rel=\"next\""), "Link: {link}");
    let target = link.trim_start_matches('<').split('>').next().unwrap();
    let followed = ada.api.get(target.trim_start_matches(&app.origin)).await.expect(200);
    assert_eq!((followed.titles().len(), &followed.json()["has_more"]), (1, &json!(false)));
    assert_eq!((followed.header("link"), &followed.json()["next_cursor"]), ("", &json!(null)));
    let exact = ada.api.get("/api/me/tasks?limit=51").await.expect(200).json();
    assert_eq!(exact["has_more"], false, "the last page knows that it is");
}

async fn a_bent_cursor_is_refused(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for number in 0..3 {
        ada.task(&format!("Task {number}")).await;
    }
    let good = page(&ada, "limit=1", None).await["next_cursor"].as_str().unwrap().to_owned();
    let mut bent: Vec<String> = (0..good.len())
        .map(|at| {
            let other = if good.as_bytes()[at] == b'A' { "B" } else { "A" };
            format!("{}{other}{}", &good[..at], &good[at + 1..])
        })
        .collect();
    bent.extend(["A", "nonsense", "%00", "%ff", "eyJpZCI6MX0", "..", "' OR 1=1--"].map(str::to_owned));
    bent.push(good[..good.len() - 1].to_owned());
    bent.push(format!("{good}A"));
    bent.push("A".repeat(5000));
    for cursor in bent {
        let query = cursor.replace(' ', "%20").replace('\'', "%27");
        let answer = ada.api.get(&format!("/api/me/tasks?limit=1&cursor={query}")).await;
        assert!([400, 422].contains(&answer.status), "{cursor:.80}: {} {}", answer.status, answer.text());
        answer.assert_tells_nothing_inner();
    }
    page(&ada, "limit=1", Some(&good)).await;
}

async fn a_cursor_is_good_for_its_owner_and_its_list_alone(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    for person in [&ada, &bob] {
        for number in 0..3 {
            person.task(&format!("Task {number}")).await;
        }
    }
    let cursor = page(&ada, "limit=1&sort=title", None).await["next_cursor"].as_str().unwrap().to_owned();
    assert!(!cursor.contains("Task"), "a cursor is opaque");
    for (person, query) in
        [(&bob, "limit=1&sort=title"), (&ada, "limit=1&sort=due"), (&ada, "limit=1&sort=title&order=desc")]
    {
        let answer =
            person.api.get(&format!("/api/me/tasks?{query}&cursor={cursor}")).await.expect_problem(422, "invalid");
        assert_eq!(answer.faulty_fields(), ["cursor"], "{query}");
    }
    assert_eq!(page(&ada, "limit=2&sort=title", Some(&cursor)).await["items"].as_array().unwrap().len(), 2);
}

async fn the_page_leads_through_the_whole_list(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for number in 0..60 {
        ada.task(&format!("Numbered {number:02}")).await;
    }
    let (mut path, mut seen) = ("/tasks?sort=title".to_owned(), 0);
    for _ in 0..3 {
        let page = ada.browser.get(&path).await.expect(200).text();
        seen += page.matches("aria-label=\"Complete Numbered").count();
        let Some(end) = page.find("Next page") else { break };
        let start = page[..end].rfind("href=\"").expect("a link") + 6;
        path = page[start..].split('"').next().unwrap().replace("&amp;", "&");
    }
    assert_eq!(seen, 60);
}
