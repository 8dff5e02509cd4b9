//! What the server tells whoever watches over it, as Prometheus reads it: how many requests of which route, how long
//! they took, what waits. It is told on an address of its own and never where the pages are. Nothing in it belongs to
//! anybody: routes are named by their patterns, methods and statuses by their kinds.

use crate::{server::connections, site::Site};
use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::net::TcpListener;

/// The upper bounds of the buckets that durations are counted in, in seconds.
const BUCKETS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
const METHODS: [Method; 7] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
/// What stands for a method or a path that is none of ours.
const OTHER: &str = "other";

/// The counters of one server.
#[derive(Debug)]
pub(crate) struct Metrics {
    started: Instant,
    requests: Mutex<BTreeMap<Kind, Timings>>,
    connections: AtomicUsize,
}

/// Which requests are counted together: method, pattern of the route, first digit of the status.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind(String, String, u16);

#[derive(Debug, Default)]
struct Timings {
    buckets: [u64; BUCKETS.len()],
    count: u64,
    sum: Duration,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now(), requests: Mutex::default(), connections: AtomicUsize::new(0) }
    }

    /// Counts a connection for as long as what it gives is kept.
    pub(crate) fn connect(self: &Arc<Self>) -> Connected {
        self.connections.fetch_add(1, Ordering::Relaxed);
        Connected(Arc::clone(self))
    }

    fn note(&self, kind: Kind, took: Duration) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        let timings = requests.entry(kind).or_default();
        timings.count += 1;
        timings.sum += took;
        if let Some(place) = BUCKETS.iter().position(|bound| took.as_secs_f64() <= *bound) {
            timings.buckets[place] += 1;
        }
    }

    /// Everything, as text.
    fn written(&self, hashes_waiting: usize, statements: u64) -> String {
        let mut text = String::new();
        // Writing to a text cannot fail.
        let _ = self.write(&mut text, hashes_waiting, statements);
        text
    }

    fn write(&self, text: &mut String, hashes_waiting: usize, statements: u64) -> std::fmt::Result {
        head(text, "tickbox_build_info", "gauge", "The version that runs")?;
        writeln!(text, "tickbox_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"))?;
        head(text, "tickbox_uptime_seconds", "gauge", "How long it has been running")?;
        writeln!(text, "tickbox_uptime_seconds {}", self.started.elapsed().as_secs())?;
        head(text, "tickbox_connections", "gauge", "Connections that are open")?;
        writeln!(text, "tickbox_connections {}", self.connections.load(Ordering::Relaxed))?;
        head(text, "tickbox_password_hash_queue", "gauge", "Passwords that wait to be hashed")?;
        writeln!(text, "tickbox_password_hash_queue {hashes_waiting}")?;
        head(text, "tickbox_database_statements_total", "counter", "Statements that the database was sent")?;
        writeln!(text, "tickbox_database_statements_total {statements}")?;
        head(text, "tickbox_request_duration_seconds", "histogram", "How long requests took until their answer began")?;
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        for (Kind(method, route, class), timings) in requests.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{class}xx\"");
            let mut up_to = 0;
            for (bound, count) in BUCKETS.iter().zip(timings.buckets) {
                up_to += count;
                writeln!(text, "tickbox_request_duration_seconds_bucket{{{labels},le=\"{bound}\"}} {up_to}")?;
            }
            writeln!(text, "tickbox_request_duration_seconds_bucket{{{labels},le=\"+Inf\"}} {}", timings.count)?;
            writeln!(text, "tickbox_request_duration_seconds_sum{{{labels}}} {}", timings.sum.as_secs_f64())?;
            writeln!(text, "tickbox_request_duration_seconds_count{{{labels}}} {}", timings.count)?;
        }
        Ok(())
    }
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) -> std::fmt::Result {
    writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}")
}

/// An open connection.
#[derive(Debug)]
pub(crate) struct Connected(Arc<Metrics>);

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Counts a request and times its answer.
pub(crate) async fn count(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = METHODS.iter().find(|known| *known == request.method()).map_or(OTHER, Method::as_str).to_owned();
    let path = request.extensions().get::<MatchedPath>().map_or(OTHER, MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    site.metrics.note(Kind(method, path, response.status().as_u16() / 100), started.elapsed());
    response
}

/// Tells everything to whoever asks at this listener, for as long as it is let.
pub(crate) async fn serve(site: Arc<Site>, listener: TcpListener) {
    let router = Router::new().fallback(tell).with_state(site);
    // Who watches is not counted among the visitors.
    let watchers = Arc::new(Metrics::new());
    connections::serve(listener, &router, &watchers, std::future::pending()).await;
}

async fn tell(State(site): State<Arc<Site>>, request: Request) -> Response {
    if request.method() != Method::GET || request.uri().path() != "/metrics" {
        return StatusCode::NOT_FOUND.into_response();
    }
    let media_type = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (media_type, site.metrics.written(site.backend.hashes_waiting(), site.backend.statements())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_counted_up_to_each_bound() {
        let metrics = Metrics::new();
        let kind = || Kind("GET".to_owned(), "/tasks/{id}".to_owned(), 2);
        for millis in [3, 30, 30, 20_000] {
            metrics.note(kind(), Duration::from_millis(millis));
        }
        let text = metrics.written(7, 0);
        let labels = "method=\"GET\",route=\"/tasks/{id}\",status=\"2xx\"";
        for line in [
            format!("tickbox_request_duration_seconds_bucket{{{labels},le=\"0.005\"}} 1"),
            format!("tickbox_request_duration_seconds_bucket{{{labels},le=\"0.05\"}} 3"),
            format!("tickbox_request_duration_seconds_bucket{{{labels},le=\"10\"}} 3"),
            format!("tickbox_request_duration_seconds_bucket{{{labels},le=\"+Inf\"}} 4"),
            format!("tickbox_request_duration_seconds_count{{{labels}}} 4"),
            "tickbox_password_hash_queue 7".to_owned(),
        ] {
            assert!(text.lines().any(|known| known == line), "{line}\n{text}");
        }
    }

    #[test]
    fn a_connection_counts_while_it_is_open() {
        let metrics = Arc::new(Metrics::new());
        let (one, two) = (metrics.connect(), metrics.connect());
        assert!(metrics.written(0, 0).contains("tickbox_connections 2"));
        drop((one, two));
        assert!(metrics.written(0, 0).contains("tickbox_connections 0"));
    }
}
