//! Buttons.

use leptos::prelude::*;

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The one thing to do here.
    #[default]
    Primary,
    /// Something else that can be done.
    Plain,
    /// Something that should not draw the eye.
    Quiet,
    /// Something that takes away.
    Danger,
}

impl ButtonKind {
    /// The classes of a button, or of a link that looks like one.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Plain => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// Sends the form it stands in.
#[component]
pub fn Button(#[prop(optional)] kind: ButtonKind, children: Children) -> impl IntoView {
    view! {
        <button class=kind.class() type="submit">
            {children()}
        </button>
    }
}
