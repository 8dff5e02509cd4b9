//! A person's choices: zone, dates, look.

use crate::{
    Error,
    choice::choice,
    json::{Complaint, FromText, Reader},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::Weekday;

/// The name of a time zone in the shape of the IANA database; whether it exists is known to the server alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ZoneName(String);

impl ZoneName {
    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// The zone's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for ZoneName {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte));
        if text.is_empty() || text.len() > 64 || !plain {
            return Err(Complaint::new("invalid_time_zone", "Choose a time zone from the list, such as Europe/Berlin"));
        }
        Ok(Self(text.to_owned()))
    }
}

choice!(
    /// The first day of the week.
    WeekStart { #[default] #[doc = "Monday, as in ISO 8601."] Monday = "monday", #[doc = "Sunday."] Sunday = "sunday", #[doc = "Saturday."] Saturday = "saturday" }
);
impl WeekStart {
    /// The day itself.
    pub const fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Monday,
            Self::Sunday => Weekday::Sunday,
            Self::Saturday => Weekday::Saturday,
        }
    }
}

choice!(
    /// The order of day and month when a date is typed as numbers.
    DateOrder { #[default] #[doc = "Day first."] DayFirst = "dmy", #[doc = "Month first."] MonthFirst = "mdy", #[doc = "Year first."] YearFirst = "ymd" }
);
choice!(
    /// The face of the clock.
    Clock { #[default] #[doc = "00 to 23."] TwentyFour = "24h", #[doc = "am and pm."] Twelve = "12h" }
);
choice!(
    /// Light or dark.
    Theme { #[default] #[doc = "As the device says."] System = "system", #[doc = "Always light."] Light = "light", #[doc = "Always dark."] Dark = "dark" }
);
choice!(
    /// How much air there is between rows.
    Density { #[default] #[doc = "Room to breathe."] Comfortable = "comfortable", #[doc = "More on one screen."] Compact = "compact" }
);
choice!(
    /// The marks that quick add understands.
    QuickAddProfile {
        #[default] #[doc = "Our own."] Default = "default", #[doc = "As in Todoist."] Todoist = "todoist",
        #[doc = "As in Vikunja."] Vikunja = "vikunja", #[doc = "As in todo.txt."] TodoTxt = "todotxt"
    }
);

/// A person's choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The zone that "today" is told by.
    pub time_zone: ZoneName,
    /// The first day of the week.
    pub week_start: WeekStart,
    /// The order of day and month when typed as numbers.
    pub date_order: DateOrder,
    /// The face of the clock.
    pub clock: Clock,
    /// Light or dark.
    pub theme: Theme,
    /// Air between rows.
    pub density: Density,
    /// The language, as a BCP 47 tag.
    pub locale: String,
    /// The marks that quick add understands.
    pub quick_add_profile: QuickAddProfile,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time_zone: ZoneName::utc(),
            week_start: WeekStart::default(),
            date_order: DateOrder::default(),
            clock: Clock::default(),
            theme: Theme::default(),
            density: Density::default(),
            locale: "en".to_owned(),
            quick_add_profile: QuickAddProfile::default(),
        }
    }
}

impl Settings {
    /// These settings with a merge patch laid over them; null puts a choice back to its default.
    ///
    /// # Errors
    /// Unknown fields and values.
    pub fn merged(&self, patch: Value) -> Result<Self, Error> {
        let (old, default) = (self.clone(), Self::default());
        let mut reader = Reader::new(patch)?;
        let merged = Self {
            time_zone: pick(reader.text("time_zone"), old.time_zone, default.time_zone),
            week_start: pick(reader.text("week_start"), old.week_start, default.week_start),
            date_order: pick(reader.text("date_order"), old.date_order, default.date_order),
            clock: pick(reader.text("clock"), old.clock, default.clock),
            theme: pick(reader.text("theme"), old.theme, default.theme),
            density: pick(reader.text("density"), old.density, default.density),
            locale: pick(
                reader.text::<Locale>("locale").map(|locale| locale.map(|locale| locale.0)),
                old.locale,
                default.locale,
            ),
            quick_add_profile: pick(reader.text("quick_add_profile"), old.quick_add_profile, default.quick_add_profile),
        };
        reader.finish()?;
        Ok(merged)
    }
}

fn pick<T>(patch: Option<Option<T>>, old: T, default: T) -> T {
    match patch {
        Some(Some(new)) => new,
        Some(None) => default,
        None => old,
    }
}

struct Locale(String);

impl FromText for Locale {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        let shaped =
            (2..=35).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if shaped {
            Ok(Self(text.to_owned()))
        } else {
            Err(Complaint::new("invalid_locale", "Give a language tag such as en or de-AT"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_patch_changes_what_it_names_and_nothing_else() {
        let settings = Settings::default().merged(json!({"theme": "dark", "time_zone": "Europe/Berlin"})).unwrap();
        assert_eq!((settings.theme, settings.time_zone.as_str()), (Theme::Dark, "Europe/Berlin"));
        let back = settings.merged(json!({"theme": null})).unwrap();
        assert_eq!((back.theme, back.time_zone.as_str()), (Theme::System, "Europe/Berlin"));
    }

    #[test]
    fn nonsense_is_refused_by_name() {
        let faults = Settings::default()
            .merged(json!({"theme": "pink", "time_zone": "../etc", "volume": 11}))
            .unwrap_err()
            .fields();
        assert_eq!(
            faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(),
            ["time_zone", "theme", "volume"]
        );
    }
}
