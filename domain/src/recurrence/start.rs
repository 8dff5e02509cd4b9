//! When a task is due first: on the day that it was given, or on the first that its rules name.

use super::{Floating, Occurrence, RuleError, RuleSet};
use crate::calendar::{ClockTime, Date, LocalTime};

impl RuleSet {
    /// The first date of a task with these rules. Without a day it is the first that they name from today on, with a time
    /// of day after now; which rounds an interval leaves out is counted from there.
    ///
    /// ```
    /// use domain::{calendar::{ClockTime, LocalTime, parse_date}, recurrence::{RuleError, RuleSet}};
    ///
    /// let friday = LocalTime { date: parse_date("2026-11-20").unwrap(), clock: ClockTime::from_minutes(600).unwrap() };
    /// let start = |rule: &str| RuleSet::parse(rule)?.start(None, None, friday);
    /// assert_eq!(start("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO").unwrap().to_string(), "2026-11-23");
    /// assert_eq!(start("FREQ=HOURLY"), Err(RuleError::NeedsTime));
    /// ```
    ///
    /// # Errors
    /// Rules that no day fits, that end before that date, or that need a time of day and have none.
    pub fn start(&self, date: Option<Date>, clock: Option<ClockTime>, now: LocalTime) -> Result<Occurrence, RuleError> {
        let start = match date {
            Some(date) => Occurrence::new(date, clock),
            None => {
                self.check(Occurrence::new(now.date, clock))?;
                self.first(clock, now).ok_or(RuleError::EndsBeforeStart)?
            }
        };
        self.check(start)?;
        Ok(start)
    }

    fn first(&self, clock: Option<ClockTime>, now: LocalTime) -> Option<Occurrence> {
        let today = Occurrence::new(now.date, clock);
        let is_ahead = |next: &Occurrence| clock.is_none() || next.wall() > (now.date, Some(now.clock));
        let first = if self.needs_time() {
            let start = if is_ahead(&today) { today } else { Occurrence::new(now.date.next_day()?, clock) };
            self.from(start, start, &Floating).next()
        } else {
            self.in_every_round().from(today, today, &Floating).find(is_ahead)
        };
        first.map(|first| Occurrence::new(first.date, first.clock))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_date;

    fn start(rule: &str, clock: Option<&str>) -> String {
        let now = LocalTime { date: parse_date("2026-11-20").unwrap(), clock: "10:00".parse().unwrap() };
        let rules = RuleSet::parse(rule).unwrap();
        let start = rules.start(None, clock.map(|clock| clock.parse().unwrap()), now);
        start.map_or_else(|error| error.code().to_owned(), |start| start.to_string())
    }

    #[test]
    fn without_a_date_it_begins_today_or_later() {
        assert_eq!(start("FREQ=DAILY", None), "2026-11-20");
        assert_eq!(start("FREQ=DAILY", Some("09:00")), "2026-11-21T09:00");
        assert_eq!(start("FREQ=DAILY", Some("10:01")), "2026-11-20T10:01");
        assert_eq!(start("FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", Some("09:00")), "2026-11-20T21:00");
        assert_eq!(start("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH;COUNT=1", None), "2026-11-23");
        assert_eq!(start("FREQ=HOURLY;INTERVAL=12", Some("09:00")), "2026-11-21T09:00");
        assert_eq!(start("FREQ=MONTHLY;BYMONTHDAY=1", None), "2026-12-01");
    }

    #[test]
    fn where_nothing_fits_there_is_no_start() {
        assert_eq!(start("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", None), "impossible_rule");
        assert_eq!(start("FREQ=DAILY;UNTIL=20261119", None), "ends_before_start");
        assert_eq!(start("FREQ=DAILY;UNTIL=20261120", Some("09:00")), "ends_before_start");
        assert_eq!(start("FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20261130", None), "ends_before_start");
        assert_eq!(start("FREQ=MINUTELY;INTERVAL=5", None), "needs_time");
    }
}
