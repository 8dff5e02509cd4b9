//! A saved filter as its owner sees it.

use super::{FilterName, FilterQuery};
use crate::{
    Colour, Timestamp,
    ids::{FilterId, UserId},
    tasks::OrderKey,
};
use serde::{Deserialize, Serialize};

/// A saved filter, with every field that the API shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFilter {
    /// The filter's id.
    pub id: FilterId,
    /// Whose it is.
    pub user_id: UserId,
    /// What it is called.
    pub name: FilterName,
    /// Which tasks it finds.
    pub query: FilterQuery,
    /// Its colour, if it has one.
    pub colour: Option<Colour>,
    /// Its place among the others.
    pub position: OrderKey,
    /// Grows by one with each change; the ETag.
    pub revision: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}
