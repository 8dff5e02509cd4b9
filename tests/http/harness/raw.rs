//! Bytes over a socket, for requests that no HTTP library would send.

use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Sends bytes and reads until the server closes or nothing more comes within `patience`.
pub(crate) async fn exchange(address: SocketAddr, bytes: &[u8], patience: Duration) -> Reply {
    let (mut reader, mut writer) = TcpStream::connect(address).await.unwrap().into_split();
    // The server may answer and close before it has read everything: that is no fault of the exchange.
    let bytes = bytes.to_vec();
    let writing = tokio::spawn(async move {
        let _ = writer.write_all(&bytes).await;
        writer
    });
    let reply = read_reply(&mut reader, patience).await;
    writing.abort();
    reply
}

/// Reads until the other side closes or nothing more comes within `patience`.
pub(crate) async fn read_reply(reader: &mut (impl AsyncReadExt + Unpin), patience: Duration) -> Reply {
    let (mut received, mut buffer) = (Vec::new(), [0; 8192]);
    let is_closed = loop {
        match timeout(patience, reader.read(&mut buffer)).await {
            Err(_) => break false,
            Ok(Ok(0) | Err(_)) => break true,
            Ok(Ok(count)) => received.extend_from_slice(&buffer[..count]),
        }
    };
    Reply { text: String::from_utf8_lossy(&received).into_owned(), is_closed }
}

/// What came over the socket.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    /// Everything that was received.
    pub(crate) text: String,
    /// Whether the server closed the connection.
    pub(crate) is_closed: bool,
}

impl Reply {
    /// The status of the first answer; 0 if there was none.
    pub(crate) fn status(&self) -> u16 {
        self.text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
    }

    /// How many answers came.
    pub(crate) fn answers(&self) -> usize {
        self.text.matches("HTTP/1.1 ").count()
    }
}
