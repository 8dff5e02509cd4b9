//! The pieces that pages are made of.

#[cfg(feature = "ssr")]
mod alert;
#[cfg(feature = "ssr")]
mod button;
#[cfg(feature = "ssr")]
mod checkbox;
#[cfg(feature = "ssr")]
mod dialog;
#[cfg(feature = "ssr")]
mod dot;
#[cfg(feature = "ssr")]
mod empty_state;
#[cfg(feature = "ssr")]
mod field;
#[cfg(feature = "ssr")]
mod header;
mod icon;
#[cfg(feature = "ssr")]
mod instant;
#[cfg(feature = "ssr")]
mod lists;
#[cfg(feature = "ssr")]
mod menu;
#[cfg(feature = "ssr")]
mod secret;
#[cfg(feature = "ssr")]
mod select;
#[cfg(feature = "ssr")]
mod session_ended;
pub mod tasks;
#[cfg(feature = "ssr")]
mod toast;
#[cfg(feature = "ssr")]
mod way_back;

#[cfg(feature = "ssr")]
pub use alert::{Alert, Summary};
#[cfg(feature = "ssr")]
pub use button::{Button, ButtonKind};
#[cfg(feature = "ssr")]
pub use checkbox::Checkbox;
#[cfg(feature = "ssr")]
pub use dialog::Dialog;
#[cfg(feature = "ssr")]
pub use dot::{Dot, colour_choices};
#[cfg(feature = "ssr")]
pub use empty_state::EmptyState;
#[cfg(feature = "ssr")]
pub use field::{Content, Field};
#[cfg(feature = "ssr")]
pub use header::Header;
pub use icon::{Glyph, Icon};
#[cfg(feature = "ssr")]
pub use instant::say_instant;
#[cfg(feature = "ssr")]
pub use lists::Lists;
#[cfg(feature = "ssr")]
pub use menu::Menu;
#[cfg(feature = "ssr")]
pub use secret::Secret;
#[cfg(feature = "ssr")]
pub use select::Select;
#[cfg(feature = "ssr")]
pub use session_ended::SessionEnded;
#[cfg(feature = "ssr")]
pub use toast::Toast;
#[cfg(feature = "ssr")]
pub use way_back::WayBack;
