//! The dates of all rules of a set as one series: in order, and none twice.

use super::{Occurrence, RuleSet, Zone, civil::CivilOccurrences, instants::InstantOccurrences, zone::as_utc};
use crate::Timestamp;
use std::iter::Peekable;

/// The occurrences of a set of rules, in order.
pub struct Occurrences<'a, Z: Zone> {
    rules: Vec<Peekable<Rounds<'a, Z>>>,
    zone: &'a Z,
    /// Whether to compare instants and not what the wall shows.
    in_instants: bool,
    left: Option<u32>,
}

enum Rounds<'a, Z> {
    Civil(CivilOccurrences),
    Instants(Option<InstantOccurrences<'a, Z>>),
}

impl<Z: Zone> Iterator for Rounds<'_, Z> {
    type Item = Occurrence;

    fn next(&mut self) -> Option<Occurrence> {
        match self {
            Self::Civil(occurrences) => occurrences.next(),
            Self::Instants(occurrences) => occurrences.as_mut()?.next(),
        }
    }
}

impl<'a, Z: Zone> Occurrences<'a, Z> {
    /// Those of a series with that start which are not before `from`.
    pub(super) fn new(rules: &'a RuleSet, start: Occurrence, from: Occurrence, zone: &'a Z, left: Option<u32>) -> Self {
        let rounds = |rule: &'a super::Rule| {
            if rule.frequency.is_within_a_day() {
                let from = from.instant(zone).unwrap_or_else(|| as_utc(from.local()));
                Rounds::Instants(InstantOccurrences::new(rule, start, from, zone))
            } else {
                Rounds::Civil(CivilOccurrences::new(rule, start, from.date))
            }
        };
        Self {
            rules: rules.rules().iter().map(|rule| rounds(rule).peekable()).collect(),
            zone,
            in_instants: rules.is_within_a_day(),
            left,
        }
    }

    fn pop(&mut self) -> Option<Occurrence> {
        if let [only] = self.rules.as_mut_slice() {
            return only.next();
        }
        let (zone, in_instants) = (self.zone, self.in_instants);
        let key = |occurrence: &Occurrence| -> Timestamp {
            let instant = if in_instants { occurrence.instant(zone) } else { None };
            instant.unwrap_or_else(|| as_utc(occurrence.local()))
        };
        let first = self.rules.iter_mut().filter_map(|rule| rule.peek().map(key)).min()?;
        let taken = self.rules.iter_mut().filter_map(|rule| rule.next_if(|occurrence| key(occurrence) == first));
        taken.last()
    }
}

impl<Z: Zone> Iterator for Occurrences<'_, Z> {
    type Item = Occurrence;

    fn next(&mut self) -> Option<Occurrence> {
        if let Some(left) = &mut self.left {
            *left = left.checked_sub(1)?;
        }
        self.pop()
    }
}
