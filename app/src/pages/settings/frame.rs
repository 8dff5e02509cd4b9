//! What stands around every page of the settings: the heading, the way to the others, and the parts they are made of.

use leptos::prelude::*;

const PAGES: [(&str, &str); 4] = [
    ("/settings", "General"),
    ("/settings/devices", "Devices"),
    ("/settings/activity", "Activity"),
    ("/settings/data", "Your data"),
];

/// A page of the settings.
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
            <h1>"Settings"</h1>
            <nav class="tabs" aria-label="Settings">
                {links.into_iter().collect_view()}
            </nav>
            {children()}
        </div>
    }
}

/// A part of a page: its name, a word about it, and what belongs to it.
#[component]
pub(super) fn Section(id: &'static str, title: &'static str, about: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby=id>
            <div class="section-intro">
                <h2 id=id>{title}</h2>
                <p>{about}</p>
            </div>
            <div class="section-body">{children()}</div>
        </section>
    }
}
