//! Attacks whose mark shows on the process alone: forged lines and secrets in the log (G08), memory that grows under a
//! flood (C11's other half).

use crate::harness::{Ground, PASSWORD, process::Process, raw, scenarios};
use serde_json::{Value, json};
use std::{
    thread::available_parallelism,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

scenarios![c11_a_flood_of_sign_ins_and_bodies_fills_no_memory, g08_the_log_takes_no_forged_line_and_tells_no_secret];

async fn c11_a_flood_of_sign_ins_and_bodies_fills_no_memory(ground: Ground) {
    let process = Process::start(&ground, &[("TICKBOX_TRUSTED_PROXIES", "127.0.0.1")]).await;
    let huge: &'static [u8] = vec![b'x'; 10_000_000].leak();
    let before = process.most_memory();
    let mut flood = JoinSet::new();
    for number in 0..100 {
        let client = process.anonymous();
        flood.spawn(async move {
            let request = client.request("POST", "/api/auth/signin");
            let request = request.header("x-forwarded-for", &format!("198.51.100.{number}"));
            let guess = json!({"email": format!("nobody{number}@mail.example"), "password": PASSWORD});
            request.json(&guess).send().await.status
        });
        if number % 5 == 0 {
            let client = process.anonymous();
            flood.spawn(async move {
                let request = client.request("POST", "/api/auth/signup").body("application/json", huge);
                request.send().await.status
            });
        }
    }
    let mut slowest = Duration::ZERO;
    while !flood.is_empty() {
        while let Some(status) = flood.try_join_next() {
            assert!([401, 413, 503].contains(status.as_ref().unwrap()), "{status:?}");
        }
        let asked = Instant::now();
        process.anonymous().get("/healthz").await.expect(200);
        slowest = slowest.max(asked.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(slowest < Duration::from_secs(5), "a sign of life took {slowest:?}");
    let cores = u64::try_from(available_parallelism().unwrap().get()).unwrap();
    let (grown, room) = (process.most_memory() - before, 64 + 24 * cores);
    assert!(grown < room, "it grew by {grown} MiB of {room}, from {before}");
}

async fn g08_the_log_takes_no_forged_line_and_tells_no_secret(ground: Ground) {
    let process = Process::start(&ground, &[("TICKBOX_LOG", "debug")]).await;
    let client = process.anonymous();
    let forged = "x\r\n{\"level\":\"ERROR\",\"message\":\"forged\"}\r\n\u{1b}[31mforged\u{85}\u{2028}forged";

    let account = json!({"email": "ada@mail.example", "password": PASSWORD, "cookies": false});
    let tokens = client.post("/api/auth/signup", &account).await.expect(201).json();
    let (access, refresh) = (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    let ada = client.with_bearer(access);
    ada.post("/api/me/tasks", &json!({"title": "canary in the title", "notes": "canary"})).await.expect(201);
    ada.get("/api/me/tasks?q=canary").await.expect(200);
    client.get(&format!("/api/auth/me?access_token={access}")).await.expect(401);
    let renewed = client.post("/api/auth/refresh", &json!({"refresh_token": refresh})).await.expect(200).json();
    for (email, password) in [(forged, "canary secret 42"), ("ada@mail.example", forged)] {
        let guess = json!({"email": email, "password": password});
        client.post("/api/auth/signin", &guess).await.expect(401);
        let signed_up = client.post("/api/auth/signup", &guess).await.status;
        assert!([409, 422].contains(&signed_up), "{signed_up}");
        let fields = [("do", "sign_in"), ("email", email), ("password", password)];
        client.form("/signin", &fields).await.expect(401);
    }
    ada.patch("/api/auth/me", &json!({"name": forged})).await.expect(422);
    ada.post("/api/auth/confirm", &json!({"password": "canary secret 42"})).await.expect(422);
    let agent = client.request("GET", "/tasks%0d%0aforged%1b").header("user-agent", "a\u{85}\u{2028}forged");
    agent.send().await.expect(404);
    for header in ["User-Agent: a\x1b[31mforged", "User-Agent: a\rforged", "X-Request-Id: a\nforged"] {
        let request =
            format!("GET /tasks HTTP/1.1\r\nHost: {}\r\n{header}\r\nConnection: close\r\n\r\n", process.address);
        raw::exchange(process.address, request.as_bytes(), Duration::from_millis(500)).await;
    }
    client.post("/api/auth/refresh", &json!({"refresh_token": forged})).await.expect(401);

    let log = process.log();
    for line in log.lines() {
        let entry: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("a line of its own: {line:?}"));
        assert!(entry["level"].is_string() && entry["timestamp"].is_string(), "{line}");
        assert!(!entry["message"].as_str().unwrap_or_default().starts_with("forged"), "{line}");
    }
    assert!(log.lines().filter(|line| line.contains("answered")).count() >= 15, "every request is logged: {log}");
    assert!(!log.contains('\u{1b}'), "a terminal would obey");
    let tokens =
        [access, refresh, renewed["access_token"].as_str().unwrap(), renewed["refresh_token"].as_str().unwrap()];
    let signatures = tokens.iter().map(|token| token.rsplit('.').next().unwrap());
    for secret in signatures.chain([PASSWORD, crate::harness::SECRET, "canary", "argon2id"]) {
        assert!(!log.contains(secret), "{secret:?} stands in the log");
    }
}
