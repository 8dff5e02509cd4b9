//! Reads a clock time with what belongs to it: `5pm`, `at 16:30`, `9-10am for 45min`, `9am Asia/Tokyo`, `+2 hours`.

use super::{
    dates::Strength,
    settings::Settings,
    vocabulary::{Unit, digits, number, unit},
    words::{Cursor, MOST_ITEMS, Word},
};
use crate::{
    accounts::{Clock, ZoneName},
    calendar::ClockTime,
    json::FromText,
};

/// A clock time that was read.
#[derive(Debug, Clone)]
pub(super) struct FoundTime {
    pub(super) time: ClockTime,
    pub(super) strength: Strength,
    pub(super) zone: Option<ZoneName>,
    /// The minutes until the end, of `9:30-10:15`.
    pub(super) duration: Option<u16>,
    /// It says today: `tonight`.
    pub(super) today: bool,
    /// It may be meant before noon or after it: `8`, `8:30`.
    pub(super) either_half: bool,
}

impl FoundTime {
    fn at(time: ClockTime) -> Self {
        Self { time, strength: Strength::Strong, zone: None, duration: None, today: false, either_half: false }
    }
}

/// Reads a time, with or without `at` before it.
pub(super) fn time(cursor: &mut Cursor<'_, '_>, settings: &Settings) -> Option<FoundTime> {
    cursor.read(|ahead| {
        let from = ahead.take(&["from"]);
        let at = !from && ahead.take(&["at", "@"]);
        let found = ahead
            .read(|further| part_of_day(further, settings, at))
            .or_else(|| ahead.read(|further| clock_time(further, settings, at)))?;
        if from && found.duration.is_none() { None } else { Some(found) }
    })
}

/// Reads one or more times; `at` before the first counts for all.
pub(super) fn times(cursor: &mut Cursor<'_, '_>, settings: &Settings) -> Option<Vec<FoundTime>> {
    let at = cursor.peek().is_some_and(|word| word.eq_ignore_ascii_case("at") || word.starts_with('@'));
    let mut times = vec![time(cursor, settings)?];
    while times.len() < MOST_ITEMS
        && let Some(more) = cursor.read(|ahead| {
            if !ahead.separator() {
                return None;
            }
            time(ahead, settings).or_else(|| ahead.read(|further| clock_time(further, settings, at)))
        })
    {
        times.push(more);
    }
    Some(times)
}

/// `morning`, `in the evening`, `tonight at 8`.
fn part_of_day(cursor: &mut Cursor<'_, '_>, settings: &Settings, at: bool) -> Option<FoundTime> {
    let _ = cursor.take_all(&["in", "the"]);
    let parts = &settings.day_parts;
    let word = cursor.next()?.to_ascii_lowercase();
    let (time, late) = match word.as_str() {
        "morning" => (parts.morning, false),
        "noon" => (parts.noon, false),
        "midnight" => (ClockTime::MIDNIGHT, false),
        "afternoon" => (parts.afternoon, true),
        "evening" => (parts.evening, true),
        "night" | "tonight" => (parts.night, true),
        _ => return None,
    };
    let today = word == "tonight";
    let sure = today || (at && matches!(word.as_str(), "noon" | "midnight"));
    let strength = if sure { Strength::Strong } else { Strength::AtEnd };
    let Some(said) = cursor.read(|ahead| {
        let at = ahead.take(&["at", "@"]);
        ahead.read(|further| clock_time(further, settings, at)).or_else(|| midnight(ahead).filter(|_| late))
    }) else {
        return Some(FoundTime { strength, zone: zone(cursor), today, ..FoundTime::at(time) });
    };
    let afternoon = ClockTime::from_minutes(said.time.minutes() + 12 * 60).filter(|_| late && said.either_half);
    let time = afternoon.unwrap_or(said.time);
    // "Tonight at 1am" is after midnight, on another day.
    Some(FoundTime { time, today: today && time >= parts.noon, ..said })
}

