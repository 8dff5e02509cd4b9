//! How rules are written: one spelling for each meaning, so that equal rules are equal texts.

use super::{End, Frequency, Rule, RuleDay, RuleSet, Weekday};
use std::fmt::{self, Display, Formatter};

impl Display for Frequency {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl Display for RuleDay {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        if let Some(ordinal) = self.ordinal {
            write!(formatter, "{ordinal}")?;
        }
        formatter.write_str(two_letters(self.weekday))
    }
}

impl Display for Rule {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "FREQ={}", self.frequency)?;
        if self.interval.get() > 1 {
            write!(formatter, ";INTERVAL={}", self.interval)?;
        }
        write_list(formatter, "BYMONTH", &self.months)?;
        write_list(formatter, "BYWEEKNO", &self.weeks)?;
        write_list(formatter, "BYYEARDAY", &self.year_days)?;
        write_list(formatter, "BYMONTHDAY", &self.month_days)?;
        write_list(formatter, "BYDAY", &self.weekdays)?;
        write_list(formatter, "BYHOUR", &self.hours)?;
        write_list(formatter, "BYMINUTE", &self.minutes)?;
        write_list(formatter, "BYSETPOS", &self.positions)?;
        match self.end {
            End::Never => {}
            End::Count(count) => write!(formatter, ";COUNT={count}")?,
            End::Until(date) => {
                let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
                write!(formatter, ";UNTIL={year:04}{month:02}{day:02}")?;
            }
        }
        if self.week_start != Weekday::Monday {
            write!(formatter, ";WKST={}", two_letters(self.week_start))?;
        }
        Ok(())
    }
}

/// One rule per line.
impl Display for RuleSet {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        for (number, rule) in self.rules().iter().enumerate() {
            let line_end = if number == 0 { "" } else { "\n" };
            write!(formatter, "{line_end}{rule}")?;
        }
        Ok(())
    }
}

fn write_list(formatter: &mut Formatter<'_>, name: &str, list: &[impl Display]) -> fmt::Result {
    for (number, item) in list.iter().enumerate() {
        if number == 0 {
            write!(formatter, ";{name}={item}")?;
        } else {
            write!(formatter, ",{item}")?;
        }
    }
    Ok(())
}

pub(super) const fn two_letters(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}
