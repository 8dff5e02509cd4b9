//! Stretches of days: `today`, `+7d`, `next week`, `2026-11`, `today..+7d`, `<2026-12-01`. They are kept as they were
//! said, so that a saved filter means another week next week.

use crate::{
    accounts::WeekStart,
    calendar::{Date, format_date, parse_date},
    days,
    json::Complaint,
    quick_add::vocabulary,
};
use std::fmt;
use time::{Month, Weekday};

/// Days in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// This period.
    In(Period),
    /// From the first day of one to the last day of the other; without one, from or to the end of time.
    Between(Option<Period>, Option<Period>),
    /// Before the first day of it.
    Before(Period),
    /// After the last day of it.
    After(Period),
}

/// A day, or days that have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Today.
    Today,
    /// Tomorrow.
    Tomorrow,
    /// Yesterday.
    Yesterday,
    /// The day so many units from today.
    Ahead(i32, Unit),
    /// This week, next month.
    Whole(Which, Unit),
    /// The next such day after today.
    Weekday(Weekday),
    /// A day of the calendar.
    Day(Date),
    /// A month of the calendar.
    Month(i32, Month),
    /// A year of the calendar.
    Year(i32),
}

/// Which of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one before this.
    Last,
    /// This one.
    This,
    /// The one after this.
    Next,
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
}

/// The first and the last day of a stretch; none is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: Option<Date>,
    /// The last.
    pub last: Option<Date>,
}

impl Days {
    /// Whether a day is one of them.
    pub fn contain(&self, day: Date) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

const LARGEST: i32 = 9999;
const WHICH: [(&str, Which); 3] = [("last", Which::Last), ("this", Which::This), ("next", Which::Next)];
const UNITS: [(&str, Unit); 5] = [
    ("day", Unit::Day),
    ("week", Unit::Week),
    ("month", Unit::Month),
    ("quarter", Unit::Quarter),
    ("year", Unit::Year),
];

impl Stretch {
    /// Reads a stretch from lower-case text.
    pub(super) fn parse(text: &str) -> Result<Self, Complaint> {
        if let Some((from, to)) = text.split_once("..") {
            return Self::between(from.trim(), to.trim());
        }
        for (sign, make) in [
            ("<=", (|period| Self::Between(None, Some(period))) as fn(Period) -> Self),
            (">=", |period| Self::Between(Some(period), None)),
            ("<", Self::Before),
            (">", Self::After),
        ] {
            if let Some(rest) = text.strip_prefix(sign) {
                return Period::parse(rest.trim()).map(make);
            }
        }
        Period::parse(text).map(Self::In)
    }

    fn between(from: &str, to: &str) -> Result<Self, Complaint> {
        let read = |text: &str| if text.is_empty() { Ok(None) } else { Period::parse(text).map(Some) };
        match (read(from)?, read(to)?) {
            (None, None) => Err(unknown("..")),
            (Some(Period::Day(from)), Some(Period::Day(to))) if from > to => {
                Err(Complaint::new("out_of_range", "The last day comes before the first"))
            }
            (Some(from), Some(to)) if from == to => Ok(Self::In(from)),
            (from, to) => Ok(Self::Between(from, to)),
        }
    }

    /// Its days, seen from `today`.
    pub fn days(&self, today: Date, week_start: WeekStart) -> Days {
        let of = |period: &Period| period.days(today, week_start);
        match self {
            Self::In(period) => {
                let (first, last) = of(period);
                Days { first: Some(first), last: Some(last) }
            }
            Self::Between(from, to) => {
                Days { first: from.as_ref().map(|from| of(from).0), last: to.as_ref().map(|to| of(to).1) }
            }
            Self::Before(period) => Days { first: None, last: Some(moved(of(period).0, -1)) },
            Self::After(period) => Days { first: Some(moved(of(period).1, 1)), last: None },
        }
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::In(period) => period.fmt(formatter),
            Self::Between(from, to) => {
                from.iter().try_for_each(|from| from.fmt(formatter))?;
                formatter.write_str("..")?;
                to.iter().try_for_each(|to| to.fmt(formatter))
            }
            Self::Before(period) => write!(formatter, "<{period}"),
            Self::After(period) => write!(formatter, ">{period}"),
        }
    }
}

impl Period {
    fn parse(text: &str) -> Result<Self, Complaint> {
        let known = match text {
            "today" | "tod" | "now" => Some(Self::Today),
            "tomorrow" | "tom" => Some(Self::Tomorrow),
            "yesterday" => Some(Self::Yesterday),
            _ => None,
        };
        known
            .or_else(|| ahead(text))
            .or_else(|| whole(text))
            .or_else(|| vocabulary::weekday(text).map(Self::Weekday))
            .or_else(|| parse_date(text).map(Self::Day))
            .or_else(|| month_or_year(text))
            .ok_or_else(|| unknown(text))
    }

