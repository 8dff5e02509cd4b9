//! The pages, one to a file. They render on the server only.

mod dashboard;
mod errors;
mod landing;
mod settings;
mod sign_in;
mod sign_out;
mod sign_up;
mod task;
mod tasks;

pub use dashboard::DashboardPage;
pub use errors::{ErrorPage, NotFoundPage};
pub use landing::LandingPage;
pub use settings::SettingsPage;
pub use sign_in::SignInPage;
pub use sign_out::SignOutPage;
pub use sign_up::SignUpPage;
pub use task::TaskPage;
pub use tasks::TasksPage;

use axum::http::request::Parts;
use leptos::prelude::use_context;

/// The address of the page that is being rendered, path and query: where its forms are sent to.
pub fn here() -> String {
    let parts = use_context::<Parts>();
    parts
        .map_or_else(|| "/".to_owned(), |parts| parts.uri.path_and_query().map_or("/", |here| here.as_str()).to_owned())
}

/// A parameter of the page's query, decoded.
pub fn parameter(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let axum::extract::Query(pairs) = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).ok()?;
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}
