//! The document around every page, the routes, and how the server comes by a page. What the server calls has no type
//! parameters: the type of all pages together is compiled here, once, and not again wherever it is used.

mod document;

use axum::{body::Body, extract::Request, response::Response};
use document::{App, shell};
use leptos::config::LeptosOptions;
use std::{pin::Pin, sync::Arc};

/// The paths of all pages as axum writes them, such as `/tasks/{id}`.
pub fn paths() -> Vec<String> {
    leptos_axum::generate_route_list(App).iter().map(|page| page.path().to_owned()).collect()
}

/// Renders the page of a request's path. `context` provides what pages ask for: the backend, the style of cookies.
pub fn render(
    options: LeptosOptions,
    context: Arc<dyn Fn() + Send + Sync>,
    request: Request,
) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>> {
    leptos_axum::render_app_async_with_context(move || context(), move || shell(options.clone()))(request)
}
