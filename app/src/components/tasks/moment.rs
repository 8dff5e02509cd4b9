//! The moment that a page is about. The server takes it once and the islands are told, so that both say the same dates.

#[cfg(feature = "hydrate")]
use crate::client::json::{FromJson, Json};
#[cfg(feature = "ssr")]
use {
    domain::{
        Timestamp,
        calendar::{Date, format_date},
    },
    serde::Serialize,
};

/// Now, and the date that people have on their wall calendar now.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub now: Timestamp,
    /// The date in the person's own zone.
    pub today: Date,
}

#[cfg(feature = "ssr")]
impl Moment {
    /// This moment where the owner lives.
    pub fn of(owner: &backend::Owner) -> Self {
        let now = crate::request::backend().clock().now();
        Self { now, today: backend::zones::local(now, owner.time_zone()).date }
    }
}

/// The moment as texts, which is how tasks carry theirs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "ssr", derive(Serialize))]
pub struct Today {
    /// The instant.
    pub now: String,
    /// The date.
    pub date: String,
}

#[cfg(feature = "ssr")]
impl From<Moment> for Today {
    fn from(moment: Moment) -> Self {
        Self { now: moment.now.to_string(), date: format_date(moment.today) }
    }
}

#[cfg(feature = "hydrate")]
impl FromJson for Today {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self { now: json.get("now")?, date: json.get("date")? })
    }
}
