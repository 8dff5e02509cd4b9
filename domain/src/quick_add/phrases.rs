//! Reads the phrase of a recurring task: `every other tue`, `monthly on the last friday at 17:00 until dec 5`.

use super::{
    bounds,
    dates::{Strength, month_and_day},
    recurrence::{Frequency, MonthPlace, Place, Recurrence, Weekdays},
    settings::Settings,
    times,
    vocabulary::{Unit, digits, month, number, ordinal, unit, weekday},
    words::Cursor,
};
use crate::{calendar::LocalTime, tasks::RecurrenceAnchor};
use time::{Month, Weekday};

/// Reads a recurrence, with a time before it or after.
pub(super) fn recurrence(cursor: &mut Cursor<'_, '_>, now: LocalTime, settings: &Settings) -> Option<Recurrence> {
    cursor.read(|ahead| {
        let early = ahead.read(|time| times::times(time, settings).filter(|_| is_head(time.peek())));
        let mut recurrence = head(ahead, settings)?;
        if let Some(early) = early {
            set_times(&mut recurrence, early)?;
        }
        details(ahead, &mut recurrence, now, settings)?;
        Some(recurrence)
    })
}

const EVERY: [&str; 3] = ["every", "ev", "each"];
const EVERY_FROM_COMPLETION: [&str; 3] = ["every!", "ev!", "each!"];

/// The words that say how often by themselves.
const ADVERBS: [(&str, Unit); 8] = [
    ("hourly", Unit::Hour),
    ("daily", Unit::Day),
    ("everyday", Unit::Day),
    ("weekly", Unit::Week),
    ("monthly", Unit::Month),
    ("quarterly", Unit::Quarter),
    ("yearly", Unit::Year),
    ("annually", Unit::Year),
];

fn is_head(word: Option<&str>) -> bool {
    let heads = EVERY.iter().chain(&EVERY_FROM_COMPLETION).chain(ADVERBS.iter().map(|(adverb, _)| adverb));
    word.is_some_and(|word| heads.into_iter().any(|head| head.eq_ignore_ascii_case(word)))
}

fn head(cursor: &mut Cursor<'_, '_>, settings: &Settings) -> Option<Recurrence> {
    let mut recurrence = Recurrence::new(Frequency::Daily, settings.week_start);
    if cursor.take(&["after"]) {
        let (count, unit) = times::quantity(cursor).filter(|(_, unit)| *unit != Unit::Weekend)?;
        recurrence.set_unit(count, unit)?;
        recurrence.anchor = RecurrenceAnchor::Completion;
        recurrence.delay = Some((count, unit));
        return Some(recurrence);
    }
    let adverb = |word: &str| ADVERBS.iter().find(|(adverb, _)| adverb.eq_ignore_ascii_case(word));
    if let Some((_, unit)) = cursor.word(adverb) {
        recurrence.set_unit(1, *unit)?;
        recurrence.strength = Strength::Weak;
        return Some(recurrence);
    }
    if cursor.take(&EVERY_FROM_COMPLETION) || (cursor.take(&EVERY) && cursor.take(&["!"])) {
        recurrence.anchor = RecurrenceAnchor::Completion;
    } else if !cursor.went_past(&EVERY) {
        return None;
    }
    body(cursor, &mut recurrence, settings)?;
    Some(recurrence)
}

fn body(cursor: &mut Cursor<'_, '_>, recurrence: &mut Recurrence, settings: &Settings) -> Option<()> {
    if let Some(times) = cursor.read(|ahead| times::times(ahead, settings)) {
        return set_times(recurrence, times);
    }
    if let Some((count, unit)) = cursor.read(interval_and_unit) {
        return recurrence.set_unit(count, unit);
    }
    if let Some((count, weekdays)) = cursor.read(interval_and_weekdays) {
        (recurrence.frequency, recurrence.interval, recurrence.weekdays) = (Frequency::Weekly, count, weekdays);
        return Some(());
    }
    if let Some(places) = cursor.read(month_places) {
        return set_places(recurrence, Frequency::Monthly, places);
    }
    let places = cursor.read(numbered_days)?;
    recurrence.strength = Strength::Weak;
    set_places(recurrence, Frequency::Monthly, places)
}

fn set_places(recurrence: &mut Recurrence, frequency: Frequency, places: Vec<MonthPlace>) -> Option<()> {
    let yearly = places.iter().all(|place| place.month.is_some());
    let mixed = !yearly && places.iter().any(|place| place.month.is_some());
    if mixed || (frequency == Frequency::Yearly && !yearly) {
        return None;
    }
    recurrence.frequency = if yearly { Frequency::Yearly } else { frequency };
    for place in places {
        if !recurrence.places.contains(&place) {
            recurrence.places.push(place);
        }
    }
    Some(())
}

