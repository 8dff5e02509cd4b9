//! The accept loop. `axum::serve` would do but for three things: it reads headers without a deadline (slowloris), it
//! leaves Nagle's algorithm on (a streamed page waits 40 ms), and it takes any number of connections.

use super::patience::Patient;
use crate::middleware::{client::Peer, head::Reached};
use axum::Router;
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};
use tower::Service;

const HEADERS_WITHIN: Duration = Duration::from_secs(10);
const MOST_HEADERS: usize = 100;
/// Three cookies of 4 KB and a long address have room in it.
const LARGEST_HEAD: usize = 32 * 1024;
const MOST_CONNECTIONS: usize = 4096;
/// How long somebody may take nothing of an answer.
const READ_ON_WITHIN: Duration = Duration::from_secs(30);
const FINISH_WITHIN: Duration = Duration::from_secs(10);
/// How long to wait when the system has no more file descriptors to give.
const BREATH: Duration = Duration::from_millis(50);

/// Serves until `shutdown`, then lets every answer in flight end, for as long as [`FINISH_WITHIN`].
pub(super) async fn serve(listener: TcpListener, router: &Router, shutdown: impl Future<Output = ()> + Send) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_headers(MOST_HEADERS)
        .max_buf_size(LARGEST_HEAD);
    let connections = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut shutdown => break,
        };
        let Ok(place) = Arc::clone(&connections).acquire_owned().await else { break };
        let router = router.clone();
        let reached = stream.local_addr().ok().map(|address| Reached(address.ip()));
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            if let Some(reached) = reached {
                request.extensions_mut().insert(reached);
            }
            router.clone().call(request)
        });
        let connection =
            graceful.watch(http.serve_connection(TokioIo::new(Patient::new(stream, READ_ON_WITHIN)), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%peer, %error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    tracing::info!("stopping");
    if timeout(FINISH_WITHIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%peer, %error, "no TCP_NODELAY");
                }
                return (stream, peer);
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(BREATH).await;
            }
        }
    }
}
