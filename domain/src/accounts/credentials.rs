//! What a person signs up and signs in with, and its rules.

use crate::{
    Error,
    accounts::{Code, DisplayName, ZoneName},
    json::{Complaint, FromText, Reader, without_controls},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{fmt, str::FromStr};

/// An e-mail address as its owner typed it, at most 254 bytes (RFC 5321), with a dotted domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// The longest address that can be delivered to, in bytes (RFC 5321, errata 1690).
    pub const LONGEST: usize = 254;

    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before and after the last `@`.
    pub fn parts(&self) -> (&str, &str) {
        self.0.rsplit_once('@').unwrap_or((&self.0, ""))
    }
}

impl FromText for Email {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let invalid = || Complaint::new("invalid_email", "Invalid email format");
        let text = text.trim();
        if text.is_empty() {
            return Err(Complaint::new("required", "Enter your email address"));
        }
        if text.len() > Self::LONGEST {
            return Err(Complaint::new(
                "too_long",
                format!("An email address has at most {} characters", Self::LONGEST),
            ));
        }
        let (local, domain) = text.rsplit_once('@').ok_or_else(invalid)?;
        // Letters of any script, with their combining marks; what is no address after all, nobody can sign in with.
        let is_letter = |character: char| {
            character.is_alphanumeric()
                || (!character.is_ascii() && !character.is_control() && !character.is_whitespace())
        };
        let local_is_plain = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|character| is_letter(character) || "!#$%&'*+-/=?^_`{|}~.".contains(character));
        let labels: Vec<&str> = domain.strip_suffix('.').unwrap_or(domain).split('.').collect();
        let label_is_plain = |label: &&str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|character| is_letter(character) || character == '-')
        };
        let top = labels.last().copied().unwrap_or_default();
        let top_is_a_name = top.chars().count() >= 2 && !top.chars().all(|character| character.is_ascii_digit());
        if local_is_plain && labels.len() >= 2 && labels.iter().all(label_is_plain) && top_is_a_name {
            Ok(Self(text.to_owned()))
        } else {
            Err(invalid())
        }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The fewest code points of a password on a server: 8, or up to 64 where its operator asks for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeastLength(usize);

impl LeastLength {
    /// How many.
    pub const fn count(self) -> usize {
        self.0
    }
}

impl Default for LeastLength {
    fn default() -> Self {
        Self(Password::SHORTEST)
    }
}

impl FromStr for LeastLength {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let count = text.parse().ok().filter(|count| (Password::SHORTEST..=64).contains(count));
        count.map(Self).ok_or("choose a number from 8 to 64")
    }
}

/// A password that somebody chooses: 8 to 128 code points, at most 1024 bytes, no rule about their kinds
/// (NIST SP 800-63B-4, ASVS 6.2). It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The fewest code points of a password.
    pub const SHORTEST: usize = 8;
    /// The most code points of a password.
    pub const LONGEST: usize = 128;

    /// Reads a password by the rules of a server.
    ///
    /// # Errors
    /// It is too short, too long, or holds control characters.
    pub fn parse(text: &str, least: LeastLength) -> Result<Self, Complaint> {
        let length = text.chars().count();
        if length < least.count() {
            return Err(Complaint::new("too_short", format!("Use at least {} characters", least.count())));
        }
        if length > Self::LONGEST || text.len() > 1024 {
            return Err(Complaint::new("too_long", format!("Use at most {} characters", Self::LONGEST)));
        }
        without_controls(text, &[])?;
        Ok(Self(text.to_owned()))
    }

    /// The same from JSON.
    ///
    /// # Errors
    /// It is no text, or no password.
    pub fn from_json(value: &Value, least: LeastLength) -> Result<Self, Complaint> {
        match value {
            Value::String(text) => Self::parse(text, least),
            _ => Err(Complaint::new("not_a_text", "Send this as a text")),
        }
    }

    /// The password itself, for hashing.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(…)")
    }
}

/// Any text that was typed as a password: right, wrong, or far too long. Never printed.
#[derive(Clone, PartialEq, Eq, Default)]
struct Attempt(String);

impl FromText for Attempt {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Attempt(…)")
    }
}

