//! What the engine asks of a time zone. The tables of the zones are not here: whoever calls brings them.

use crate::{
    Timestamp,
    calendar::{ClockTime, Date, LocalTime},
};

/// The wall clock of some place.
pub trait Zone {
    /// The instant at which the wall clock shows this. A time that the clock skips in spring is as much later as it
    /// skips; of a time that it shows twice in autumn, the first. None beyond the years that there are.
    fn instant(&self, local: LocalTime) -> Option<Timestamp>;

    /// What the wall clock shows at that instant, to the minute. None beyond the years that there are.
    fn local(&self, instant: Timestamp) -> Option<LocalTime>;
}

impl<Z: Zone + ?Sized> Zone for &Z {
    fn instant(&self, local: LocalTime) -> Option<Timestamp> {
        (*self).instant(local)
    }

    fn local(&self, instant: Timestamp) -> Option<LocalTime> {
        (*self).local(instant)
    }
}

/// A wall clock that is never changed: enough for dates without times, and for showing what a rule comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Floating;

impl Zone for Floating {
    fn instant(&self, local: LocalTime) -> Option<Timestamp> {
        Some(as_utc(local))
    }

    fn local(&self, instant: Timestamp) -> Option<LocalTime> {
        let minutes = instant.seconds().div_euclid(60);
        let date = date_of(minutes.div_euclid(MINUTES_OF_A_DAY).checked_add(EPOCH)?)?;
        let clock = ClockTime::from_minutes(u16::try_from(minutes.rem_euclid(MINUTES_OF_A_DAY)).ok()?)?;
        Some(LocalTime { date, clock })
    }
}

const MINUTES_OF_A_DAY: i64 = 24 * 60;

/// The Julian day of 1 January 1970.
const EPOCH: i64 = 2_440_588;

/// The Julian day.
pub(super) fn day_number(date: Date) -> i64 {
    i64::from(date.to_julian_day())
}

/// The date of a Julian day, if it lies in the years 1 to 9999.
pub(super) fn date_of(day_number: i64) -> Option<Date> {
    let date = Date::from_julian_day(i32::try_from(day_number).ok()?).ok()?;
    (date.year() >= 1).then_some(date)
}

/// The instant at which a clock in Greenwich shows this.
pub(super) fn as_utc(local: LocalTime) -> Timestamp {
    let minutes = (day_number(local.date) - EPOCH) * MINUTES_OF_A_DAY + i64::from(local.clock.minutes());
    Timestamp::from_millis(minutes * 60_000)
}
