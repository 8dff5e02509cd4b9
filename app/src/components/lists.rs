//! The ways to every list: beside the page on a wide screen, folded away above it on a narrow one.

use crate::{
    components::Dot,
    places::{Places, places},
    request,
};
use axum::http::request::Parts;
use backend::places::Place;
use domain::tasks::ViewCounts;
use leptos::prelude::*;
use std::fmt::Display;

/// The ways to every list, for who is signed in.
#[component]
pub fn Lists() -> impl IntoView {
    view! {
        <Suspense>
            {Suspend::new(async move {
                let loaded = request::ask(load()).await;
                loaded.map(|(counts, places)| view! { <Panel counts places /> })
            })}
        </Suspense>
    }
}

/// Nothing for guests, which is no refusal: their page goes on without.
async fn load() -> Option<(ViewCounts, Places)> {
    let (session, backend) = (request::visitor()?.session?, request::backend());
    let places = places().await?;
    Some((backend::tasks::counts(&backend, session.owner()).await.ok()?, places))
}

#[component]
fn Panel(counts: ViewCounts, places: Places) -> impl IntoView {
    let path = use_context::<Parts>().map(|parts| parts.uri.to_string()).unwrap_or_default();
    // A number that counting did not come to the end of says nothing.
    let say = |count: i64| if count < counts.most { count } else { 0 };
    let link = |address: &str, label: &str, count: i64| entry(&path, address, label, say(count));
    let projects = places.projects.iter().map(|branch| place(&path, "/projects", &branch.item, branch.depth));
    let filters = places.filters.iter().map(|filter| place(&path, "/filters", filter, 0));
    let tags = places.tags.iter().map(|tag| place(&path, "/tags", tag, 0));

    view! {
        <details class="lists">
            <summary>"Lists"</summary>
            <nav aria-label="Lists">
                <ul>
                    {link("/inbox", "Inbox", counts.inbox)} {link("/today", "Today", counts.today)}
                    {link("/upcoming", "Upcoming", counts.upcoming)} {link("/logbook", "Logbook", 0)}
                    {link("/bin", "Bin", 0)}
                </ul>
                {part("/projects", "Projects", projects.collect_view())}
                {part("/filters", "Filters", filters.collect_view())} {part("/tags", "Tags", tags.collect_view())}
                {places
                    .has_more_tags
                    .then(|| {
                        view! {
                            <p class="lists-more">
                                <a href="/tags">"All tags"</a>
                            </p>
                        }
                    })}
            </nav>
        </details>
    }
    .into_any()
}

/// What somebody made: its name leads to where all of it is, and more can be made.
fn part<T: IntoView>(address: &'static str, title: &'static str, entries: Vec<T>) -> impl IntoView + use<T> {
    view! {
        <h2>
            <a href=address>{title}</a>
        </h2>
        {(!entries.is_empty()).then(|| view! { <ul>{entries}</ul> })}
    }
}

/// A way to something that somebody made.
fn place<Id: Display>(path: &str, folder: &str, place: &Place<Id>, depth: usize) -> impl IntoView + use<Id> {
    let address = format!("{folder}/{}", place.id);

    view! {
        <li data-depth=depth.to_string()>
            <a class="lists-link" aria-current=is_at(path, &address).then_some("page") href=address>
                <Dot colour=place.colour.clone() />
                <span class="lists-name">{place.name.clone()}</span>
            </a>
        </li>
    }
}

/// A way to a list, with how much there is to do in it.
fn entry(path: &str, address: &str, label: &str, count: i64) -> impl IntoView + use<> {
    view! {
        <li>
            <a class="lists-link" href=address.to_owned() aria-current=is_at(path, address).then_some("page")>
                <span class="lists-name">{label.to_owned()}</span>
                {(count > 0).then(|| view! { <span class="lists-count">{count.to_string()}</span> })}
            </a>
        </li>
    }
}

fn is_at(path: &str, address: &str) -> bool {
    path == address || path.strip_prefix(address).is_some_and(|rest| rest.starts_with('?'))
}
