//! Whom passkeys are made for: the name in the base URL. Browsers tie every passkey to it, and give none to a mere
//! address; the loopback interface has the name `localhost`.

use std::net::IpAddr;
use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder};

const LOOPBACK: &str = "localhost";

/// What makes and verifies the passkeys of a server with this base URL; nothing if it has no name.
pub(crate) fn relying_party(base_url: &str) -> Option<Webauthn> {
    let mut origin: Url = base_url.parse().ok()?;
    let host = origin.host_str()?.trim_matches(['[', ']']).to_owned();
    let name = match host.parse::<IpAddr>() {
        Ok(address) if address.is_loopback() => LOOPBACK.to_owned(),
        Ok(_) => return None,
        Err(_) => host,
    };
    origin.set_host(Some(&name)).ok()?;
    WebauthnBuilder::new(&name, &origin).ok()?.rp_name("Tickbox").build().ok()
}

#[cfg(test)]
mod tests {
    use super::relying_party;

    #[test]
    fn passkeys_belong_to_a_name() {
        let origin = |base_url| relying_party(base_url).map(|party| party.get_allowed_origins()[0].to_string());
        assert_eq!(origin("https://tasks.example.org").as_deref(), Some("https://tasks.example.org/"));
        assert_eq!(origin("http://127.0.0.1:3000").as_deref(), Some("http://localhost:3000/"));
        assert_eq!(origin("http://[::1]:3000").as_deref(), Some("http://localhost:3000/"));
        assert_eq!(origin("http://192.0.2.7:3000"), None);
        assert_eq!(origin("https://[2001:db8::1]"), None);
    }
}
