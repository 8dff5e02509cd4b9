//! Reads where a recurrence begins and ends: `starting jan 12`, `until dec 5`, `for 6 weeks`, `for 10 times`.

use super::{
    dates, moments,
    recurrence::{End, Frequency, Recurrence},
    rule,
    settings::Settings,
    times,
    vocabulary::{Unit, number},
    words::Cursor,
};
use crate::calendar::LocalTime;

/// Reads one bound; each kind counts once.
pub(super) fn bound(
    cursor: &mut Cursor<'_, '_>,
    recurrence: &mut Recurrence,
    now: LocalTime,
    settings: &Settings,
) -> Option<()> {
    if cursor.take(&["starting", "beginning", "from"]) {
        return start(cursor, recurrence, now, settings);
    }
    if recurrence.end != End::Never {
        return None;
    }
    if cursor.take(&["until", "ending", "till", "til"]) {
        let _ = cursor.take(&["on"]);
        let from = recurrence.start_date.unwrap_or(now.date).max(now.date);
        recurrence.end = End::Until(dates::date(cursor, from, settings)?.date);
        return Some(());
    }
    if !cursor.take(&["for"]) {
        return None;
    }
    if let Some((count, unit)) = times::quantity(cursor) {
        recurrence.end = length(recurrence, count, unit)?;
        return Some(());
    }
    let count = cursor.word(number).filter(|count| *count > 0)?;
    if !cursor.take(&["times", "time"]) || rule::count(recurrence) != 1 {
        return None;
    }
    recurrence.end = End::Times(count);
    Some(())
}

/// A length in hours is a number of times, because an end is a day.
fn length(recurrence: &Recurrence, count: u16, unit: Unit) -> Option<End> {
    let minutes = |unit| match unit {
        Unit::Minute => Some(1),
        Unit::Hour => Some(60),
        _ => None,
    };
    let Some(unit_minutes) = minutes(unit) else {
        return if unit == Unit::Weekend { None } else { Some(End::After(count, unit)) };
    };
    let every = match recurrence.frequency {
        Frequency::Minutely => 1,
        Frequency::Hourly => 60,
        _ => return None,
    };
    let times = u32::from(count) * unit_minutes / (u32::from(recurrence.interval) * every);
    u16::try_from(times).ok().filter(|times| *times > 0).map(End::Times)
}

fn start(cursor: &mut Cursor<'_, '_>, recurrence: &mut Recurrence, now: LocalTime, settings: &Settings) -> Option<()> {
    if recurrence.start_date.is_some() {
        return None;
    }
    let _ = cursor.take(&["on"]);
    let moment = moments::moment(cursor, now, settings)?;
    recurrence.start_date = Some(moment.date);
    if let Some(time) = moment.time {
        recurrence.zone = moment.zone.or(recurrence.zone.take());
        recurrence.duration = moment.duration.or(recurrence.duration);
        if recurrence.is_within_day() {
            recurrence.start_time = Some(time);
        } else if recurrence.times.is_empty() {
            recurrence.times.push(time);
            if moment.bare_time {
                recurrence.start_date = None;
            }
        }
    } else if recurrence.is_within_day() && recurrence.start_time.is_none() {
        recurrence.start_time = Some(settings.day_parts.morning);
    }
    Some(())
}
