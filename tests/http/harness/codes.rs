//! An authenticator app, computed by hand as RFC 6238 has it: nothing here uses the server's own code.

use super::{Person, TestApp};
use aws_lc_rs::hmac;
use serde_json::json;

/// An app that knows the secret of one account.
#[derive(Debug, Clone)]
pub(crate) struct CodeApp {
    secret: Vec<u8>,
}

impl CodeApp {
    /// Takes the secret as it is typed in: base32, with or without spaces (RFC 4648).
    pub(crate) fn new(secret: &str) -> Self {
        const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let (mut bytes, mut bits, mut buffer) = (Vec::new(), 0, 0_u32);
        for symbol in secret.chars().filter(|symbol| !symbol.is_whitespace()) {
            let value = ALPHABET.find(symbol).unwrap_or_else(|| panic!("{symbol:?} is not base32"));
            buffer = buffer << 5 | u32::try_from(value).unwrap();
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                bytes.push(u8::try_from(buffer >> bits & 0xff).unwrap());
            }
        }
        Self { secret: bytes }
    }

    /// The secret itself.
    pub(crate) fn secret(&self) -> &[u8] {
        &self.secret
    }

    /// The six digits that it shows so many steps from now.
    pub(crate) fn code(&self, app: &TestApp, steps: i64) -> String {
        let step = u64::try_from(app.clock.now().seconds() / 30 + steps).unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.secret);
        let mac = hmac::sign(&key, &step.to_be_bytes());
        let mac = mac.as_ref();
        let offset = usize::from(mac[19] & 15);
        let number = u32::from_be_bytes(mac[offset..offset + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }

    /// Six digits that are wrong now, and were a minute ago, and will be in a minute.
    pub(crate) fn wrong_code(&self, app: &TestApp) -> String {
        let near: Vec<String> = (-2..=2).map(|steps| self.code(app, steps)).collect();
        (0..).map(|number| format!("{number:06}")).find(|code| !near.contains(code)).unwrap()
    }
}

impl TestApp {
    /// Turns the second step on for somebody; half a minute passes, so that the next code is a fresh one.
    pub(crate) async fn turn_totp_on(&self, person: &Person) -> (CodeApp, Vec<String>) {
        let setup = person.browser.post("/api/auth/factors/totp", &json!({})).await.expect(200).json();
        let codes = CodeApp::new(setup["secret"].as_str().unwrap());
        let body = json!({"code": codes.code(self, 0)});
        let given = person.browser.post("/api/auth/factors/totp/confirm", &body).await.expect(200).json();
        let recovery = given["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned());
        self.clock.advance(30);
        (codes, recovery.collect())
    }

    /// Shows the right password, and gets a challenge.
    pub(crate) async fn challenge(&self, person: &Person) -> String {
        let body = json!({"email": person.email, "password": super::PASSWORD});
        let answer = self.anonymous().post("/api/auth/signin", &body).await;
        let problem = answer.expect_problem(401, "second_factor_required").json();
        problem["challenge"].as_str().expect("a challenge").to_owned()
    }
}
