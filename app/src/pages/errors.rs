//! The pages for what is not there and for what went wrong.

use crate::{
    components::{ButtonKind, EmptyState, Glyph},
    request::set_status,
};
use axum::http::request::Parts;
use domain::Error;
use leptos::prelude::*;
use leptos_meta::Title;

/// There is no such page, or it is somebody else's: deliberately one answer.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <ErrorPage error=Error::NotFound /> }
}

/// Tells why there is no page. What nobody but the operator can act on is named by the request's id alone.
#[component]
pub fn ErrorPage(error: Error) -> impl IntoView {
    set_status(error.status());
    let (title, glyph) = match error {
        Error::NotFound => ("Page not found", Glyph::Lost),
        Error::Busy | Error::Unavailable => ("Not available right now", Glyph::Trouble),
        _ => ("Something went wrong", Glyph::Trouble),
    };
    let request_id = (error.status() >= 500).then(request_id).flatten();

    view! {
        <Title text=title />
        <div class="fault">
            <EmptyState glyph>
                <h1>{title}</h1>
                <p>{error.to_string()}</p>
                {request_id
                    .map(|id| {
                        view! {
                            <p class="request-id">
                                "If it happens again, tell whoever runs this server: " <code>{id}</code>
                            </p>
                        }
                    })}
                <a class=ButtonKind::Plain.class() href="/">
                    "Go to the start page"
                </a>
            </EmptyState>
        </div>
    }
}

fn request_id() -> Option<String> {
    let parts = use_context::<Parts>()?;
    parts.headers.get("x-request-id")?.to_str().ok().map(str::to_owned)
}
