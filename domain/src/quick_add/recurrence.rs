//! What a recurring task's phrase says, as a structure: how often, on which days, at which times, from when to when.
//! It is read in `phrases`, becomes RRULE text in `rule`, and its first date is found in `first`.

use super::{dates::Strength, vocabulary::Unit};
use crate::{
    accounts::{WeekStart, ZoneName},
    calendar::{ClockTime, Date},
    tasks::RecurrenceAnchor,
};
use time::{Month, Weekday};

/// How often, before the interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frequency {
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A set of weekdays, one bit each from Monday on; the empty set restricts nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Weekdays(u8);

impl Weekdays {
    pub(super) const WORKDAYS: Self = Self(0b001_1111);
    pub(super) const WEEKEND: Self = Self(0b110_0000);
    const ALL: u8 = 0b111_1111;

    pub(super) fn of(weekday: Weekday) -> Self {
        Self(1 << weekday.number_days_from_monday())
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are left, if any are.
    pub(super) fn except(self, other: Self) -> Option<Self> {
        let all = if self.is_empty() { Self::ALL } else { self.0 };
        Some(Self(all & !other.0)).filter(|left| !left.is_empty())
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn has(self, weekday: Weekday) -> bool {
        self.0 & Self::of(weekday).0 != 0
    }

    /// From Monday to Sunday.
    pub(super) fn iter(self) -> impl Iterator<Item = Weekday> {
        std::iter::successors(Some(Weekday::Monday), |day| Some(day.next())).take(7).filter(move |day| self.has(*day))
    }
}

/// A day of a month; negative numbers count from its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// The 27th; the 31st is the last day where there are fewer.
    Day(i8),
    /// The third Friday, as days from Monday.
    Weekday(u8, i8),
    /// The 15th working day.
    Workday(i8),
}

/// A place in every month, or in one month of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MonthPlace {
    pub(super) place: Place,
    pub(super) month: Option<Month>,
}

/// When it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Never,
    /// On this day, inclusive.
    Until(Date),
    /// So long after the first date, exclusive.
    After(u16, Unit),
    /// After so many times.
    Times(u16),
}

/// What the phrase says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Recurrence {
    pub(super) anchor: RecurrenceAnchor,
    pub(super) frequency: Frequency,
    pub(super) interval: u16,
    pub(super) weekdays: Weekdays,
    pub(super) places: Vec<MonthPlace>,
    pub(super) times: Vec<ClockTime>,
    pub(super) zone: Option<ZoneName>,
    pub(super) duration: Option<u16>,
    pub(super) start_date: Option<Date>,
    pub(super) start_time: Option<ClockTime>,
    /// The first date is so long from now.
    pub(super) delay: Option<(u16, Unit)>,
    pub(super) end: End,
    pub(super) week_start: WeekStart,
    pub(super) strength: Strength,
}

impl Recurrence {
    pub(super) fn new(frequency: Frequency, week_start: WeekStart) -> Self {
        Self {
            anchor: RecurrenceAnchor::Schedule,
            frequency,
            interval: 1,
            weekdays: Weekdays::default(),
            places: Vec::new(),
            times: Vec::new(),
            zone: None,
            duration: None,
            start_date: None,
            start_time: None,
            delay: None,
            end: End::Never,
            week_start,
            strength: Strength::Strong,
        }
    }

    /// Sets how often by a unit; fewer than five minutes are too often.
    pub(super) fn set_unit(&mut self, count: u16, unit: Unit) -> Option<()> {
        (self.frequency, self.interval) = match unit {
            Unit::Minute if count < 5 => return None,
            Unit::Minute => (Frequency::Minutely, count),
            Unit::Hour => (Frequency::Hourly, count),
            Unit::Day => (Frequency::Daily, count),
            Unit::Workday if count == 1 => (Frequency::Weekly, 1),
            Unit::Workday => (Frequency::Daily, count),
            Unit::Weekend | Unit::Week => (Frequency::Weekly, count),
            Unit::Month => (Frequency::Monthly, count),
            Unit::Quarter => (Frequency::Monthly, count.checked_mul(3)?),
            Unit::Year => (Frequency::Yearly, count),
        };
        self.weekdays = match unit {
            Unit::Workday => Weekdays::WORKDAYS,
            Unit::Weekend => Weekdays::of(Weekday::Saturday),
            _ => Weekdays::default(),
        };
        Some(())
    }

    /// Whether it repeats within a day.
    pub(super) fn is_within_day(&self) -> bool {
        matches!(self.frequency, Frequency::Minutely | Frequency::Hourly)
    }

    /// Whether it says on which days.
    pub(super) fn names_days(&self) -> bool {
        !(self.weekdays.is_empty() && self.places.is_empty())
    }

    /// Whether it is a word such as `monthly` and nothing else, neither days nor a time.
    pub(super) fn says_only_how_often(&self) -> bool {
        self.strength == Strength::Weak && !self.names_days() && self.times.is_empty() && self.start_time.is_none()
    }

    /// Writes down what the schedule leaves open: `monthly`, begun on the 20th, is on every 20th.
    pub(super) fn pin(&mut self, today: Date) {
        if self.anchor != RecurrenceAnchor::Schedule || self.names_days() {
            return;
        }
        let first = self.start_date.unwrap_or(today);
        let day = Place::Day(i8::try_from(first.day()).unwrap_or(1));
        match self.frequency {
            Frequency::Weekly => self.weekdays = Weekdays::of(first.weekday()),
            Frequency::Monthly => self.places.push(MonthPlace { place: day, month: None }),
            Frequency::Yearly => self.places.push(MonthPlace { place: day, month: Some(first.month()) }),
            _ => {}
        }
    }
}
