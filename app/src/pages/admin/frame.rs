//! What stands around every page of whoever runs the server.

use leptos::prelude::*;

const PAGES: [(&str, &str); 2] = [("/admin", "Server"), ("/admin/users", "People")];

/// A page of whoever runs the server.
#[component]
pub(super) fn Frame(here: &'static str, children: Children) -> impl IntoView {
    let links = PAGES.map(|(path, label)| {
        view! {
            <a class="tab" href=path aria-current=(path == here).then_some("page")>
                {label}
            </a>
        }
    });

    view! {
        <div class="page settings-page">
            <h1>"Administration"</h1>
            <nav class="tabs" aria-label="Administration">
                {links.into_iter().collect_view()}
            </nav>
            {children()}
        </div>
    }
}
