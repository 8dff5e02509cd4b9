//! What is wrong with a filter, and where.

use crate::json::Complaint;

/// The first thing of a filter that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct FilterError {
    /// A stable word for programs, in snake case.
    pub code: &'static str,
    /// A sentence for people.
    pub detail: String,
    /// The place of its first code point.
    pub start: usize,
    /// The place after its last code point.
    pub end: usize,
}

impl From<FilterError> for Complaint {
    fn from(error: FilterError) -> Self {
        Self::new(error.code, error.detail).at(error.start, error.end)
    }
}
