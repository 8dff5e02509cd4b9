//! Reads one line: marks first, then reminders, then the phrase that says when; the rest is the title.

use super::{
    apart,
    candidates::{Candidate, When, candidates},
    first::First,
    marks::{self, Mark},
    parsed::{Parsed, Span, SpanKind},
    recurrence::{End, Frequency, Recurrence},
    reminders::{self, Reminder},
    rule,
    settings::{Ignored, Names, Settings},
    times, title,
    vocabulary::Unit,
    words::{self, Word},
};
use crate::{
    calendar::{Date, LocalTime, format_date},
    tasks::{DurationMinutes, Priority, RecurrenceAnchor, Tags},
};

/// Something that was understood, and the words that say it.
#[derive(Debug, Clone)]
struct Found {
    meaning: Meaning,
    words: Vec<usize>,
}

#[derive(Debug, Clone)]
enum Meaning {
    Mark(Mark),
    Reminder(Reminder),
    When(When),
    Duration(u16),
}

impl Found {
    fn kind(&self) -> SpanKind {
        match &self.meaning {
            Meaning::Mark(mark) => mark.kind(),
            Meaning::Reminder(_) => SpanKind::Reminder,
            Meaning::When(When::Once(_)) => SpanKind::Due,
            Meaning::When(When::Repeatedly(..)) => SpanKind::Recurrence,
            Meaning::Duration(_) => SpanKind::Duration,
        }
    }
}

/// What every step of a reading needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) now: LocalTime,
    pub(super) settings: &'a Settings,
    pub(super) names: &'a Names<'a>,
    pub(super) ignored: &'a [Ignored],
}

/// Reads a line whose first code point is number `start` of the whole text.
pub(super) fn line(text: &str, start: usize, context: Context<'_>) -> Parsed {
    let mut words = words::split(text, start, context.ignored);
    times::know_zones(&mut words, context.names.zones);
    let notes = split_off_notes(text, &mut words);
    let mut found = find_marks(&words, context);
    find_reminders(&words, &mut found, context);
    let lost = find_when(&words, &mut found, context);
    let mut parsed = assemble(&words, &found);
    if parsed.title.is_empty() {
        found.retain(|found| !found.kind().says_when());
        parsed = assemble(&words, &found);
    } else {
        parsed.alternatives = alternatives(&words, &found, &lost);
    }
    if let Some((notes, span)) = notes {
        parsed.notes = Some(notes);
        parsed.spans.push(span);
    }
    parsed
}

/// The text after ` // `, which nothing else is read in.
fn split_off_notes(text: &str, words: &mut Vec<Word<'_>>) -> Option<(String, Span)> {
    let at = words.iter().skip(1).find(|word| word.raw == "//" && !word.literal)?.index;
    let (slashes, first) = (*words.get(at)?, words.get(at + 1)?);
    let notes = text.get(first.byte..)?.trim_end().to_owned();
    let end = first.start + notes.chars().count();
    words.truncate(at);
    Some((notes.clone(), Span { kind: SpanKind::Notes, start: slashes.start, end, value: notes }))
}

fn find_marks(words: &[Word<'_>], context: Context<'_>) -> Vec<Found> {
    let Context { now, settings, names, .. } = context;
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (mark, length) = match marks::deadline(words, at, now, settings) {
            Some((mark, length)) => (Some(mark), length),
            None => (marks::mark(words, at, now, settings, names), 1),
        };
        if let Some(mark) = mark {
            found.push(Found { meaning: Meaning::Mark(mark), words: (at..at + length).collect() });
        }
        at += length;
    }
    keep_last_of_each(&mut found);
    found
}

/// Of tags all count, up to the most that a task can have; of everything else the last.
fn keep_last_of_each(found: &mut Vec<Found>) {
    let mut tags: Vec<String> = Vec::new();
    let mut later: Vec<SpanKind> = Vec::new();
    found.retain(|found| match &found.meaning {
        Meaning::Mark(Mark::Tag(tag)) => {
            let key = tag.key();
            let known = tags.contains(&key);
            if !known && tags.len() < Tags::MOST {
                tags.push(key);
                return true;
            }
            known
        }
        _ => true,
    });
    found.reverse();
    found.retain(|found| {
        let kind = found.kind();
        let known = later.contains(&kind);
        if !known {
            later.push(kind);
        }
        kind == SpanKind::Tag || !known
    });
    found.reverse();
}

/// The words that nothing has taken yet.
fn free<'a>(words: &[Word<'a>], found: &[Found]) -> Vec<Word<'a>> {
    let taken = taken(words, found);
    words.iter().filter(|word| taken.get(word.index).copied().flatten().is_none()).copied().collect()
}

