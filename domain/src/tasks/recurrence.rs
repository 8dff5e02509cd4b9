//! How a task comes to repeat: what its writer says of it, judged together with its due date. The dates themselves are
//! found in [`crate::recurrence`].

use crate::{
    Error,
    accounts::ZoneName,
    calendar::{ClockTime, Date, LocalTime},
    json::{Complaint, Reader, without_controls},
    quick_add::{Repetition, Settings, read_repetition},
    recurrence::{RuleError, RuleSet, Zone, describe},
    tasks::{RecurrenceAnchor, Task, TaskPatch},
};
use serde_json::Value;

/// How a task shall repeat, as it was written. What it means depends on whose task it is and when that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    /// In the words of RFC 5545.
    Rule(String),
    /// In words, or in those of RFC 5545.
    Words(String),
}

/// The longest phrase, in code points.
const LONGEST: usize = 200;

impl Repeat {
    /// Reads `rrule` or, in its place, `repeat`.
    pub(super) fn read(reader: &mut Reader) -> Option<Option<Self>> {
        let rule = reader.value("rrule", |value| {
            let text = text(value)?;
            RuleSet::parse(text)?;
            Ok(Self::Rule(text.to_owned()))
        });
        let said = reader.value("repeat", |value| words(text(value)?)).map(Option::flatten);
        if rule.is_some() && said.is_some() {
            reader.complain("repeat", "said_twice", "Send either rrule or repeat");
        }
        rule.or(said)
    }

    /// The field that it was written in.
    const fn field(&self) -> &'static str {
        match self {
            Self::Rule(_) => "rrule",
            Self::Words(_) => "repeat",
        }
    }
}

fn text(value: &Value) -> Result<&str, Complaint> {
    value.as_str().ok_or_else(|| Complaint::new("not_a_text", "Send this as a text"))
}

fn words(text: &str) -> Result<Option<Repeat>, Complaint> {
    let text = text.trim();
    without_controls(text, &[])?;
    if is_rule(text) {
        RuleSet::parse(&lines(text))?;
    } else if text.chars().nth(LONGEST).is_some() {
        return Err(Complaint::new("too_long", format!("Say it in at most {LONGEST} characters")));
    }
    Ok((!text.is_empty()).then(|| Repeat::Words(text.to_owned())))
}

fn is_rule(text: &str) -> bool {
    text.contains('=')
}

/// Several rules in one line stand apart by spaces.
fn lines(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("\n")
}

/// When a task is due and how it repeats.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schedule {
    /// Its rules, if it repeats.
    pub rules: Option<RuleSet>,
    /// What they are counted from; none if it does not repeat.
    pub anchor: Option<RecurrenceAnchor>,
    /// The day it is due.
    pub date: Option<Date>,
    /// The time it is due.
    pub time: Option<ClockTime>,
    /// The zone of the time.
    pub zone: Option<ZoneName>,
}

impl Schedule {
    /// That of a task.
    pub fn of(task: &Task) -> Self {
        Self {
            rules: task.rrule.clone(),
            anchor: task.rrule_anchor,
            date: task.due_date,
            time: task.due_time,
            zone: task.time_zone.clone(),
        }
    }

    /// Gives it to a task.
    pub fn give(self, task: &mut Task) {
        (task.rrule, task.rrule_anchor) = (self.rules, self.anchor);
        (task.due_date, task.due_time, task.time_zone) = (self.date, self.time, self.zone);
    }
}

/// What somebody's words are judged by.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'a, Z> {
    /// The local time of the task's owner.
    pub now: LocalTime,
    /// The zone in which its due time is meant.
    pub zone: &'a Z,
    /// The choices of its owner.
    pub settings: &'a Settings,
}

