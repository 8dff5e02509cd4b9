//! Tasks that repeat, over REST: which rules are taken, and what completing and skipping lead to. The engine's own dates
//! are tested in `domain`; here its decisions are held against a clock, two databases and several devices.

use crate::harness::{Client, Person, TestApp, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    a_rule_is_kept_in_one_spelling,
    a_rule_without_a_due_date_begins_on_the_first_that_it_names,
    rules_that_make_no_sense_are_told_and_nothing_is_written,
    a_repetition_goes_with_its_date_and_ends_with_null,
    words_say_how_a_task_repeats,
    weeks_begin_where_those_of_their_owner_do,
    every_way_of_completing_goes_on_to_the_next_date,
    late_and_early_completions_come_after_the_due_date_and_after_now,
    from_completion_it_counts_from_the_day_that_the_owner_has,
    times_stay_on_the_wall_over_clock_changes,
    hours_are_even_over_clock_changes,
    a_count_counts_down_and_ends_for_good,
    until_is_a_day_that_still_counts,
    two_devices_complete_a_date_once,
    a_date_that_is_not_due_is_refused,
    a_date_that_a_task_was_moved_back_to_can_be_completed_again,
    what_belongs_to_a_date_moves_along,
    parts_and_checkboxes_are_open_again,
    a_completion_is_taken_back_whole,
    many_tasks_are_completed_at_once,
    a_date_can_be_skipped,
    the_next_dates_are_told,
    a_repetition_is_previewed_and_nothing_is_written,
    a_line_makes_a_task_that_repeats,
    the_same_task_again_is_the_same_task,
    completions_are_taken_away_with_all_else,
];

/// A program with a token that outlives the scenario's clock.
async fn program(app: &TestApp, person: &Person) -> Client {
    app.anonymous().with_bearer(&person.token(&["tasks:read", "tasks:write"]).await.text)
}

async fn live_in(person: &Person, settings: Value) {
    person.api.patch("/api/auth/me", &json!({ "settings": settings })).await.expect(200);
}

async fn complete(client: &Client, task: &Value) -> Value {
    client.patch(&format!("{}/complete", path_of(task)), &json!({"is_completed": true})).await.expect(200).json()
}

/// When a task is due, as the names of its dates are written.
fn due(task: &Value) -> String {
    let date = task["due_date"].as_str().unwrap_or("never");
    task["due_time"].as_str().map_or_else(|| date.to_owned(), |time| format!("{date}T{time}"))
}

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