fn set_times(recurrence: &mut Recurrence, times: Vec<times::FoundTime>) -> Option<()> {
    recurrence.zone = times.iter().find_map(|time| time.zone.clone());
    if recurrence.is_within_day() {
        recurrence.start_time = times.first().map(|time| time.time);
        return Some(());
    }
    recurrence.duration = times.iter().find_map(|time| time.duration);
    recurrence.times = times.into_iter().map(|time| time.time).collect();
    recurrence.times.sort_unstable();
    recurrence.times.dedup();
    if recurrence.strength == Strength::Weak && !recurrence.places.is_empty() {
        recurrence.strength = Strength::Strong;
    }
    Some(())
}

fn interval_and_unit(cursor: &mut Cursor<'_, '_>) -> Option<(u16, Unit)> {
    if cursor.take(&["other"]) {
        return Some((2, cursor.word(long_unit)?));
    }
    if let Some(unit) = cursor.word(long_unit) {
        return Some((1, unit));
    }
    if let Some((count, unit)) = times::quantity(cursor) {
        return Some((count, unit));
    }
    let count = cursor.word(ordinal).and_then(|count| u16::try_from(count).ok()).filter(|count| *count > 1)?;
    let unit = cursor.word(long_unit).filter(|unit| !matches!(unit, Unit::Workday | Unit::Weekend))?;
    if cursor.take(&["of"]) { None } else { Some((count, unit)) }
}

/// A unit that stands alone is written out: `every h` is a typing error.
fn long_unit(word: &str) -> Option<Unit> {
    if word.len() > 2 { unit(word) } else { None }
}

fn interval_and_weekdays(cursor: &mut Cursor<'_, '_>) -> Option<(u16, Weekdays)> {
    let count = if cursor.take(&["other"]) { 2 } else { cursor.word(number).unwrap_or(1) };
    if count == 0 { None } else { Some((count, weekdays(cursor)?)) }
}

/// Weekdays with commas, `and` or nothing between.
fn weekdays(cursor: &mut Cursor<'_, '_>) -> Option<Weekdays> {
    let mut weekdays = Weekdays::of(cursor.word(weekday_or_plural)?);
    while let Some(weekday) = cursor.read(|ahead| {
        let _ = ahead.separator();
        ahead.word(weekday_or_plural)
    }) {
        weekdays = weekdays.with(Weekdays::of(weekday));
    }
    Some(weekdays)
}

fn weekday_or_plural(word: &str) -> Option<Weekday> {
    weekday(word).or_else(|| weekday(word.strip_suffix(['s', 'S']).filter(|singular| singular.len() > 5)?))
}

fn place_of_date(month: Month, day: u8) -> Option<MonthPlace> {
    let longest = month.length(2000);
    let place = Place::Day(i8::try_from(day).ok()?);
    if day > longest { None } else { Some(MonthPlace { place, month: Some(month) }) }
}

fn month_places(cursor: &mut Cursor<'_, '_>) -> Option<Vec<MonthPlace>> {
    Some(cursor.list(month_places_of_one_kind)?.into_iter().flatten().collect())
}

/// `jan 14`, `1st and 3rd friday`, `15th workday`, `last day of march`, `27th`.
fn month_places_of_one_kind(cursor: &mut Cursor<'_, '_>) -> Option<Vec<MonthPlace>> {
    if let Some((month, day)) = cursor.read(month_and_day) {
        return place_of_date(month, day).map(|place| vec![place]);
    }
    let _ = cursor.take(&["the"]);
    let first = cursor.peek()?;
    let numbers = cursor.read(|ahead| {
        let numbers = ahead.list(|item| item.word(ordinal))?;
        Some((numbers, target(ahead)?))
    });
    let (numbers, place): (Vec<i8>, fn(i8) -> Place) = match numbers {
        Some((numbers, Target::Weekday(weekday))) => {
            return in_month(cursor, numbers, |number| {
                let place = Place::Weekday(weekday.number_days_from_monday(), number);
                if number <= 5 { Some(place) } else { None }
            });
        }
        Some((numbers, Target::Workday)) => (numbers, Place::Workday),
        Some((numbers, Target::Day)) => (numbers, Place::Day),
        None if first.starts_with(|character: char| character.is_ascii_digit()) => {
            let number = cursor.word(ordinal)?;
            if cursor.peek().and_then(ordinal).is_some() {
                return None;
            }
            (vec![number], Place::Day)
        }
        None => return None,
    };
    in_month(cursor, numbers, |number| {
        let most = if matches!(place(1), Place::Workday(_)) { 23 } else { 31 };
        if number <= most { Some(place(number)) } else { None }
    })
}

enum Target {
    Day,
    Workday,
    Weekday(Weekday),
}

