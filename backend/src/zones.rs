//! Time zones: what the wall clock says there, and which instant a wall time is. The rules come with the program.

use domain::{
    Timestamp,
    accounts::ZoneName,
    calendar::{ClockTime, Date, LocalTime},
    json::FromText,
    recurrence,
};
use jiff::{civil, tz::TimeZone};
use std::sync::LazyLock;

/// The names of the zones to choose from, in order: those of places, and UTC.
pub fn names() -> Vec<&'static str> {
    let is_place = |name: &str| name.contains('/') && !name.starts_with("Etc/");
    all().iter().copied().filter(|name| *name == "UTC" || is_place(name)).collect()
}

/// The names of all zones, in order.
pub(crate) fn all() -> &'static [&'static str] {
    static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
        // They live as long as the program.
        let mut names: Vec<&str> = jiff::tz::db().available().map(|name| &*name.to_string().leak()).collect();
        names.sort_unstable();
        names
    });
    &NAMES
}

/// Whether there is a zone of this name.
pub(crate) fn exists(zone: &ZoneName) -> bool {
    jiff::tz::db().get(zone.as_str()).is_ok()
}

/// The zone with its name as it is usually spelled, if there is one of this name.
pub(crate) fn spelled(zone: ZoneName) -> ZoneName {
    let known = all().iter().find(|name| name.eq_ignore_ascii_case(zone.as_str()));
    known.and_then(|name| ZoneName::from_text(name).ok()).unwrap_or(zone)
}

/// That there is no zone of this name.
pub(crate) fn unknown(zone: &ZoneName) -> String {
    format!("There is no time zone called {}", zone.as_str())
}

/// What calendar and clock on the wall say in a zone; UTC where the zone is unknown.
pub fn local(now: Timestamp, zone: &ZoneName) -> LocalTime {
    let instant = jiff::Timestamp::from_millisecond(now.millis()).unwrap_or_default();
    let there = instant.to_zoned(find(zone)).datetime();
    let minutes = u16::from(there.hour().unsigned_abs()) * 60 + u16::from(there.minute().unsigned_abs());
    LocalTime { date: to_date(there.date()), clock: ClockTime::from_minutes(minutes).unwrap_or(MIDNIGHT) }
}

const MIDNIGHT: ClockTime = match ClockTime::from_minutes(0) {
    Some(midnight) => midnight,
    None => unreachable!(),
};

/// The instant from which something due then is overdue. All day means the day's last millisecond; a wall time that a
/// clock change skips or repeats is read as RFC 5545 does (the later reading of a gap, the first of a fold).
pub(crate) fn due_instant(date: Date, time: Option<ClockTime>, zone: &ZoneName) -> Timestamp {
    let day = to_civil(date);
    let zone = find(zone);
    let instant = match time {
        Some(time) => zone.to_timestamp(wall(day, time)).map(|instant| instant.as_millisecond()),
        None => {
            let next_day = day.tomorrow().unwrap_or(civil::Date::MAX);
            zone.to_timestamp(next_day.at(0, 0, 0, 0)).map(|instant| instant.as_millisecond() - 1)
        }
    };
    // The very last days that there are end in no instant of theirs.
    Timestamp::from_millis(instant.unwrap_or(jiff::Timestamp::MAX.as_millisecond()))
}

/// The wall clock of a zone, for tasks that repeat; UTC where the zone is unknown.
#[derive(Debug)]
pub(crate) struct WallClock(TimeZone);

impl WallClock {
    /// That of a zone.
    pub(crate) fn of(zone: &ZoneName) -> Self {
        Self(find(zone))
    }
}

impl recurrence::Zone for WallClock {
    fn instant(&self, local: LocalTime) -> Option<Timestamp> {
        let instant = self.0.to_timestamp(wall(to_civil(local.date), local.clock)).ok()?;
        Some(Timestamp::from_millis(instant.as_millisecond()))
    }

    fn local(&self, instant: Timestamp) -> Option<LocalTime> {
        let instant = jiff::Timestamp::from_millisecond(instant.millis()).ok()?;
        let there = self.0.to_datetime(instant);
        let minutes = u16::from(there.hour().unsigned_abs()) * 60 + u16::from(there.minute().unsigned_abs());
        let date = (there.year() >= 1).then(|| to_date(there.date()))?;
        Some(LocalTime { date, clock: ClockTime::from_minutes(minutes)? })
    }
}

fn wall(day: civil::Date, time: ClockTime) -> civil::DateTime {
    let (hour, minute) = (time.minutes() / 60, time.minutes() % 60);
    day.at(i8::try_from(hour).unwrap_or(0), i8::try_from(minute).unwrap_or(0), 0, 0)
}

fn find(zone: &ZoneName) -> TimeZone {
    jiff::tz::db().get(zone.as_str()).unwrap_or(TimeZone::UTC)
}

fn to_civil(date: Date) -> civil::Date {
    let year = i16::try_from(date.year()).unwrap_or(9999);
    let month = u8::from(date.month()).cast_signed();
    civil::Date::new(year, month, date.day().cast_signed()).unwrap_or(civil::Date::MAX)
}

fn to_date(date: civil::Date) -> Date {
    let text = format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
    domain::calendar::parse_date(&text).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{calendar::parse_date, json::FromText};

    fn zone(name: &str) -> ZoneName {
        ZoneName::from_text(name).unwrap()
    }

    fn due(date: &str, time: Option<&str>, name: &str) -> String {
        due_instant(parse_date(date).unwrap(), time.map(|time| time.parse().unwrap()), &zone(name)).to_string()
    }

    #[test]
    fn all_day_ends_with_the_day_of_the_zone() {
        assert_eq!(due("2026-11-20", None, "UTC"), "2026-11-20T23:59:59.999Z");
        assert_eq!(due("2026-11-20", None, "Pacific/Auckland"), "2026-11-20T10:59:59.999Z");
    }

    #[test]
    fn wall_times_stay_on_the_wall_over_clock_changes() {
        assert_eq!(due("2026-03-08", Some("02:30"), "America/New_York"), "2026-03-08T07:30:00.000Z");
        assert_eq!(due("2026-11-01", Some("01:30"), "America/New_York"), "2026-11-01T05:30:00.000Z");
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        for date in ["0001-01-01", "9999-12-31"] {
            due(date, None, "Asia/Tokyo");
            due(date, Some("23:59"), "America/Los_Angeles");
        }
    }

    #[test]
    fn the_list_has_the_zones_people_look_for() {
        for name in ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"] {
            assert!(names().contains(&name), "{name}");
            assert!(exists(&zone(name)));
        }
        assert!(!exists(&zone("Mars/Olympus_Mons")));
        assert_eq!(spelled(zone("america/PORT_of_spain")), zone("America/Port_of_Spain"));
        assert_eq!(spelled(zone("Mars/olympus")), zone("Mars/olympus"));
    }
}
