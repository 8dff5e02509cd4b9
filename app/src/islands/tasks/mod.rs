//! The islands of tasks: the list with its filters, lists in groups, the dashboard's and the editor of one task.
//!
//! Each is HTML first: its forms work before the script is there and without it. Once it is there, one listener around
//! the island ([`desk::hearing`]) hears of every form that is sent and carries it out over REST, so that rows
//! have no handlers of their own. What happens then is in `listen`, `typing`, `repeat`, `select`, `moving`, `kin`,
//! `way_back`, `writes` and `search`, which exist in browsers only.

mod agenda;
mod board;
mod desk;
mod editor;
#[cfg(feature = "hydrate")]
mod kin;
mod line;
#[cfg(feature = "hydrate")]
mod listen;
#[cfg(feature = "hydrate")]
mod moving;
#[cfg(feature = "hydrate")]
mod repeat;
mod row;
#[cfg(feature = "hydrate")]
mod search;
#[cfg(feature = "hydrate")]
mod select;
mod sheet;
#[cfg(feature = "hydrate")]
mod typing;
#[cfg(feature = "hydrate")]
mod way_back;
mod words;
#[cfg(feature = "hydrate")]
mod writes;

#[cfg(feature = "ssr")]
pub use agenda::TaskAgenda;
#[cfg(feature = "ssr")]
pub use board::TaskBoard;
#[cfg(feature = "ssr")]
pub use editor::TaskEditor;
#[cfg(feature = "ssr")]
pub use sheet::{Sheet, SheetGroup, TaskSheet};