impl<Z: Zone> Judge<'_, Z> {
    /// The schedule that a patch asks for. The due date, the time and the zone of the patch are in `schedule` already; its
    /// rules are those from before.
    ///
    /// # Errors
    /// Rules that cannot be taken, or that do not go with the due date and time.
    pub fn settle(&self, mut schedule: Schedule, patch: &TaskPatch) -> Result<Schedule, Error> {
        let is_asked = patch.repeat.is_some() || patch.rrule_anchor.is_some();
        if !is_asked && patch.due_date.is_none() && patch.due_time.is_none() {
            return Ok(schedule);
        }
        let known = schedule.rules.take();
        let (rules, anchor) = match &patch.repeat {
            None => (known.clone(), None),
            Some(None) => (None, None),
            Some(Some(repeat)) => {
                let (rules, anchor) = self.read(repeat, known.as_ref(), &mut schedule, patch.rrule_anchor.flatten())?;
                (Some(rules), anchor)
            }
        };
        let Some(rules) = rules else {
            if patch.repeat.is_none() && patch.rrule_anchor.flatten().is_some() {
                let detail = "Say how the task repeats along with what that is counted from";
                return Err(Error::field("rrule_anchor", "needs_rule", detail));
            }
            return Ok(Schedule { anchor: None, ..schedule });
        };
        schedule.anchor = Some(match (anchor, patch.rrule_anchor) {
            (Some(RecurrenceAnchor::Completion), _) => RecurrenceAnchor::Completion,
            (_, Some(asked)) => asked.unwrap_or_default(),
            (Some(said), None) => said,
            (None, None) => schedule.anchor.unwrap_or_default(),
        });
        if known.as_ref() == Some(&rules) {
            still_fits(&rules, &schedule)?;
        } else {
            let start = rules.start(schedule.date, schedule.time, self.now);
            let field = patch.repeat.iter().flatten().map(Repeat::field).next().unwrap_or("rrule");
            let start = start.map_err(|error| about(field, error))?;
            (schedule.date, schedule.time) = (Some(start.date), start.clock);
        }
        Ok(Schedule { rules: begun(&rules, &schedule), ..schedule })
    }

    /// The rules that were meant. A phrase that says when it begins fills what is open in the schedule.
    fn read(
        &self,
        repeat: &Repeat,
        known: Option<&RuleSet>,
        schedule: &mut Schedule,
        anchor: Option<RecurrenceAnchor>,
    ) -> Result<(RuleSet, Option<RecurrenceAnchor>), Error> {
        let text = match repeat {
            Repeat::Rule(text) => text.clone(),
            Repeat::Words(text) if is_rule(text) => lines(text),
            // A form sends back what it was filled with.
            Repeat::Words(text) => match known.filter(|known| describe(known) == *text) {
                Some(known) => return Ok((known.clone(), None)),
                None => return self.read_phrase(text, schedule, anchor),
            },
        };
        let as_known = RuleSet::parse_in(&text, self.zone).ok().filter(|rules| Some(rules) == known);
        let rules = match as_known {
            Some(rules) => rules,
            None => self.parse(&text).map_err(|error| about(repeat.field(), error))?,
        };
        Ok((rules, None))
    }

    fn read_phrase(
        &self,
        text: &str,
        schedule: &mut Schedule,
        anchor: Option<RecurrenceAnchor>,
    ) -> Result<(RuleSet, Option<RecurrenceAnchor>), Error> {
        // Of a task that is due some day, "every month" is on that day of the month.
        let now = schedule.date.map_or(self.now, |date| LocalTime { date, clock: ClockTime::MIDNIGHT });
        let text = match text.split_at_checked(6) {
            Some((every, rest))
                if every.eq_ignore_ascii_case("every ") && anchor == Some(RecurrenceAnchor::Completion) =>
            {
                format!("every! {rest}")
            }
            _ => text.to_owned(),
        };
        let read = read_repetition(&text, now, self.settings).ok_or_else(|| {
            let detail = "Say it like “every 2 weeks on mon, fri” or “every month on the 1st”, or write an RRULE";
            Error::field("repeat", "not_understood", detail)
        })?;
        let Repetition { rrule, anchor, due_date, due_time, time_zone } = read;
        let rules = self.parse(&rrule).map_err(|error| about("repeat", error))?;
        schedule.date = schedule.date.or(due_date);
        if schedule.time.is_none() && due_time.is_some() {
            (schedule.time, schedule.zone) = (due_time, time_zone.or(schedule.zone.take()));
        }
        Ok((rules, Some(anchor)))
    }

    fn parse(&self, text: &str) -> Result<RuleSet, RuleError> {
        RuleSet::parse_for(text, self.zone, self.settings.week_start.weekday())
    }
}

/// Rules that are counted from the schedule, as they are from its date on.
fn begun(rules: &RuleSet, schedule: &Schedule) -> Option<RuleSet> {
    let start = schedule.date.filter(|_| schedule.anchor == Some(RecurrenceAnchor::Schedule));
    Some(start.map_or_else(|| rules.clone(), |start| rules.clone().begun_on(start)))
}

/// Rules that stay need what they needed before.
fn still_fits(rules: &RuleSet, schedule: &Schedule) -> Result<(), Error> {
    if schedule.date.is_none() {
        let detail = "A task that repeats needs a due date. To clear it, stop the repetition too.";
        return Err(Error::field("due_date", "needs_date", detail));
    }
    if rules.needs_time() && schedule.time.is_none() {
        return Err(about("due_time", RuleError::NeedsTime));
    }
    Ok(())
}

fn about(field: &str, error: RuleError) -> Error {
    Error::Invalid(vec![Complaint::from(error).about(field)])
}