async fn a_rule_is_kept_in_one_spelling(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (written, kept) in [
        ("RRULE:freq=weekly;byday=fr,mo;interval=1", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("FREQ=DAILY;UNTIL=20261231T230000Z", "FREQ=DAILY;UNTIL=20261231"),
        (
            "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=14\nFREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15",
            "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=14\nFREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15",
        ),
    ] {
        let task = ada.task_with(json!({"title": "Again", "due_date": "2026-11-23", "rrule": written})).await;
        assert_eq!((&task["rrule"], &task["rrule_anchor"]), (&json!(kept), &json!("schedule")), "{written}");
        assert_eq!(ada.api.get(&path_of(&task)).await.expect(200).json(), task);
    }
    live_in(&ada, json!({"time_zone": "Asia/Tokyo"})).await;
    let task = ada.task_with(json!({"title": "Again", "rrule": "FREQ=DAILY;UNTIL=20261231T230000Z"})).await;
    assert_eq!(task["rrule"], "FREQ=DAILY;UNTIL=20270101", "the last day is that of its owner");
    assert_eq!(task["repeat"], "Every day, until 1 January 2027");
}

async fn a_rule_without_a_due_date_begins_on_the_first_that_it_names(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (fields, first) in [
        (json!({"rrule": "FREQ=DAILY"}), "2026-11-20"),
        (json!({"rrule": "FREQ=MONTHLY;BYMONTHDAY=1", "due_date": null}), "2026-12-01"),
        (json!({"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"}), "2026-11-23"),
        (json!({"rrule": "FREQ=DAILY", "due_time": "09:00"}), "2026-11-21T09:00"),
        (json!({"rrule": "FREQ=HOURLY;INTERVAL=4", "due_time": "12:00"}), "2026-11-20T12:00"),
        (json!({"rrule": "FREQ=DAILY", "due_date": "1900-01-01"}), "1900-01-01"),
    ] {
        let mut body = fields.clone();
        body["title"] = json!("Again");
        assert_eq!(due(&ada.task_with(body).await), first, "{fields}");
    }
}

async fn rules_that_make_no_sense_are_told_and_nothing_is_written(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Once", "due_date": "2026-11-23"})).await;
    let before = app.rows().await;
    for (fields, pointer, code) in [
        (json!({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}), "/rrule", "impossible_rule"),
        (json!({"rrule": "FREQ=DAILY;INTERVAL=0"}), "/rrule", "bad_number"),
        (json!({"rrule": "FREQ=MINUTELY;INTERVAL=4", "due_time": "09:00"}), "/rrule", "too_often"),
        (json!({"rrule": "FREQ=SECONDLY"}), "/rrule", "too_often"),
        (json!({"rrule": "FREQ=HOURLY"}), "/rrule", "needs_time"),
        (json!({"rrule": "FREQ=DAILY;UNTIL=20261119"}), "/rrule", "ends_before_start"),
        (json!({"rrule": "FREQ=DAILY;COUNT=0"}), "/rrule", "bad_number"),
        (json!({"rrule": "FREQ=DAILY;COUNT=2;UNTIL=20261231"}), "/rrule", "count_and_until"),
        (json!({"rrule": "daily"}), "/rrule", "not_a_part"),
        (json!({"rrule": ""}), "/rrule", "required"),
        (json!({"rrule": 7}), "/rrule", "not_a_text"),
        (json!({"rrule": "FREQ=DAILY", "rrule_anchor": "sunrise"}), "/rrule_anchor", "unknown_choice"),
        (json!({"rrule_anchor": "completion"}), "/rrule_anchor", "needs_rule"),
        (json!({"repeat": "when it rains"}), "/repeat", "not_understood"),
        (json!({"repeat": "every day", "rrule": "FREQ=DAILY"}), "/repeat", "said_twice"),
        (json!({"repeat": "x".repeat(300)}), "/repeat", "too_long"),
    ] {
        let mut body = fields.clone();
        body["title"] = json!("Again");
        for answer in [ada.api.post("/api/me/tasks", &body).await, ada.api.patch(&path_of(&task), &fields).await] {
            let problem = answer.expect_problem(422, "invalid").json();
            assert_eq!(
                (&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]),
                (&json!(pointer), &json!(code)),
                "{fields}"
            );
        }
    }
    before.assert_same(&app.rows().await, "refused rules");
}

async fn a_repetition_goes_with_its_date_and_ends_with_null(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let fields = json!({"title": "Again", "rrule": "FREQ=DAILY", "rrule_anchor": "completion"});
    let task = ada.task_with(fields).await;
    let path = path_of(&task);
    let refused = ada.api.patch(&path, &json!({"due_date": null})).await.expect_problem(422, "invalid");
    assert_eq!(refused.faulty_fields(), ["due_date"]);
    let patched = ada.api.patch(&path, &json!({"title": "Still", "due_date": "2026-12-24"})).await.expect(200).json();
    assert_eq!((&patched["rrule"], &patched["rrule_anchor"]), (&json!("FREQ=DAILY"), &json!("completion")));
    let patched =
        ada.api.json("PUT", &path, &json!({"rrule": "FREQ=HOURLY", "due_time": "08:00"})).await.expect(200).json();
    assert_eq!((due(&patched).as_str(), &patched["rrule_anchor"]), ("2026-12-24T08:00", &json!("completion")));
    let refused = ada.api.patch(&path, &json!({"due_time": null})).await.expect_problem(422, "invalid");
    assert_eq!(refused.faulty_fields(), ["due_time"]);
    let cleared = ada.api.patch(&path, &json!({"rrule": null, "due_date": null})).await.expect(200).json();
    for name in ["rrule", "rrule_anchor", "repeat", "due_date", "due_time"] {
        assert_eq!(cleared[name], json!(null), "{name}");
    }
}

