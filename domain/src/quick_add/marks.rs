//! Reads what a sign announces: `#tag`, `+project`, `@person`, `!high`, `{deadline}`, and the keys of todo.txt. Which
//! sign means what is the profile's choice. Phrases without a sign are read elsewhere.

use super::{
    moments,
    parsed::SpanKind,
    settings::{Names, Settings},
    words::{Cursor, Word},
};
use crate::{
    accounts::QuickAddProfile,
    calendar::{Date, LocalTime, parse_date},
    json::FromText,
    tasks::{Priority, TagName},
};

/// What a mark says.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    Tag(TagName),
    Project(String),
    Assignee(String),
    Section(String),
    Priority(Priority),
    Created(Date),
    Deadline(Date),
    /// todo.txt's `due:2026-12-01`.
    Due(Date),
    /// todo.txt's `rec:+1w`.
    Repeat(String),
}

impl Mark {
    /// The kind of span it makes.
    pub(super) fn kind(&self) -> SpanKind {
        match self {
            Self::Tag(_) => SpanKind::Tag,
            Self::Project(_) => SpanKind::Project,
            Self::Assignee(_) => SpanKind::Assignee,
            Self::Section(_) => SpanKind::Section,
            Self::Priority(_) => SpanKind::Priority,
            Self::Created(_) => SpanKind::Created,
            Self::Deadline(_) => SpanKind::Deadline,
            Self::Due(_) => SpanKind::Due,
            Self::Repeat(_) => SpanKind::Recurrence,
        }
    }
}

/// The sign before each kind of name.
pub(super) fn sign(profile: QuickAddProfile, kind: SpanKind) -> Option<char> {
    use QuickAddProfile as Profile;
    match (kind, profile) {
        (SpanKind::Project, Profile::Todoist) => Some('#'),
        (SpanKind::Project, _) => Some('+'),
        (SpanKind::Tag, Profile::Default) => Some('#'),
        (SpanKind::Tag, Profile::Vikunja) => Some('*'),
        (SpanKind::Tag, _) => Some('@'),
        (SpanKind::Assignee, Profile::Todoist) => Some('+'),
        (SpanKind::Assignee, Profile::Default | Profile::Vikunja) => Some('@'),
        (SpanKind::Section, Profile::Todoist) => Some('/'),
        _ => None,
    }
}

const NAMED: [SpanKind; 4] = [SpanKind::Tag, SpanKind::Project, SpanKind::Assignee, SpanKind::Section];

/// The words for a priority in each profile; the first for each is the one to write.
pub(super) fn priorities(profile: QuickAddProfile) -> &'static [(&'static str, Priority)] {
    use Priority::{High, Low, Medium, None};
    match profile {
        QuickAddProfile::Default => &[
            ("!high", High),
            ("!medium", Medium),
            ("!low", Low),
            ("!med", Medium),
            ("!1", High),
            ("!2", Medium),
            ("!3", Low),
            ("!!!", High),
            ("!!", Medium),
            ("p1", High),
            ("p2", Medium),
            ("p3", Low),
            ("p4", None),
        ],
        QuickAddProfile::Todoist => &[("p1", High), ("p2", Medium), ("p3", Low), ("p4", None)],
        QuickAddProfile::Vikunja => &[("!3", High), ("!2", Medium), ("!1", Low), ("!4", High), ("!5", High)],
        QuickAddProfile::TodoTxt => &[],
    }
}

