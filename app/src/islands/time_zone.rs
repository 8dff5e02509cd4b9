//! Tells the server which time zone its visitor lives in.

use leptos::prelude::*;

/// A hidden field with the browser's time zone; empty where there is no script.
#[island]
pub fn TimeZoneField() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let zone = browser_zone();
    #[cfg(not(feature = "hydrate"))]
    let zone = "";

    view! { <input type="hidden" name="time_zone" prop:value=zone /> }
}

#[cfg(feature = "hydrate")]
fn browser_zone() -> String {
    use js_sys::{Array, Intl::DateTimeFormat, Object, Reflect};

    let options = DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}