async fn words_say_how_a_task_repeats(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Again", "due_date": "2026-11-05"})).await;
    let path = path_of(&task);
    for (words, anchor, rule) in [
        ("every 2 weeks on mon, fri", "schedule", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR"),
        ("every month", "schedule", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("every! 3 days", "completion", "FREQ=DAILY;INTERVAL=3"),
        ("weekly", "schedule", "FREQ=WEEKLY;BYDAY=TH"),
        ("RRULE:FREQ=DAILY;INTERVAL=2", "schedule", "FREQ=DAILY;INTERVAL=2"),
    ] {
        let patched =
            ada.api.patch(&path, &json!({ "repeat": words, "rrule_anchor": "schedule" })).await.expect(200).json();
        assert_eq!((&patched["rrule"], &patched["rrule_anchor"]), (&json!(rule), &json!(anchor)), "{words}");
        assert_eq!(patched["due_date"], "2026-11-05", "{words}");
    }
    let patched =
        ada.api.patch(&path, &json!({"repeat": "every month", "rrule_anchor": "completion"})).await.expect(200).json();
    assert_eq!(patched["rrule"], "FREQ=MONTHLY");
    // Whoever sends back what was read changes nothing, however it is said.
    let odd = json!({"rrule": "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"});
    let odd = ada.api.patch(&path, &odd).await.expect(200).json();
    let same =
        ada.api.patch(&path, &json!({"repeat": odd["repeat"], "rrule_anchor": "completion"})).await.expect(200).json();
    assert_eq!(same, odd);
    let fresh = ada.task_with(json!({"title": "Fresh", "repeat": "every monday at 9"})).await;
    assert_eq!((due(&fresh).as_str(), &fresh["rrule"]), ("2026-11-23T09:00", &json!("FREQ=WEEKLY;BYDAY=MO")));
}

async fn weeks_begin_where_those_of_their_owner_do(app: TestApp) {
    let ada = app.sign_up("ada").await;
    live_in(&ada, json!({"week_start": "sunday"})).await;
    for (written, kept) in [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU"),
    ] {
        let task = ada.task_with(json!({"title": "Again", "due_date": "2026-11-24", "rrule": written})).await;
        assert_eq!(task["rrule"], kept, "{written}");
        let same = ada.api.patch(&path_of(&task), &json!({"rrule": kept, "priority": "low"})).await.expect(200).json();
        assert_eq!(same["rrule"], kept, "what is sent back means what it meant");
    }
}

async fn every_way_of_completing_goes_on_to_the_next_date(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Again", "rrule": "FREQ=DAILY", "due_date": "2026-11-20"})).await;
    let (path, id) = (path_of(&task), task["id"].as_str().unwrap());
    let toggle = format!("{path}/complete");
    ada.api.patch(&path, &json!({"is_completed": true, "title": "Renamed"})).await.expect(200);
    ada.api.patch(&toggle, &json!({"is_completed": true})).await.expect(200);
    ada.api.request("PATCH", &toggle).send().await.expect(200);
    let fields = [("do", "set_task_completed"), ("id", id), ("is_completed", "true")];
    ada.browser.form("/tasks", &fields).await.expect_redirect("/tasks?done=2026-11-24");
    let now = ada.api.patch(&toggle, &json!({"occurrence": "2026-11-24"})).await.expect(200).json();
    assert_eq!(
        (due(&now).as_str(), &now["title"], &now["is_completed"]),
        ("2026-11-25", &json!("Renamed"), &json!(false))
    );
    assert_eq!((&now["completed_at"], &now["due_at"]), (&json!(null), &json!("2026-11-25T23:59:59.999Z")));
    assert_eq!(app.rows().await.count("completions"), 5);
    let done = ada.task_with(json!({"title": "Done before", "rrule": "FREQ=DAILY", "is_completed": true})).await;
    assert_eq!(done["is_completed"], true, "what is made done is done for good");
}

async fn late_and_early_completions_come_after_the_due_date_and_after_now(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (was_due, time, rule, next) in [
        ("2026-11-17", json!(null), "FREQ=DAILY", "2026-11-21"),
        ("2026-11-17", json!("18:00"), "FREQ=DAILY", "2026-11-20T18:00"),
        ("2026-11-17", json!("10:00"), "FREQ=DAILY", "2026-11-21T10:00"),
        ("2026-11-18", json!(null), "FREQ=DAILY;INTERVAL=2", "2026-11-22"),
        ("2026-11-23", json!(null), "FREQ=WEEKLY;BYDAY=MO", "2026-11-30"),
        ("2026-11-20", json!("18:00"), "FREQ=DAILY", "2026-11-21T18:00"),
        ("2026-10-31", json!(null), "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2026-11-30"),
        ("2024-02-29", json!(null), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "2027-02-28"),
        ("1900-01-01", json!("00:00"), "FREQ=MINUTELY;INTERVAL=7", "2026-11-20T10:03"),
    ] {
        let fields = json!({"title": "Again", "due_date": was_due, "due_time": time, "rrule": rule});
        let task = ada.task_with(fields).await;
        assert_eq!(due(&complete(&ada.api, &task).await), next, "{rule} due {was_due} {time}");
    }
    let last = ada.task_with(json!({"title": "Last", "due_date": "9999-12-31", "rrule": "FREQ=DAILY"})).await;
    assert_eq!(complete(&ada.api, &last).await["is_completed"], true, "there is no day after the last");
}

async fn from_completion_it_counts_from_the_day_that_the_owner_has(app: TestApp) {
    let ada = app.sign_up("ada").await;
    live_in(&ada, json!({"time_zone": "America/New_York"})).await;
    let api = program(&app, &ada).await;
    // It is 22:00 on 30 November in New York, and the next day in Greenwich.
    app.clock.advance(10 * DAY + 17 * HOUR);
    for (rule, time, next) in [
        ("FREQ=MONTHLY;INTERVAL=3", json!(null), "2027-02-28"),
        ("FREQ=DAILY;INTERVAL=10", json!("09:00"), "2026-12-10T09:00"),
        ("FREQ=WEEKLY", json!(null), "2026-12-07"),
    ] {
        let fields = json!({
            "title": "Again", "due_date": "2026-11-25", "due_time": time, "rrule": rule, "rrule_anchor": "completion",
        });
        let task = api.post("/api/me/tasks", &fields).await.expect(201).json();
        assert_eq!(due(&complete(&api, &task).await), next, "{rule}");
    }
    let daily = json!({"title": "Daily", "due_date": "2026-11-28", "rrule": "FREQ=DAILY"});
    let daily = api.post("/api/me/tasks", &daily).await.expect(201).json();
    assert_eq!(due(&complete(&api, &daily).await), "2026-12-01", "the day after the owner's today");
}

async fn times_stay_on_the_wall_over_clock_changes(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let expected = [
        ("2027-03-13", "09:00", ["2027-03-14T13:00:00.000Z", "2027-03-15T13:00:00.000Z"]),
        ("2027-03-13", "02:30", ["2027-03-14T07:30:00.000Z", "2027-03-15T06:30:00.000Z"]),
        ("2027-11-06", "01:30", ["2027-11-07T05:30:00.000Z", "2027-11-08T06:30:00.000Z"]),
    ];
    for (date, time, instants) in expected {
        let mut task = ada.task_with(json!({
            "title": "Again", "due_date": date, "due_time": time, "time_zone": "America/New_York", "rrule": "FREQ=DAILY",
        })).await;
        for instant in instants {
            task = complete(&ada.api, &task).await;
            assert_eq!((&task["due_at"], &task["due_time"]), (&json!(instant), &json!(time)));
        }
    }
}

async fn hours_are_even_over_clock_changes(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let mut task = ada
        .task_with(json!({
            "title": "Again", "due_date": "2027-11-07", "due_time": "00:30", "time_zone": "America/New_York",
            "rrule": "FREQ=HOURLY",
        }))
        .await;
    for instant in ["2027-11-07T05:30:00.000Z", "2027-11-07T06:30:00.000Z", "2027-11-07T07:30:00.000Z"] {
        task = complete(&ada.api, &task).await;
        assert_eq!(task["due_at"], instant);
    }
    assert_eq!(due(&task), "2027-11-07T02:30");
}

async fn a_count_counts_down_and_ends_for_good(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Again", "due_date": "2026-11-20", "rrule": "FREQ=DAILY;COUNT=3"})).await;
    let once = complete(&ada.api, &task).await;
    assert_eq!((due(&once).as_str(), &once["rrule"]), ("2026-11-21", &json!("FREQ=DAILY;COUNT=2")));
    let skipped = ada.api.post(&format!("{}/skip", path_of(&task)), &json!({})).await.expect(200).json();
    assert_eq!((due(&skipped).as_str(), &skipped["rrule"]), ("2026-11-22", &json!("FREQ=DAILY;COUNT=1")));
    let last = complete(&ada.api, &task).await;
    assert_eq!((due(&last).as_str(), &last["is_completed"]), ("2026-11-22", &json!(true)));
    assert_eq!(last["completed_at"], "2026-11-20T10:00:00.000Z");
    assert_eq!(ada.titles("view=logbook").await, ["Again"]);
    let open = ada.api.patch(&format!("{}/complete", path_of(&task)), &json!({"is_completed": false})).await;
    assert_eq!(due(&open.expect(200).json()), "2026-11-22");
    assert_eq!(complete(&ada.api, &task).await["is_completed"], true, "the same date, completed once more");
    assert_eq!(app.rows().await.count("completions"), 2);
}

async fn until_is_a_day_that_still_counts(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let fields = json!({"title": "Again", "due_date": "2026-11-21", "rrule": "FREQ=DAILY;UNTIL=20261122"});
    let task = ada.task_with(fields).await;
    assert_eq!(due(&complete(&ada.api, &task).await), "2026-11-22");
    assert_eq!(complete(&ada.api, &task).await["is_completed"], true);
}

async fn two_devices_complete_a_date_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let other = app.anonymous().with_bearer(&app.sign_in_program(&ada).await.access);
    let task = ada.task_with(json!({"title": "Again", "due_date": "2026-11-20", "rrule": "FREQ=WEEKLY;COUNT=2"})).await;
    let (path, named) = (format!("{}/complete", path_of(&task)), json!({"occurrence": "2026-11-20"}));
    let first = ada.api.patch(&path, &named).await.expect(200).json();
    let before = app.rows().await;
    let second = other.patch(&path, &named).await.expect(200).json();
    assert_eq!((&second, due(&second).as_str()), (&first, "2026-11-27"));
    before.assert_same(&app.rows().await, "the second device");
    let stale = other.request("PATCH", &path).header("if-match", "\"1\"").json(&named).send().await;
    stale.expect_problem(412, "stale_revision");
    let last = json!({"occurrence": "2026-11-27"});
    for device in [&ada.api, &other] {
        assert_eq!(device.patch(&path, &last).await.expect(200).json()["is_completed"], true);
    }
    assert_eq!(app.rows().await.count("completions"), 2);
    // At the very same moment, too.
    let task = ada.task_with(json!({"title": "Race", "due_date": "2026-11-20", "rrule": "FREQ=WEEKLY"})).await;
    let path = format!("{}/complete", path_of(&task));
    let (one, two) = tokio::join!(ada.api.patch(&path, &named), other.patch(&path, &named));
    assert_eq!(
        (due(&one.expect(200).json()), due(&two.expect(200).json())),
        ("2026-11-27".into(), "2026-11-27".into())
    );
}

async fn a_date_that_is_not_due_is_refused(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let timed = json!({"title": "Again", "due_date": "2026-11-20", "due_time": "12:00", "rrule": "FREQ=DAILY"});
    let task = ada.task_with(timed).await;
    let (path, before) = (format!("{}/complete", path_of(&task)), app.rows().await);
    for (body, field, code) in [
        (json!({"occurrence": "2026-11-21"}), "occurrence", "not_due"),
        (json!({"occurrence": "2026-11-20T12:01"}), "occurrence", "not_due"),
        (json!({"occurrence": "tomorrow"}), "occurrence", "invalid_occurrence"),
        (json!({"occurrence": "2026-02-30"}), "occurrence", "invalid_occurrence"),
        (json!({"occurrence": 20_261_120}), "occurrence", "not_a_text"),
        (json!({"occurrence": "2026-11-20", "is_completed": false}), "occurrence", "not_completed"),
    ] {
        let problem = ada.api.patch(&path, &body).await.expect_problem(422, "invalid");
        assert_eq!(problem.faulty_fields(), [field], "{body}");
        assert_eq!(problem.json()["errors"][0]["code"], code, "{body}");
    }
    ada.api.patch(&path, &json!({"occurrence": "2026-11-19"})).await.expect(200);
    before.assert_same(&app.rows().await, "dates that are not due");
    assert_eq!(
        due(&ada.api.patch(&path, &json!({"occurrence": "2026-11-20"})).await.expect(200).json()),
        "2026-11-21T12:00"
    );
    let once = ada.task_with(json!({"title": "Once", "due_date": "2026-11-20"})).await;
    let done = ada.api.patch(&format!("{}/complete", path_of(&once)), &json!({"occurrence": "2026-11-20"})).await;
    assert_eq!(done.expect(200).json()["is_completed"], true, "what does not repeat is simply done");
}

async fn a_date_that_a_task_was_moved_back_to_can_be_completed_again(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Again", "due_date": "2026-11-20", "rrule": "FREQ=DAILY"})).await;
    complete(&ada.api, &task).await;
    let path = format!("{}/complete", path_of(&task));
    ada.api.patch(&path_of(&task), &json!({"due_date": "2026-11-19"})).await.expect(200);
    let known = ada.api.patch(&path, &json!({"occurrence": "2026-11-20"})).await.expect(200).json();
    assert_eq!(due(&known), "2026-11-19", "that date is done with");
    ada.api.patch(&path_of(&task), &json!({"due_date": "2026-11-20"})).await.expect(200);
    let again = ada.api.patch(&path, &json!({"occurrence": "2026-11-20"})).await.expect(200).json();
    assert_eq!(due(&again), "2026-11-21");
    assert_eq!(app.rows().await.count("completions"), 1);
}

async fn what_belongs_to_a_date_moves_along(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada
        .task_with(json!({
            "title": "Rent", "due_date": "2026-12-01", "start_date": "2026-11-28", "deadline": "2026-12-03",
            "rrule": "FREQ=MONTHLY;BYMONTHDAY=1",
        }))
        .await;
    let next = complete(&ada.api, &task).await;
    assert_eq!((&next["due_date"], &next["start_date"]), (&json!("2027-01-01"), &json!("2026-12-29")));
    assert_eq!(next["deadline"], "2027-01-03");
    let back = ada.api.get("/api/me/tasks?filter=is:recurring").await.expect(200).titles();
    assert_eq!(back, ["Rent"]);
}

async fn parts_and_checkboxes_are_open_again(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let notes = "- [x] soap\n- [ ] brush\n  - [X] bristles";
    let whole = ada.task_with(json!({"title": "Clean", "rrule": "FREQ=WEEKLY;COUNT=2", "notes": notes})).await;
    let part = |title: &str, parent: &Value, is_completed: bool| json!({"title": title, "parent_id": parent["id"], "is_completed": is_completed, "tags": ["home"]});
    let kitchen = ada.task_with(part("Kitchen", &whole, true)).await;
    let oven = ada.task_with(part("Oven", &kitchen, true)).await;
    let hall = ada.task_with(part("Hall", &whole, false)).await;
    let elsewhere = ada.task_with(json!({"title": "Elsewhere", "is_completed": true})).await;
    let deleted = ada.task_with(part("Deleted", &whole, true)).await;
    ada.api.delete(&path_of(&deleted)).await.expect(204);
    let same_id = json!({"id": kitchen["id"], "title": "Bob's", "is_completed": true});
    bob.task_with(same_id).await;
    let next = complete(&ada.api, &whole).await;
    assert_eq!(next["notes"], "- [ ] soap\n- [ ] brush\n  - [ ] bristles");
    for (task, is_completed, revision) in
        [(&kitchen, false, 2), (&oven, false, 2), (&hall, false, 1), (&elsewhere, true, 1)]
    {
        let now = ada.api.get(&path_of(task)).await.expect(200).json();
        assert_eq!((&now["is_completed"], &now["revision"]), (&json!(is_completed), &json!(revision)), "{now}");
        assert_eq!(now["tags"], task["tags"]);
    }
    assert_eq!(bob.titles("status=done").await, ["Bob's"]);
    complete(&ada.api, &kitchen).await;
    assert_eq!(complete(&ada.api, &whole).await["is_completed"], true);
    let kitchen = ada.api.get(&path_of(&kitchen)).await.expect(200).json();
    assert_eq!(kitchen["is_completed"], true, "after the last date, what is done stays done");
}

async fn a_completion_is_taken_back_whole(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let fields = json!({
        "title": "Clean", "due_date": "2026-11-20", "due_time": "09:00", "start_date": "2026-11-18",
        "deadline": "2026-11-22", "rrule": "FREQ=WEEKLY;COUNT=2", "notes": "- [x] soap",
    });
    let whole = ada.task_with(fields).await;
    let part = json!({"title": "Kitchen", "parent_id": whole["id"], "is_completed": true, "tags": ["home"]});
    let part = ada.task_with(part).await;
    // What the server keeps up by itself goes on.
    let bare = |task: &Value| {
        let mut task = task.clone();
        for name in ["revision", "updated_at"] {
            task[name] = json!(null);
        }
        task
    };
    let next = complete(&ada.api, &whole).await;
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    for task in [&whole, &part] {
        assert_eq!(bare(&ada.api.get(&path_of(task)).await.expect(200).json()), bare(task));
    }
    assert_eq!(app.rows().await.count("completions"), 0);
    ada.api.post("/api/me/redo", &json!({})).await.expect(200);
    assert_eq!(bare(&ada.api.get(&path_of(&whole)).await.expect(200).json()), bare(&next));
    assert_eq!(ada.api.get(&path_of(&part)).await.expect(200).json()["is_completed"], false);
    assert_eq!(app.rows().await.count("completions"), 1);
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    let skipped = ada.api.post(&format!("{}/skip", path_of(&whole)), &json!({})).await.expect(200).json();
    assert_eq!(skipped["rrule"], "FREQ=WEEKLY;COUNT=1");
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    assert_eq!(bare(&ada.api.get(&path_of(&whole)).await.expect(200).json()), bare(&whole));
}

async fn many_tasks_are_completed_at_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let daily = ada.task_with(json!({"title": "Daily", "due_date": "2026-11-20", "rrule": "FREQ=DAILY"})).await;
    let last = ada.task_with(json!({"title": "Last", "due_date": "2026-11-20", "rrule": "FREQ=DAILY;COUNT=1"})).await;
    let once = ada.task("Once").await;
    ada.task_with(json!({"title": "Part", "parent_id": daily["id"], "is_completed": true})).await;
    let ids = json!([daily["id"], last["id"], once["id"]]);
    ada.api.post("/api/me/tasks/bulk", &json!({"ids": ids, "action": "complete"})).await.expect(200);
    assert_eq!(due(&ada.api.get(&path_of(&daily)).await.expect(200).json()), "2026-11-21");
    for task in [&last, &once] {
        assert_eq!(ada.api.get(&path_of(task)).await.expect(200).json()["is_completed"], true);
    }
    assert_eq!(ada.titles("sort=title").await, ["Daily", "Part"]);
    assert_eq!(app.rows().await.count("completions"), 2);
    let undone = ada.api.post("/api/me/undo", &json!({})).await.expect(200).json();
    assert_eq!(undone["label"], "Completed 3 tasks");
    assert_eq!(ada.titles("sort=title").await, ["Daily", "Last", "Once"]);
    assert_eq!(app.rows().await.count("completions"), 0);
}

