//! The document around every page, and the routes.

mod document;

pub use document::{App, shell};
