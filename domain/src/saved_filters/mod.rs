//! Filters that somebody gave a name to keep them. What a filter says is [`crate::filter`]'s business.

mod builder;
mod change;
mod fields;
mod saved_filter;

pub use builder::Builder;
pub use change::{FilterChange, FilterPatch, NewFilter};
pub use fields::{FilterName, FilterQuery};
pub use saved_filter::SavedFilter;

/// The most saved filters of one account: all of them stand beside every page.
pub const MOST_FILTERS: usize = 200;
