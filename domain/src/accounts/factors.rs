//! What an account is guarded by beside its password: an authenticator app, recovery codes, passkeys. Secrets never
//! come here; how a code is checked is the business of `backend`.

use crate::{
    Error, Timestamp,
    ids::PasskeyId,
    json::{Complaint, FromText, Reader, without_controls},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// What an account is guarded by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factors {
    /// Since when signing in by password asks for a code of the authenticator app; null if it does not.
    pub totp_since: Option<Timestamp>,
    /// How many recovery codes are not used up.
    pub recovery_codes_left: u64,
    /// The passkeys, the oldest first.
    pub passkeys: Vec<Passkey>,
}

/// A key on some device that signs in without a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// Its id here; the authenticator knows it by another.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: PasskeyName,
    /// When it was added.
    pub created_at: Timestamp,
    /// When somebody last signed in with it.
    pub last_used_at: Option<Timestamp>,
}

/// What somebody calls a passkey, 1 to 60 code points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasskeyName(String);

impl PasskeyName {
    /// The most code points of a name.
    pub const LONGEST: usize = 60;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads the JSON body of a renaming.
    ///
    /// # Errors
    /// No name, or one that cannot be taken.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let name = reader.required("name", "Give the passkey a name");
        reader.finish()?;
        name.ok_or(Error::Internal)
    }
}

impl FromText for PasskeyName {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Complaint::new("required", "Give the passkey a name"));
        }
        if text.chars().count() > Self::LONGEST {
            return Err(Complaint::new("too_long", format!("A name has at most {} characters", Self::LONGEST)));
        }
        without_controls(text, &[])?;
        Ok(Self(text.to_owned()))
    }
}

/// A code that somebody shows beside the password: six digits from an app, or a recovery code. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum Code {
    /// What the app shows now.
    App(String),
    /// One of the codes that were written down.
    Recovery(RecoveryCode),
}

impl FromText for Code {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let is_between = |character: char| character.is_whitespace() || character == '-';
        let text: String = text.chars().filter(|character| !is_between(*character)).collect();
        if text.is_empty() {
            return Err(Complaint::new("required", "Enter a code"));
        }
        if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self::App(text));
        }
        RecoveryCode::read(&text).map(Self::Recovery).ok_or_else(|| {
            Complaint::new("invalid_code", "Enter the six digits that your app shows, or one of your recovery codes")
        })
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code(…)")
    }
}

/// A recovery code: 25 letters and digits in groups of five, 125 bits. It is never printed but to be shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// How many symbols it has.
    pub const LENGTH: usize = 25;
    /// 32 symbols that nobody takes for one another (Crockford).
    const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// The code that chance gives: five bits of each byte make a symbol.
    pub fn from_random(bytes: &[u8; Self::LENGTH]) -> Self {
        Self(bytes.iter().map(|byte| char::from(Self::SYMBOLS[usize::from(byte & 31)])).collect())
    }

    /// The symbols without the groups, for hashing.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The code as it is shown to its owner, in groups.
    pub fn in_groups(&self) -> String {
        let groups: Vec<&str> =
            self.0.as_bytes().chunks(5).filter_map(|group| std::str::from_utf8(group).ok()).collect();
        groups.join("-")
    }

    /// Reads what somebody typed from paper: small letters are fine, and so are letters that look like digits.
    fn read(text: &str) -> Option<Self> {
        let symbol = |character: char| match character.to_ascii_uppercase() {
            'O' => Some('0'),
            'I' | 'L' => Some('1'),
            symbol => Self::SYMBOLS.iter().any(|known| char::from(*known) == symbol).then_some(symbol),
        };
        let code: String = text.chars().map(symbol).collect::<Option<_>>()?;
        (code.len() == Self::LENGTH).then_some(Self(code))
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryCode(…)")
    }
}

/// The second half of a sign-in: the pending challenge, and a code.
#[derive(Debug, Clone)]
pub struct CodeEntry {
    /// What the first half gave.
    pub challenge: String,
    /// The code.
    pub code: Code,
    /// Whether the tokens come as cookies (a browser) or in the body (a program).
    pub cookies: bool,
}

