//! The few pictures of the interface, drawn on a grid of 20 and coloured by the text around them.

use leptos::prelude::*;

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "ssr"),
    allow(dead_code, reason = "most pictures stand in pages, which only the server renders")
)]
pub enum Glyph {
    /// Bars of a chart.
    Dashboard,
    /// A list with a tick.
    Tasks,
    /// A sun.
    Today,
    /// A lens.
    Search,
    /// Two sliders.
    Settings,
    /// An eye.
    Eye,
    /// Two sheets.
    Copy,
    /// A sheet with a question.
    Lost,
    /// A triangle with a stroke.
    Trouble,
}

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::Dashboard => "M4 16v-5M10 16V4M16 16V8",
            Self::Tasks => "m3 6 1.5 1.5L7 5M3 14l1.5 1.5L7 13M10.5 6.5H17M10.5 14.5H17",
            Self::Today => {
                "M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M16 4l-1.4 1.4M5.4 14.6 4 16"
            }
            Self::Search => "M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM12.6 12.6 17 17",
            Self::Settings => {
                "M3 6.5h7m4 0h3M3 13.5h3m4 0h7M12 4.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4ZM8 11.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z"
            }
            Self::Eye => {
                "M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S2 10 2 10Zm8-2.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z"
            }
            Self::Copy => "M7 7h9.5v9.5H7ZM4 13H3.5V3.5H13V4",
            Self::Lost => "M5 2.5h7l3.5 3.5v11.5H5ZM8.2 9a1.9 1.9 0 1 1 2.6 1.8c-.5.2-.7.6-.7 1.2M10.1 14.4v.1",
            Self::Trouble => "M10 3 18 16.5H2ZM10 8v4M10 14.2v.1",
        }
    }
}

/// A picture that says nothing to a screen reader: words stand beside it.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d=glyph.path() fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}
