//! A tag as its owner sees it.

use crate::{Colour, Timestamp, ids::TagId, tasks::TagName};
use serde::{Deserialize, Serialize};

/// A name that tasks can be found by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The tag's id.
    pub id: TagId,
    /// Its name, as it was first spelled.
    pub name: TagName,
    /// Its colour, if it has one.
    pub colour: Option<Colour>,
    /// When it was first given.
    pub created_at: Timestamp,
}