impl CodeEntry {
    /// Reads the JSON body.
    ///
    /// # Errors
    /// Missing, unknown or wrongly typed fields.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let challenge = reader.required::<String>("challenge", "Send the challenge that the sign-in answered");
        let code = reader.required("code", "Enter a code");
        let cookies = reader.boolean("cookies").unwrap_or(true);
        reader.finish()?;
        match (challenge, code) {
            (Some(challenge), Some(code)) => Ok(Self { challenge, code, cookies }),
            _ => Err(Error::Internal),
        }
    }
}

/// What shows once more who somebody is: the password, and a code where signing in asks for one.
#[derive(Clone)]
pub struct Confirmation {
    password: String,
    /// A code of the app, or a recovery code.
    pub code: Option<Code>,
}

impl Confirmation {
    /// Reads what the form sent.
    ///
    /// # Errors
    /// What is no code.
    pub fn parse(password: String, code: Option<&str>) -> Result<Self, Error> {
        Ok(Self { password, code: Code::parse_optional(code)? })
    }

    /// Reads the JSON body.
    ///
    /// # Errors
    /// Missing, unknown or wrongly typed fields.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let password = reader.required::<String>("password", "Enter your password");
        let code = reader.text("code").flatten();
        reader.finish()?;
        password.map(|password| Self { password, code }).ok_or(Error::Internal)
    }

    /// The password as typed.
    pub fn expose_password(&self) -> &str {
        &self.password
    }
}

impl fmt::Debug for Confirmation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Confirmation(…)")
    }
}

impl Code {
    /// Reads what a form sent; an empty field is none.
    ///
    /// # Errors
    /// What is no code.
    pub fn parse_optional(text: Option<&str>) -> Result<Option<Self>, Error> {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let code = text.map(Self::from_text).transpose();
        code.map_err(|complaint| Error::Invalid(vec![complaint.about("code")]))
    }
}

/// What turns the second step off: the password, and a code.
#[derive(Clone)]
pub struct FactorRemoval {
    password: String,
    /// A code of the factor that goes, or a recovery code.
    pub code: Code,
}

impl FactorRemoval {
    /// Reads what the form sent.
    ///
    /// # Errors
    /// What is no code.
    pub fn parse(password: String, code: &str) -> Result<Self, Error> {
        let code = Code::from_text(code).map_err(|complaint| Error::Invalid(vec![complaint.about("code")]))?;
        Ok(Self { password, code })
    }

    /// Reads the JSON body.
    ///
    /// # Errors
    /// Missing, unknown or wrongly typed fields.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let password = reader.required::<String>("password", "Enter your password");
        let code = reader.required("code", "Enter a code");
        reader.finish()?;
        match (password, code) {
            (Some(password), Some(code)) => Ok(Self { password, code }),
            _ => Err(Error::Internal),
        }
    }

    /// The password as typed.
    pub fn expose_password(&self) -> &str {
        &self.password
    }
}

impl fmt::Debug for FactorRemoval {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FactorRemoval(…)")
    }
}

/// A passkey that a browser has made.
#[derive(Debug, Clone)]
pub struct NewPasskey {
    /// What it was asked in.
    pub ceremony: String,
    /// What the browser gave.
    pub credential: Value,
    /// What its owner calls it.
    pub name: PasskeyName,
}

impl NewPasskey {
    /// Reads the JSON body.
    ///
    /// # Errors
    /// Missing, unknown or wrongly typed fields.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let ceremony = read_ceremony(&mut reader);
        let credential = read_credential(&mut reader);
        let name = reader.required("name", "Give the passkey a name");
        reader.finish()?;
        match (ceremony, credential, name) {
            (Some(ceremony), Some(credential), Some(name)) => Ok(Self { ceremony, credential, name }),
            _ => Err(Error::Internal),
        }
    }
}

/// A passkey that somebody signs in with.
#[derive(Debug, Clone)]
pub struct PasskeySignIn {
    /// What it was asked in.
    pub ceremony: String,
    /// What the browser gave.
    pub credential: Value,
    /// Whether the session outlives the browser.
    pub remember: bool,
    /// Whether the tokens come as cookies (a browser) or in the body (a program).
    pub cookies: bool,
}