async fn a_date_can_be_skipped(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Again", "due_date": "2026-11-25", "rrule": "FREQ=DAILY;COUNT=3"})).await;
    let path = format!("{}/skip", path_of(&task));
    let skipped = ada.api.post(&path, &json!({"occurrence": "2026-11-25"})).await.expect(200).json();
    assert_eq!((due(&skipped).as_str(), &skipped["rrule"]), ("2026-11-26", &json!("FREQ=DAILY;COUNT=2")));
    let again = ada.api.post(&path, &json!({"occurrence": "2026-11-25"})).await.expect(200).json();
    assert_eq!(again, skipped, "the same date is skipped once");
    ada.api.request("POST", &path).send().await.expect(200);
    assert_eq!(app.rows().await.count("completions"), 0);
    let last = ada.api.post(&path, &json!({})).await.expect(200).json();
    assert_eq!((due(&last).as_str(), &last["is_completed"]), ("2026-11-27", &json!(true)));
    let refused = ada.api.post(&path, &json!({})).await.expect_problem(422, "invalid");
    assert_eq!(refused.faulty_fields(), ["is_completed"]);
    let once = ada.task("Once").await;
    let refused = ada.api.post(&format!("{}/skip", path_of(&once)), &json!({})).await.expect_problem(422, "invalid");
    assert_eq!(refused.faulty_fields(), ["rrule"]);
    let late = ada.task_with(json!({"title": "Late", "due_date": "2026-11-10", "rrule": "FREQ=DAILY"})).await;
    let late = ada.api.post(&format!("{}/skip", path_of(&late)), &json!({})).await.expect(200).json();
    assert_eq!(due(&late), "2026-11-21");
}

