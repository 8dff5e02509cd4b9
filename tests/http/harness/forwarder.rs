//! A way to the database that a scenario can close: while it is closed, nobody listens at its address.

use super::{Ground, database::admin_url};
use std::net::SocketAddr;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

/// A port that leads to the database server.
pub(crate) struct Forwarder {
    address: SocketAddr,
    target: String,
    carrying: JoinHandle<()>,
}

impl Forwarder {
    /// Opens a way to the database of a ground, and says how the ground is reached by it.
    pub(crate) async fn before(ground: &Ground) -> (Self, Ground) {
        let (_, rest) =
            admin_url().split_once("://").map(|(scheme, rest)| (scheme.to_owned(), rest.to_owned())).unwrap();
        let (server, _) = rest.split_once('/').unwrap();
        let target = server.rsplit_once('@').map_or(server, |(_, host)| host).to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = ground.url.replace(&target, &address.to_string());
        let carrying = tokio::spawn(carry(listener, target.clone()));
        (Self { address, target, carrying }, Ground { url, ..ground.clone() })
    }

    /// Closes the port and everything that was open through it.
    pub(crate) async fn close(&mut self) {
        self.carrying.abort();
        // It was told to end; that it did is all there is to know.
        let _ = (&mut self.carrying).await;
        assert!(TcpStream::connect(self.address).await.is_err(), "the port is closed");
    }

    /// Opens the port again.
    pub(crate) async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.carrying = tokio::spawn(carry(listener, self.target.clone()));
    }
}

async fn carry(listener: TcpListener, target: String) {
    let mut connections = JoinSet::new();
    while let Ok((mut theirs, _)) = listener.accept().await {
        let target = target.clone();
        connections.spawn(async move {
            if let Ok(mut ours) = TcpStream::connect(&target).await {
                // Whichever side ends it, it is over.
                let _ = copy_bidirectional(&mut theirs, &mut ours).await;
            }
        });
    }
}
