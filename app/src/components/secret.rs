//! A text that is shown this once.

use crate::islands::copy::CopyButton;
use leptos::prelude::*;

/// Shows a token or a link that nobody will see again, ready to be copied.
#[component]
pub fn Secret(label: String, text: String, about: &'static str) -> impl IntoView {
    view! {
        <div class="card stack" role="status">
            <div class="field">
                <label for="secret">{label}</label>
                <div class="field-control">
                    <input id="secret" class="secret" type="text" readonly value=text autocomplete="off" spellcheck="false" aria-describedby="secret-hint" />
                    <CopyButton />
                </div>
                <p class="field-hint" id="secret-hint">
                    {about}
                </p>
            </div>
        </div>
    }
    .into_any()
}