async fn the_next_dates_are_told(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let fields =
        json!({"title": "Again", "due_date": "2026-11-23", "due_time": "09:00", "rrule": "FREQ=WEEKLY;COUNT=4"});
    let task = ada.task_with(fields).await;
    let path = format!("{}/occurrences", path_of(&task));
    let told = ada.api.get(&path).await.expect(200).json();
    let expected = json!({
        "text": "Every week, 4 times", "rrule": "FREQ=WEEKLY;COUNT=4", "due": "2026-11-23T09:00",
        "occurrences": ["2026-11-30T09:00", "2026-12-07T09:00", "2026-12-14T09:00"],
    });
    assert_eq!(told, expected);
    let two = ada.api.get(&format!("{path}?limit=2")).await.expect(200).json();
    assert_eq!(two["occurrences"].as_array().unwrap().len(), 2);
    let daily = ada.task_with(json!({"title": "Daily", "rrule": "FREQ=DAILY"})).await;
    let fifty = ada.api.get(&format!("{}/occurrences?limit=50", path_of(&daily))).await.expect(200).json();
    assert_eq!(fifty["occurrences"][49], "2027-01-09");
    for query in ["limit=0", "limit=51", "limit=many", "limit=", "count=5"] {
        ada.api.get(&format!("{path}?{query}")).await.expect_problem(422, "invalid");
    }
    let once = ada.task("Once").await;
    let none = ada.api.get(&format!("{}/occurrences", path_of(&once))).await.expect(200).json();
    assert_eq!(none, json!({"text": null, "rrule": null, "due": null, "occurrences": []}));
}