fn midnight(cursor: &mut Cursor<'_, '_>) -> Option<FoundTime> {
    if !cursor.take(&["midnight"]) {
        return None;
    }
    Some(FoundTime { zone: zone(cursor), ..FoundTime::at(ClockTime::MIDNIGHT) })
}

/// A time as people write it, before it is known which half of the day is meant.
#[derive(Debug, Clone, Copy)]
struct Written {
    hour: u16,
    minute: Option<u16>,
    afternoon: Option<bool>,
    /// Four digits without a colon.
    military: bool,
    /// The hour has a zero before it.
    padded: bool,
}

impl Written {
    fn is_sure(self) -> bool {
        self.afternoon.is_some() || (self.minute.is_some() && !self.military)
    }

    fn is_either_half(self) -> bool {
        self.afternoon.is_none() && !self.military && !self.padded
    }

    fn clock(self, bare_is_afternoon: bool) -> Option<ClockTime> {
        let hour = match self.afternoon {
            Some(_) if !(1..=12).contains(&self.hour) => return None,
            Some(afternoon) => self.hour % 12 + if afternoon { 12 } else { 0 },
            None if bare_is_afternoon && self.minute.is_none() && (1..=7).contains(&self.hour) => self.hour + 12,
            None => self.hour,
        };
        let minute = self.minute.unwrap_or(0);
        if hour < 24 && minute < 60 { ClockTime::from_minutes(hour * 60 + minute) } else { None }
    }
}

fn clock_time(cursor: &mut Cursor<'_, '_>, settings: &Settings, at: bool) -> Option<FoundTime> {
    let word = cursor.next()?;
    let (at, word) = match word.strip_prefix('@') {
        Some(word) if word.starts_with(|character: char| character.is_ascii_digit()) => (true, word),
        _ => (at, word),
    };
    let bare_is_afternoon = settings.clock == Clock::Twelve;
    if let Some((begin, end)) = range(cursor, word) {
        return between(begin, end, zone(cursor));
    }
    let (written, offset) = written_with_offset(word)?;
    let written = match cursor.read(|ahead| meridiem(ahead.next()?)) {
        Some(afternoon) if written.afternoon.is_none() && !written.military => {
            Written { afternoon: Some(afternoon), ..written }
        }
        Some(_) => return None,
        None => written,
    };
    if !written.is_sure() && (!at || cursor.peek().is_some_and(|word| unit(word).is_some())) {
        return None;
    }
    let strength = if written.is_sure() { Strength::Strong } else { Strength::Weak };
    let zone = offset.or_else(|| zone(cursor));
    let either_half = written.is_either_half();
    Some(FoundTime { strength, zone, either_half, ..FoundTime::at(written.clock(bare_is_afternoon)?) })
}

/// The two ends of `9:30-10:15`, `9-10am`, `9am - 10am` or `9am to 10am`; one end at least is sure.
fn range(cursor: &mut Cursor<'_, '_>, word: &str) -> Option<(Written, Written)> {
    let dash = |character: char| matches!(character, '-' | '–');
    let ends = match word.split_once(dash) {
        Some((begin, end)) => (written(begin)?, cursor.read(|ahead| with_meridiem(ahead, end))?),
        None => cursor.read(|ahead| {
            let begin = with_meridiem(ahead, word)?;
            if !ahead.take(&["-", "–", "to"]) {
                return None;
            }
            let end = ahead.next()?;
            Some((begin, with_meridiem(ahead, end)?))
        })?,
    };
    let sure = ends.1.is_sure() && (ends.0.is_sure() || ends.1.afternoon.is_some());
    if sure { Some(ends) } else { None }
}

fn with_meridiem(cursor: &mut Cursor<'_, '_>, word: &str) -> Option<Written> {
    let plain = written(word)?;
    match plain.afternoon {
        None => Some(Written { afternoon: cursor.read(|ahead| meridiem(ahead.next()?)), ..plain }),
        Some(_) => Some(plain),
    }
}