/// What somebody tries to sign in with. Neither part is judged here: whatever is wrong with it, the answer is the same.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The address as typed.
    pub email: String,
    password: Attempt,
    /// Whether the session outlives the browser.
    pub remember: bool,
    /// Whether the tokens come as cookies (a browser) or in the body (a program).
    pub cookies: bool,
}

impl Credentials {
    /// Credentials from a form.
    pub fn new(email: String, password: String, remember: bool) -> Self {
        Self { email, password: Attempt(password), remember, cookies: true }
    }

    /// Reads the JSON body of a sign-in.
    ///
    /// # Errors
    /// Missing, unknown or wrongly typed fields.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let email = reader.required::<Attempt>("email", "Enter your email address");
        let password = reader.required("password", "Enter your password");
        let remember = reader.boolean("remember").unwrap_or(true);
        let cookies = reader.boolean("cookies").unwrap_or(true);
        reader.finish()?;
        let email = email.unwrap_or_default().0;
        Ok(Self { email, password: password.unwrap_or_default(), remember, cookies })
    }

    /// The password that is tried.
    pub fn expose_password(&self) -> &str {
        &self.password.0
    }
}

/// What somebody signs up with, every rule checked.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// The address, as typed.
    pub email: Email,
    /// The password that was chosen.
    pub password: Password,
    /// How the person wants to be called.
    pub name: Option<DisplayName>,
    /// The browser's time zone, if it told one.
    pub time_zone: Option<ZoneName>,
    /// The invitation that its guest came with.
    pub invite: Option<String>,
    /// Whether the session outlives the browser.
    pub remember: bool,
    /// Whether the tokens come as cookies (a browser) or in the body (a program).
    pub cookies: bool,
}

impl SignUp {
    /// Fields that only the server may set; a body that names them is read as if it did not.
    const SERVER_OWNED: [&str; 9] =
        ["id", "user_id", "role", "is_admin", "is_active", "email_verified_at", "created_at", "updated_at", "revision"];

    /// Reads the JSON body of a sign-up.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value, least: LeastLength) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        reader.ignore(&Self::SERVER_OWNED);
        let email = reader.required("email", "Enter your email address");
        let password =
            reader.required_value("password", "Choose a password", |value| Password::from_json(value, least));
        let name = reader.text::<Option<DisplayName>>("name").flatten().flatten();
        let time_zone = reader.text("time_zone").flatten();
        let invite = reader.text("invite").flatten();
        let remember = reader.boolean("remember").unwrap_or(true);
        let cookies = reader.boolean("cookies").unwrap_or(true);
        reader.finish()?;
        match (email, password) {
            (Some(email), Some(password)) => Ok(Self { email, password, name, time_zone, invite, remember, cookies }),
            _ => Err(Error::Internal),
        }
    }
}

/// A change of the password: the current one and the new one.
#[derive(Debug, Clone)]
pub struct PasswordChange {
    current: Attempt,
    /// The password from now on.
    pub new: Password,
}

impl PasswordChange {
    /// Reads what the form sent.
    ///
    /// # Errors
    /// The new password breaks a rule.
    pub fn parse(current: String, new: &str, least: LeastLength) -> Result<Self, Error> {
        let new =
            Password::parse(new, least).map_err(|complaint| Error::Invalid(vec![complaint.about("new_password")]))?;
        Ok(Self { current: Attempt(current), new })
    }

    /// The password up to now, as typed.
    pub fn expose_current(&self) -> &str {
        &self.current.0
    }
}

/// A wish for another address, with the password that confirms it.
#[derive(Debug, Clone)]
pub struct EmailChange {
    /// The address from then on.
    pub email: Email,
    password: Attempt,
    /// A code, where signing in asks for one.
    pub code: Option<Code>,
}

impl EmailChange {
    /// Reads `email`, `password` and `code`.
    ///
    /// # Errors
    /// All that is wrong with the fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let email = reader.required("email", "Enter the new email address");
        let password = reader.required("password", "Enter your password");
        let code = reader.text("code").flatten();
        reader.finish()?;
        email.zip(password).map(|(email, password)| Self { email, password, code }).ok_or(Error::Internal)
    }

    /// The password, as typed.
    pub fn expose_password(&self) -> &str {
        &self.password.0
    }
}

