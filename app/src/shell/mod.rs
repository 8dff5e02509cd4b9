//! The document around every page, and the routes. They exist on the server only.

#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
pub use document::{App, shell};

/// Stands for the document where only islands are built.
#[cfg(not(feature = "ssr"))]
pub fn shell() {}

/// Stands for the routes where only islands are built.
#[cfg(not(feature = "ssr"))]
#[allow(non_snake_case)]
pub fn App() {}
