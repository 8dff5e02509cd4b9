//! What is said about a form as a whole when it could not be taken.

use crate::components::tasks::{
    Card, Refusal,
    field::{DATES, DUE_DATE, DUE_TIME, NOTES, PRIORITY, REPEAT, TAGS, TITLE},
};
use leptos::prelude::*;

/// The sentences, and what can be done: send it once more, or look at the newest version.
pub fn form_alert(refusal: Option<&Refusal>) -> impl IntoView + use<> {
    refusal.filter(|refusal| !refusal.sentences.is_empty()).map(|refusal| {
        let sentences = refusal.sentences.clone().into_iter().map(|sentence| view! { <p>{sentence}</p> });
        let newest = refusal.newest.as_ref().map(|newest| newest_version(newest, refusal));
        let again = refusal.may_pass.then(|| {
            view! {
                <button class="button" type="submit">
                    "Try again"
                </button>
            }
        });
        view! {
            <div class="alert" role="alert">
                {sentences.collect_view()} {newest} {again}
            </div>
        }
    })
}

/// The values of the newest version that differ from what was typed.
fn newest_version(newest: &Card, refusal: &Refusal) -> impl IntoView + use<> {
    let shapes = [TITLE, NOTES, DUE_DATE, DUE_TIME, PRIORITY, TAGS, REPEAT].into_iter().chain(DATES);
    let differences = shapes.filter_map(|(name, label, _)| {
        let text = newest.text(name);
        let differs = refusal.draft(name).is_some_and(|draft| draft.trim() != text);
        differs.then(|| (label, if text.is_empty() { "Empty".to_owned() } else { text }))
    });
    let rows = differences.map(|(label, text)| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{text}</dd>
            </div>
        }
    });

    view! {
        <dl class="newest">{rows.collect_view()}</dl>
        <p>
            "Save again to keep what you typed, or " <a href=newest.address()>"take the newest version"</a> "."
        </p>
    }
}
