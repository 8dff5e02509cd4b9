//! The components of tasks. The islands are made of them, so each renders the same on the server and in the browser.
//! They are functions from what is known to what is shown: what follows changes is up to the islands.

mod add_form;
mod address;
#[cfg(feature = "ssr")]
mod bulk_form;
mod card;
#[cfg(feature = "ssr")]
mod chart;
mod edit_form;
mod field;
mod filter_form;
mod form_alert;
mod marks;
mod moment;
mod next_date;
mod project;
mod reading;
mod refusal;
mod repeat_fields;
#[cfg(feature = "ssr")]
mod stats;

pub use add_form::{add_form, many_lines};
pub use address::{address, list_address};
#[cfg(feature = "ssr")]
pub use bulk_form::{BulkForm, picked};
pub use card::Card;
#[cfg(feature = "ssr")]
pub use card::cards;
#[cfg(feature = "ssr")]
pub use chart::Chart;
pub use edit_form::edit_form;
#[cfg(feature = "ssr")]
pub use field::textarea_text;
#[cfg(feature = "hydrate")]
pub use filter_form::USUAL;
pub use filter_form::filter_fields;
pub use form_alert::form_alert;
pub use marks::{priority_name, task_meta};
#[cfg(feature = "ssr")]
pub use moment::Moment;
pub use moment::Today;
#[cfg(any(feature = "hydrate", feature = "ssr"))]
pub use next_date::say_next;
#[cfg(feature = "ssr")]
pub use next_date::{say_dates, say_was_due};
pub use project::{project_field, project_mark};
#[cfg(feature = "hydrate")]
pub use reading::Stretch;
pub use reading::{Reading, chips, marked_line};
#[cfg(feature = "hydrate")]
pub use refusal::{Fault, Reason};
pub use refusal::{Fields, Refusal};
#[cfg(feature = "ssr")]
pub use stats::StatGrid;
