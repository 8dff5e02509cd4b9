//! Whoever is slow on purpose, H12 and H13 of the attacks: heads and bodies that never end, and answers that nobody reads.
//! The deadlines are those of the server as it is installed, so they are waited for.

use crate::{
    harness::{Ground, TestApp, process::Process, raw, scenarios},
    metrics::watched,
};
use std::time::{Duration, Instant};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpSocket, TcpStream},
    task::JoinSet,
    time::sleep,
};

scenarios![
    h12_slow_headers_are_cut_off_while_others_are_served,
    h13_a_slow_body_is_given_up_while_others_are_served,
    h13_who_reads_no_answer_is_let_go,
];

/// A process of its own, so that its files are not ours: each side of a connection takes one.
async fn h12_slow_headers_are_cut_off_while_others_are_served(ground: Ground) {
    const DRIPPING: usize = 500;
    let process = Process::start(&ground, &[]).await;
    let started = Instant::now();
    let mut slow = JoinSet::new();
    for _ in 0..DRIPPING {
        let mut stream = TcpStream::connect(process.address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHo").await.unwrap();
        slow.spawn(async move {
            // A byte every five seconds does not keep a connection open.
            while started.elapsed() < Duration::from_secs(14) && stream.write_all(b"X").await.is_ok() {
                sleep(Duration::from_secs(5)).await;
            }
            (raw::read_reply(&mut stream, Duration::from_millis(500)).await, started.elapsed())
        });
    }
    let mut silent = TcpStream::connect(process.address).await.unwrap();
    for _ in 0..20 {
        process.anonymous().get("/healthz").await.expect(200);
    }
    assert!(started.elapsed() < Duration::from_secs(10), "others are served while the slow are waited for");
    while let Some(ended) = slow.join_next().await {
        let (reply, after) = ended.unwrap();
        assert!(reply.is_closed, "still open after {after:?}");
        assert!(reply.text.is_empty() || [400, 408].contains(&reply.status()), "{}", reply.text);
    }
    let reply = raw::read_reply(&mut silent, Duration::from_secs(15).saturating_sub(started.elapsed())).await;
    assert!(reply.is_closed && reply.text.is_empty(), "who says nothing is not waited for: {}", reply.text);
    process.anonymous().get("/healthz").await.expect(200);
}

async fn h13_a_slow_body_is_given_up_while_others_are_served(app: TestApp) {
    let before = app.rows().await;
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    let head = format!(
        "POST /api/auth/signup HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n",
        app.address
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut reading, mut writing) = stream.into_split();
    let dripping = tokio::spawn(async move {
        while writing.write_all(b" ").await.is_ok() {
            sleep(Duration::from_secs(1)).await;
        }
    });
    app.anonymous().get("/healthz").await.expect(200);
    let reply = raw::read_reply(&mut reading, Duration::from_secs(40)).await;
    assert_eq!((reply.status(), reply.answers(), reply.is_closed), (408, 1, true), "{}", reply.text);
    dripping.await.unwrap();
    before.assert_same(&app.rows().await, "half a body");
}

async fn h13_who_reads_no_answer_is_let_go(app: TestApp) {
    let (app, watcher) = watched(app).await;
    let open = async || {
        let told = watcher.get("/metrics").await.expect(200).text();
        let line = told.lines().find_map(|line| line.strip_prefix("tickbox_connections "));
        line.unwrap().parse::<usize>().unwrap()
    };
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket.connect(app.address).await.unwrap();
    let request = format!("GET /api/openapi.json HTTP/1.1\r\nHost: {}\r\n\r\n", app.address);
    // More answers than the system keeps for whoever does not read.
    stream.write_all(request.repeat(200).as_bytes()).await.unwrap();
    let asked = Instant::now();
    sleep(Duration::from_secs(5)).await;
    assert_eq!(open().await, 1, "there is time to read");
    app.anonymous().get("/healthz").await.expect(200);
    while open().await > 0 {
        assert!(asked.elapsed() < Duration::from_secs(45), "still open after {:?}", asked.elapsed());
        sleep(Duration::from_millis(500)).await;
    }
    assert!(raw::read_reply(&mut stream, Duration::from_secs(2)).await.answers() < 200, "it was cut off");
}