async fn a_repetition_is_previewed_and_nothing_is_written(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let (path, before) = ("/api/me/recurrence/preview", app.all_rows().await);
    let told = ada.api.post(path, &json!({"rrule": "FREQ=MONTHLY;BYDAY=-1FR"})).await.expect(200).json();
    let expected = json!({
        "text": "Every month on the last Friday", "rrule": "FREQ=MONTHLY;BYDAY=-1FR", "due": "2026-11-27",
        "occurrences": ["2026-12-25", "2027-01-29", "2027-02-26", "2027-03-26", "2027-04-30"],
    });
    assert_eq!(told, expected);
    let counted = json!({
        "repeat": "every! 10 days", "due_date": "2026-11-30", "due_time": "08:00", "time_zone": "Asia/Tokyo",
    });
    let told = ada.api.post(path, &counted).await.expect(200).json();
    assert_eq!((&told["due"], &told["occurrences"][0]), (&json!("2026-11-30T08:00"), &json!("2026-12-10T08:00")));
    for (body, field) in [
        (json!({}), "rrule"),
        (json!({"rrule": null}), "rrule"),
        (json!({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}), "rrule"),
        (json!({"rrule": "FREQ=HOURLY"}), "rrule"),
        (json!({"rrule": "FREQ=DAILY", "due_date": "soon"}), "due_date"),
        (json!({"rrule": "FREQ=DAILY", "time_zone": "Mars/Olympus_Mons"}), "time_zone"),
        (json!({"rrule": "FREQ=DAILY", "title": "Mine"}), "title"),
    ] {
        let refused = ada.api.post(path, &body).await.expect_problem(422, "invalid");
        assert_eq!(refused.faulty_fields(), [field], "{body}");
    }
    before.assert_same(&app.all_rows().await, "previews");
}

