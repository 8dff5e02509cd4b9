//! What makes two e-mail addresses one account: NFC, lower case, the domain in its ASCII form (IDNA).

use domain::{Error, accounts::Email};
use unicode_normalization::UnicodeNormalization;

/// The normalised form of an address that was checked.
///
/// # Errors
/// A complaint about the field of this name: it is no address after all.
pub(crate) fn key_of(email: &Email, field: &str) -> Result<String, Error> {
    normalise(email.as_str()).ok_or_else(|| Error::field(field, "invalid_email", "Invalid email format"))
}

/// The normalised form of whatever was typed at sign-in; what cannot be normalised is nobody's address.
pub(crate) fn typed_email_key(typed: &str) -> Option<String> {
    normalise(typed.trim()).filter(|key| key.len() <= Email::LONGEST && !key.contains('\0'))
}

fn normalise(address: &str) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    let local: String = local.nfc().collect::<String>().to_lowercase();
    let domain = idna::domain_to_ascii(domain.strip_suffix('.').unwrap_or(domain)).ok()?;
    Some(format!("{local}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_are_one_account() {
        let key = typed_email_key("jo\u{308}rg@münchen.de");
        for same in ["J\u{d6}RG@MÜNCHEN.DE", "jörg@xn--mnchen-3ya.de", " jörg@münchen.de. "] {
            assert_eq!(typed_email_key(same), key, "{same}");
        }
    }

    #[test]
    fn look_alikes_are_somebody_else() {
        assert_ne!(typed_email_key("аdmin@example.com"), typed_email_key("admin@example.com"));
        assert_eq!(typed_email_key("nobody"), None);
        assert_eq!(typed_email_key("a\0@example.com"), None);
    }
}
