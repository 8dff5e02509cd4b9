//! What can be done to saved filters, and how a request says it.

use super::{FilterName, FilterQuery};
use crate::{Colour, Error, ids::FilterId, json::Reader};
use serde_json::Value;

/// A change to one saved filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterChange {
    /// Make one.
    Create(Box<NewFilter>),
    /// Change some of its fields.
    Update(FilterId, Box<FilterPatch>),
    /// Delete it. No task is touched.
    Delete(FilterId),
}

/// The fields to change. `None` stays as it is; `Some(None)` is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterPatch {
    /// The new name.
    pub name: Option<FilterName>,
    /// What it finds from now on.
    pub query: Option<FilterQuery>,
    /// The new colour.
    pub colour: Option<Option<Colour>>,
}

/// A filter to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFilter {
    /// The id that the client chose, if it did.
    pub id: Option<FilterId>,
    /// What it is called.
    pub name: FilterName,
    /// Which tasks it finds.
    pub query: FilterQuery,
    /// Its colour.
    pub colour: Option<Colour>,
}

const NAMELESS: &str = "Give the filter a name";
const EMPTY: &str = "Say which tasks the filter shall find";
const SERVER_OWNED: [&str; 6] = ["id", "user_id", "position", "revision", "created_at", "updated_at"];

impl FilterPatch {
    /// Reads a JSON object.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        reader.ignore(&SERVER_OWNED);
        let patch = Self {
            name: reader.not_null("name", NAMELESS),
            query: reader.not_null("query", EMPTY),
            colour: reader.text("colour"),
        };
        reader.finish()?;
        Ok(patch)
    }
}

impl NewFilter {
    /// Reads a JSON object; `name` and `query` must be there.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let id = reader.text("id").flatten();
        reader.ignore(&SERVER_OWNED);
        let (name, query) = (reader.required("name", NAMELESS), reader.required("query", EMPTY));
        let colour = reader.text("colour").flatten();
        reader.finish()?;
        name.zip(query).map(|(name, query)| Self { id, name, query, colour }).ok_or(Error::Internal)
    }
}
