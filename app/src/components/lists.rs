//! The ways to every list: beside the page on a wide screen, folded away above it on a narrow one.

use crate::request;
use axum::http::request::Parts;
use domain::tasks::ViewCounts;
use leptos::prelude::*;

/// The ways to every list, for who is signed in.
#[component]
pub fn Lists() -> impl IntoView {
    view! {
        <Suspense>
            {Suspend::new(async move {
                let counts = load().await;
                counts.map(|counts| view! { <Panel counts /> })
            })}
        </Suspense>
    }
}

/// Nothing for guests, which is no refusal: their page goes on without.
async fn load() -> Option<ViewCounts> {
    let session = request::visitor()?.session?;
    backend::tasks::counts(&request::backend(), session.owner()).await.ok()
}

#[component]
fn Panel(counts: ViewCounts) -> impl IntoView {
    let path = use_context::<Parts>().map(|parts| parts.uri.to_string()).unwrap_or_default();
    // A number that counting did not come to the end of says nothing.
    let say = |count: i64| if count < counts.most { count } else { 0 };
    let link = |address: &str, label: &str, count: i64| entry(&path, address, label, say(count));

    view! {
        <details class="lists">
            <summary>"Lists"</summary>
            <nav aria-label="Lists">
                <ul>
                    {link("/inbox", "Inbox", counts.inbox)} {link("/today", "Today", counts.today)}
                    {link("/upcoming", "Upcoming", counts.upcoming)} {link("/logbook", "Logbook", 0)}
                    {link("/bin", "Bin", 0)}
                </ul>
            </nav>
        </details>
    }
}

/// A way to a list, with how much there is to do in it.
fn entry(path: &str, address: &str, label: &str, count: i64) -> impl IntoView + use<> {
    let is_here = path == address || path.strip_prefix(address).is_some_and(|rest| rest.starts_with('?'));
    view! {
        <li>
            <a class="lists-link" href=address.to_owned() aria-current=is_here.then_some("page")>
                <span class="lists-name">{label.to_owned()}</span>
                {(count > 0).then(|| view! { <span class="lists-count">{count.to_string()}</span> })}
            </a>
        </li>
    }
}
