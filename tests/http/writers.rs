//! Two hundred writers at once: what was acknowledged is there, nothing is doubled, nobody hears of a locked database.

use crate::harness::{TestApp, path_of, scenarios};
use serde_json::json;
use std::collections::BTreeSet;
use tokio::task::JoinSet;

scenarios![
    two_hundred_writers_of_one_account_lose_nothing,
    two_hundred_writers_of_four_accounts_lose_nothing,
    fifty_writers_of_one_task_all_count,
];

const WRITERS: usize = 200;

async fn two_hundred_writers_of_one_account_lose_nothing(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let mut writers = JoinSet::new();
    for number in 0..WRITERS {
        let api = ada.api.clone();
        writers.spawn(async move {
            let body = json!({"title": format!("Writer {number}"), "tags": ["shared", format!("own {}", number % 20)]});
            let created = api.post("/api/me/tasks", &body).await.expect(201);
            let patch = json!({"notes": format!("Written by {number}")});
            let patched = api.patch(&path_of(&created.json()), &patch).await.expect(200);
            [created, patched].map(|answer| answer.header("x-change-seq").parse::<u64>().unwrap())
        });
    }
    let sequence: BTreeSet<u64> = writers.join_all().await.into_iter().flatten().collect();
    assert_eq!(sequence.len(), 2 * WRITERS, "each write has a place of its own in the log");
    assert_eq!(sequence.last().unwrap() - sequence.first().unwrap(), 2 * WRITERS as u64 - 1, "and no place is empty");
    let tasks = ada.api.get("/api/me/tasks?limit=500").await.expect(200).json();
    let stored: BTreeSet<(String, String)> = tasks["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|task| (task["title"].as_str().unwrap().to_owned(), task["notes"].as_str().unwrap_or_default().to_owned()))
        .collect();
    for number in 0..WRITERS {
        assert!(
            stored.contains(&(format!("Writer {number}"), format!("Written by {number}"))),
            "writer {number} was lost"
        );
    }
    assert_eq!(ada.titles("tag=shared&limit=500").await.len(), WRITERS);
}

async fn two_hundred_writers_of_four_accounts_lose_nothing(app: TestApp) {
    let mut people = Vec::new();
    for name in ["ada", "bob", "cleo", "dan"] {
        people.push(app.sign_up(name).await);
    }
    let mut writers = JoinSet::new();
    for number in 0..WRITERS {
        let person = people[number % people.len()].clone();
        writers.spawn(async move {
            // Readers come and go meanwhile: they must not hold the writers up, nor see half a write.
            let task = json!({"title": format!("Writer {number}")});
            let (created, listed) =
                tokio::join!(person.api.post("/api/me/tasks", &task), person.api.get("/api/me/tasks"));
            created.expect(201);
            listed.expect(200);
        });
    }
    writers.join_all().await;
    for person in &people {
        assert_eq!(person.titles("limit=500").await.len(), WRITERS / people.len());
    }
}

async fn fifty_writers_of_one_task_all_count(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let task = ada.task("Contested").await;
    let mut writers = JoinSet::new();
    for number in 0..50 {
        let (api, path) = (ada.api.clone(), path_of(&task));
        writers.spawn(async move {
            let answer = api.patch(&path, &json!({"notes": format!("{number}")})).await.expect(200);
            answer.json()["revision"].as_i64().unwrap()
        });
    }
    let revisions: BTreeSet<i64> = writers.join_all().await.into_iter().collect();
    assert_eq!(revisions, (2..=51).collect(), "every write has a revision of its own");
}
