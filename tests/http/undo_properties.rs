//! What must be true of the way back whatever happened: chance picks the changes, from numbers that are the same in every
//! run.

use crate::harness::{Client, Person, Rows, TestApp, path_of, scenarios};
use serde_json::{Value, json};

scenarios![
    as_many_undos_as_changes_restore_every_row,
    two_devices_that_take_turns_see_the_same,
    changes_of_two_devices_converge_in_any_order,
    no_change_touches_the_rows_of_others,
];

/// Numbers that look like chance (xorshift).
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        Self(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed))
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    fn pick(&mut self, from: &[Value]) -> Value {
        from[self.below(from.len())].clone()
    }

    /// Some fields with values.
    fn patch(&mut self) -> Value {
        let fields: [(&str, &[Value]); 6] = [
            ("title", &[json!("Milk"), json!("Bread"), json!("Tea")]),
            ("priority", &[json!("none"), json!("low"), json!("high")]),
            ("tags", &[json!([]), json!(["home"]), json!(["Home", "attic"]), json!(["shop"])]),
            ("notes", &[json!(null), json!("One"), json!("Two")]),
            ("due_date", &[json!(null), json!("2026-12-24"), json!("2026-11-21")]),
            ("is_completed", &[json!(true), json!(false)]),
        ];
        let mut patch = json!({});
        for _ in 0..=self.below(2) {
            let (name, values) = fields[self.below(fields.len())];
            patch[name] = self.pick(values);
        }
        patch
    }
}

/// Every row, but for how often and when it was changed, and for what is not the owner's to change.
async fn rows(app: &TestApp) -> Rows {
    const KEPT_BY_SERVER: [&str; 16] = [
        "sessions",
        "attempts",
        "ceremonies",
        "change_log",
        "security_log",
        "users.change_sequence",
        "tasks.revision",
        "tasks.updated_at",
        "tasks.updated_sequence",
        "search_accounts",
        "search_entries",
        "search_index",
        "search_index_config",
        "search_index_data",
        "search_index_docsize",
        "search_index_idx",
    ];
    app.ground.rows(&KEPT_BY_SERVER).await
}

/// Makes one change; false where chance picked one that changes nothing.
async fn change(client: &Client, chance: &mut Chance) -> bool {
    let all = client.get("/api/me/tasks?status=all").await.expect(200).json();
    let ids: Vec<Value> = all["items"].as_array().unwrap().iter().map(|task| task["id"].clone()).collect();
    let what = if ids.is_empty() { 0 } else { chance.below(8) };
    let one = if ids.is_empty() { json!(null) } else { chance.pick(&ids) };
    let path = format!("/api/me/tasks/{}", one.as_str().unwrap_or_default());
    let answer = match what {
        0 | 1 => {
            let mut body = chance.patch();
            body["title"] = json!("New");
            client.post("/api/me/tasks", &body).await
        }
        2 | 3 => client.patch(&path, &chance.patch()).await,
        4 => client.delete(&path).await,
        7 => client.delete("/api/me/bin").await,
        5 => client.post("/api/me/tasks/bulk", &json!({"ids": ids, "add_tags": ["all", "home"]})).await,
        _ => client.post("/api/me/tasks/bulk", &json!({"ids": ids, "action": "complete"})).await,
    };
    assert!((200..300).contains(&answer.status), "{}: {}", answer.asked, answer.text());
    !answer.header("x-change-id").is_empty()
}

async fn as_many_undos_as_changes_restore_every_row(app: TestApp) {
    for seed in 1..=4 {
        let mut chance = Chance::new(seed);
        let person = app.sign_up(&format!("person{seed}")).await;
        let mut states = vec![rows(&app).await];
        for _ in 0..14 {
            app.clock.advance(1);
            if change(&person.api, &mut chance).await {
                states.push(rows(&app).await);
            }
        }
        let last = states.pop().unwrap();
        for (number, state) in states.iter().enumerate().rev() {
            app.clock.advance(1);
            person.api.post("/api/me/undo", &json!({})).await.expect(200);
            state.assert_same(&rows(&app).await, &format!("undoing change {number} of seed {seed}"));
        }
        person.api.post("/api/me/undo", &json!({})).await.expect_problem(409, "nothing_to_undo");
        for state in states.iter().skip(1).chain([&last]) {
            person.api.post("/api/me/redo", &json!({})).await.expect(200);
            state.assert_same(&rows(&app).await, &format!("redoing with seed {seed}"));
        }
        person.api.post("/api/me/redo", &json!({})).await.expect_problem(409, "nothing_to_redo");
    }
}

