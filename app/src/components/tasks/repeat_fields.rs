//! The fields that say how a task repeats, and the dates that come of it.

use crate::components::tasks::{
    Card, Refusal,
    field::{REPEAT, RRULE_ANCHOR, form_field},
};
use leptos::prelude::*;

/// What most people choose. The field takes any other phrase, or a rule of RFC 5545.
const USUAL: [&str; 5] = ["every day", "every weekday", "every week", "every month", "every year"];

/// The two fields. `dates` is what the server knows of their dates; whoever types asks it again.
pub fn repeat_fields(card: &Card, scope: &str, dates: String, refusal: Option<&Refusal>) -> impl IntoView + use<> {
    let usual = USUAL.map(|phrase| view! { <option value=phrase></option> });

    view! {
        {form_field(REPEAT, scope, card.text("repeat"), refusal)}
        {form_field(RRULE_ANCHOR, scope, card.text("rrule_anchor"), refusal)}
        <datalist id=format!("repeat{scope}-usual")>{usual.into_iter().collect_view()}</datalist>
        <p class="repeat-dates" aria-live="polite">
            {dates}
        </p>
    }
}
