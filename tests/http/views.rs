//! Views, filters over REST, and what both of them leave out. A filter is moreover asked of the database and of every
//! task in turn: both must say the same.

use crate::harness::{Kind, Person, TestApp, database, scenarios};
use domain::{
    Timestamp,
    accounts::WeekStart,
    calendar::{Date, parse_date},
    filter::{Filter, Surroundings},
    ids::{ProjectId, TaskId},
    tasks::Task,
};
use serde_json::{Value, json};

scenarios![
    every_view_shows_its_tasks_in_its_order,
    days_are_those_of_the_owner,
    what_has_not_begun_is_out_of_sight,
    what_is_archived_is_left_out,
    views_are_counted,
    a_view_changes_with_time,
    filters_say_the_same_in_sql_and_in_memory,
    a_filter_that_cannot_be_read_is_told_with_its_place,
    views_and_filters_page_without_gap_or_repetition,
    a_project_comes_with_what_is_below_it,
];

async fn sorted(person: &Person, query: &str) -> Vec<String> {
    let mut titles = person.titles(query).await;
    titles.sort();
    titles
}

/// `text` as a parameter of an address.
fn filter(text: &str) -> String {
    serde_urlencoded::to_string([("filter", text)]).unwrap()
}

/// Projects are written by hand here: House with Garden below it, and Attic, which is archived.
async fn projects(app: &TestApp, person: &Person) {
    let database = database::connect(&app.ground.url).await;
    let uuid = |id: &str| match app.ground.kind {
        Kind::Sqlite => format!("x'{}'", id.replace('-', "")),
        Kind::Postgres => format!("'{id}'"),
    };
    for (id, parent, name, archived) in [
        (HOUSE, None, "House", "NULL"),
        (GARDEN, Some(HOUSE), "Garden", "NULL"),
        (ATTIC, None, "Attic", "1795000000000"),
    ] {
        let parent = parent.map_or("NULL".to_owned(), uuid);
        let sql = format!(
            "INSERT INTO projects (user_id, id, parent_id, name, name_key, position, archived_at, revision, created_at, \
             updated_at) VALUES ({}, {}, {parent}, '{name}', '{}', 'a0', {archived}, 1, 0, 0)",
            uuid(&person.id),
            uuid(id),
            domain::search::name_key(name),
        );
        database::execute(&database, &sql).await;
    }
    database.close().await.unwrap();
}

const HOUSE: &str = "0193a5f0-1111-7abc-8def-0000000000a1";
const GARDEN: &str = "0193a5f0-1111-7abc-8def-0000000000a2";
const ATTIC: &str = "0193a5f0-1111-7abc-8def-0000000000a3";

/// A project of somebody's.
pub(crate) async fn project(app: &TestApp, person: &Person) -> &'static str {
    projects(app, person).await;
    HOUSE
}

/// Friday, 20 November 2026, ten o'clock: two late tasks, one for today, two later, one without a date, one done.
async fn week(app: &TestApp) -> Person {
    let ada = app.sign_up("ada").await;
    for task in [
        json!({"title": "Late", "due_date": "2026-11-18", "tags": ["home"]}),
        json!({"title": "Just late", "due_date": "2026-11-20", "due_time": "09:59", "priority": "high"}),
        json!({"title": "Tonight", "due_date": "2026-11-20", "due_time": "20:00", "notes": "Call the plumber"}),
        json!({"title": "Tomorrow", "due_date": "2026-11-21", "deadline": "2026-11-22"}),
        json!({"title": "Next week", "due_date": "2026-11-25", "duration_min": 30, "tags": ["home", "Someday"]}),
        json!({"title": "Whenever", "priority": "low"}),
        json!({"title": "Done", "is_completed": true, "due_date": "2026-11-18"}),
    ] {
        ada.task_with(task).await;
        app.clock.advance(1);
    }
    ada
}

