//! Mail. What causes one puts it into the outbox, in the transaction of the cause; the sender takes it from there, so
//! that no request waits for a mail server and none is lost with one. Without a mail server nothing is put there.

mod letter;
pub(crate) mod links;
mod message;
pub(crate) mod outbox;
mod relay;
mod sender;

pub use relay::{Relay, RelayError};

pub(crate) use message::{Circumstances, Message, WayIn};

use crate::Backend;
use tokio::sync::Notify;

/// The way to the mail server, and the sender's bell.
#[derive(Debug)]
pub(crate) struct Mail {
    relay: Relay,
    bell: Notify,
}

impl Mail {
    /// Sends through this relay.
    pub(crate) fn new(relay: Relay) -> Self {
        Self { relay, bell: Notify::new() }
    }
}

impl Backend {
    /// Whether there is a mail server to send through.
    pub fn sends_mail(&self) -> bool {
        self.mail.is_some()
    }

    /// Tells the sender of this server that a mail was committed to the outbox; without it, the sender looks a moment later.
    pub(crate) fn ring(&self) {
        if let Some(mail) = &self.mail {
            mail.bell.notify_one();
        }
    }
}
