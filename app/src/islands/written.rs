//! What an island holds and never changes: the server writes it, and the browser leaves it as it stands. Of such a part it
//! knows no more than its place, so that none of the code that would write it has to be sent.

use leptos::prelude::*;

/// The inside of an element that the server alone writes, for its `inner_html`.
#[cfg(feature = "ssr")]
pub fn written<V: IntoView>(view: impl FnOnce() -> V) -> String {
    view().to_html()
}

/// The inside of an element that the server alone writes, which is there already.
#[cfg(not(feature = "ssr"))]
pub fn written<V: IntoView>(_: impl FnOnce() -> V) -> String {
    String::new()
}
