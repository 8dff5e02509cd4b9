//! How an island learns what it starts with: the server writes it as JSON beside the island, and the browser reads it
//! with its own parser. An island with properties would bring serde's, a tenth of the whole module, with it.

#[cfg(feature = "hydrate")]
use crate::client::{
    json::{FromJson, Json},
    page,
};
#[cfg(any(feature = "ssr", not(feature = "hydrate")))]
use leptos::prelude::*;

/// Tells the island inside. A page has one island that is told something.
#[cfg(feature = "ssr")]
#[component]
pub fn Tell<T, C>(what: T, children: TypedChildren<C>) -> impl IntoView
where
    T: serde::Serialize + Clone + Send + Sync + 'static,
    C: IntoView + 'static,
{
    let json = serde_json::to_string(&what).unwrap_or_default();
    provide_context(what);
    let island = children.into_inner()();

    view! {
        <template id="told" data-json=json></template>
        {island}
    }
}

/// What the island that is being made was told.
#[cfg(feature = "hydrate")]
pub fn told<T: FromJson>() -> Option<T> {
    let json = page::find("#told")?.get_attribute("data-json")?;
    T::from_json(&Json::parse(&json)?)
}

/// What the island that is being made was told.
#[cfg(not(feature = "hydrate"))]
pub fn told<T: Clone + 'static>() -> Option<T> {
    use_context()
}
