//! A person's account as its owner sees it.

use crate::{
    Error, Timestamp,
    accounts::{Email, Settings},
    ids::UserId,
    json::{Complaint, FromText, Reader, without_controls},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How a person wants to be called, 1 to 100 code points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DisplayName(String);

impl DisplayName {
    /// The most code points of a name.
    pub const LONGEST: usize = 100;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An empty name is no name.
impl FromText for Option<DisplayName> {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let text = text.trim();
        if text.chars().count() > DisplayName::LONGEST {
            return Err(Complaint::new("too_long", format!("A name has at most {} characters", DisplayName::LONGEST)));
        }
        without_controls(text, &[])?;
        Ok((!text.is_empty()).then(|| DisplayName(text.to_owned())))
    }
}

/// A person's account, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// The account's id.
    pub id: UserId,
    /// The address as typed at sign-up.
    pub email: Email,
    /// How the person wants to be called.
    pub name: Option<DisplayName>,
    /// Whether they may come in.
    pub is_active: bool,
    /// Whether this person runs the server.
    pub is_admin: bool,
    /// Since when the address is known to be theirs.
    pub email_verified_at: Option<Timestamp>,
    /// The person's choices.
    pub settings: Settings,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl User {
    /// The name to greet with: the display name, else what stands before the `@`.
    pub fn greeting_name(&self) -> &str {
        self.name.as_ref().map_or_else(|| self.email.parts().0, DisplayName::as_str)
    }
}

/// A change of the profile or the settings: what is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProfilePatch {
    /// The name; `Some(None)` removes it.
    pub name: Option<Option<DisplayName>>,
    /// The whole settings, after the change.
    pub settings: Option<Value>,
}

impl ProfilePatch {
    const SERVER_OWNED: [&str; 7] =
        ["id", "user_id", "is_admin", "is_active", "email_verified_at", "created_at", "updated_at"];

    /// Reads a merge patch (RFC 7396) with `name` and `settings`.
    ///
    /// # Errors
    /// Unknown or wrongly typed fields; the settings themselves are judged by [`Settings::merged`].
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        reader.ignore(&Self::SERVER_OWNED);
        let name = reader.text::<Option<DisplayName>>("name").map(Option::flatten);
        let settings = reader.value("settings", |value| match value {
            Value::Object(_) => Ok(value.clone()),
            _ => Err(Complaint::new("not_an_object", "Send the settings as an object")),
        });
        if settings == Some(None) {
            let detail = "Send the settings to change as an object; null puts a single one of them back";
            reader.complain("settings", "required", detail);
        }
        reader.finish()?;
        let settings = settings.flatten();
        Ok(Self { name, settings })
    }
}
