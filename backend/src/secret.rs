//! The server's one secret, and the keys that are derived from it: one per purpose, so that a token made for one can
//! never pass for another (HKDF-SHA-256, RFC 5869).

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    digest, hkdf, hmac,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::fmt;

/// A secret that is too short to protect anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret must have at least {} bytes", Secret::SHORTEST)]
pub struct WeakSecret;

/// At least 32 bytes that nobody else knows. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// The fewest bytes of a secret: as many as HMAC-SHA-256 gives (RFC 8725, 3.5).
    pub const SHORTEST: usize = 32;

    /// Takes a secret.
    ///
    /// # Errors
    /// [`WeakSecret`] for fewer than 32 bytes.
    pub fn new(bytes: Vec<u8>) -> Result<Self, WeakSecret> {
        if bytes.len() < Self::SHORTEST { Err(WeakSecret) } else { Ok(Self(bytes)) }
    }

    /// Makes a new secret by chance: 48 bytes, as 64 characters of text.
    pub fn generate() -> Self {
        Self(random_text::<48>().into_bytes())
    }

    /// The secret itself, to write it down.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    fn derive<const N: usize>(&self, purpose: &str) -> [u8; N] {
        let mut key = [0; N];
        let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, &[]).extract(&self.0);
        let info = [purpose.as_bytes()];
        let filled = extracted.expand(&info, Length(N)).and_then(|material| material.fill(&mut key));
        assert!(filled.is_ok(), "HKDF-SHA-256 gives up to 8160 bytes");
        key
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// 256 bits by chance, as 43 characters of text: what a link or a token is made of.
pub(crate) fn unguessable() -> String {
    random_text::<32>()
}

/// What is stored of such a text. It has too many bits to be guessed from its SHA-256, so nothing slower is needed.
pub(crate) fn fingerprint(text: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec()
}

fn random_text<const N: usize>() -> String {
    let mut random = [0; N];
    // The generator of the crypto library cannot fail once it is seeded; a failure leaves nothing safe to go on with.
    assert!(aws_lc_rs::rand::fill(&mut random).is_ok(), "the system gives no randomness");
    URL_SAFE_NO_PAD.encode(random)
}

struct Length(usize);

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// The keys of one secret.
pub(crate) struct KeySet {
    /// Names the access key in a token's header.
    pub(crate) id: String,
    /// Signs access tokens.
    pub(crate) access: [u8; 32],
    /// Authenticates refresh tokens.
    pub(crate) refresh: hmac::Key,
    /// Is mixed into every password hash.
    pub(crate) pepper: [u8; 32],
    /// Authenticates cursors.
    pub(crate) cursor: hmac::Key,
    /// Authenticates the marks of known devices.
    pub(crate) device: hmac::Key,
    /// Names the counters of tries.
    pub(crate) throttle: hmac::Key,
    /// Authenticates sign-ins that wait for a code.
    pub(crate) challenge: hmac::Key,
    /// Encrypts the secrets that must be read again.
    sealing: [u8; 32],
    /// Makes the tokens of links in mails.
    pub(crate) link: hmac::Key,
}

impl KeySet {
    fn derive(secret: &Secret) -> Self {
        let mac_key = |purpose| hmac::Key::new(hmac::HMAC_SHA256, &secret.derive::<32>(purpose));
        Self {
            id: URL_SAFE_NO_PAD.encode(secret.derive::<8>("tickbox key id v1")),
            access: secret.derive("tickbox access token v1"),
            refresh: mac_key("tickbox refresh token v1"),
            pepper: secret.derive("tickbox password pepper v1"),
            cursor: mac_key("tickbox cursor v1"),
            device: mac_key("tickbox known device v1"),
            throttle: mac_key("tickbox throttle v1"),
            challenge: mac_key("tickbox sign-in challenge v1"),
            sealing: secret.derive("tickbox sealed secret v1"),
            link: mac_key("tickbox mail link v1"),
        }
    }

    fn sealing(&self) -> Option<RandomizedNonceKey> {
        RandomizedNonceKey::new(&AES_256_GCM, &self.sealing).ok()
    }
}

/// The keys in force, and those of the secret before it, which only verify.
pub(crate) struct Keys {
    pub(crate) current: KeySet,
    pub(crate) previous: Option<KeySet>,
}

impl Keys {
    pub(crate) fn new(secret: &Secret, previous: Option<&Secret>) -> Self {
        Self { current: KeySet::derive(secret), previous: previous.map(KeySet::derive) }
    }

    /// The current keys first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &KeySet> {
        std::iter::once(&self.current).chain(&self.previous)
    }

    /// Encrypts a secret for the row of this owner, and for no other (AES-256-GCM, a random nonce in front).
    pub(crate) fn seal(&self, owner: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
        let mut sealed = secret.to_vec();
        let nonce = self.current.sealing()?.seal_in_place_append_tag(Aad::from(owner), &mut sealed).ok()?;
        Some([nonce.as_ref(), sealed.as_slice()].concat())
    }

    /// Decrypts a secret from the row of this owner, by whichever key sealed it.
    pub(crate) fn unseal(&self, owner: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
        self.all().find_map(|keys| {
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let mut text = sealed.to_vec();
            keys.sealing()?.open_in_place(nonce, Aad::from(owner), &mut text).ok().map(|text| text.to_vec())
        })
    }
}

const NONCE_BYTES: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_secret_is_refused() {
        assert_eq!(Secret::new(vec![7; 31]), Err(WeakSecret));
        assert!(Secret::new(vec![7; 32]).is_ok());
    }

    #[test]
    fn what_is_sealed_opens_for_its_owner_alone_and_after_a_change_of_the_secret() {
        let (old, new) = (Secret::generate(), Secret::generate());
        let sealed = Keys::new(&old, None).seal(b"ada", b"hush").unwrap();
        assert!(!sealed.windows(4).any(|part| part == b"hush"));
        assert_ne!(Keys::new(&old, None).seal(b"ada", b"hush").unwrap(), sealed);
        assert_eq!(Keys::new(&new, Some(&old)).unseal(b"ada", &sealed).unwrap(), b"hush");
        assert_eq!(Keys::new(&new, None).unseal(b"ada", &sealed), None);
        assert_eq!(Keys::new(&old, None).unseal(b"eve", &sealed), None);
        for end in 0..sealed.len() {
            assert_eq!(Keys::new(&old, None).unseal(b"ada", &sealed[..end]), None);
        }
    }

    #[test]
    fn each_purpose_has_its_own_key() {
        let secret = Secret::new(vec![7; 32]).unwrap();
        let keys = KeySet::derive(&secret);
        assert_ne!(keys.access, keys.pepper);
        assert_eq!(keys.access, KeySet::derive(&secret).access);
        assert_ne!(keys.access, KeySet::derive(&Secret::generate()).access);
    }
}
