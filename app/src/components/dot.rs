//! The colour of a project, a tag or a filter.

use domain::Colour;
use leptos::prelude::*;

/// A dot of a colour. Colours that have a name are the theme's; any other is drawn as it is.
#[component]
pub fn Dot(colour: Option<String>) -> impl IntoView {
    let named = colour.as_deref().filter(|colour| Colour::NAMES.contains(colour));
    let class = named.map_or_else(|| "dot".to_owned(), |name| format!("dot colour-{name}"));
    let shade = colour.filter(|colour| colour.starts_with('#'));

    view! {
        <svg class=class viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            <circle cx="5" cy="5" r="4.5" fill=shade></circle>
        </svg>
    }
}

/// The colours to choose from: every name, and the shade that is there already.
pub fn colour_choices(now: Option<&Colour>) -> Vec<(String, String)> {
    let named = Colour::NAMES.map(|name| (name.to_owned(), first_upper(name)));
    let own = now.map(Colour::as_str).filter(|colour| colour.starts_with('#'));
    let own = own.map(|shade| (shade.to_owned(), format!("As it is ({shade})")));
    std::iter::once((String::new(), "None".to_owned())).chain(named).chain(own).collect()
}

fn first_upper(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
