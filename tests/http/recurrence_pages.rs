//! Tasks that repeat on their pages, as a browser without JavaScript uses them.

use crate::harness::{TestApp, html::elements, path_of, scenarios};
use serde_json::json;

scenarios![
    a_line_on_the_page_makes_a_task_that_repeats,
    the_edit_form_takes_words_and_rules,
    what_cannot_be_understood_is_told_beside_the_field,
    a_completed_date_is_told_with_the_next,
    a_form_that_is_sent_twice_completes_one_date,
    the_page_of_a_task_tells_its_dates_and_skips_one,
    dates_are_told_while_it_is_being_typed,
];

async fn a_line_on_the_page_makes_a_task_that_repeats(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let typed = [("do", "add_task"), ("title", "Pay rent every month on the 1st #home"), ("priority", "none")];
    ada.browser.form("/tasks", &typed).await.expect_redirect("/tasks");
    let task = ada.api.get("/api/me/tasks").await.expect(200).json()["items"][0].clone();
    assert_eq!((&task["title"], &task["rrule"]), (&json!("Pay rent"), &json!("FREQ=MONTHLY;BYMONTHDAY=1")));
    let page = ada.browser.get("/tasks").await.expect(200).text();
    assert!(page.contains("Every month on the 1st"), "the row says how it repeats");
    let odd = [("do", "add_task"), ("title", "Rent every day until tomorrow"), ("due_date", "2026-12-24")];
    let refused = ada.browser.form("/tasks", &odd).await.expect(422).text();
    let at = refused.find("id=\"title-error\"").expect("a place for what is wrong with the line");
    let told = refused[at..].chars().take(200).collect::<String>();
    assert!(told.contains("The repetition ends before its first date"), "{told}");
}

async fn the_edit_form_takes_words_and_rules(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Rent", "due_date": "2026-12-01"})).await;
    let (page, id) = (format!("/tasks/{}", task["id"].as_str().unwrap()), task["id"].as_str().unwrap());
    let saved = format!("{page}?saved=1");
    for (repeat, anchor, due_date, rule) in [
        ("every month", "schedule", "2026-12-01", json!("FREQ=MONTHLY;BYMONTHDAY=1")),
        ("FREQ=WEEKLY;BYDAY=MO", "completion", "2026-12-01", json!("FREQ=WEEKLY;BYDAY=MO")),
        ("Every Monday", "completion", "2026-12-01", json!("FREQ=WEEKLY;BYDAY=MO")),
        ("", "schedule", "2026-12-01", json!(null)),
        ("every day", "schedule", "", json!("FREQ=DAILY")),
    ] {
        let fields = [
            ("do", "edit_task"),
            ("id", id),
            ("title", "Rent"),
            ("due_date", due_date),
            ("repeat", repeat),
            ("rrule_anchor", anchor),
        ];
        ada.browser.form(&page, &fields).await.expect_redirect(&saved);
        let now = ada.api.get(&path_of(&task)).await.expect(200).json();
        assert_eq!(now["rrule"], rule, "{repeat:?}");
        let expected = if rule.is_null() { json!(null) } else { json!(anchor) };
        assert_eq!(now["rrule_anchor"], expected, "{repeat:?}");
    }
    let now = ada.api.get(&path_of(&task)).await.expect(200).json();
    assert_eq!(now["due_date"], "2026-11-20", "without a date it begins on the first");
    // A form without these fields leaves them alone.
    let fields = [("do", "edit_task"), ("id", id), ("title", "Rent"), ("due_date", "2026-11-21")];
    ada.browser.form(&page, &fields).await.expect_redirect(&saved);
    assert_eq!(ada.api.get(&path_of(&task)).await.expect(200).json()["rrule"], "FREQ=DAILY");
}