async fn every_view_shows_its_tasks_in_its_order(app: TestApp) {
    let ada = week(&app).await;
    for (view, titles) in [
        ("today", vec!["Late", "Just late", "Tonight"]),
        ("overdue", vec!["Late", "Just late"]),
        ("upcoming", vec!["Tomorrow", "Next week"]),
        ("inbox", vec!["Late", "Just late", "Tonight", "Tomorrow", "Next week", "Whenever"]),
        ("all", vec!["Late", "Just late", "Tonight", "Tomorrow", "Next week", "Whenever"]),
        ("logbook", vec!["Done"]),
        ("bin", vec![]),
    ] {
        assert_eq!(ada.titles(&format!("view={view}")).await, titles, "{view}");
    }
    let first = ada.task_with(json!({"title": "Done earlier", "is_completed": true})).await;
    app.clock.advance(60);
    let second = ada.task("Deleted first").await;
    ada.api.delete(&crate::harness::path_of(&second)).await.expect(204);
    app.clock.advance(60);
    ada.api.delete(&crate::harness::path_of(&first)).await.expect(204);
    assert_eq!(ada.titles("view=bin").await, ["Done earlier", "Deleted first"], "what was deleted last comes first");
    assert_eq!(ada.titles("view=trash&order=asc").await, ["Deleted first", "Done earlier"]);
    ada.task_with(json!({"title": "Done last", "is_completed": true})).await;
    assert_eq!(ada.titles("view=logbook").await, ["Done last", "Done"]);
    assert_eq!(ada.titles("view=today&sort=title").await, ["Just late", "Late", "Tonight"]);
    assert_eq!(ada.titles("view=today&tag=home").await, ["Late"]);
    assert_eq!(ada.titles("sort=updated&status=all&limit=1").await, ["Done last"]);
    for wrong in ["view=yesterday", "view=", "sort=deleted"] {
        let expected = if wrong == "view=" { 200 } else { 422 };
        ada.api.get(&format!("/api/me/tasks?{wrong}")).await.expect(expected);
    }
}

async fn days_are_those_of_the_owner(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let zone = json!({"settings": {"time_zone": "Pacific/Auckland"}});
    ada.api.json("PATCH", "/api/auth/me", &zone).await.expect(200);
    // Ten in the morning in London is eleven at night in Auckland.
    for (title, date, time, zone) in [
        ("All day there", "2026-11-20", None, None),
        ("Midnight there", "2026-11-21", Some("00:00"), None),
        ("Noon in London", "2026-11-20", Some("12:00"), Some("Europe/London")),
    ] {
        ada.task_with(json!({"title": title, "due_date": date, "due_time": time, "time_zone": zone})).await;
    }
    assert_eq!(ada.titles("view=today").await, ["All day there"]);
    assert_eq!(sorted(&ada, "view=upcoming").await, ["Midnight there", "Noon in London"]);
    assert_eq!(sorted(&ada, &filter("tomorrow")).await, ["Midnight there", "Noon in London"]);
    assert_eq!(sorted(&ada, &filter("due:2026-11-20")).await, ["All day there"]);
}

async fn what_has_not_begun_is_out_of_sight(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task_with(json!({"title": "Begun", "start_date": "2026-11-20", "due_date": "2026-11-20"})).await;
    ada.task_with(json!({"title": "Not begun", "start_date": "2026-11-21", "due_date": "2026-11-20"})).await;
    for view in ["today", "inbox"] {
        assert_eq!(ada.titles(&format!("view={view}")).await, ["Begun"], "{view}");
    }
    assert_eq!(sorted(&ada, "view=all").await, ["Begun", "Not begun"]);
    assert_eq!(sorted(&ada, &filter("start:>today")).await, ["Not begun"]);
}

async fn what_is_archived_is_left_out(app: TestApp) {
    let ada = app.sign_up("ada").await;
    projects(&app, &ada).await;
    ada.task_with(json!({"title": "Boxes", "project_id": ATTIC, "due_date": "2026-11-20"})).await;
    ada.task_with(json!({"title": "Roses", "project_id": GARDEN, "due_date": "2026-11-20"})).await;
    assert_eq!(ada.titles("view=today").await, ["Roses"]);
    assert_eq!(ada.titles(&filter("today")).await, ["Roses"]);
    assert_eq!(ada.titles(&filter("today is:archived")).await, ["Boxes"]);
    assert_eq!(ada.titles(&format!("project_id={ATTIC}")).await, ["Boxes"]);
}

async fn a_project_comes_with_what_is_below_it(app: TestApp) {
    let ada = app.sign_up("ada").await;
    projects(&app, &ada).await;
    ada.task_with(json!({"title": "Roof", "project_id": HOUSE})).await;
    ada.task_with(json!({"title": "Roses", "project_id": GARDEN})).await;
    ada.task("Elsewhere").await;
    assert_eq!(sorted(&ada, &format!("project_id={HOUSE}")).await, ["Roof", "Roses"]);
    assert_eq!(sorted(&ada, &format!("project_id={GARDEN}")).await, ["Roses"]);
    assert_eq!(sorted(&ada, &filter("project:house")).await, ["Roof", "Roses"]);
    assert_eq!(sorted(&ada, &filter("+garden | in:inbox")).await, ["Elsewhere", "Roses"]);
    assert_eq!(ada.titles("view=inbox").await, ["Elsewhere"]);
}

