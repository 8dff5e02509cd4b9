//! An authenticator in software, as WebAuthn has it: it makes a passkey and signs with it, and lies when it is told to.
//! What it sends is put together by hand, byte by byte; the server verifies it with its own library.

use super::{TestApp, tokens::encode};
use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};

/// Somebody was there.
pub(crate) const PRESENT: u8 = 0x01;
/// It was made sure who: by a finger, a face or a PIN.
pub(crate) const VERIFIED: u8 = 0x04;
const NEW_KEY: u8 = 0x40;

/// One passkey on one device.
#[derive(Debug)]
pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    /// Whose passkey it is, as the server said when it was made.
    pub(crate) user_handle: String,
    /// The site that the browser is on.
    pub(crate) origin: String,
    /// The name that the passkey is for.
    pub(crate) name: String,
    /// What the device says about its user.
    pub(crate) flags: u8,
    /// How often it has signed.
    pub(crate) counter: u32,
}

impl Authenticator {
    /// A new device, in a browser on the server's own pages.
    pub(crate) fn new(app: &TestApp) -> Self {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new()).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref()).unwrap();
        let id = digest(&SHA256, key.public_key().as_ref()).as_ref().to_vec();
        let origin = app.origin.replace("127.0.0.1", "localhost");
        let name = origin.split("://").nth(1).and_then(|host| host.split(':').next()).unwrap().to_owned();
        Self { key, id, user_handle: String::new(), origin, name, flags: PRESENT | VERIFIED, counter: 0 }
    }

    /// Makes the passkey that these options of `navigator.credentials.create` ask for.
    pub(crate) fn make(&mut self, options: &Value) -> Value {
        self.user_handle = options["user"]["id"].as_str().unwrap().to_owned();
        let client_data = self.client_data("webauthn.create", options);
        let mut data = self.data(self.flags | NEW_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        let point = self.key.public_key().as_ref();
        // COSE: EC2 keys on P-256 for ES256 (RFC 9053).
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..]);
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": …}
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        attestation.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        attestation.extend(&data);
        json!({
            "id": encode(&self.id), "rawId": encode(&self.id), "type": "public-key", "clientExtensionResults": {},
            "response": {"clientDataJSON": encode(client_data), "attestationObject": encode(attestation)},
        })
    }

    /// Signs what these options of `navigator.credentials.get` ask for.
    pub(crate) fn sign(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", options);
        let data = self.data(self.flags);
        let message = [data.as_slice(), digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &message).unwrap();
        json!({
            "id": encode(&self.id), "rawId": encode(&self.id), "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(client_data), "authenticatorData": encode(data),
                "signature": encode(signature.as_ref()), "userHandle": self.user_handle,
            },
        })
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        json!({"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false})
            .to_string()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, self.name.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }
}