async fn what_cannot_be_understood_is_told_beside_the_field(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task("Rent").await;
    let (page, id) = (format!("/tasks/{}", task["id"].as_str().unwrap()), task["id"].as_str().unwrap());
    let before = app.rows().await;
    for (repeat, told) in [
        ("when it rains", "Say it like"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "No date fits this rule within 8 years"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL takes a number from 1 to 10000"),
        ("every hour", ""),
    ] {
        let fields =
            [("do", "edit_task"), ("id", id), ("title", "Rent"), ("repeat", repeat), ("rrule_anchor", "schedule")];
        let answer = ada.browser.form(&page, &fields).await;
        if told.is_empty() {
            answer.expect_redirect(&format!("{page}?saved=1"));
            continue;
        }
        let answer = answer.expect(422).text();
        let field = elements(&answer)
            .into_iter()
            .find(|element| element.attributes.contains(&("name".to_owned(), "repeat".to_owned())))
            .expect("the field")
            .attributes;
        assert!(field.contains(&("value".to_owned(), repeat.to_owned())), "{field:?}");
        assert!(field.contains(&("aria-invalid".to_owned(), "true".to_owned())), "{field:?}");
        let at = answer.find("id=\"repeat-error\"").expect("a place for its message");
        assert!(answer[at..].chars().take(300).collect::<String>().contains(told), "{repeat}");
        before.assert_same(&app.rows().await, "a refused repetition");
    }
}

async fn a_completed_date_is_told_with_the_next(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let fields =
        json!({"title": "Bins", "due_date": "2026-11-20", "due_time": "18:00", "rrule": "FREQ=WEEKLY;BYDAY=MO"});
    let task = ada.task_with(fields).await;
    let id = task["id"].as_str().unwrap();
    for page in ["/tasks", "/today", "/upcoming", "/dashboard", &format!("/tasks/{id}")] {
        ada.api.patch(&path_of(&task), &json!({"due_date": "2026-11-20", "due_time": null})).await.expect(200);
        let fields = [("do", "set_task_completed"), ("id", id), ("is_completed", "true"), ("occurrence", "2026-11-20")];
        let answer = ada.browser.form(&format!("{page}?done=2026-01-01"), &fields).await;
        answer.expect_redirect(&format!("{page}?done=2026-11-23"));
        let shown = ada.browser.get(&format!("{page}?done=2026-11-23")).await.expect(200).text();
        let told = elements(&shown).into_iter().any(|element| {
            element.attributes.contains(&("role".to_owned(), "status".to_owned()))
                && element.attributes.contains(&("class".to_owned(), "toast".to_owned()))
        });
        assert!(told && shown.contains("Done. Next Mon 23 Nov"), "{page}");
    }
    let odd = ada.browser.get("/tasks?done=%3Cscript%3E").await.expect(200).text();
    assert!(!odd.contains("Done. Next"), "what is no date is not told");
}

async fn a_form_that_is_sent_twice_completes_one_date(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Bins", "due_date": "2026-11-20", "rrule": "FREQ=DAILY"})).await;
    let id = task["id"].as_str().unwrap();
    let page = ada.browser.get("/tasks").await.expect(200).text();
    let named = elements(&page).into_iter().any(|element| {
        element.attributes.contains(&("name".to_owned(), "occurrence".to_owned()))
            && element.attributes.contains(&("value".to_owned(), "2026-11-20".to_owned()))
    });
    assert!(named, "the form names the date");
    let fields = [("do", "set_task_completed"), ("id", id), ("is_completed", "true"), ("occurrence", "2026-11-20")];
    for _ in 0..2 {
        ada.browser.form("/tasks", &fields).await.expect_redirect("/tasks?done=2026-11-21");
    }
    let odd = [("do", "set_task_completed"), ("id", id), ("is_completed", "true"), ("occurrence", "soon")];
    ada.browser.form("/tasks", &odd).await.expect(422);
}

async fn the_page_of_a_task_tells_its_dates_and_skips_one(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task_with(json!({"title": "Bins", "due_date": "2026-11-23", "rrule": "FREQ=WEEKLY;BYDAY=MO"})).await;
    let (page, id) = (format!("/tasks/{}", task["id"].as_str().unwrap()), task["id"].as_str().unwrap());
    let shown = ada.browser.get(&page).await.expect(200).text();
    assert!(shown.contains("Every Monday. Due Mon 23 Nov, then Mon 30 Nov · Mon 7 Dec · Mon 14 Dec"), "{shown}");
    assert!(shown.contains("Skip this one"));
    let fields = [("do", "skip_task"), ("id", id), ("occurrence", "2026-11-23")];
    ada.browser.form(&page, &fields).await.expect_redirect(&format!("{page}?skipped=2026-11-30"));
    let shown = ada.browser.get(&format!("{page}?skipped=2026-11-30")).await.expect(200).text();
    assert!(shown.contains("Skipped. Next Mon 30 Nov"));
    let once = ada.task("Once").await;
    let shown = ada.browser.get(&format!("/tasks/{}", once["id"].as_str().unwrap())).await.expect(200).text();
    assert!(!shown.contains("Skip this one"));
}

async fn dates_are_told_while_it_is_being_typed(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let task = ada.task_with(json!({"title": "Bins", "due_date": "2026-11-23"})).await;
    let (id, before) = (task["id"].as_str().unwrap(), app.all_rows().await);
    let ask = |repeat: &'static str, anchor: &'static str| {
        vec![("id", id), ("repeat", repeat), ("rrule_anchor", anchor), ("due_date", "2026-11-23"), ("due_time", "")]
    };
    for (repeat, anchor, told) in [
        ("every 2 weeks on mon", "schedule", "Every other Monday. Due Mon 23 Nov, then Mon 7 Dec · "),
        ("every month", "completion", "Every month. Due Mon 23 Nov, then Wed 23 Dec · "),
        ("when it rains", "schedule", "Say it like"),
        ("", "schedule", ""),
    ] {
        let answer = ada.browser.form("/actions/preview_repeat", &ask(repeat, anchor)).await.expect(200).json();
        assert!(answer.as_str().unwrap().starts_with(told), "{repeat}: {answer}");
    }
    bob.browser.form("/actions/preview_repeat", &ask("every day", "schedule")).await.expect(404);
    before.assert_same(&app.all_rows().await, "telling dates");
}