fn between(begin: Written, end: Written, zone: Option<ZoneName>) -> Option<FoundTime> {
    let last = end.clock(false)?;
    let first = match (begin.afternoon, end.afternoon) {
        (None, Some(_)) if begin.hour <= 12 => {
            let same_half = Written { afternoon: end.afternoon, ..begin }.clock(false)?;
            let other_half = Written { afternoon: Some(false), ..begin }.clock(false)?;
            if same_half < last { same_half } else { other_half }
        }
        _ => begin.clock(false)?,
    };
    let duration = (24 * 60 + last.minutes() - first.minutes()) % (24 * 60);
    if duration == 0 {
        return None;
    }
    let either_half = begin.is_either_half() && end.is_either_half();
    Some(FoundTime { zone, duration: Some(duration), either_half, ..FoundTime::at(first) })
}

fn written_with_offset(word: &str) -> Option<(Written, Option<ZoneName>)> {
    if let Some(plain) = written(word) {
        return Some((plain, None));
    }
    let at = word.find(['+', '-', 'Z', 'z'])?;
    let (time, offset) = (word.get(..at)?, word.get(at..)?);
    Some((written(time).filter(|time| time.is_sure())?, Some(offset_zone(offset)?)))
}

/// `9`, `9:30`, `9pm`, `9:30pm`, `0930`.
fn written(word: &str) -> Option<Written> {
    let letters = word.find(|character: char| character.is_ascii_alphabetic()).unwrap_or(word.len());
    let (numbers, half) = (word.get(..letters)?, word.get(letters..)?);
    let afternoon = if half.is_empty() { None } else { Some(meridiem(half)?) };
    let padded = numbers.starts_with('0');
    let (hour, minute) = match numbers.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 && hour.len() <= 2 => (digits(hour)?, Some(digits(minute)?)),
        Some(_) => return None,
        None if numbers.len() == 4 && afternoon.is_none() => {
            let number = digits(numbers)?;
            return Some(Written { hour: number / 100, minute: Some(number % 100), afternoon, military: true, padded });
        }
        None if numbers.len() <= 2 => (digits(numbers)?, None),
        None => return None,
    };
    Some(Written { hour, minute, afternoon, military: false, padded })
}

/// The time in `2026-12-05T06:40Z`, where a minus begins an offset and never a range.
pub(super) fn in_timestamp(text: &str) -> Option<(ClockTime, Option<ZoneName>)> {
    let (written, zone) = written_with_offset(text)?;
    Some((written.clock(false).filter(|_| written.is_sure())?, zone))
}

fn meridiem(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "am" | "a.m" | "a.m." => Some(false),
        "pm" | "p.m" | "p.m." => Some(true),
        _ => None,
    }
}

/// The areas that names in the IANA database begin with.
const AREAS: [&str; 11] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
    "Etc",
];

/// Fixed offsets that are no whole hours, with a zone that keeps them all year.
const HALF_HOURS: [(&str, &str); 9] = [
    ("+03:30", "Asia/Tehran"),
    ("+04:30", "Asia/Kabul"),
    ("+05:30", "Asia/Kolkata"),
    ("+05:45", "Asia/Kathmandu"),
    ("+06:30", "Asia/Yangon"),
    ("+08:45", "Australia/Eucla"),
    ("+09:30", "Australia/Darwin"),
    ("-09:30", "Pacific/Marquesas"),
    ("+00:00", "UTC"),
];

fn names_area(word: &str) -> bool {
    word.split_once('/').is_some_and(|(area, place)| {
        let lettered = place.starts_with(|character: char| character.is_ascii_alphabetic());
        lettered && AREAS.iter().any(|known| known.eq_ignore_ascii_case(area))
    })
}

