//! The parts of pages that react in the browser. Everything else is HTML and stays on the server.

pub mod copy;
pub mod form;
pub mod passkey;
pub mod password;
pub mod search;
pub mod strength;
pub mod tasks;
pub mod theme;
pub mod time_zone;
mod told;
mod written;