async fn views_are_counted(app: TestApp) {
    let ada = week(&app).await;
    let counts = ada.api.get("/api/me/views/counts").await.expect(200).json();
    let expected = json!({
        "inbox": 6, "today": 3, "overdue": 2, "upcoming": 2, "all": 6, "logbook": 1, "bin": 0, "most": 1000,
    });
    assert_eq!(counts, expected);
    let bob = app.sign_up("bob").await;
    assert_eq!(bob.api.get("/api/me/views/counts").await.expect(200).json()["all"], 0);
}

async fn a_view_changes_with_time(app: TestApp) {
    let ada = week(&app).await;
    let first = ada.api.get("/api/me/tasks?view=overdue").await.expect(200);
    let tag = first.header("etag").to_owned();
    let again = ada.api.request("GET", "/api/me/tasks?view=overdue").header("If-None-Match", &tag).send().await;
    again.expect(304);
    app.clock.advance(9 * 60);
    app.clock.advance(11 * 60 * 60);
    let ada = app.sign_in_browser(&ada).await;
    let later = ada.request("GET", "/api/me/tasks?view=overdue").header("If-None-Match", &tag).send().await;
    assert_eq!(later.expect(200).titles(), ["Late", "Just late", "Tonight"]);
}

/// What the scenario's tasks are seen in: UTC, weeks from Monday, the projects above.
struct World {
    now: Timestamp,
    parents: Vec<TaskId>,
}

impl Surroundings for World {
    fn now(&self) -> Timestamp {
        self.now
    }

    fn day_of(&self, instant: Timestamp) -> Date {
        parse_date(&instant.to_string()[..10]).unwrap()
    }

    fn week_start(&self) -> WeekStart {
        WeekStart::Monday
    }

    fn is_in_project(&self, project: ProjectId, name: &str) -> bool {
        let above: &[&str] = match project.to_string().as_str() {
            HOUSE => &["house"],
            GARDEN => &["garden", "house"],
            _ => &["attic"],
        };
        above.contains(&name.to_lowercase().as_str())
    }

    fn is_archived(&self, project: ProjectId) -> bool {
        project.to_string() == ATTIC
    }

    fn has_subtasks(&self, task: TaskId) -> bool {
        self.parents.contains(&task)
    }
}

async fn filters_say_the_same_in_sql_and_in_memory(app: TestApp) {
    let ada = week(&app).await;
    projects(&app, &ada).await;
    let parent = ada.task_with(json!({"title": "Ängste 100%", "project_id": HOUSE, "start_date": "2026-11-23"})).await;
    for task in [
        json!({"title": "A part", "parent_id": parent["id"], "project_id": GARDEN, "priority": "medium"}),
        json!({"title": "Boxes", "project_id": ATTIC, "tags": ["Home", "two words"]}),
        json!({"title": "Zoned", "due_date": "2026-11-20", "due_time": "23:30", "time_zone": "America/New_York"}),
        json!({"title": "Done part", "parent_id": parent["id"], "is_completed": true}),
    ] {
        ada.task_with(task).await;
    }
    let mut tasks: Vec<Task> = Vec::new();
    for view in ["view=all", "view=logbook", "tag=home"] {
        let page = ada.api.get(&format!("/api/me/tasks?{view}&limit=500")).await.expect(200).json();
        let items: Vec<Task> = serde_json::from_value(page["items"].clone()).unwrap();
        tasks.extend(
            items.into_iter().filter(|task| !tasks.iter().any(|known| known.id == task.id)).collect::<Vec<_>>(),
        );
    }
    assert_eq!(tasks.len(), 12);
    let world = World { now: app.clock.now(), parents: tasks.iter().filter_map(|task| task.parent_id).collect() };
    let mut some = 0;
    for text in TERMS.iter().map(|term| (*term).to_owned()).chain(combinations()) {
        let read = Filter::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let mut expected: Vec<&str> =
            tasks.iter().filter(|task| read.matches(task, &world)).map(|task| task.title.as_str()).collect();
        expected.sort_unstable();
        some += usize::from(!expected.is_empty());
        assert_eq!(sorted(&ada, &format!("{}&limit=500", filter(&text))).await, expected, "{text}");
    }
    assert!(some > 60, "only {some} filters match anything");
}