async fn a_line_makes_a_task_that_repeats(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (line, title, rule, anchor, first) in [
        ("Pay rent every month on the 1st", "Pay rent", "FREQ=MONTHLY;BYMONTHDAY=1", "schedule", "2026-12-01"),
        ("Water the ferns every! 3 days #home", "Water the ferns", "FREQ=DAILY;INTERVAL=3", "completion", "2026-11-20"),
        ("Descale after 10 days", "Descale", "FREQ=DAILY;INTERVAL=10", "completion", "2026-11-30"),
        (
            "Standup every weekday at 9:15",
            "Standup",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "schedule",
            "2026-11-23T09:15",
        ),
        ("Pills every day for 3 times", "Pills", "FREQ=DAILY;COUNT=3", "schedule", "2026-11-20"),
    ] {
        let task = ada.api.post("/api/me/tasks", &json!({ "quick_add": line })).await.expect(201).json();
        assert_eq!((&task["title"], &task["rrule"]), (&json!(title), &json!(rule)), "{line}");
        assert_eq!((&task["rrule_anchor"], due(&task).as_str()), (&json!(anchor), first), "{line}");
    }
    let body = json!({"quick_add": "Pay rent every month on the 1st {5 dec}", "rrule": "FREQ=DAILY", "due_date": "2026-12-02"});
    let task = ada.api.post("/api/me/tasks", &body).await.expect(201).json();
    assert_eq!((&task["rrule"], due(&task).as_str()), (&json!("FREQ=DAILY"), "2026-12-02"), "a field counts more");
    assert_eq!(task["deadline"], "2026-12-05");
}

