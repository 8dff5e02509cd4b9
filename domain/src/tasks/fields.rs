//! The fields of a task, each a type that can only hold what is allowed.

use crate::{
    choice::choice,
    json::{Complaint, FromText, is_blank, without_controls},
};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// What is to be done: 1 to 200 code points after trimming, on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Title(String);

impl Title {
    /// The most code points of a title.
    pub const LONGEST: usize = 200;

    /// The title as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for Title {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let text = text.trim();
        if is_blank(text) {
            return Err(Complaint::new("required", "Give the task a title"));
        }
        let length = text.chars().count();
        if length > Self::LONGEST {
            let longest = Self::LONGEST;
            return Err(Complaint::new(
                "too_long",
                format!("A title has at most {longest} characters; this one has {length}"),
            ));
        }
        without_controls(text, &[])?;
        Ok(Self(text.to_owned()))
    }
}

/// Whatever else there is to say, in Markdown: at most 10 000 code points. Line ends are kept as `\n`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Notes(String);

impl Notes {
    /// The most code points of notes.
    pub const LONGEST: usize = 10_000;

    /// The notes as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Notes of nothing but white space are no notes.
impl FromText for Option<Notes> {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let text = text.replace("\r\n", "\n");
        let length = text.chars().count();
        if length > Notes::LONGEST {
            return Err(Complaint::new(
                "too_long",
                format!("Notes have at most {} characters; these have {length}", Notes::LONGEST),
            ));
        }
        without_controls(&text, &['\n', '\r', '\t'])?;
        Ok((!text.trim().is_empty()).then_some(Notes(text)))
    }
}

choice!(
    /// How much a task matters.
    Priority {
        #[default] #[doc = "Not said."] None = "none", #[doc = "Can wait."] Low = "low",
        #[doc = "Matters."] Medium = "medium", #[doc = "Comes first."] High = "high"
    }
);

impl Priority {
    /// 0 for none to 3 for high: the order of the database.
    pub const fn rank(self) -> i16 {
        self as i16
    }

    /// The priority of such a rank.
    pub fn from_rank(rank: i16) -> Option<Self> {
        Self::ALL.iter().copied().find(|priority| priority.rank() == rank)
    }
}

/// The name of a tag: 1 to 50 code points; two names that differ in case alone, or in how Unicode composes their letters,
/// are one tag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TagName(String);

impl TagName {
    /// The most code points of a tag's name.
    pub const LONGEST: usize = 50;

    /// The name as it was first spelled.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What tells one tag from another.
    pub fn key(&self) -> String {
        self.0.nfc().collect::<String>().to_lowercase()
    }
}

impl FromText for TagName {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let text = text.trim().trim_start_matches('#');
        if is_blank(text) {
            return Err(Complaint::new("required", "A tag needs a name"));
        }
        if text.chars().count() > Self::LONGEST {
            return Err(Complaint::new("too_long", format!("A tag has at most {} characters", Self::LONGEST)));
        }
        without_controls(text, &[])?;
        if text.contains(',') {
            return Err(Complaint::new("invalid_tag", "A tag has no comma: commas stand between tags"));
        }
        Ok(Self(text.to_owned()))
    }
}

/// The tags of one task: at most 20, none twice, in the order they were given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tags(Vec<TagName>);

impl Tags {
    /// The most tags of one task.
    pub const MOST: usize = 20;

    /// Takes names, dropping repetitions.
    ///
    /// # Errors
    /// More than 20 different tags.
    pub fn new(names: impl IntoIterator<Item = TagName>) -> Result<Self, Complaint> {
        let mut tags: Vec<TagName> = Vec::new();
        for name in names {
            if !tags.iter().any(|known| known.key() == name.key()) {
                tags.push(name);
            }
        }
        if tags.len() > Self::MOST {
            return Err(Complaint::new("too_many", format!("A task has at most {} tags", Self::MOST)));
        }
        Ok(Self(tags))
    }

    /// The names in order.
    pub fn iter(&self) -> impl Iterator<Item = &TagName> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names with commas between, as a form shows them.
    pub fn joined(&self) -> String {
        self.0.iter().map(TagName::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// Names with commas between, as a form sends them.
impl FromText for Tags {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        Self::new(names.map(TagName::from_text).collect::<Result<Vec<_>, _>>()?)
    }
}

/// How long a task is thought to take: 1 minute to 7 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DurationMinutes(i32);

impl DurationMinutes {
    /// The longest duration in minutes: 7 days.
    pub const LONGEST: i32 = 7 * 24 * 60;

    /// Takes minutes.
    ///
    /// # Errors
    /// Fewer than 1 or more than seven days' worth.
    pub fn new(minutes: i64) -> Result<Self, Complaint> {
        i32::try_from(minutes)
            .ok()
            .filter(|minutes| (1..=Self::LONGEST).contains(minutes))
            .map(Self)
            .ok_or_else(|| Complaint::new("out_of_range", format!("Give between 1 and {} minutes", Self::LONGEST)))
    }

    /// The duration in minutes.
    pub const fn minutes(self) -> i32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_trimmed_and_counted_in_code_points() {
        assert_eq!(Title::from_text("  Buy milk \n").unwrap().as_str(), "Buy milk");
        assert!(Title::from_text(&"ü".repeat(200)).is_ok());
        assert_eq!(Title::from_text(&"ü".repeat(201)).unwrap_err().code, "too_long");
        assert_eq!(Title::from_text(" \t ").unwrap_err().code, "required");
        assert_eq!(Title::from_text("\u{200b} \u{2060}").unwrap_err().code, "required");
        assert!(Title::from_text("👩\u{200d}🚀").is_ok());
        assert_eq!(Title::from_text("a\0b").unwrap_err().code, "control_character");
    }

    #[test]
    fn notes_keep_their_lines() {
        assert_eq!(Option::<Notes>::from_text("one\r\ntwo").unwrap().unwrap().as_str(), "one\ntwo");
        assert_eq!(Option::<Notes>::from_text(" \r\n ").unwrap(), None);
        assert!(Option::<Notes>::from_text(&"x".repeat(10_001)).is_err());
    }

    #[test]
    fn tags_differ_by_more_than_case() {
        let tags = Tags::from_text("Home, #work,, home").unwrap();
        assert_eq!(tags.joined(), "Home, work");
        let many = (0..21).map(|number| format!("t{number}")).collect::<Vec<_>>().join(",");
        assert_eq!(Tags::from_text(&many).unwrap_err().code, "too_many");
    }

    #[test]
    fn priorities_survive_their_rank() {
        for priority in Priority::ALL {
            assert_eq!(Priority::from_rank(priority.rank()), Some(*priority));
        }
    }
}
