//! The colours of projects and tags: names that every theme has its own shade for, or a shade of one's own.

use crate::json::{Complaint, FromText};
use serde::{Deserialize, Serialize};

/// A colour: one of [`Colour::NAMES`], or `#rrggbb`.
///
/// ```
/// use domain::{Colour, json::FromText};
/// assert_eq!(Colour::from_text("Teal").unwrap().as_str(), "teal");
/// assert_eq!(Colour::from_text("#FF8800").unwrap().as_str(), "#ff8800");
/// assert!(Colour::from_text("#f80").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Colour(String);

impl Colour {
    /// The colours that have a name.
    pub const NAMES: [&str; 9] = ["grey", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"];

    /// The colour as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for Colour {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let text = text.trim().to_ascii_lowercase();
        let is_shade = text
            .strip_prefix('#')
            .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if is_shade || Self::NAMES.contains(&text.as_str()) {
            return Ok(Self(text));
        }
        Err(Complaint::new("invalid_colour", format!("Choose one of: {}, or #rrggbb", Self::NAMES.join(", "))))
    }
}
