//! What is made of what was typed, and what is shown of what is known, without a server.
//!
//! These are not beside what they test, as elsewhere: the type of all pages would be compiled once more with them.
#![allow(clippy::unwrap_used, missing_docs)]

use app::{
    actions::tasks::{form_fields, new_task_fields},
    components::tasks::{Card, Reading, Today, list_address, say_dates, say_next, task_meta},
    request,
};
use domain::{
    calendar::{ClockTime, LocalTime, parse_date},
    quick_add::{Names, Settings, parse},
    recurrence::{Floating, RuleSet},
    tasks::{Dates, Priority, Schedule},
};
use leptos::{
    prelude::{GetValue, RenderHtml, StoredValue},
    reactive::{computed::ScopedFuture, owner::Owner},
};
use std::{future::poll_fn, pin::pin, time::Duration};

#[test]
fn an_address_says_what_is_asked_for() {
    assert_eq!(list_address([]), "/tasks");
    let parameters = [("status", "all"), ("q", "50% über a+b&c")];
    assert_eq!(list_address(parameters), "/tasks?status=all&q=50%25%20%C3%BCber%20a%2Bb%26c");
}

#[test]
fn a_due_task_says_when_and_whether_it_is_late() {
    let mut card = Card {
        id: "0193a5f0-1111-7abc-8def-000000000001".to_owned(),
        title: "Buy milk".to_owned(),
        notes: None,
        is_completed: false,
        priority: Priority::High,
        tags: vec![],
        project_id: None,
        due_date: Some("2026-11-20".to_owned()),
        due_time: Some("09:30".to_owned()),
        due_at: Some("2026-11-20T09:30:00.000Z".to_owned()),
        time_zone: None,
        start_date: None,
        deadline: None,
        duration_min: None,
        parent_id: None,
        kin: None,
        repeat: None,
        rrule_anchor: None,
        revision: 1,
    };
    let mut today = Today { now: "2026-11-20T08:00:00.000Z".to_owned(), date: "2026-11-20".to_owned() };
    let shown = |card: &Card, today: &Today| task_meta(card, today).to_html();
    let says = |html: &str, class: &str, words: &str| {
        let (tag, _) = html.split_once("</time>").unwrap();
        assert!(tag.contains("datetime=\"2026-11-20\"") && tag.contains(&format!("class=\"{class}\"")), "{html}");
        assert!(tag.ends_with(&format!(">{words}")), "{html}");
    };
    says(&shown(&card, &today), "task-due is-today", "Today, 09:30");
    today.now = "2026-11-20T09:30:00.000Z".to_owned();
    says(&shown(&card, &today), "task-due is-overdue", "Overdue · Today, 09:30");
    card.is_completed = true;
    says(&shown(&card, &today), "task-due", "Today, 09:30");
    card.due_date = None;
    assert!(!shown(&card, &today).contains("<time"));
}

#[test]
fn a_line_is_told_in_words_and_stays_whole() {
    let now = LocalTime { date: parse_date("2026-11-20").unwrap(), clock: ClockTime::from_minutes(600).unwrap() };
    for (line, meanings) in [
        ("Call mom tomorrow 5pm !high #home", vec!["Due tomorrow, 17:00", "High priority", "#home"]),
        ("Café {27 nov} // bring ü", vec!["Deadline Fri 27 Nov", "Notes"]),
        ("Rent every month on the 1st", vec!["Every month on the 1st"]),
        ("Read a book", vec![]),
    ] {
        let parsed = parse(line, now, &Settings::default(), &Names::default(), &[]);
        let reading = Reading::of(line, &parsed, now.date);
        assert_eq!(reading.understood().map(|(_, meaning)| meaning).collect::<Vec<_>>(), meanings);
        assert_eq!(reading.stretches.iter().map(|stretch| stretch.text.as_str()).collect::<String>(), line);
    }
}

#[test]
fn the_next_date_is_said_in_a_sentence() {
    let said = |occurrence| say_next("Done", occurrence, "2026-11-20");
    assert_eq!(said("2026-11-23").as_deref(), Some("Done. Next Mon 23 Nov"));
    assert_eq!(said("2026-11-21T09:00").as_deref(), Some("Done. Next tomorrow, 09:00"));
    assert_eq!(said("2026-11-20T12:00").as_deref(), Some("Done. Next today, 12:00"));
    assert_eq!(said("soon"), None);
}

#[test]
fn the_dates_of_a_schedule_stand_in_a_line() {
    let today = parse_date("2026-11-20").unwrap();
    let said = |rule: &str| {
        let schedule = Schedule { rules: RuleSet::parse(rule).ok(), date: Some(today), ..Schedule::default() };
        say_dates(&Dates::of(&schedule, 2, &Floating), today)
    };
    assert_eq!(said("FREQ=WEEKLY;BYDAY=FR"), "Every Friday. Due today, then Fri 27 Nov · Fri 4 Dec");
    assert_eq!(said("FREQ=DAILY;COUNT=1"), "Every day, once more. Due today, for the last time.");
}

#[test]
fn a_new_task_is_a_line_and_what_was_said_beside_it() {
    let typed = [("do", "add_task"), ("title", "Milk tomorrow"), ("priority", "none"), ("tags", "home"), ("notes", "")];
    let fields = |more: &[(&'static str, &'static str)]| {
        let typed: Vec<_> = typed.iter().chain(more).copied().collect();
        new_task_fields(typed.into_iter()).map(|(name, text)| (name, text.unwrap())).collect::<Vec<_>>()
    };
    let tags = ("tags", "home");
    assert_eq!(fields(&[]), [("quick_add", "Milk tomorrow"), tags]);
    let ignored = ("ignored", "tomorrow");
    assert_eq!(fields(&[ignored]), [("quick_add", "Milk tomorrow"), tags, ignored]);
    assert_eq!(fields(&[ignored, ("as_typed", "true")]), [("title", "Milk tomorrow"), tags]);
}

#[test]
fn an_empty_field_clears_and_what_is_no_field_stays_out() {
    let fields = form_fields([("do", "edit_task"), ("title", "Buy milk"), ("notes", " "), ("tags", "home, shop")]);
    let expected = [("title", Some("Buy milk")), ("notes", None), ("tags", Some("home, shop"))];
    assert_eq!(fields.collect::<Vec<_>>(), expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_goes_on_where_it_was_though_a_part_was_loaded_meanwhile() {
    let page = Owner::new_root(None);
    let rendering = page.with(|| {
        ScopedFuture::new(async {
            let mut part = pin!(request::ask(async { 1 }));
            poll_fn(|context| {
                let loaded = part.as_mut().poll(context);
                // Long enough for another thread to load it.
                std::thread::sleep(Duration::from_millis(50));
                assert_eq!(StoredValue::new(2).get_value(), 2);
                loaded
            })
            .await
        })
    });
    assert_eq!(rendering.await, 1);
}