fn target(cursor: &mut Cursor<'_, '_>) -> Option<Target> {
    if cursor.take(&["business", "working"]) {
        return if cursor.take(&["day"]) { Some(Target::Workday) } else { None };
    }
    cursor.word(|word| match (weekday(word), long_unit(word)) {
        (Some(weekday), _) => Some(Target::Weekday(weekday)),
        (None, Some(Unit::Day)) => Some(Target::Day),
        (None, Some(Unit::Workday)) => Some(Target::Workday),
        _ => None,
    })
}

fn in_month(
    cursor: &mut Cursor<'_, '_>,
    numbers: Vec<i8>,
    place: impl Fn(i8) -> Option<Place>,
) -> Option<Vec<MonthPlace>> {
    let month = cursor.read(|ahead| {
        let _ = ahead.take(&["of", "in"]);
        ahead.word(month)
    });
    if month.is_none() {
        let _ = cursor.read(|ahead| {
            if !ahead.take(&["of"]) {
                return None;
            }
            let _ = ahead.take(&["the", "each", "every"]);
            if ahead.take(&["month"]) { Some(()) } else { None }
        });
    }
    numbers.into_iter().map(|number| Some(MonthPlace { place: place(number)?, month })).collect()
}

fn numbered_days(cursor: &mut Cursor<'_, '_>) -> Option<Vec<MonthPlace>> {
    cursor.list(|item| {
        let day = item.word(digits).and_then(|day| i8::try_from(day).ok()).filter(|day| (1..=31).contains(day))?;
        Some(MonthPlace { place: Place::Day(day), month: None })
    })
}

/// What follows: days, times, exceptions, bounds.
fn details(
    cursor: &mut Cursor<'_, '_>,
    recurrence: &mut Recurrence,
    now: LocalTime,
    settings: &Settings,
) -> Option<()> {
    let _ = cursor.read(|ahead| on_days(ahead, recurrence));
    loop {
        let before = cursor.place();
        let _ = cursor.read(|ahead| at_times(ahead, recurrence, settings));
        if recurrence.duration.is_none() && !recurrence.times.is_empty() {
            recurrence.duration = times::duration(cursor);
        }
        let _ = cursor.read(|ahead| except(ahead, recurrence));
        let _ = cursor.read(|ahead| bounds::bound(ahead, recurrence, now, settings));
        if cursor.place() == before {
            return Some(());
        }
    }
}

fn on_days(cursor: &mut Cursor<'_, '_>, recurrence: &mut Recurrence) -> Option<()> {
    if !cursor.take(&["on"]) || recurrence.names_days() {
        return None;
    }
    match recurrence.frequency {
        Frequency::Weekly => recurrence.weekdays = weekdays(cursor)?,
        Frequency::Monthly => {
            let _ = cursor.take(&["the"]);
            let places = cursor.read(month_places).or_else(|| cursor.read(numbered_days))?;
            if places.iter().any(|place| place.month.is_some()) {
                return None;
            }
            recurrence.places = places;
        }
        Frequency::Yearly => {
            let _ = cursor.take(&["the"]);
            let places = cursor.read(month_places)?;
            if places.iter().any(|place| place.month.is_none()) {
                return None;
            }
            recurrence.places = places;
        }
        _ => return None,
    }
    Some(())
}

fn at_times(cursor: &mut Cursor<'_, '_>, recurrence: &mut Recurrence, settings: &Settings) -> Option<()> {
    if !recurrence.times.is_empty() || recurrence.start_time.is_some() {
        return None;
    }
    let _ = cursor.take(&[","]);
    let times = times::times(cursor, settings)?;
    set_times(recurrence, times)
}

fn except(cursor: &mut Cursor<'_, '_>, recurrence: &mut Recurrence) -> Option<()> {
    if !cursor.take(&["except"]) {
        return None;
    }
    let _ = cursor.take(&["on", "for"]);
    let excepted = cursor.read(weekdays).or_else(|| {
        cursor.word(|word| match unit(word)? {
            Unit::Weekend => Some(Weekdays::WEEKEND),
            Unit::Workday => Some(Weekdays::WORKDAYS),
            _ => None,
        })
    })?;
    let long = matches!(recurrence.frequency, Frequency::Weekly | Frequency::Monthly | Frequency::Yearly);
    let undecided = long && !recurrence.names_days();
    let plain = |place: &MonthPlace| matches!(place.place, Place::Day(day) if day <= 28);
    if undecided || !recurrence.places.iter().all(plain) {
        return None;
    }
    recurrence.weekdays = recurrence.weekdays.except(excepted)?;
    if recurrence.frequency == Frequency::Daily && recurrence.interval == 1 {
        recurrence.frequency = Frequency::Weekly;
    }
    Some(())
}
