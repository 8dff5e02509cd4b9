//! What a page says when it has nothing to show.

use crate::components::{Glyph, Icon};
use leptos::prelude::*;

/// A quiet mark with a sentence; what can be done about it stands inside.
#[component]
pub fn EmptyState(glyph: Glyph, children: Children) -> impl IntoView {
    view! {
        <div class="empty-state">
            <Icon glyph />
            {children()}
        </div>
    }
}
