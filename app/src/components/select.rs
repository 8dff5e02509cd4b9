//! A choice among several.

use crate::components::Content;
use leptos::prelude::*;

/// A list of choices, each a value and what people read.
#[component]
pub fn Select(
    name: &'static str,
    label: &'static str,
    content: Content,
    choices: Vec<(String, String)>,
) -> impl IntoView {
    let error_id = format!("{name}-error");
    let (chosen, is_invalid) = (content.text().to_owned(), content.complaint().is_some());

    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select
                id=name
                name=name
                aria-invalid=is_invalid.then_some("true")
                aria-describedby=error_id.clone()
            >
                {choices
                    .into_iter()
                    .map(|(value, label)| {
                        let is_chosen = value == chosen;
                        view! {
                            <option value=value selected=is_chosen>
                                {label}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <p class="field-error" id=error_id>
                {content.complaint().map(str::to_owned)}
            </p>
        </div>
    }
    .into_any()
}