/// The mark that this word is, if it is one.
pub(super) fn mark(
    words: &[Word<'_>],
    at: usize,
    now: LocalTime,
    settings: &Settings,
    names: &Names<'_>,
) -> Option<Mark> {
    let word = words.get(at).filter(|word| !word.literal && !word.glued)?;
    let said = |(text, _): &&(&str, Priority)| text.eq_ignore_ascii_case(word.core);
    if let Some((_, priority)) = priorities(settings.profile).iter().find(said) {
        return Some(Mark::Priority(*priority));
    }
    if settings.profile == QuickAddProfile::TodoTxt
        && let Some(mark) = todo_txt(words, at)
    {
        return Some(mark);
    }
    let first = word.core.chars().next()?;
    let kind = NAMED.into_iter().find(|kind| sign(settings.profile, *kind) == Some(first))?;
    let name = name(word.core, first)?;
    let is_time = word.core.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
        && moments::moment(&mut Cursor::new(words, at), now, settings).is_some();
    if is_time {
        return None;
    }
    match kind {
        SpanKind::Tag => TagName::from_text(known(name, names.tags)).ok().map(Mark::Tag),
        SpanKind::Project => Some(Mark::Project(known(name, names.projects).to_owned())),
        SpanKind::Assignee => Some(Mark::Assignee(name.to_owned())),
        _ if name.contains('/') => None,
        _ => Some(Mark::Section(name.to_owned())),
    }
}

/// What follows a sign: a name with a letter, or anything in quotes.
fn name(core: &str, sign: char) -> Option<&str> {
    let name = core.strip_prefix(sign)?;
    if let Some(quoted) = name.strip_prefix('"') {
        return quoted.strip_suffix('"').map(str::trim).filter(|name| !name.is_empty());
    }
    let lettered = name.chars().any(char::is_alphabetic);
    if lettered && !name.starts_with(sign) { Some(name) } else { None }
}

/// The spelling that is known already.
fn known<'a>(name: &'a str, names: &[&'a str]) -> &'a str {
    let same = |known: &&&str| known.chars().flat_map(char::to_lowercase).eq(name.chars().flat_map(char::to_lowercase));
    names.iter().find(same).copied().unwrap_or(name)
}

fn todo_txt(words: &[Word<'_>], at: usize) -> Option<Mark> {
    let word = words.get(at)?;
    let is_priority = |word: &Word<'_>| todo_txt_priority(word.raw).is_some();
    if at == 0 && is_priority(word) {
        return todo_txt_priority(word.raw).map(Mark::Priority);
    }
    if at == 0 || (at == 1 && words.first().is_some_and(is_priority)) {
        let more = words.len() > at + 1;
        if let Some(date) = parse_date(word.raw).filter(|_| more) {
            return Some(Mark::Created(date));
        }
    }
    if let Some(date) = value_of(word.core, "due:") {
        return parse_date(date).map(Mark::Due);
    }
    let repeat = value_of(word.core, "rec:")?;
    let _ = repetition(repeat)?;
    Some(Mark::Repeat(repeat.to_owned()))
}

fn value_of<'a>(word: &'a str, key: &str) -> Option<&'a str> {
    let (start, value) = word.split_at_checked(key.len())?;
    if start.eq_ignore_ascii_case(key) { Some(value) } else { None }
}

/// `(A)` is high, `(B)` medium, all others low.
fn todo_txt_priority(raw: &str) -> Option<Priority> {
    let letter = raw.strip_prefix('(')?.strip_suffix(')')?;
    match letter.as_bytes() {
        [b'A'] => Some(Priority::High),
        [b'B'] => Some(Priority::Medium),
        [b'C'..=b'Z'] => Some(Priority::Low),
        _ => None,
    }
}

/// Whether `+1w` is strict, its number and the letter of its unit.
pub(super) fn repetition(text: &str) -> Option<(bool, u16, char)> {
    let number = text.strip_prefix('+').unwrap_or(text);
    let (count, unit) = number.split_at_checked(number.len().checked_sub(1)?)?;
    let unit = unit.chars().next()?.to_ascii_lowercase();
    let count = super::vocabulary::digits(count).filter(|count| *count > 0)?;
    if matches!(unit, 'd' | 'b' | 'w' | 'm' | 'y') { Some((text.starts_with('+'), count, unit)) } else { None }
}

/// The most words between braces.
const DEADLINE_WORDS: usize = 8;

/// A deadline that begins at this word, and how many words it has.
pub(super) fn deadline(words: &[Word<'_>], at: usize, now: LocalTime, settings: &Settings) -> Option<(Mark, usize)> {
    let opening = words.get(at).filter(|word| !word.literal && !word.glued && word.core.starts_with('{'))?;
    let rest = words.get(at..)?;
    let length = rest.iter().take(DEADLINE_WORDS).position(|word| word.core.ends_with('}'))? + 1;
    let mut inner: Vec<Word<'_>> = rest.iter().take(length).copied().collect();
    if let Some(first) = inner.first_mut() {
        first.core = opening.core.strip_prefix('{')?;
    }
    if let Some(last) = inner.last_mut() {
        last.core = last.core.strip_suffix('}')?;
    }
    inner.retain(|word| !word.core.is_empty());
    let mut cursor = Cursor::new(&inner, 0);
    let moment = moments::moment(&mut cursor, now, settings).filter(|moment| !moment.bare_time)?;
    if cursor.at_end() { Some((Mark::Deadline(moment.date), length)) } else { None }
}
