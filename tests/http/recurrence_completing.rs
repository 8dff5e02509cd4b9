//! Completing and skipping tasks that repeat: the engine's decisions held against a clock, two databases and several
//! devices.

use crate::{
    harness::{TestApp, path_of, scenarios},
    recurrence::{DAY, HOUR, complete, due, live_in, program},
};
use serde_json::{Value, json};

scenarios![
    every_way_of_completing_goes_on_to_the_next_date,
    late_and_early_completions_come_after_the_due_date_and_after_now,
    from_completion_it_counts_from_the_day_that_the_owner_has,
    times_stay_on_the_wall_over_clock_changes,
    hours_are_even_over_clock_changes,
    a_count_counts_down_and_ends_for_good,
    until_is_a_day_that_still_counts,
    two_devices_complete_a_date_once,
    a_date_done_early_that_comes_again_is_completed_once,
    a_day_that_is_named_and_done_early_does_not_come_again,
    the_last_day_that_there_is_comes_once,
    a_date_that_is_not_due_is_refused,
    a_date_that_a_task_was_moved_back_to_can_be_completed_again,
    what_belongs_to_a_date_moves_along,
    parts_and_checkboxes_are_open_again,
    a_completion_is_taken_back_whole,
    many_tasks_are_completed_at_once,
    a_date_can_be_skipped,
    the_dates_of_a_task_that_were_completed_are_told_in_pages,
];

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

async fn a_date_done_early_that_comes_again_is_completed_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let api = program(&app, &ada).await;
    let fields = json!({
        "title": "Water", "rrule": "FREQ=DAILY;COUNT=9", "rrule_anchor": "completion", "due_date": "2026-11-21",
    });
    let task = ada.task_with(fields).await;
    let (toggle, named) = (format!("{}/complete", path_of(&task)), json!({"occurrence": "2026-11-21"}));
    for _ in 0..3 {
        let now = api.patch(&toggle, &named).await.expect(200).json();
        assert_eq!((due(&now).as_str(), &now["rrule"]), ("2026-11-21", &json!("FREQ=DAILY;COUNT=8")));
    }
    app.clock.advance(DAY);
    let now = api.patch(&toggle, &named).await.expect(200).json();
    assert_eq!((due(&now).as_str(), &now["rrule"]), ("2026-11-22", &json!("FREQ=DAILY;COUNT=7")), "on the day itself");
}

async fn a_day_that_is_named_and_done_early_does_not_come_again(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for (rule, due_date, next) in [
        ("FREQ=WEEKLY;BYDAY=FR", "2026-11-27", "2026-12-04"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27", "2026-12-25"),
        ("FREQ=WEEKLY;BYDAY=FR", "2026-11-13", "2026-11-27"),
    ] {
        let fields = json!({"title": "x", "rrule": rule, "rrule_anchor": "completion", "due_date": due_date});
        let task = ada.task_with(fields).await;
        assert_eq!(due(&complete(&ada.api, &task).await), next, "{rule} on {due_date}");
    }
}

async fn the_last_day_that_there_is_comes_once(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for fields in [
        json!({"title": "Day", "due_date": "9999-12-31", "rrule": "FREQ=DAILY"}),
        json!({"title": "Hour", "due_date": "9999-12-31", "due_time": "10:00", "rrule": "FREQ=HOURLY"}),
    ] {
        let task = ada.task_with(fields).await;
        assert!(task["due_at"].as_str().unwrap().starts_with("9999-12-3"), "{task}");
        assert_eq!(complete(&ada.api, &task).await["is_completed"], true, "{task}");
    }
}

async fn the_dates_of_a_task_that_were_completed_are_told_in_pages(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let task = ada.task_with(json!({"title": "Water", "rrule": "FREQ=DAILY", "due_date": "2026-11-20"})).await;
    let (other, path) = (ada.task("Another").await, format!("{}/completions", path_of(&task)));
    for _ in 0..5 {
        complete(&ada.api, &task).await;
        app.clock.advance(1);
    }
    let first = ada.api.get(&format!("{path}?limit=3")).await.expect(200).json();
    let dates = |page: &Value| -> Vec<Value> {
        page["items"].as_array().unwrap().iter().map(|item| item["occurrence"].clone()).collect()
    };
    assert_eq!(dates(&first), ["2026-11-24", "2026-11-23", "2026-11-22"]);
    assert_eq!((&first["items"][0]["task_id"], &first["items"][0]["title"]), (&task["id"], &json!("Water")));
    let rest = ada.api.get(&format!("{path}?cursor={}", first["next_cursor"].as_str().unwrap())).await;
    let rest = rest.expect(200).json();
    assert_eq!(dates(&rest), ["2026-11-21", "2026-11-20"]);
    assert_eq!((&rest["has_more"], &rest["next_cursor"]), (&json!(false), &json!(null)));
    let none = ada.api.get(&format!("{}/completions", path_of(&other))).await.expect(200).json();
    assert_eq!(none["items"], json!([]));
    ada.api.post("/api/me/undo", &json!({})).await.expect(200);
    assert_eq!(dates(&ada.api.get(&path).await.expect(200).json()).len(), 4, "what is taken back is not told");
    for wrong in ["limit=0", "cursor=x", "q=water"] {
        ada.api.get(&format!("{path}?{wrong}")).await.expect_problem(422, "invalid");
    }
    bob.api.get(&path).await.expect_problem(404, "not_found");
    ada.api.delete(&path_of(&task)).await.expect(204);
    ada.api.get(&path).await.expect_problem(404, "not_found");
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
