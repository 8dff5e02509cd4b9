//! Makes access tokens, good and forged. Nothing here uses the server's own code: the key is derived as documented,
//! and header, claims and signature are put together by hand, so that any nonsense can be signed.

use super::SECRET;
use aws_lc_rs::{hkdf, hmac};
use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde_json::Value;

/// Writes as RFC 7515 wants it; reads anything.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_encode_padding(false).with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Base64 as tokens have it.
pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64.encode(bytes)
}

/// What base64 as tokens have it stands for.
pub(crate) fn decode(text: &str) -> Vec<u8> {
    BASE64.decode(text).unwrap()
}

/// An access token taken apart, to be changed and signed again.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// The JOSE header.
    pub(crate) header: Value,
    /// The claims.
    pub(crate) claims: Value,
}

impl Token {
    /// Takes a token apart.
    pub(crate) fn read(token: &str) -> Self {
        let mut parts = token.split('.').map(|part| serde_json::from_slice(&decode(part)).unwrap_or(Value::Null));
        Self { header: parts.next().unwrap(), claims: parts.next().unwrap() }
    }

    /// With a claim set.
    pub(crate) fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims[name] = value.into();
        self
    }

    /// Without a claim.
    pub(crate) fn without_claim(mut self, name: &str) -> Self {
        self.claims.as_object_mut().unwrap().remove(name);
        self
    }

    /// With a header member set.
    pub(crate) fn head(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header[name] = value.into();
        self
    }

    /// Moved in time as a whole.
    pub(crate) fn shifted(mut self, seconds: i64) -> Self {
        for name in ["iat", "nbf", "exp", "auth_time"] {
            self.claims[name] = (self.claims[name].as_i64().unwrap() + seconds).into();
        }
        self
    }

    /// Signed with the server's own access key.
    pub(crate) fn sign(&self) -> String {
        sign(&self.header.to_string(), &self.claims.to_string(), hmac::HMAC_SHA256, &access_key(SECRET))
    }
}

/// Signs any header and payload with any key.
pub(crate) fn sign(header: &str, payload: &str, algorithm: hmac::Algorithm, key: &[u8]) -> String {
    let message = format!("{}.{}", encode(header), encode(payload));
    let signature = hmac::sign(&hmac::Key::new(algorithm, key), message.as_bytes());
    format!("{message}.{}", encode(signature))
}

/// The key that signs access tokens, derived from a secret.
pub(crate) fn access_key(secret: &str) -> [u8; 32] {
    derive(secret, "tickbox access token v1")
}

/// The key of another purpose.
pub(crate) fn derive(secret: &str, purpose: &str) -> [u8; 32] {
    let mut key = [0; 32];
    let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, &[]).extract(secret.as_bytes());
    extracted.expand(&[purpose.as_bytes()], hkdf::HKDF_SHA256).unwrap().fill(&mut key).unwrap();
    key
}
