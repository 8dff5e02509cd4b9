//! The server of Tickbox: settings, the request's way, pages, REST and the commands of the binary.
//!
//! Every address is registered in [`routes`], with the rule of who may use it. What is refused on the way is a
//! [`problem::Refusal`], and one layer turns it into an answer. The rules themselves live in `domain`, the rows in
//! `backend`, what people see in `app`.

mod actions;
mod assets;
pub mod command;
mod docs;
mod draft;
mod fault;
mod forms;
mod health;
mod links;
mod metrics;
mod middleware;
mod openapi;
mod origin;
mod pages;
mod problem;
mod rest;
mod routes;
mod server;
mod settings;
mod site;

pub use routes::{Accepts, Access, Recorded};
pub use server::{Server, StartError};
pub use settings::{Network, Settings, SettingsError};