    /// Its first and its last day; what lies beyond the calendar is the calendar's end.
    fn days(&self, today: Date, week_start: WeekStart) -> (Date, Date) {
        let one = |day: Date| (day, day);
        match *self {
            Self::Today => one(today),
            Self::Tomorrow => one(moved(today, 1)),
            Self::Yesterday => one(moved(today, -1)),
            Self::Ahead(count, unit) => one(match unit {
                Unit::Day => moved(today, i64::from(count)),
                Unit::Week => moved(today, i64::from(count) * 7),
                Unit::Month => months_away(today, count),
                Unit::Quarter => months_away(today, count.saturating_mul(3)),
                Unit::Year => months_away(today, count.saturating_mul(12)),
            }),
            Self::Whole(which, unit) => whole_days(which, unit, today, week_start),
            Self::Weekday(weekday) => one(days::on_or_after(moved(today, 1), weekday).unwrap_or(last_day())),
            Self::Day(day) => one(day),
            Self::Month(year, month) => month_of(Date::from_calendar_date(year, month, 1).unwrap_or(today)),
            Self::Year(year) => year_of(Date::from_calendar_date(year, Month::January, 1).unwrap_or(today)),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => formatter.write_str("today"),
            Self::Tomorrow => formatter.write_str("tomorrow"),
            Self::Yesterday => formatter.write_str("yesterday"),
            Self::Ahead(count, unit) => write!(formatter, "{count:+}{}", &name_of(&UNITS, *unit)[..1]),
            Self::Whole(which, unit) => write!(formatter, "{} {}", name_of(&WHICH, *which), name_of(&UNITS, *unit)),
            Self::Weekday(weekday) => formatter.write_str(vocabulary::weekday_name(*weekday)),
            Self::Day(day) => formatter.write_str(&format_date(*day)),
            Self::Month(year, month) => write!(formatter, "{year:04}-{:02}", u8::from(*month)),
            Self::Year(year) => write!(formatter, "{year:04}"),
        }
    }
}

fn name_of<T: PartialEq + Copy>(table: &[(&'static str, T)], wanted: T) -> &'static str {
    table.iter().find(|(_, known)| *known == wanted).map_or("", |(name, _)| name)
}

/// Whether a value ends in a word that asks for a unit behind it.
pub(super) fn asks_for_unit(value: &str) -> bool {
    let last = value.rsplit(['.', ' ', '<', '>', '=']).next().unwrap_or_default();
    WHICH.iter().any(|(name, _)| name.eq_ignore_ascii_case(last))
}

/// `+7d`, `-1w`.
fn ahead(text: &str) -> Option<Period> {
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits = text[1..].len() - text[1..].trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let (number, name) = text[1..].split_at(digits);
    let count = number.parse::<i32>().ok().filter(|count| *count <= LARGEST)?;
    let named =
        |(unit, _): &&(&str, Unit)| !name.is_empty() && (name == &unit[..1] || name.trim_end_matches('s') == *unit);
    UNITS.iter().find(named).map(|(_, unit)| Period::Ahead(sign * count, *unit))
}

fn whole(text: &str) -> Option<Period> {
    let (which, unit) = text.split_once(' ')?;
    let which = WHICH.iter().find(|(name, _)| *name == which)?.1;
    if let Some(unit) = UNITS.iter().find(|(name, _)| *name == unit.trim()).map(|(_, unit)| *unit) {
        return (unit != Unit::Day).then_some(Period::Whole(which, unit));
    }
    None
}

fn month_or_year(text: &str) -> Option<Period> {
    let is_number = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, month) = text.split_once('-').map_or((text, None), |(year, month)| (year, Some(month)));
    let number = is_number(year, 4).then(|| year.parse::<i32>().ok()).flatten().filter(|year| *year > 0)?;
    match month {
        None => Some(Period::Year(number)),
        Some(month) if is_number(month, 2) => {
            let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
            Some(Period::Month(number, month))
        }
        Some(_) => None,
    }
}

fn whole_days(which: Which, unit: Unit, today: Date, week_start: WeekStart) -> (Date, Date) {
    let steps = match which {
        Which::Last => -1,
        Which::This => 0,
        Which::Next => 1,
    };
    match unit {
        Unit::Day => (moved(today, i64::from(steps)), moved(today, i64::from(steps))),
        Unit::Week => {
            let first = days::start_of_week(today, week_start).unwrap_or(today);
            let first = moved(first, i64::from(steps) * 7);
            (first, moved(first, 6))
        }
        Unit::Month => month_of(months_away(first_of_month(today), steps)),
        Unit::Quarter => {
            let passed = i32::from(u8::from(today.month()) - 1) % 3;
            let first = months_away(first_of_month(today), steps * 3 - passed);
            (first, month_of(months_away(first, 2)).1)
        }
        Unit::Year => year_of(months_away(first_of_month(today), steps * 12)),
    }
}

fn first_of_month(day: Date) -> Date {
    days::first_of_month(day).unwrap_or(day)
}

fn month_of(day: Date) -> (Date, Date) {
    (first_of_month(day), days::last_of_month(day).unwrap_or(day))
}

fn year_of(day: Date) -> (Date, Date) {
    let on = |month, number| Date::from_calendar_date(day.year(), month, number).unwrap_or(day);
    (on(Month::January, 1), on(Month::December, 31))
}

fn moved(day: Date, by: i64) -> Date {
    days::after(day, by).unwrap_or(if by < 0 { first_day() } else { last_day() })
}

fn months_away(day: Date, by: i32) -> Date {
    days::months_after(day, by).unwrap_or(if by < 0 { first_day() } else { last_day() })
}

fn first_day() -> Date {
    Date::from_calendar_date(1, Month::January, 1).unwrap_or(Date::MIN)
}

fn last_day() -> Date {
    Date::from_calendar_date(9999, Month::December, 31).unwrap_or(Date::MAX)
}

fn unknown(text: &str) -> Complaint {
    let detail = format!(
        "“{text}” is no day. Say today, tomorrow, friday, +7d, -1w, this week, next month, 2026-12-24, 2026-12 or a range such as today..+7d"
    );
    Complaint::new("invalid_date", detail)
}
