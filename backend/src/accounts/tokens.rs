//! The two tokens of a session. The access token is a JWS that lives ten minutes (RFC 7519, RFC 8725); the refresh
//! token names the session and a counter, authenticated by a key of its own, so that the database holds no secret.

use crate::{Backend, Result, secret::KeySet};
use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Timestamp,
    ids::{SessionId, UserId},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long an access token lives, in seconds.
pub(crate) const ACCESS_SECONDS: i64 = 10 * 60;

const ACCESS_TYPE: &str = "at+jwt";
const LONGEST_TOKEN: usize = 4096;

/// What a client carries for a session.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// The access token.
    pub access: String,
    /// How long it lives, in seconds.
    pub access_seconds: i64,
    /// The refresh token.
    pub refresh: String,
    /// How long it lives unless it is used, in seconds.
    pub refresh_seconds: i64,
    /// Whether the browser keeps them when it is closed.
    pub remember: bool,
}

/// What an access token says: ids and times, nothing about the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    iss: String,
    aud: String,
    pub(crate) sub: Uuid,
    pub(crate) sid: Uuid,
    jti: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
    auth_time: i64,
}

/// Signs an access token.
pub(crate) fn issue_access(
    backend: &Backend,
    user: UserId,
    session: SessionId,
    signed_in: Timestamp,
) -> Result<String> {
    let now = backend.now().seconds();
    let claims = Claims {
        iss: backend.issuer.to_string(),
        aud: backend.audience.to_string(),
        sub: user.uuid(),
        sid: session.uuid(),
        jti: backend.new_uuid(),
        iat: now,
        nbf: now,
        exp: now + ACCESS_SECONDS,
        auth_time: signed_in.seconds(),
    };
    let keys = &backend.keys.current;
    Ok(jsonwebtoken::encode(&access_header(keys), &claims, &EncodingKey::from_secret(&keys.access))?)
}

/// Whether a token's age matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// It must be in force now.
    InForce,
    /// It may have run out: only who it was made for is asked.
    Any,
}

/// Reads an access token, trusting nothing that it says before every check of the strict profile has passed.
pub(crate) fn read_access(backend: &Backend, token: &str, age: Age) -> Option<Claims> {
    if token.len() > LONGEST_TOKEN || !is_canonical(token) {
        return None;
    }
    let header = jsonwebtoken::decode_header(token).ok()?;
    let keys = keys_for(backend, &header)?;
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 0;
    // The times are checked below, by the clock of the backend.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    validation.set_issuer(&[&backend.issuer]);
    validation.set_audience(&[&backend.audience]);
    let decoded = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(&keys.access), &validation).ok()?;
    let claims = decoded.claims;
    let now = backend.now().seconds();
    let is_shaped = claims.iat <= claims.exp && claims.nbf <= claims.exp && claims.exp - claims.iat <= ACCESS_SECONDS;
    let is_in_force = claims.nbf <= now && claims.iat <= now && now < claims.exp;
    (is_shaped && (age == Age::Any || is_in_force)).then_some(claims)
}

/// The header must be exactly as we write it: our type, our algorithm, a key of ours, and no wish of its own.
fn keys_for<'a>(backend: &'a Backend, header: &Header) -> Option<&'a KeySet> {
    let keys = backend.keys.all().find(|keys| header.kid.as_ref() == Some(&keys.id))?;
    (*header == access_header(keys)).then_some(keys)
}

fn access_header(keys: &KeySet) -> Header {
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some(ACCESS_TYPE.to_owned());
    header.kid = Some(keys.id.clone());
    header
}

/// One token, one spelling: three parts of base64url without padding, no stray bits at the end.
fn is_canonical(token: &str) -> bool {
    let parts: Vec<&str> = token.split('.').collect();
    parts.len() == 3
        && parts.iter().all(|part| {
            URL_SAFE_NO_PAD.decode(part).is_ok_and(|bytes| !bytes.is_empty() && URL_SAFE_NO_PAD.encode(bytes) == **part)
        })
}

/// What a refresh token says once its MAC has been checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RefreshClaim {
    pub(crate) session: SessionId,
    pub(crate) counter: i64,
}

const CLAIM_BYTES: usize = 16 + 8;
const MAC_BYTES: usize = 32;

impl RefreshClaim {
    /// The token that proves this claim.
    pub(crate) fn issue(self, backend: &Backend) -> String {
        let mut token = self.bytes().to_vec();
        let mac = hmac::sign(&backend.keys.current.refresh, &token);
        token.extend_from_slice(mac.as_ref());
        URL_SAFE_NO_PAD.encode(token)
    }

    /// Reads a token; what we did not make says nothing.
    pub(crate) fn read(backend: &Backend, token: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == CLAIM_BYTES + MAC_BYTES)?;
        let (claim, mac) = bytes.split_at(CLAIM_BYTES);
        let is_ours = backend.keys.all().any(|keys| hmac::verify(&keys.refresh, claim, mac).is_ok());
        let (session, counter) = claim.split_at(16);
        let session = SessionId::from_uuid(Uuid::from_slice(session).ok()?);
        is_ours.then_some(Self { session, counter: i64::from_be_bytes(counter.try_into().ok()?) })
    }

    fn bytes(self) -> [u8; CLAIM_BYTES] {
        let mut bytes = [0; CLAIM_BYTES];
        bytes[..16].copy_from_slice(self.session.uuid().as_bytes());
        bytes[16..].copy_from_slice(&self.counter.to_be_bytes());
        bytes
    }
}