/// Two devices change different fields of one task, and each takes its own last change back. However their requests mix,
/// the task ends the same.
async fn changes_of_two_devices_converge_in_any_order(app: TestApp) {
    let plans = [
        [json!({"title": "A", "priority": "low"}), json!({"title": "B"}), json!({"priority": "high"})],
        [json!({"notes": "One", "tags": ["x"]}), json!({"tags": ["x", "y"]}), json!({"notes": "Two"})],
    ];
    let mut ends = Vec::new();
    for seed in 1..=8 {
        let mut chance = Chance::new(20 + seed);
        let person = app.sign_up(&format!("person{seed}")).await;
        let devices = [app.sign_in_browser(&person).await, app.sign_in_browser(&person).await];
        let path = path_of(&person.task("Start").await);
        let (mut done, mut last) = ([0, 0], [String::new(), String::new()]);
        while done != [4, 4] {
            let turn = chance.below(2);
            let device = &devices[turn];
            match plans[turn].get(done[turn]) {
                Some(patch) => {
                    device.patch(&path, patch).await.expect(200).header("x-change-id").clone_into(&mut last[turn])
                }
                None if done[turn] == 3 => {
                    device.post("/api/me/undo", &json!({"change": last[turn]})).await.expect(200);
                }
                None => continue,
            }
            done[turn] += 1;
        }
        let task = person.api.get(&path).await.expect(200).json();
        ends.push(["title", "priority", "notes", "tags"].map(|field| task[field].clone()));
    }
    for end in ends {
        assert_eq!(end, [json!("B"), json!("low"), json!("One"), json!(["x", "y"])]);
    }
}

/// Changes, undos of named changes, undos and redos of two devices in any order: nothing is refused but with a clear
/// word, both see the same, and taking everything back leaves nothing.
async fn two_devices_that_take_turns_see_the_same(app: TestApp) {
    for seed in 1..=4 {
        let mut chance = Chance::new(10 + seed);
        let person: Person = app.sign_up(&format!("person{seed}")).await;
        let devices = [app.sign_in_browser(&person).await, app.sign_in_browser(&person).await];
        for _ in 0..24 {
            app.clock.advance(1);
            let device = &devices[chance.below(2)];
            match chance.below(6) {
                0 => assert_way(device, "undo", json!({})).await,
                1 => assert_way(device, "redo", json!({})).await,
                2 => {
                    let log = device.get("/api/me/operations").await.expect(200).json();
                    let items = log["items"].as_array().unwrap().clone();
                    if !items.is_empty() {
                        assert_way(device, "undo", json!({"change": chance.pick(&items)["change"]})).await;
                    }
                }
                _ => {
                    change(device, &mut chance).await;
                }
            }
            let [one, other] = [&devices[0], &devices[1]].map(|device| device.get("/api/me/tasks?status=all"));
            assert_eq!(one.await.expect(200).json(), other.await.expect(200).json());
        }
    }
}

async fn assert_way(device: &Client, which: &str, body: Value) {
    let answer = device.post(&format!("/api/me/{which}"), &body).await;
    let words = ["nothing_to_undo", "nothing_to_redo", "cannot_undo"];
    let is_refused = answer.status == 409 && words.contains(&answer.json()["code"].as_str().unwrap());
    assert!(answer.status == 200 || is_refused, "{}: {}", answer.asked, answer.text());
}

async fn no_change_touches_the_rows_of_others(app: TestApp) {
    let (ada, bob) = (app.sign_up("ada").await, app.sign_up("bob").await);
    let mut chance = Chance::new(30);
    for _ in 0..6 {
        change(&bob.api, &mut chance).await;
    }
    let seen = || async {
        let get = |path: &'static str| bob.api.get(path);
        let (open, bin) = (get("/api/me/tasks?status=all").await, get("/api/me/tasks?view=bin").await);
        [open, bin, get("/api/me/operations").await].map(|answer| answer.expect(200).json())
    };
    let before = seen().await;
    for _ in 0..12 {
        change(&ada.api, &mut chance).await;
        if chance.below(3) == 0 {
            assert_way(&ada.api, "undo", json!({})).await;
        }
    }
    assert_eq!(seen().await, before);
}
