//! How tasks repeat: rules in the words of RFC 5545, the dates that come of them, and what completing and skipping lead
//! to. No clock, no table of time zones and no phrase in plain English is read here: now and a [`Zone`] come in as
//! arguments, and "every other monday" is the work of quick add.
//!
//! ```
//! use domain::{calendar::parse_date, recurrence::{Floating, Occurrence, RuleSet, describe}};
//!
//! let rules = RuleSet::parse("FREQ=MONTHLY;BYDAY=-1FR")?;
//! let start = Occurrence::all_day(parse_date("2026-11-27").unwrap());
//! let dates: Vec<_> = rules.occurrences(start, &Floating).take(2).map(|next| next.to_string()).collect();
//! assert_eq!(dates, ["2026-11-27", "2026-12-25"]);
//! assert_eq!(describe(&rules), "Every month on the last Friday");
//! # Ok::<(), domain::recurrence::RuleError>(())
//! ```
//!
//! Where RFC 5545 leaves a choice, Tickbox reads a rule so:
//!
//! - The start is an occurrence only if the rule names it; a count counts what the rule names.
//! - `COUNT` is what is left for the task as a whole, so that each rule of a set carries the same; completing and
//!   skipping take one away, dates that were jumped over do not.
//! - `UNTIL` is a day on the wall calendar, and it still counts.
//! - `BYWEEKNO` alone means the weekday of the start in that week.
//! - `BYHOUR` and `BYMINUTE` mean nothing for a task that is due all day.
//! - Days and longer are counted on the wall calendar, hours and minutes in instants.

mod check;
mod civil;
mod describe;
mod error;
mod instants;
mod next;
mod occurrence;
mod parse;
mod rule;
mod series;
mod set;
mod start;
#[cfg(test)]
mod tests;
mod write;
mod zone;

pub use describe::describe;
pub use error::RuleError;
pub use next::Next;
pub use occurrence::Occurrence;
pub use rule::{End, Frequency, Rule, RuleDay, Weekday};
pub use series::Occurrences;
pub use set::RuleSet;
pub use zone::{Floating, Zone};
