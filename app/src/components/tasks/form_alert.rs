//! What is said about a form as a whole when it could not be taken.

use crate::components::tasks::{
    Refusal,
    field::{DUE_DATE, DUE_TIME, NOTES, PRIORITY, TAGS, TITLE, text_of},
    task_address,
};
use domain::tasks::Task;
use leptos::prelude::*;

/// The sentence, and what can be done: send it once more, or look at the newest version.
#[component]
pub fn FormAlert(refusal: Refusal) -> impl IntoView {
    move || {
        refusal.summary().map(|summary| {
            view! {
                <div class="alert" role="alert">
                    <p>{summary}</p>
                    {refusal.newest().map(|newest| view! { <Newest newest refusal /> })}
                    {refusal
                        .may_pass()
                        .then(|| {
                            view! {
                                <button class="button" type="submit">
                                    "Try again"
                                </button>
                            }
                        })}
                </div>
            }
        })
    }
}

/// The values of the newest version that differ from what was typed.
#[component]
fn Newest(newest: Task, refusal: Refusal) -> impl IntoView {
    let differences = [TITLE, NOTES, DUE_DATE, DUE_TIME, PRIORITY, TAGS].into_iter().filter_map(|(name, label, _)| {
        let text = text_of(&newest, name);
        let differs = untrack(|| refusal.draft(name)).is_some_and(|draft| draft.trim() != text);
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
            "Save again to keep what you typed, or " <a href=task_address(newest.id)>"take the newest version"</a> "."
        </p>
    }
}
