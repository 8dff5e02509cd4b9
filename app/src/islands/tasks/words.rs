//! What an island says: what went well, and what could not be done.

use super::desk::{Deleted, State};
use crate::components::tasks::Refusal;
use leptos::prelude::*;

/// What went well: the task that was deleted last, with the way back, what a task that repeats went on to, and all else
/// for those who do not see it happen on the page.
pub fn words(state: &State) -> impl IntoView + use<> {
    let deleted = state.deleted.clone();
    let news = state.news.clone().filter(|_| deleted.is_none());
    let class = if deleted.is_some() || news.is_some() { "toast" } else { "visually-hidden" };

    view! {
        <div class=class role="status">
            {deleted.map(|deleted| undo(deleted, state.address.clone()))}
            {news
                .map(|news| {
                    view! {
                        <span>{news}</span>
                        {dismiss(state.address.clone())}
                    }
                })}
        </div>
        <p class="visually-hidden" aria-live="polite">
            {state.said.clone()}
        </p>
    }
}

/// What went well, shown to everybody.
pub fn said_aloud(state: &State) -> impl IntoView + use<> {
    let class = if state.said.is_empty() { "visually-hidden" } else { "toast" };

    view! {
        <div class=class role="status">
            {state.said.clone()}
        </div>
    }
}

fn undo(Deleted { id, title }: Deleted, address: String) -> impl IntoView {
    let sentence = title.map_or_else(|| "Task deleted.".to_owned(), |title| format!("Deleted “{title}”"));

    view! {
        <span>{sentence}</span>
        <form method="post" action=address.clone()>
            <input type="hidden" name="do" value="restore_task" />
            <input type="hidden" name="id" value=id />
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