async fn the_same_task_again_is_the_same_task(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let api = program(&app, &ada).await;
    let body = json!({
        "id": "0193a5f0-1111-7abc-8def-00000000000a", "title": "Again", "rrule": "FREQ=WEEKLY;BYDAY=MO",
    });
    let made = api.post("/api/me/tasks", &body).await.expect(201).json();
    app.clock.advance(7 * DAY);
    assert_eq!(api.post("/api/me/tasks", &body).await.expect(200).json(), made);
    let other = json!({"id": body["id"], "title": "Again", "rrule": "FREQ=WEEKLY;BYDAY=TU"});
    api.post("/api/me/tasks", &other).await.expect_problem(409, "id_taken");
}

async fn completions_are_taken_away_with_all_else(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Again", "due_date": "2026-11-20", "rrule": "FREQ=DAILY;COUNT=9"})).await;
    complete(&ada.api, &task).await;
    let document = ada.api.get("/api/auth/export").await.expect(200).json();
    let completion = &document["completions"][0];
    assert_eq!((&completion["task_id"], &completion["occurrence"]), (&task["id"], &json!("2026-11-20")));
    assert_eq!(completion["replaced"]["rrule"], "FREQ=DAILY;COUNT=9");
    ada.api.json("DELETE", "/api/auth/me", &json!({"password": crate::harness::PASSWORD})).await.expect(204);
    assert_eq!(app.rows().await.count("completions"), 0);
}