/// Gives the names of zones among the words their spelling; what only looks like one stays text.
pub(super) fn know_zones<'a>(words: &mut [Word<'a>], zones: &[&'a str]) {
    if zones.is_empty() {
        return;
    }
    for word in words.iter_mut().filter(|word| !word.literal && names_area(word.core)) {
        match zones.iter().find(|zone| zone.eq_ignore_ascii_case(word.core)) {
            Some(zone) => word.core = zone,
            None => word.literal = true,
        }
    }
}

/// A zone right after a time.
fn zone(cursor: &mut Cursor<'_, '_>) -> Option<ZoneName> {
    cursor.word(|word| {
        if names_area(word) {
            return ZoneName::from_text(word).ok();
        }
        let is_utc = word.eq_ignore_ascii_case("utc") || word.eq_ignore_ascii_case("gmt");
        if is_utc { ZoneName::from_text(&word.to_ascii_uppercase()).ok() } else { offset_zone(word) }
    })
}

/// The IANA name of `Z` or of a fixed offset. In `Etc/GMT-2` the sign means the opposite: it is two hours ahead.
fn offset_zone(offset: &str) -> Option<ZoneName> {
    if offset.eq_ignore_ascii_case("z") {
        return Some(ZoneName::utc());
    }
    if let Some((_, name)) = HALF_HOURS.iter().find(|(known, _)| *known == offset) {
        return ZoneName::from_text(name).ok();
    }
    let (sign, most) = if offset.starts_with('+') { ("-", 14) } else { ("+", 12) };
    let hours = offset.strip_prefix(['+', '-'])?.strip_suffix(":00").filter(|hours| hours.len() == 2)?;
    let hours = digits(hours).filter(|hours| *hours <= most)?;
    if hours == 0 { Some(ZoneName::utc()) } else { ZoneName::from_text(&format!("Etc/GMT{sign}{hours}")).ok() }
}

/// A number with its unit, together (`45min`) or apart (`2 weeks`). Zero of anything is nothing.
pub(super) fn quantity(cursor: &mut Cursor<'_, '_>) -> Option<(u16, Unit)> {
    cursor.read(|ahead| {
        let word = ahead.next()?;
        let found = match compact(word) {
            Some(found) => found,
            None if matches!(word, "a" | "an" | "A" | "An") => (1, ahead.word(unit)?),
            None => (number(word)?, ahead.word(unit)?),
        };
        Some(found).filter(|(count, _)| *count > 0)
    })
}

/// A number with its unit in one word: `45min`.
pub(super) fn compact(word: &str) -> Option<(u16, Unit)> {
    let letters = word.find(|character: char| !character.is_ascii_digit())?;
    Some((digits(word.get(..letters)?)?, unit(word.get(letters..)?)?))
}

/// The minutes of `for 45 min`, `for 2h`, `for 1h30m`, `for 1 hour 30 min`, `for an hour`.
pub(super) fn duration(cursor: &mut Cursor<'_, '_>) -> Option<u16> {
    cursor
        .read(|ahead| {
            if !ahead.take(&["for"]) {
                return None;
            }
            if let Some((count, unit)) = quantity(ahead) {
                return match unit {
                    Unit::Minute => Some(count),
                    Unit::Hour => count.checked_mul(60)?.checked_add(ahead.read(minutes_of_hour).unwrap_or(0)),
                    _ => None,
                };
            }
            ahead.word(|word| {
                let (hours, minutes) = word.split_once(['h', 'H'])?;
                let minutes = digits(minutes.trim_end_matches(['m', 'M', 'i', 'n'])).filter(|minutes| *minutes < 60)?;
                digits(hours)?.checked_mul(60)?.checked_add(minutes)
            })
        })
        .filter(|minutes| (1..=7 * 24 * 60).contains(minutes))
}

/// The `30 min` of `1 hour 30 min`.
fn minutes_of_hour(cursor: &mut Cursor<'_, '_>) -> Option<u16> {
    let _ = cursor.take(&["and"]);
    quantity(cursor).filter(|(count, unit)| *unit == Unit::Minute && *count < 60).map(|(count, _)| count)
}
