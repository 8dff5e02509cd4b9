//! Tasks that repeat, over REST: which rules are taken, and what is told of the dates to come. What completing and skipping
//! lead to is in `recurrence_completing`; the engine's own dates are tested in `domain`.

use crate::harness::{Client, Person, TestApp, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    a_rule_is_kept_in_one_spelling,
    a_rule_without_a_due_date_begins_on_the_first_that_it_names,
    a_month_that_is_too_short_has_its_last_day,
    rules_that_make_no_sense_are_told_and_nothing_is_written,
    a_repetition_goes_with_its_date_and_ends_with_null,
    words_say_how_a_task_repeats,
    words_say_when_a_task_is_due,
    weeks_begin_where_those_of_their_owner_do,
    the_next_dates_are_told,
    a_repetition_is_previewed_and_nothing_is_written,
    a_line_makes_a_task_that_repeats,
    the_same_task_again_is_the_same_task,
    completions_are_taken_away_with_all_else,
];

/// A program with a token that outlives the scenario's clock.
pub(crate) async fn program(app: &TestApp, person: &Person) -> Client {
    app.anonymous().with_bearer(&person.token(&["tasks:read", "tasks:write"]).await.text)
}

pub(crate) async fn live_in(person: &Person, settings: Value) {
    person.api.patch("/api/auth/me", &json!({ "settings": settings })).await.expect(200);
}

pub(crate) async fn complete(client: &Client, task: &Value) -> Value {
    client.patch(&format!("{}/complete", path_of(task)), &json!({"is_completed": true})).await.expect(200).json()
}

/// When a task is due, as the names of its dates are written.
pub(crate) fn due(task: &Value) -> String {
    let date = task["due_date"].as_str().unwrap_or("never");
    task["due_time"].as_str().map_or_else(|| date.to_owned(), |time| format!("{date}T{time}"))
}

pub(crate) const HOUR: i64 = 3600;
pub(crate) const DAY: i64 = 24 * HOUR;

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

async fn a_month_that_is_too_short_has_its_last_day(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (rule, start, kept, next) in [
        ("FREQ=MONTHLY", "2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", ["2027-02-28", "2027-03-31"]),
        ("FREQ=MONTHLY", "2027-01-29", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", ["2027-02-28", "2027-03-29"]),
        ("FREQ=MONTHLY", "2027-01-28", "FREQ=MONTHLY", ["2027-02-28", "2027-03-28"]),
        (
            "FREQ=YEARLY",
            "2028-02-29",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
            ["2029-02-28", "2030-02-28"],
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=31", ["2027-03-31", "2027-05-31"]),
    ] {
        let task = ada.task_with(json!({"title": "Again", "rrule": rule, "due_date": start})).await;
        assert_eq!(task["rrule"], kept, "{rule} from {start}");
        let same = ada.api.patch(&path_of(&task), &json!({"rrule": rule})).await.expect(200).json();
        assert_eq!(same["rrule"], kept, "said again");
        let first = complete(&ada.api, &task).await;
        assert_eq!([due(&first), due(&complete(&ada.api, &first).await)], next, "{rule} from {start}");
    }
    let task = ada.task_with(json!({"title": "Again", "rrule": "FREQ=MONTHLY", "due_date": "2027-01-15"})).await;
    let moved = ada.api.patch(&path_of(&task), &json!({"due_date": "2027-01-31"})).await.expect(200).json();
    assert_eq!(due(&complete(&ada.api, &moved).await), "2027-02-28", "the date that it was moved to counts");
}

async fn rules_that_make_no_sense_are_told_and_nothing_is_written(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Once", "due_date": "2026-11-23"})).await;
    let before = app.rows().await;
    let close = "FREQ=DAILY;BYHOUR=9;BYMINUTE=0\nFREQ=DAILY;BYHOUR=9;BYMINUTE=1";
    for (fields, pointer, code) in [
        (json!({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}), "/rrule", "impossible_rule"),
        (json!({"rrule": "FREQ=DAILY;INTERVAL=0"}), "/rrule", "bad_number"),
        (json!({"rrule": "FREQ=MINUTELY;INTERVAL=4", "due_time": "09:00"}), "/rrule", "too_often"),
        (json!({"rrule": "FREQ=SECONDLY"}), "/rrule", "too_often"),
        (json!({"rrule": close, "due_time": "08:00"}), "/rrule", "too_often"),
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

async fn words_say_when_a_task_is_due(app: TestApp) {
    let ada = app.sign_up("ada").await;
    // It is still the evening of the 19th in Pago Pago: the words are meant there.
    live_in(&ada, json!({"time_zone": "Pacific/Pago_Pago", "clock": "12h"})).await;
    let api = program(&app, &ada).await;
    let task = ada.task_with(json!({"title": "Call Ann", "due": "tomorrow at 5"})).await;
    assert_eq!((due(&task).as_str(), &task["due_at"]), ("2026-11-20T17:00", &json!("2026-11-21T04:00:00.000Z")));
    let path = path_of(&task);
    let patch = async |body: Value| api.patch(&path, &body).await;
    let monthly = patch(json!({"due": "every month on the 1st"})).await.expect(200).json();
    assert_eq!((due(&monthly).as_str(), &monthly["repeat"]), ("2026-12-01", &json!("Every month on the 1st")));
    let moved = patch(json!({"due": "in 3 days"})).await.expect(200).json();
    assert_eq!((due(&moved).as_str(), &moved["rrule"]), ("2026-11-22", &monthly["rrule"]), "it goes on repeating");
    let zoned = patch(json!({"due": "friday 9am Europe/Berlin"})).await.expect(200).json();
    assert_eq!((due(&zoned).as_str(), &zoned["time_zone"]), ("2026-11-20T09:00", &json!("Europe/Berlin")));
    let cleared = patch(json!({"due": null, "repeat": null})).await;
    assert_eq!(cleared.expect(422).faulty_fields(), ["due"], "said in words and in fields");
    patch(json!({"due": null})).await.expect_problem(422, "invalid");
    patch(json!({"repeat": null})).await.expect(200);
    assert_eq!(due(&patch(json!({"due": null})).await.expect(200).json()), "never");
    for nonsense in ["soon", "call Ann tomorrow", "tomorrow #home", "30 February"] {
        let refused = patch(json!({ "due": nonsense })).await.expect_problem(422, "invalid");
        assert_eq!(refused.json()["errors"][0]["code"], "not_understood", "{nonsense}");
    }
    let body = json!({"id": "0193a5f0-1111-7abc-8def-0000000000a1", "title": "Once", "due": "tomorrow"});
    let once = api.post("/api/me/tasks", &body).await.expect(201).json();
    let bulk = json!({"ids": [task["id"], once["id"]], "patch": {"due": "next week"}});
    api.post("/api/me/tasks/bulk", &bulk).await.expect(200);
    assert_eq!(due(&api.get(&path).await.expect(200).json()), "2026-11-23");
    api.post("/api/me/undo", &json!({})).await.expect(200);
    app.clock.advance(2 * HOUR);
    api.post("/api/me/tasks", &body).await.expect(200);
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
    assert_eq!(due(&complete(&api, &made).await), "2026-11-30");
    assert_eq!(due(&api.post("/api/me/tasks", &body).await.expect(200).json()), "2026-11-30");
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
