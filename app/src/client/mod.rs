//! What only a browser does: it talks to the REST interface, and it has a document, a keyboard focus and an address.

pub mod actions;
pub mod json;
pub mod page;
pub mod rest;
pub mod session;
