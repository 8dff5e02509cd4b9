//! An instant, as the database and the API have it. Civil dates and clock times live in [`crate::calendar`].

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use time::{Date, Month, OffsetDateTime, Time};

/// Milliseconds since 1970-01-01T00:00:00Z; in JSON an RFC 3339 text in UTC such as `2026-11-20T09:00:00.000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant so many milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The instant so many seconds later (earlier, if negative).
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    fn parse(text: &str) -> Option<Self> {
        let (date, clock) = text.strip_suffix('Z')?.split_once('T')?;
        let date = crate::calendar::parse_date(date)?;
        let mut parts = clock.splitn(3, ':');
        let hour = parts.next()?.parse().ok()?;
        let minute = parts.next()?.parse().ok()?;
        let (second, fraction) = parts.next()?.split_once('.').unwrap_or((clock.get(6..8)?, "0"));
        let millis = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
        let time = Time::from_hms_milli(hour, minute, second.parse().ok()?, millis).ok()?;
        let instant = OffsetDateTime::new_utc(date, time);
        i64::try_from(instant.unix_timestamp_nanos() / 1_000_000).ok().map(Self)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let epoch = Date::from_calendar_date(1970, Month::January, 1).map_err(|_| fmt::Error)?;
        let days = i32::try_from(self.0.div_euclid(86_400_000)).map_err(|_| fmt::Error)?;
        let date = epoch.checked_add(time::Duration::days(days.into())).ok_or(fmt::Error)?;
        let millis = self.0.rem_euclid(86_400_000);
        let (hours, minutes, seconds) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60);
        let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
        write!(formatter, "{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{:03}Z", millis % 1000)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 instant in UTC"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_survives_its_own_text() {
        for millis in [0, 1_795_000_000_123, -1, 253_402_300_799_999] {
            let instant = Timestamp::from_millis(millis);
            assert_eq!(Timestamp::parse(&instant.to_string()), Some(instant), "{instant}");
        }
        assert_eq!(Timestamp::from_millis(1_795_168_800_000).to_string(), "2026-11-20T10:00:00.000Z");
        assert_eq!(Timestamp::parse("2026-11-20T10:00:00Z"), Some(Timestamp::from_millis(1_795_168_800_000)));
    }

    #[test]
    fn nonsense_is_not_an_instant() {
        for text in ["", "Z", "2026-11-20", "2026-11-20T10:00Z", "2026-13-20T10:00:00Z", "2026-11-20T25:00:00Z"] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }
}
