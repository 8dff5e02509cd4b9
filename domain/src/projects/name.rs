//! The name of a project.

use crate::json::{Complaint, FromText, is_blank, without_controls};
use serde::{Deserialize, Serialize};

/// What a project is called: 1 to 100 code points after trimming, on one line. Two projects may share a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProjectName(String);

impl ProjectName {
    /// The most code points of a name.
    pub const LONGEST: usize = 100;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for ProjectName {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let text = text.trim();
        if is_blank(text) {
            return Err(Complaint::new("required", "Give the project a name"));
        }
        if text.chars().count() > Self::LONGEST {
            return Err(Complaint::new("too_long", format!("A name has at most {} characters", Self::LONGEST)));
        }
        without_controls(text, &[])?;
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_says_something() {
        assert_eq!(ProjectName::from_text("  House & Garden ").unwrap().as_str(), "House & Garden");
        assert!(ProjectName::from_text(&"ä".repeat(100)).is_ok());
        for (text, code) in [
            ("", "required"),
            (" \u{a0} ", "required"),
            ("\u{200b}", "required"),
            ("a\0b", "control_character"),
            ("a\nb", "control_character"),
        ] {
            assert_eq!(ProjectName::from_text(text).unwrap_err().code, code, "{text:?}");
        }
        assert_eq!(ProjectName::from_text(&"ä".repeat(101)).unwrap_err().code, "too_long");
    }
}