impl PasskeySignIn {
    /// Reads the JSON body.
    ///
    /// # Errors
    /// Missing, unknown or wrongly typed fields.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let ceremony = read_ceremony(&mut reader);
        let credential = read_credential(&mut reader);
        let remember = reader.boolean("remember").unwrap_or(true);
        let cookies = reader.boolean("cookies").unwrap_or(true);
        reader.finish()?;
        match (ceremony, credential) {
            (Some(ceremony), Some(credential)) => Ok(Self { ceremony, credential, remember, cookies }),
            _ => Err(Error::Internal),
        }
    }
}

fn read_ceremony(reader: &mut Reader) -> Option<String> {
    reader.required("ceremony", "Send the ceremony that the passkey was asked in")
}

/// Whatever is no object counts as null, which is complained about like a credential that is missing.
fn read_credential(reader: &mut Reader) -> Option<Value> {
    let credential =
        reader.value("credential", |value| Ok(value.as_object().cloned().map(Value::Object))).flatten().flatten();
    if credential.is_none() {
        let missing = "Send what navigator.credentials gave, as its toJSON() has it";
        reader.complain("credential", "required", missing);
    }
    credential
}

/// Reads a JSON body that holds a code and nothing else.
///
/// # Errors
/// No code, or what is none.
pub fn code_from_json(value: Value) -> Result<Code, Error> {
    let mut reader = Reader::new(value)?;
    let code = reader.required("code", "Enter a code");
    reader.finish()?;
    code.ok_or(Error::Internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confirmation_takes_a_password_and_perhaps_a_code() {
        let read = |body: Value| Confirmation::from_json(body);
        let alone = read(serde_json::json!({"password": "hush"})).unwrap();
        assert_eq!((alone.expose_password(), alone.code.is_none()), ("hush", true));
        assert!(read(serde_json::json!({"password": "hush", "code": "123456"})).unwrap().code.is_some());
        for body in
            [r#"{}"#, r#"{"password": null}"#, r#"{"password": 1}"#, r#""hush""#, r#"{"password": "x", "code": "x"}"#]
        {
            assert!(read(serde_json::from_str(body).unwrap()).is_err(), "{body}");
        }
        assert!(Confirmation::parse("hush".to_owned(), Some(" ")).unwrap().code.is_none());
    }
    use serde_json::json;

    #[test]
    fn six_digits_are_of_the_app_however_they_are_spaced() {
        for text in ["123456", "123 456", " 123-456 "] {
            assert_eq!(Code::from_text(text), Ok(Code::App("123456".to_owned())), "{text}");
        }
        for text in ["", " ", "12345", "1234567", "12345a", "１２３４５６"] {
            assert!(Code::from_text(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_recovery_code_is_read_as_people_type_it() {
        let code = RecoveryCode::from_random(&std::array::from_fn(|index| u8::try_from(index).unwrap()));
        assert_eq!(code.in_groups(), "01234-56789-ABCDE-FGHJK-MNPQR");
        for text in [code.in_groups(), code.in_groups().to_lowercase(), "o1234 56789 abcde fghjk mnpqr".to_owned()] {
            assert_eq!(Code::from_text(&text), Ok(Code::Recovery(code.clone())), "{text}");
        }
        assert!(Code::from_text("01234-56789-ABCDE-FGHJK-MNPQU").is_err());
    }

    #[test]
    fn codes_are_never_printed() {
        let removal = FactorRemoval::from_json(json!({"password": "hush", "code": "123456"})).unwrap();
        for text in [format!("{removal:?}"), format!("{:?}", removal.code)] {
            assert!(!text.contains("hush") && !text.contains("123456"), "{text}");
        }
    }

    #[test]
    fn a_passkey_has_a_name() {
        assert_eq!(
            PasskeyName::from_text(" My phone ").map(|name| name.as_str().to_owned()),
            Ok("My phone".to_owned())
        );
        for text in ["", "  ", "a\0b", &"x".repeat(61)] {
            assert!(PasskeyName::from_text(text).is_err(), "{text:?}");
        }
    }
}
