//! The components of tasks. The islands are made of them, so each renders the same on the server and in the browser.

mod add_form;
mod address;
mod chart;
mod edit_form;
#[cfg(test)]
mod example;
mod field;
mod filter_form;
mod form_alert;
mod marks;
mod moment;
mod numbers;
mod refusal;

pub use add_form::AddForm;
pub use address::{task_address, tasks_address};
pub use chart::Chart;
pub use edit_form::EditForm;
pub use field::FormField;
pub use filter_form::FilterForm;
pub use form_alert::FormAlert;
pub use marks::{TaskMeta, priority_name};
pub use moment::Moment;
pub use numbers::{Numbers, StatGrid};
pub use refusal::Refusal;
