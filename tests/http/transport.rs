//! The wire below HTTP's meaning, H11 and H14–H16 of the attacks: huge, smuggled and strange requests, and stopping in
//! good order. Who is slow on purpose is in `transport_slow`.

use crate::harness::{TestApp, raw, scenarios};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

scenarios![
    many_requests_go_over_one_connection,
    pipelined_requests_are_answered_in_order,
    h11_smuggled_requests_are_refused,
    h11_a_body_ends_in_one_way_alone,
    h14_too_many_and_too_large_headers,
    h15_strange_hosts,
    h16_http2_is_not_spoken,
    nonsense_is_answered_and_closed,
    an_early_goodbye_harms_nobody,
    who_leaves_before_a_page_is_made_holds_up_nobody,
    stopping_finishes_what_is_in_flight,
];

const SOON: Duration = Duration::from_secs(2);

fn get(app: &TestApp, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", app.address)
}

async fn send(app: &TestApp, request: &str) -> raw::Reply {
    raw::exchange(app.address, request.as_bytes(), SOON).await
}

/// Reads one answer with a `Content-Length` off a connection that stays open.
async fn read_one(stream: &mut TcpStream) -> String {
    let (mut received, mut buffer) = (String::new(), [0; 4096]);
    loop {
        if let Some((head, body)) = received.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
            if body.len() >= length.map_or(0, |length| length.trim().parse().unwrap()) {
                return received;
            }
        }
        let count = tokio::time::timeout(SOON, stream.read(&mut buffer)).await.expect("an answer in time").unwrap();
        assert!(count > 0, "closed after {received:?}");
        received.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
}

