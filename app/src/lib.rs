//! What people see of Tickbox: pages, islands, components, and the server functions that serve them.
//!
//! Pages render on the server with their data; only what must react in the browser is an island. `backend` is seen
//! behind the `ssr` feature alone, and what only a browser does lives in `client`, behind `hydrate`.

// The type of a whole page is a type within a type within a type.
#![recursion_limit = "512"]

pub mod actions;
#[cfg(feature = "hydrate")]
mod client;
pub mod components;
#[cfg(feature = "ssr")]
pub mod cookies;
mod error;
pub mod forms;
pub mod islands;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod places;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
mod shell;

#[cfg(feature = "hydrate")]
pub use client::session::watch as watch_session;
pub use error::AppError;
#[cfg(feature = "ssr")]
pub use shell::{paths, render};
