//! The mail server that takes our mails: where it is, how it is talked to, and who they come from.

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        self,
        client::{Certificate, Tls, TlsParameters},
    },
};
use std::{fmt, net::IpAddr, time::Duration};
use url::Url;

/// How long each step of a conversation with the mail server may take.
const STEP_WITHIN: Duration = Duration::from_secs(15);

/// Why mails cannot be sent this way. No message repeats the address of the server, which may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RelayError {
    /// The address of the server makes no sense.
    #[error("write it as smtps://user:password@host or smtp://user:password@host:587")]
    Url,
    /// A password would travel in the clear.
    #[error(
        "the password would travel unencrypted: use smtps://…, or smtp://… without ?tls=none or ?tls=opportunistic"
    )]
    PasswordInClear,
    /// The sender's address makes no sense.
    #[error("give an address to send from, such as Tickbox <tickbox@example.org>")]
    Sender,
    /// The certificates cannot be read.
    #[error("this is no list of certificates in PEM")]
    Certificates,
}

/// A mail server, and the address that we send from.
#[derive(Clone)]
pub struct Relay {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
    travels_in_clear: bool,
}

impl fmt::Debug for Relay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Relay").field("sender", &self.sender).finish_non_exhaustive()
    }
}

impl Relay {
    /// A relay at this URL: `smtps://` is encrypted from the start, `smtp://` by STARTTLS, without which nothing is sent.
    /// Only this machine itself, or whoever says `?tls=none`, is written to in the clear. `certificates` are trusted
    /// besides the public ones (PEM).
    ///
    /// # Errors
    /// Whatever of it cannot be used; a password without encryption is for this machine alone.
    pub fn new(url: &str, sender: &str, certificates: Option<&[u8]>) -> Result<Self, RelayError> {
        let sender = mailbox(sender).ok_or(RelayError::Sender)?;
        let mut parsed = Url::parse(url).map_err(|_| RelayError::Url)?;
        let host = parsed.host_str().filter(|host| !host.is_empty()).ok_or(RelayError::Url)?.to_owned();
        let wish = parsed.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let parameters = || encryption(&host, certificates);
        let tls = match (parsed.scheme(), wish.as_deref()) {
            ("smtps", None) => Tls::Wrapper(parameters()?),
            ("smtp", Some("required")) => Tls::Required(parameters()?),
            ("smtp", Some("opportunistic")) => Tls::Opportunistic(parameters()?),
            ("smtp", None) if is_loopback(&host) => Tls::None,
            ("smtp", None) => Tls::Required(parameters()?),
            ("smtp", Some("none")) => Tls::None,
            _ => return Err(RelayError::Url),
        };
        let is_encrypted = matches!(tls, Tls::Wrapper(_) | Tls::Required(_));
        let travels_in_clear = !is_encrypted && !is_loopback(&host);
        if parsed.password().is_some() && travels_in_clear {
            return Err(RelayError::PasswordInClear);
        }
        if wish.as_deref() == Some("none") {
            // lettre has no word for it; it is the same as saying nothing.
            parsed.set_query(None);
        }
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(parsed.as_str()).map_err(|_| RelayError::Url)?;
        let transport = builder.tls(tls).timeout(Some(STEP_WITHIN)).build();
        Ok(Self { transport, sender, travels_in_clear })
    }

    /// Whether somebody on the way can read the mails, and the links in them.
    pub fn travels_in_clear(&self) -> bool {
        self.travels_in_clear
    }

    /// The address that we send from.
    pub(super) fn sender(&self) -> &Mailbox {
        &self.sender
    }

    /// Hands a mail over.
    pub(super) async fn send(&self, message: Message) -> Result<(), smtp::Error> {
        self.transport.send(message).await.map(|_| ())
    }
}

/// Reads the sender to its end: what stands behind an address is no part of it, and nobody meant it to be ignored.
fn mailbox(text: &str) -> Option<Mailbox> {
    let mailbox: Mailbox = text.parse().ok()?;
    let ends_well = text.trim_end().trim_end_matches('>').ends_with(mailbox.email.domain());
    ends_well.then_some(mailbox)
}

fn encryption(host: &str, certificates: Option<&[u8]>) -> Result<TlsParameters, RelayError> {
    let mut parameters = TlsParameters::builder(host.to_owned());
    if let Some(pem) = certificates {
        // A file without any is read as an empty list.
        if !String::from_utf8_lossy(pem).contains("-----BEGIN CERTIFICATE-----") {
            return Err(RelayError::Certificates);
        }
        let certificate = Certificate::from_pem(pem).map_err(|_| RelayError::Certificates)?;
        parameters = parameters.add_root_certificate(certificate);
    }
    parameters.build().map_err(|_| RelayError::Certificates)
}

fn is_loopback(host: &str) -> bool {
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENDER: &str = "Tickbox <tickbox@mail.example>";

    fn refusal(url: &str) -> Option<RelayError> {
        Relay::new(url, SENDER, None).err()
    }

    #[test]
    fn a_password_is_not_sent_over_the_net_in_clear() {
        for url in [
            "smtp://me:hush@mail.example?tls=none",
            "smtp://me:hush@192.0.2.7:25?tls=none",
            "smtp://me:hush@mail.example?tls=opportunistic",
        ] {
            assert_eq!(refusal(url), Some(RelayError::PasswordInClear), "{url}");
        }
        for url in [
            "smtps://me:hush@mail.example",
            "smtp://me:hush@mail.example:587?tls=required",
            "smtp://me:hush@mail.example:587",
            "smtp://me:hush@127.0.0.1:2525",
            "smtp://mail.example?tls=none",
            "smtp://me:hush@localhost",
            "smtp://me:hush@[::1]:25",
            "smtp://mail.example",
        ] {
            assert_eq!(refusal(url), None, "{url}");
        }
    }

    #[test]
    fn mails_are_encrypted_unless_somebody_says_otherwise() {
        let in_clear = |url: &str| Relay::new(url, SENDER, None).unwrap().travels_in_clear();
        for url in ["smtps://mail.example", "smtp://mail.example", "smtp://192.0.2.7:25", "smtp://localhost:2525"] {
            assert!(!in_clear(url), "{url}");
        }
        for url in ["smtp://mail.example?tls=none", "smtp://mail.example?tls=opportunistic"] {
            assert!(in_clear(url), "{url}");
        }
    }

    #[test]
    fn nonsense_is_refused_without_repeating_it() {
        for url in [
            "",
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://mail.example?tls=maybe",
            "smtps://mail.example?tls=required",
        ] {
            assert_eq!(refusal(url), Some(RelayError::Url), "{url}");
        }
        for sender in ["", "tickbox", "Tickbox <tickbox@mail.example", "a@b.example\r\nBcc: c@d.example"] {
            assert_eq!(Relay::new("smtp://localhost", sender, None).err(), Some(RelayError::Sender), "{sender}");
        }
        assert_eq!(Relay::new("smtps://localhost", SENDER, Some(b"no PEM")).err(), Some(RelayError::Certificates));
    }
}