async fn many_requests_go_over_one_connection(app: TestApp) {
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    for _ in 0..50 {
        stream.write_all(get(&app, "/healthz").as_bytes()).await.unwrap();
        let answer = read_one(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(!answer.to_lowercase().contains("connection: close"), "{answer}");
    }
    stream.write_all(get(&app, "/api/me/tasks").as_bytes()).await.unwrap();
    assert!(read_one(&mut stream).await.starts_with("HTTP/1.1 401 "), "a refusal keeps the connection");
    stream.write_all(get(&app, "/healthz").as_bytes()).await.unwrap();
    assert!(read_one(&mut stream).await.starts_with("HTTP/1.1 200 "));
}

async fn pipelined_requests_are_answered_in_order(app: TestApp) {
    let requests = format!("{}{}{}", get(&app, "/healthz"), get(&app, "/api/nowhere"), get(&app, "/healthz"));
    let reply = send(&app, &requests).await;
    let statuses: Vec<&str> = reply.text.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
    assert_eq!(statuses, ["200", "404", "200"], "{}", reply.text);
}

async fn h11_smuggled_requests_are_refused(app: TestApp) {
    let host = app.address;
    let smuggled = format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let post = format!("POST /api/auth/signin HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n");
    let length = smuggled.len();
    for (what, request) in [
        ("two lengths", format!("{post}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello{smuggled}")),
        ("two lengths in one", format!("{post}Content-Length: 5, 6\r\n\r\nhello{smuggled}")),
        ("a length with a sign", format!("{post}Content-Length: +5\r\n\r\nhello{smuggled}")),
        ("a negative length", format!("{post}Content-Length: -1\r\n\r\n{smuggled}")),
        ("an endless length", format!("{post}Content-Length: 99999999999999999999999\r\n\r\n{smuggled}")),
        ("a coding that is none", format!("{post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{smuggled}")),
        ("chunked, but not last", format!("{post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{smuggled}")),
        ("chunked with a tail", format!("{post}Transfer-Encoding: chunked\x0b\r\n\r\n0\r\n\r\n{smuggled}")),
        (
            "a chunk size that overflows",
            format!("{post}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx\r\n{smuggled}"),
        ),
        ("a chunk size that is none", format!("{post}Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n{smuggled}")),
        ("a folded header", format!("{post}X-Folded: a\r\n b\r\nContent-Length: 0\r\n\r\n{smuggled}")),
        ("a space before the colon", format!("{post}Content-Length : 5\r\n\r\nhello{smuggled}")),
        ("a NUL in a header", format!("{post}X-Nul: a\0b\r\nContent-Length: 0\r\n\r\n{smuggled}")),
        ("a bare CR in a header", format!("{post}X-Cr: a\rContent-Length: {length}\r\n\r\n{smuggled}")),
    ] {
        let reply = send(&app, &request).await;
        assert!((400..=501).contains(&reply.status()) && reply.status() != 500, "{what}: {}", reply.text);
        assert_eq!(reply.answers(), 1, "{what}: a smuggled request was answered: {}", reply.text);
        assert!(reply.is_closed, "{what}: the connection stays open");
    }
}

async fn h11_a_body_ends_in_one_way_alone(app: TestApp) {
    let host = app.address;
    let smuggled = get(&app, "/healthz");
    // Neither of them reads a body, so nothing but the framing can be refused.
    for request_line in ["POST /api/auth/signout", "GET /healthz"] {
        let head = format!("{request_line} HTTP/1.1\r\nHost: {host}\r\n");
        for (what, framing) in [
            ("two codings", "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n"),
            ("the same coding twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
            ("two codings in one", "Transfer-Encoding: gzip, chunked\r\n"),
        ] {
            let reply = send(&app, &format!("{head}{framing}\r\n0\r\n\r\n{smuggled}")).await;
            assert_eq!((reply.status(), reply.answers()), (400, 1), "{request_line}, {what}: {}", reply.text);
            assert!(reply.is_closed, "{request_line}, {what}: the connection stays open");
        }
    }
    // Of a length beside a coding nothing is left to see: the coding counts, and no other request is read (RFC 9112, 6.1).
    let (before, behind) =
        ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n");
    for framing in [before, behind, "Transfer-Encoding: chunked\r\n"] {
        let request = format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\n{framing}\r\n0\r\n\r\n{smuggled}");
        let reply = send(&app, &request).await;
        assert_eq!((reply.status(), reply.answers()), (200, 1), "{framing}: {}", reply.text);
        assert!(reply.is_closed, "{framing}: the connection stays open");
    }
}

async fn h14_too_many_and_too_large_headers(app: TestApp) {
    let request =
        |headers: &str| format!("GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n", app.address);
    let many: String = (0..101).map(|number| format!("X-{number}: x\r\n")).collect();
    let large = format!("X-Large: {}\r\n", "x".repeat(65_536));
    let long_name = format!("{}: x\r\n", "X".repeat(70_000));
    for (what, headers) in [("101 headers", many), ("a header of 64 kB", large), ("a name of 70 kB", long_name)] {
        let reply = send(&app, &request(&headers)).await;
        assert!((400..500).contains(&reply.status()), "{what}: {:.300}", reply.text);
    }
    let fifty: String = (0..50).map(|number| format!("X-{number}: x\r\n")).collect();
    assert_eq!(send(&app, &request(&fifty)).await.status(), 200);
    for (length, status) in [(8 * 1024 - 10, 303), (8 * 1024, 414), (10_000, 414)] {
        let reply = send(&app, &get(&app, &format!("/tasks?q={}", "x".repeat(length)))).await;
        assert_eq!(reply.status(), status, "an address of {length} letters: {:.300}", reply.text);
    }
    let longer = format!("/{}", "x".repeat(200_000));
    let reply = send(&app, &get(&app, &longer)).await;
    assert!([414, 431].contains(&reply.status()), "an address of 200 kB: {:.300}", reply.text);
    app.anonymous().get("/healthz").await.expect(200);
}

async fn h15_strange_hosts(app: TestApp) {
    let address = app.address;
    let port = address.port();
    let ask = async |target: &str, hosts: &str| {
        send(&app, &format!("GET {target} HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n")).await
    };
    for (what, target, hosts, status) in [
        ("an unknown host", "/dashboard", "Host: evil.example\r\n", 421),
        ("the same for a program", "/api/auth/me", "Host: evil.example\r\n", 421),
        ("a host with a port", "/dashboard", "Host: evil.example:8080\r\n", 421),
        ("a host that ends like ours", "/dashboard", "Host: 127.0.0.1.evil.example\r\n", 421),
        ("another address", "/dashboard", "Host: 203.0.113.9\r\n", 421),
        ("a whole URL", "http://evil.example/dashboard", "Host: evil.example\r\n", 421),
        ("a whole URL behind our host", "http://evil.example/dashboard", "Host: localhost\r\n", 421),
        ("a strange host", "/login", "Host: evil.example/../x\r\n", 400),
        ("a name before the host", "/login", "Host: evil@localhost\r\n", 400),
        ("an empty host", "/dashboard", "Host: \r\n", 400),
        ("two hosts", "/dashboard", "Host: localhost\r\nHost: evil.example\r\n", 400),
        ("one host twice", "/dashboard", "Host: localhost\r\nHost: localhost\r\n", 400),
        ("no host", "/dashboard", "", 400),
    ] {
        let reply = ask(target, hosts).await;
        assert_eq!(reply.status(), status, "{what}: {:.300}", reply.text);
        assert!(!reply.text.contains("evil.example"), "{what}: it comes back: {:.500}", reply.text);
    }
    for host in [address.to_string(), format!("localhost:{port}"), format!("[::1]:{port}"), "LOCALHOST.".to_owned()] {
        let reply = ask("/dashboard", &format!("Host: {host}\r\nX-Forwarded-Host: evil.example\r\n")).await;
        assert_eq!(reply.status(), 303, "{host}: {:.300}", reply.text);
        assert!(!reply.text.contains("evil.example"), "{host}: {:.500}", reply.text);
    }
    assert_eq!(ask("/healthz", "Host: tickbox-1\r\n").await.status(), 200, "a sign of life is given under any name");
    let page = app.browser().request("GET", "/signin").header("host", "evil.example").send().await.expect(421).text();
    assert!(page.contains("This server is not known by that name"), "{page}");
    let app = app.restart(|settings| settings.base_url = Some("https://tasks.example".to_owned())).await;
    for (host, status) in [("tasks.example", 303), ("tasks.example:8443", 303), ("evil.example", 421)] {
        app.anonymous().request("GET", "/dashboard").header("host", host).send().await.expect(status);
    }
}

async fn h16_http2_is_not_spoken(app: TestApp) {
    let settings_frame = "\0\0\0\x04\0\0\0\0\0";
    let reply = send(&app, &format!("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{}", settings_frame.repeat(1000))).await;
    assert!(reply.is_closed, "{:?}", reply.text);
    assert!(!reply.text.contains(settings_frame), "{:?}", reply.text);
    let upgrade = format!(
        "GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
        app.address
    );
    assert_eq!(send(&app, &upgrade).await.status(), 200, "the upgrade is not agreed to");
}

async fn nonsense_is_answered_and_closed(app: TestApp) {
    for request in [
        "\x16\x03\x01\x02\x00",
        "nonsense\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET / HTTP/1.1 \r\n\r\n",
    ] {
        let reply = send(&app, request).await;
        assert!(
            reply.text.is_empty() || (400..=505).contains(&reply.status()) && reply.status() != 500,
            "{request:?}: {}",
            reply.text
        );
        assert!(reply.is_closed, "{request:?}");
    }
    app.anonymous().get("/healthz").await.expect(200);
}

async fn an_early_goodbye_harms_nobody(app: TestApp) {
    let ada = app.sign_up("ada").await;
    for _ in 0..100 {
        let mut stream = TcpStream::connect(app.address).await.unwrap();
        let request =
            format!("GET /tasks HTTP/1.1\r\nHost: {}\r\nCookie: tickbox_at={}\r\n\r\n", app.address, ada.access);
        stream.write_all(request.as_bytes()).await.unwrap();
        drop(stream);
    }
    ada.browser.get("/tasks").await.expect(200);
    ada.task("Still here").await;
}

async fn who_leaves_before_a_page_is_made_holds_up_nobody(app: TestApp) {
    let ada = app.sign_up("ada").await;
    ada.task("Buy milk").await;
    let cookie = ada.browser.cookie("tickbox_at").unwrap();
    for path in ["/tasks", "/dashboard", "/logbook"] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: tickbox_at={cookie}\r\n\r\n", app.address);
        for patience in 0..80 {
            let mut stream = TcpStream::connect(app.address).await.unwrap();
            stream.write_all(request.as_bytes()).await.unwrap();
            sleep(Duration::from_micros(200 * patience)).await;
        }
        let stayed = timeout(5 * SOON, ada.browser.get(path)).await.expect("an answer");
        assert!(stayed.expect(200).text().contains("</html>"));
    }
}

async fn stopping_finishes_what_is_in_flight(app: TestApp) {
    let ada = app.sign_up("ada").await;
    let body = r#"{"title":"In flight"}"#;
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    let head = format!(
        "POST /api/me/tasks HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        app.address,
        ada.access,
        body.len(),
        &body[..10]
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let idle = TcpStream::connect(app.address).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    app.ask_to_stop();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(TcpStream::connect(app.address).await.is_err(), "no new connections are taken");
    stream.write_all(&body.as_bytes()[10..]).await.unwrap();
    let reply = raw::read_reply(&mut stream, SOON).await;
    assert_eq!(reply.status(), 201, "{}", reply.text);
    assert!(reply.is_closed, "the connection is let go after its answer");
    tokio::time::timeout(Duration::from_secs(12), app.ended()).await.expect("the server ends soon");
    drop(idle);
    assert!(app.ground.rows(&[]).await.mention("In flight"), "what was acknowledged is stored");
}