/// For each word the number of the finding that took it.
fn taken(words: &[Word<'_>], found: &[Found]) -> Vec<Option<usize>> {
    let mut taken = vec![None; words.len()];
    for (number, found) in found.iter().enumerate() {
        for index in &found.words {
            if let Some(taken) = taken.get_mut(*index) {
                *taken = Some(number);
            }
        }
    }
    taken
}

fn indices(words: &[Word<'_>], begin: usize, end: usize) -> Vec<usize> {
    words.iter().take(end).skip(begin).map(|word| word.index).collect()
}

fn find_reminders(words: &[Word<'_>], found: &mut Vec<Found>, context: Context<'_>) {
    let free = free(words, found);
    let mut at = 0;
    while at < free.len() {
        match reminders::reminder(&free, at, context.now, context.settings) {
            Some((reminder, end)) => {
                found.push(Found { meaning: Meaning::Reminder(reminder), words: indices(&free, at, end) });
                at = end;
            }
            None => at += 1,
        }
    }
}

/// Adds the right-most phrase, with the day or the time that stands apart from it, and returns the others. The keys of
/// todo.txt go before phrases.
fn find_when(words: &[Word<'_>], found: &mut Vec<Found>, context: Context<'_>) -> Vec<Found> {
    let free = free(words, found);
    let as_found = |candidate: &Candidate| Found {
        meaning: Meaning::When(candidate.when.clone()),
        words: indices(&free, candidate.words.0, candidate.words.1),
    };
    let mut candidates = candidates(&free, context.now, context.settings);
    if keys_become_rule(found, context) {
        return candidates.iter().map(as_found).collect();
    }
    let Some(last) = candidates.pop() else { return Vec::new() };
    let (mut when, mut durations) = (as_found(&last), vec![last.duration.map(|said| (last.words.1, said))]);
    if let Some((number, together)) = apart::partner(&free, &last, &candidates, context.now) {
        let partner = candidates.remove(number);
        when.meaning = Meaning::When(together);
        when.words.splice(0..0, indices(&free, partner.words.0, partner.words.1));
        durations.push(partner.duration.map(|said| (partner.words.1, said)));
    }
    found.push(when);
    for (begin, (minutes, end)) in durations.into_iter().flatten() {
        found.push(Found { meaning: Meaning::Duration(minutes), words: indices(&free, begin, end) });
    }
    candidates.iter().map(as_found).collect()
}

/// Makes a rule of todo.txt's `rec:`, beginning on the day of its `due:`. Whether either is there.
fn keys_become_rule(found: &mut [Found], context: Context<'_>) -> bool {
    let due = found.iter().find_map(|found| match found.meaning {
        Meaning::Mark(Mark::Due(date)) => Some(date),
        _ => None,
    });
    let repeat = found.iter_mut().find_map(|found| match &found.meaning {
        Meaning::Mark(Mark::Repeat(text)) => {
            let when = repeated(text, due, context)?;
            found.meaning = Meaning::When(when);
            Some(())
        }
        _ => None,
    });
    due.is_some() || repeat.is_some()
}

fn repeated(text: &str, due: Option<Date>, context: Context<'_>) -> Option<When> {
    let (strict, count, unit) = marks::repetition(text)?;
    let unit = match unit {
        'd' => Unit::Day,
        'b' => Unit::Workday,
        'w' => Unit::Week,
        'm' => Unit::Month,
        _ => Unit::Year,
    };
    let date = due.unwrap_or(context.now.date);
    let mut recurrence = Recurrence::new(Frequency::Daily, context.settings.week_start);
    recurrence.set_unit(count, unit)?;
    recurrence.start_date = Some(date);
    if !strict {
        recurrence.anchor = RecurrenceAnchor::Completion;
    }
    recurrence.pin(date);
    Some(When::Repeatedly(Box::new(recurrence), First { date, time: None, until: None }))
}

/// The task that the findings make; reminders that have nothing to refer to stay text.
fn assemble(words: &[Word<'_>], found: &[Found]) -> Parsed {
    let mut parsed = Parsed::default();
    for found in found {
        match &found.meaning {
            Meaning::Mark(mark) => set_mark(&mut parsed, mark),
            Meaning::When(When::Once(moment)) => {
                (parsed.due_date, parsed.due_time) = (Some(moment.date), moment.time);
                parsed.time_zone = moment.zone.clone();
                set_duration(&mut parsed, moment.duration);
            }
            Meaning::When(When::Repeatedly(recurrence, first)) => set_recurrence(&mut parsed, recurrence, *first),
            Meaning::Duration(minutes) => set_duration(&mut parsed, Some(*minutes)),
            Meaning::Reminder(_) => {}
        }
    }
    let mut kept = Vec::with_capacity(found.len());
    for found in found {
        let Some(value) = value(found, &parsed) else { continue };
        if let Meaning::Reminder(_) = found.meaning
            && !parsed.reminders.contains(&value)
        {
            parsed.reminders.push(value.clone());
        }
        parsed.spans.extend(spans(words, found, &value));
        kept.push(found.clone());
    }
    parsed.spans.sort_by_key(|span| span.start);
    parsed.title = title::title(words, &taken(words, &kept));
    parsed
}

fn set_mark(parsed: &mut Parsed, mark: &Mark) {
    match mark {
        Mark::Tag(tag) if parsed.tags.iter().any(|known| known.key() == tag.key()) => {}
        Mark::Tag(tag) => parsed.tags.push(tag.clone()),
        Mark::Project(name) => parsed.project = Some(name.clone()),
        Mark::Assignee(name) => parsed.assignee = Some(name.clone()),
        Mark::Section(name) => parsed.section = Some(name.clone()),
        Mark::Priority(priority) => parsed.priority = *priority,
        Mark::Created(date) => parsed.created = Some(*date),
        Mark::Deadline(date) => parsed.deadline = Some(*date),
        Mark::Due(date) => parsed.due_date = Some(*date),
        Mark::Repeat(_) => {}
    }
}

fn set_duration(parsed: &mut Parsed, minutes: Option<u16>) {
    let duration = minutes.and_then(|minutes| DurationMinutes::new(i64::from(minutes)).ok());
    parsed.duration_min = duration.or(parsed.duration_min);
}

fn set_recurrence(parsed: &mut Parsed, recurrence: &Recurrence, first: First) {
    (parsed.due_date, parsed.due_time) = (Some(first.date), first.time);
    parsed.time_zone = recurrence.zone.clone();
    set_duration(parsed, recurrence.duration);
    parsed.rrule = Some(rule::text(recurrence, first.until));
    parsed.rrule_anchor = Some(recurrence.anchor);
    let mut recurrence = recurrence.clone();
    if let Some(until) = first.until {
        recurrence.end = End::Until(until);
    }
    recurrence.start_time = first.time.filter(|_| recurrence.is_within_day());
    parsed.recurrence = Some(recurrence);
}

fn value(found: &Found, parsed: &Parsed) -> Option<String> {
    Some(match &found.meaning {
        Meaning::Mark(Mark::Tag(tag)) => tag.as_str().to_owned(),
        Meaning::Mark(Mark::Project(name) | Mark::Assignee(name) | Mark::Section(name)) => name.clone(),
        Meaning::Mark(Mark::Priority(priority)) => Priority::as_str(*priority).to_owned(),
        Meaning::Mark(Mark::Created(date) | Mark::Deadline(date) | Mark::Due(date)) => format_date(*date),
        Meaning::Mark(Mark::Repeat(text)) => text.clone(),
        Meaning::Reminder(reminder) => reminder.text(parsed.due_date)?,
        Meaning::When(when) => when.text(),
        Meaning::Duration(minutes) => minutes.to_string(),
    })
}

/// One span for each run of neighbouring words: a phrase may stand around a mark.
fn spans(words: &[Word<'_>], found: &Found, value: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut previous = None;
    for index in &found.words {
        let Some(word) = words.get(*index) else { continue };
        match spans.last_mut() {
            Some(span) if previous == index.checked_sub(1) => span.end = word.end(),
            _ => spans.push(Span { kind: found.kind(), start: word.start, end: word.end(), value: value.to_owned() }),
        }
        previous = Some(*index);
    }
    spans
}

/// The phrases that lost, and the other order of day and month of the one that won.
fn alternatives(words: &[Word<'_>], found: &[Found], lost: &[Found]) -> Vec<Span> {
    let left = lost.iter().flat_map(|lost| {
        let Meaning::When(when) = &lost.meaning else { return Vec::new() };
        spans(words, lost, &when.text())
    });
    let swapped = found.iter().flat_map(|found| {
        let Meaning::When(When::Once(moment)) = &found.meaning else { return Vec::new() };
        let Some(date) = moment.other else { return Vec::new() };
        let other = When::Once(Box::new(super::moments::Moment { date, ..(**moment).clone() }));
        spans(words, found, &other.text())
    });
    let mut alternatives: Vec<Span> = left.chain(swapped).collect();
    alternatives.sort_by_key(|span| span.start);
    alternatives
}
