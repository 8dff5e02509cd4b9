//! The fields of a saved filter, each a type that can only hold what is allowed.

use crate::{
    filter::Filter,
    json::{Complaint, FromText, is_blank, without_controls},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a saved filter is called: 1 to 100 code points after trimming, on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FilterName(String);

impl FilterName {
    /// The most code points of a name.
    pub const LONGEST: usize = 100;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for FilterName {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let text = text.trim();
        if is_blank(text) {
            return Err(Complaint::new("required", "Give the filter a name"));
        }
        if text.chars().count() > Self::LONGEST {
            return Err(Complaint::new("too_long", format!("A name has at most {} characters", Self::LONGEST)));
        }
        without_controls(text, &[])?;
        Ok(Self(text.to_owned()))
    }
}

/// The text of a filter that can be read, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterQuery {
    text: String,
    filter: Filter,
}

impl FilterQuery {
    /// The text as it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it says.
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }
}

impl FromText for FilterQuery {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        if text.trim().is_empty() {
            return Err(Complaint::new("required", "Say which tasks the filter shall find"));
        }
        let filter = Filter::from_text(text)?;
        Ok(Self { text: text.trim().to_owned(), filter })
    }
}

impl Serialize for FilterQuery {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for FilterQuery {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_text(&text).map_err(|complaint| serde::de::Error::custom(complaint.detail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_kept_as_typed_and_can_be_read() {
        let query = FilterQuery::from_text(" #Home   | p1 ").unwrap();
        assert_eq!((query.as_str(), query.filter().to_string().as_str()), ("#Home   | p1", "#Home | !high"));
        let json = serde_json::to_string(&query).unwrap();
        assert_eq!(serde_json::from_str::<FilterQuery>(&json).unwrap(), query);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        let complaint = FilterQuery::from_text("#home due:sometime").unwrap_err();
        assert_eq!(complaint.place.map(|place| (place.start, place.end)), Some((6, 18)));
        for text in ["", "  ", "a\0b", "a\nb"] {
            assert!(FilterQuery::from_text(text).is_err(), "{text:?}");
        }
    }
}
