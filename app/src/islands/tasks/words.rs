//! What an island says: what went well, and what could not be done.

use super::desk::{Deleted, State};
use crate::components::tasks::Refusal;
use leptos::{either::Either, prelude::*};

/// What went well, with the way back where there is one; all else for those who do not see it happen on the page.
pub fn words(state: &State) -> impl IntoView + use<> {
    let toast = toast(state);
    let news = state.news.clone().filter(|_| toast.is_none());
    let class = if toast.is_some() || news.is_some() { "toast" } else { "visually-hidden" };
    // What stands in the toast is said by it.
    let said = state.change.is_none().then(|| state.said.clone());

    view! {
        <div class=class role="status">
            {toast}
            {news
                .map(|news| {
                    view! {
                        <span>{news}</span>
                        {dismiss(state.address.clone())}
                    }
                })}
        </div>
        <p class="visually-hidden" aria-live="polite">
            {said}
        </p>
    }
}

/// The last change, by which it can be taken back: a deleted task is restored, all else undone.
fn toast(state: &State) -> Option<impl IntoView + use<>> {
    let address = state.address.clone();
    if let Some(Deleted { id, title }) = state.deleted.clone() {
        let sentence = title.map_or_else(|| "Task deleted.".to_owned(), |title| format!("Deleted “{title}”"));
        return Some(undo(sentence, ("restore_task", "id", id), address));
    }
    let change = state.change.clone()?;
    Some(undo(state.said.clone(), ("undo_change", "change", change), address))
}

/// What went well, shown to everybody.
pub fn said_aloud(state: &State) -> impl IntoView + use<> {
    let class = if state.said.is_empty() { "visually-hidden" } else { "toast" };
    let toast = match toast(state) {
        Some(toast) => Either::Left(toast),
        None => Either::Right(state.said.clone()),
    };

    view! {
        <div class=class role="status">
            {toast}
        </div>
    }
}

fn undo(
    sentence: String,
    (action, field, value): (&'static str, &'static str, String),
    address: String,
) -> impl IntoView + use<> {
    view! {
        <span>{sentence}</span>
        <form method="post" action=address.clone()>
            <input type="hidden" name="do" value=action />
            <input type="hidden" name=field value=value />
            <button class="button button-quiet" type="submit">
                "Undo"
            </button>
        </form>
        {dismiss(address)}
    }
}

fn dismiss(address: String) -> impl IntoView {
    view! {
        <a class="button button-quiet" href=address data-act="dismiss">
            "Dismiss"
        </a>
    }
}

/// What could not be done to a row, with the same form once more.
pub fn row_alert(state: &State) -> impl IntoView + use<> {
    let refusal = state.refusal.clone().filter(Refusal::is_about_a_row);

    refusal.map(|refusal| {
        let Refusal { action, fields, sentences, may_pass, .. } = refusal;
        let again = may_pass.then(|| again(action, fields, state.address.clone()));
        view! {
            <div class="alert" role="alert">
                <p>{sentences.concat()}</p>
                {again}
            </div>
        }
    })
}

fn again(action: String, fields: Vec<(String, String)>, address: String) -> impl IntoView {
    let fields = fields.into_iter().filter(|(name, _)| name != "do");
    let fields = fields.map(|(name, value)| view! { <input type="hidden" name=name value=value /> });

    view! {
        <form method="post" action=address>
            <input type="hidden" name="do" value=action />
            {fields.collect_view()}
            <button class="button" type="submit">
                "Try again"
            </button>
        </form>
    }
}
