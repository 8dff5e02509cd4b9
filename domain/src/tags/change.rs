//! What can be done to tags themselves, and how a request says it.

use crate::{Colour, Error, ids::TagId, json::Reader, tasks::TagName};
use serde_json::Value;

/// A change to one tag, which every task that has it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagChange {
    /// Make one that no task has yet.
    Create(NewTag),
    /// Change its name or its colour.
    Update(TagId, TagPatch),
    /// Take it off its tasks and delete it.
    Delete(TagId),
    /// Give its tasks the other tag instead, and delete it.
    Merge(TagId, TagId),
}

/// The fields to change. `None` stays as it is; `Some(None)` is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagPatch {
    /// The new name.
    pub name: Option<TagName>,
    /// The new colour.
    pub colour: Option<Option<Colour>>,
}

/// A tag to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTag {
    /// The id that the client chose, if it did.
    pub id: Option<TagId>,
    /// What it is called.
    pub name: TagName,
    /// Its colour.
    pub colour: Option<Colour>,
}

const NAMELESS: &str = "Give the tag a name";
const SERVER_OWNED: [&str; 3] = ["id", "user_id", "created_at"];

impl TagPatch {
    /// Reads a JSON object.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        reader.ignore(&SERVER_OWNED);
        let patch = Self { name: reader.not_null("name", NAMELESS), colour: reader.text("colour") };
        reader.finish()?;
        Ok(patch)
    }
}

impl NewTag {
    /// Reads a JSON object; `name` must be there.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let id = reader.text("id").flatten();
        reader.ignore(&SERVER_OWNED);
        let (name, colour) = (reader.required("name", NAMELESS), reader.text("colour").flatten());
        reader.finish()?;
        name.map(|name| Self { id, name, colour }).ok_or(Error::Internal)
    }
}

/// Reads `{"into": "…"}`: the tag that another is merged into.
///
/// # Errors
/// It is missing, no id, or not alone.
pub fn merged_into(value: Value) -> Result<TagId, Error> {
    let mut reader = Reader::new(value)?;
    let into = reader.required("into", "Say which tag to merge into");
    reader.finish()?;
    into.ok_or(Error::Internal)
}
