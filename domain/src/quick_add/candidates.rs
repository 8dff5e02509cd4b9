//! Looks for the phrases of a line that say when it is due, and judges which of them count where they stand.

use super::{
    dates::Strength,
    first::{self, First},
    moments::{self, Moment},
    phrases,
    recurrence::Recurrence,
    rule,
    settings::Settings,
    times,
    vocabulary::ordinal,
    words::{Cursor, Word},
};
use crate::calendar::{LocalTime, format_date};

/// When a task is due.
#[derive(Debug, Clone)]
pub(super) enum When {
    Once(Box<Moment>),
    Repeatedly(Box<Recurrence>, First),
}

impl When {
    /// The canonical text of a span.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Once(moment) => {
                let mut text = format_date(moment.date);
                if let Some(time) = moment.time {
                    text.push_str(&format!(" {time}"));
                }
                if let Some(zone) = &moment.zone {
                    text.push(' ');
                    text.push_str(zone.as_str());
                }
                text
            }
            Self::Repeatedly(recurrence, first) => rule::text(recurrence, first.until),
        }
    }
}

/// A phrase that counts where it stands.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) when: When,
    /// The places of its first word and of the one after its last.
    pub(super) words: (usize, usize),
    /// The minutes said after it, and the place after those words.
    pub(super) duration: Option<(u16, usize)>,
}

impl Candidate {
    /// The place after its last word.
    fn end(&self) -> usize {
        self.duration.map_or(self.words.1, |(_, end)| end)
    }
}

/// All phrases that count, from left to right.
pub(super) fn candidates(words: &[Word<'_>], now: LocalTime, settings: &Settings) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((mut candidate, strength)) = read(words, at, now, settings) else {
            at += 1;
            continue;
        };
        let begin = swallow(words, at);
        candidate.words.0 = begin;
        if is_blocked(words, begin) {
            at = candidate.end();
        } else if counts(words, &candidate, strength, begin < at) {
            at = candidate.end();
            candidates.push(candidate);
        } else {
            at += 1;
        }
    }
    candidates
}

fn read(words: &[Word<'_>], at: usize, now: LocalTime, settings: &Settings) -> Option<(Candidate, Strength)> {
    if words.get(at)?.glued {
        return None;
    }
    let mut cursor = Cursor::new(words, at);
    let (when, strength) = match cursor.read(|ahead| repeatedly(ahead, now, settings)) {
        Some(found) => found,
        None => {
            let moment = moments::moment(&mut cursor, now, settings)?;
            let strength = moment.strength;
            (When::Once(Box::new(moment)), strength)
        }
    };
    let end = cursor.place();
    let duration = match &when {
        When::Once(moment) if moment.time.is_some() && moment.duration.is_none() => times::duration(&mut cursor),
        _ => None,
    };
    let duration = duration.map(|minutes| (minutes, cursor.place()));
    if words.get(cursor.place()).is_some_and(|next| next.glued) {
        return None;
    }
    Some((Candidate { when, words: (at, end), duration }, strength))
}

fn repeatedly(cursor: &mut Cursor<'_, '_>, now: LocalTime, settings: &Settings) -> Option<(When, Strength)> {
    let mut recurrence = phrases::recurrence(cursor, now, settings)?;
    let strength = if recurrence.says_only_how_often() { Strength::AtEnd } else { recurrence.strength };
    recurrence.pin(now.date);
    let first = first::first(&recurrence, now)?;
    Some((When::Repeatedly(Box::new(recurrence), first), strength))
}

/// Prepositions that belong to the phrase after them.
const SWALLOWED: [&str; 4] = ["on", "by", "due", "at"];
/// Prepositions that make what follows a part of the title.
const BLOCKING: [&str; 8] = ["of", "about", "before", "after", "since", "until", "from", "for"];
/// Words that make a noun of what follows, unless it is unmistakable.
const DETERMINERS: [&str; 6] = ["the", "a", "an", "my", "every", "each"];

fn swallow(words: &[Word<'_>], mut at: usize) -> usize {
    let is_swallowed = |at| before(words, at).is_some_and(|word| SWALLOWED.iter().any(|known| word.is(known)));
    // "By the end of the month".
    if before(words, at).is_some_and(|word| word.is("the")) && is_swallowed(at - 1) {
        at -= 1;
    }
    while is_swallowed(at) {
        at -= 1;
    }
    at
}

fn is_blocked(words: &[Word<'_>], at: usize) -> bool {
    let blocks = |word: &Word<'_>| BLOCKING.iter().any(|known| word.is(known));
    let up_to = before(words, at).is_some_and(|word| word.is("to"))
        && before(words, at.saturating_sub(1)).is_some_and(|word| word.is("up"));
    up_to || before(words, at).is_some_and(|word| blocks(word) && word.trail.is_empty())
}

fn before<'w, 'a>(words: &'w [Word<'a>], at: usize) -> Option<&'w Word<'a>> {
    words.get(at.checked_sub(1)?)
}

fn counts(words: &[Word<'_>], candidate: &Candidate, strength: Strength, has_preposition: bool) -> bool {
    let (timed, weekday) = match &candidate.when {
        When::Once(moment) => (moment.time.is_some(), moment.bare_weekday),
        When::Repeatedly(..) => (true, false),
    };
    if strength == Strength::Strong || (weekday && has_preposition) {
        return true;
    }
    let begin = candidate.words.0;
    let at_end = candidate.end() >= words.len();
    let at_start = begin == 0 && timed && strength != Strength::AtEnd;
    !names_a_thing(words, begin) && (at_end || at_start)
}

/// Whether the word before makes a noun of what begins here: neither "the sun" nor "last friday" is a day to come.
pub(super) fn names_a_thing(words: &[Word<'_>], begin: usize) -> bool {
    before(words, begin).is_some_and(|word| {
        DETERMINERS.iter().any(|known| word.is(known)) || (!word.literal && ordinal(word.core).is_some())
    })
}