/// A new password, and the token of the link that allows to set it.
#[derive(Clone)]
pub struct PasswordReset {
    /// The token of the link, not judged yet.
    pub token: String,
    /// The password from now on.
    pub password: Password,
}

impl PasswordReset {
    /// Reads `token` and `password`.
    ///
    /// # Errors
    /// All that is wrong with the fields at once.
    pub fn from_json(value: Value, least: LeastLength) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let token = reader.required("token", NO_TOKEN);
        let password =
            reader.required_value("password", "Choose a password", |value| Password::from_json(value, least));
        reader.finish()?;
        token.zip(password).map(|(token, password)| Self { token, password }).ok_or(Error::Internal)
    }
}

/// Reads a body that holds nothing but the `email` of somebody who forgot the password.
///
/// # Errors
/// What is wrong with it.
pub fn email_from_json(value: Value) -> Result<Email, Error> {
    let mut reader = Reader::new(value)?;
    let email = reader.required("email", "Enter your email address");
    reader.finish()?;
    email.ok_or(Error::Internal)
}

/// Reads a body that holds nothing but the `token` of a link.
///
/// # Errors
/// What is wrong with it.
pub fn token_from_json(value: Value) -> Result<String, Error> {
    let mut reader = Reader::new(value)?;
    let token = reader.required("token", NO_TOKEN);
    reader.finish()?;
    token.ok_or(Error::Internal)
}

const NO_TOKEN: &str = "Open the link in the mail";

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ordinary_addresses_are_taken_as_typed() {
        for text in [
            "ada@example.com",
            "Ada.Lovelace+todo@Mail.Example.co.uk",
            "jörg@münchen.de",
            "jo\u{308}rg@mu\u{308}nchen.de",
            "a@xn--mnchen-3ya.de",
            "o'neil@a.io",
            "a@b.io.",
        ] {
            assert_eq!(Email::from_text(text).map(|email| email.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_cannot_be_delivered_to_is_refused() {
        let long = format!("{}@example.com", "a".repeat(250));
        let texts = [
            "",
            "ada",
            "@example.com",
            "ada@",
            "a@b",
            "a b@example.com",
            "\"a b\"@x.io",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "a@x.io\0",
            "a@x.io\r\nBcc: b@x.io",
            "a@x.io%0aBcc:",
            "a..b@x.io",
            "a@-x.io",
            "a@x..io",
            "Ada <a@x.io>",
            long.as_str(),
        ];
        for text in texts {
            assert!(Email::from_text(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_password_is_counted_in_code_points() {
        let read = |text: &str| Password::parse(text, LeastLength::default());
        assert!(read("1234567").is_err());
        assert!(read(&"🌱".repeat(8)).is_ok());
        assert!(read(&"x".repeat(128)).is_ok());
        assert!(read(&"x".repeat(129)).is_err());
        assert!(read("eight\0nul").is_err());
    }

    #[test]
    fn an_operator_may_ask_for_longer_ones() {
        let least: LeastLength = "12".parse().unwrap();
        assert_eq!(Password::parse("eleven char", least).unwrap_err().detail, "Use at least 12 characters");
        assert!(Password::parse("twelve chars", least).is_ok());
        for text in ["7", "65", "", "-8", "many"] {
            assert!(text.parse::<LeastLength>().is_err(), "{text}");
        }
    }

    #[test]
    fn passwords_are_never_printed() {
        let credentials = Credentials::new("a@x.io".into(), "open sesame".into(), true);
        assert!(!format!("{credentials:?}").contains("sesame"));
    }

    #[test]
    fn a_sign_up_tells_every_fault_at_once() {
        let faults = SignUp::from_json(
            json!({"email": "nonsense", "password": "short", "shoe_size": 7}),
            LeastLength::default(),
        )
        .unwrap_err();
        let fields: Vec<String> = faults.fields().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["email", "password", "shoe_size"]);
    }

    #[test]
    fn nobody_makes_themselves_an_admin() {
        let body = json!({"email": "a@x.io", "password": "long enough", "is_admin": true, "role": "admin"});
        assert!(SignUp::from_json(body, LeastLength::default()).is_ok());
    }
}