const TERMS: [&str; 62] = [
    "today",
    "tomorrow",
    "yesterday",
    "overdue",
    "-overdue",
    "due:today..+7d",
    "due:<today",
    "due:>=today",
    "due:this week",
    "due:next week",
    "due:next month",
    "due:2026-11",
    "due:2026",
    "due:sat",
    "due:-2d..",
    "-due:today",
    "start:any",
    "start:next week",
    "no:start",
    "deadline:tomorrow..",
    "no:deadline",
    "created:today",
    "created:<today",
    "updated:today",
    "completed:today",
    "completed:none",
    "-completed:today",
    "!high",
    "p2",
    "!low",
    "!none",
    "-!none",
    "#home",
    "#HOME",
    "-#home",
    "#someday",
    "#\"two words\"",
    "#nosuch",
    "project:house",
    "project:garden",
    "-project:house",
    "project:nosuch",
    "in:inbox",
    "-in:inbox",
    "is:done",
    "is:open",
    "is:recurring",
    "is:subtask",
    "is:parent",
    "is:archived",
    "-is:archived",
    "has:time",
    "no:time",
    "has:notes",
    "has:tags",
    "no:tags",
    "has:duration",
    "has:subtasks",
    "no:subtasks",
    "plumber",
    "100% | angst | pl",
    "-\"call the\" text:e",
];

/// Every pair of some terms, joined in several ways.
fn combinations() -> Vec<String> {
    let some = ["#home", "overdue", "no:due", "-!high", "is:done", "in:inbox", "p", "due:..today"];
    let mut all = Vec::new();
    for (place, one) in some.iter().enumerate() {
        for other in &some[place + 1..] {
            all.push(format!("{one} | {other}"));
            all.push(format!("-({one} {other}) -(has:deadline | {other})"));
        }
    }
    all
}

async fn a_filter_that_cannot_be_read_is_told_with_its_place(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (text, code, start, end) in [
        ("#home due:soon", "invalid_date", 6, 14),
        ("foo:bar", "unknown_term", 0, 7),
        ("(((", "missing_operand", 2, 3),
        ("a' OR 1=1--)", "unmatched_parenthesis", 11, 12),
    ] {
        let answer = ada.api.get(&format!("/api/me/tasks?{}", filter(text))).await.expect_problem(422, "invalid");
        let error = &answer.json()["errors"][0];
        let expected =
            json!({"pointer": "/filter", "code": code, "detail": error["detail"], "start": start, "end": end});
        assert_eq!(error, &expected, "{text}");
        answer.assert_tells_nothing_inner();
    }
    for text in ["(".repeat(900), "-".repeat(900) + "x", "a ".repeat(499), "x".repeat(1001)] {
        ada.api.get(&format!("/api/me/tasks?{}", filter(&text))).await.expect_problem(422, "invalid");
    }
    let widest = vec!["(#a | b)"; 25].join(" ");
    ada.api.get(&format!("/api/me/tasks?{}", filter(&widest))).await.expect(200);
}

async fn views_and_filters_page_without_gap_or_repetition(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for number in 0..40 {
        let due = format!("2026-11-{:02}", 10 + number % 15);
        let task =
            json!({"title": format!("Task {number}"), "due_date": due, "is_completed": number % 5 == 0, "tags": ["t"]});
        ada.task_with(task).await;
        app.clock.advance(i64::from(number % 3 == 0));
    }
    for query in [
        "view=today",
        "view=upcoming",
        "view=logbook",
        "view=inbox",
        "filter=%23t&sort=updated",
        "q=task&sort=due&order=desc",
    ] {
        let whole = ada.titles(&format!("{query}&limit=500")).await;
        assert!(whole.len() > 6, "{query}: {whole:?}");
        let (mut collected, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = ada.api.get(&format!("/api/me/tasks?{query}&limit=4{cursor}")).await.expect(200);
            collected.extend(page.titles());
            match &page.json()["next_cursor"] {
                Value::String(next) => cursor = format!("&cursor={next}"),
                _ => break,
            }
        }
        assert_eq!(collected, whole, "{query}: the pages are the list");
    }
}
