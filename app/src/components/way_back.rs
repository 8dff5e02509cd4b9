//! The way back and forth, on every page about tasks: each button names what it will undo or redo, and does exactly
//! that, whatever another device has done in the meantime.

use crate::{
    components::Alert,
    forms::{failure, outcome},
    request,
};
use axum::http::request::Parts;
use backend::ledger::{self, Way};
use leptos::prelude::*;

/// Pages that are about nothing that can be taken back.
const ELSEWHERE: [&str; 5] = ["/settings", "/admin", "/sign", "/verify", "/reset"];

/// Undo and redo, for who is signed in.
#[component]
pub fn WayBack() -> impl IntoView {
    view! {
        <Suspense>
            {Suspend::new(async move {
                let loaded = load().await;
                loaded.map(|(way, address)| view! { <Bar way address /> })
            })}
        </Suspense>
    }
}

/// Nothing for guests, which is no refusal: their page goes on without.
async fn load() -> Option<(Way, String)> {
    let uri = use_context::<Parts>()?.uri;
    let session = request::visitor()?.session?;
    if uri.path() == "/" || ELSEWHERE.iter().any(|page| uri.path().starts_with(page)) {
        return None;
    }
    let address = uri.path_and_query().map_or("/", |here| here.as_str()).to_owned();
    let way = ledger::way(&request::backend(), session.owner()).await.ok()?;
    Some((way, address))
}

#[component]
fn Bar(way: Way, address: String) -> impl IntoView {
    let (change, undo) = way.undo.map(|(change, label)| (change.to_string(), label)).unzip();
    let (_, redo) = way.redo.unzip();
    let failure = failure("undo_change").or_else(|| failure("redo_change"));
    let left = outcome::<Vec<String>>("undo_change").or_else(|| outcome("redo_change")).unwrap_or_default();
    let (has_undo, has_redo) = (undo.is_some(), redo.is_some());
    let words: Vec<String> = failure.and_then(|failure| failure.summary()).into_iter().chain(left).collect();

    view! {
        <div class="undo" role="group" aria-label="Undo and redo">
            <form method="post" action=address.clone() hidden=!has_undo>
                <input type="hidden" name="do" value="undo_change" />
                <input type="hidden" name="change" value=change />
                <button class="button button-quiet" type="submit" data-key="z" aria-keyshortcuts="z Control+Z">
                    {undo.map(|label| format!("Undo: {label}"))}
                </button>
            </form>
            <form method="post" action=address hidden=!has_redo>
                <input type="hidden" name="do" value="redo_change" />
                <button class="button button-quiet" type="submit" data-key="Z" aria-keyshortcuts="Shift+Z Control+Shift+Z">
                    {redo.map(|label| format!("Redo: {label}"))}
                </button>
            </form>
        </div>
        {(!words.is_empty()).then(|| view! { <Alert>{words.join(" ")}</Alert> })}
    }
}
