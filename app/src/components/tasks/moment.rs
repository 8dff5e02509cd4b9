//! The moment that a page is about. The server takes it once and the islands are told, so that both say the same dates.

use domain::{Timestamp, calendar::Date};
use serde::{Deserialize, Serialize};

/// Now, and the date that people have on their wall calendar now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The instant.
    pub now: Timestamp,
    /// The date in the person's own zone.
    #[serde(with = "date_text")]
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

mod date_text {
    use domain::calendar::{Date, format_date, parse_date};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format_date(*date))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        parse_date(&String::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("not a date"))
    }
}
