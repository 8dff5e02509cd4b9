//! Cuts a line into words that know their place, and walks over them. What words mean is not known here.

use super::settings::Ignored;

/// A word of the line: what stands between two spaces, or between quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    /// As it was typed.
    pub(super) raw: &'a str,
    /// Without the punctuation at its end.
    pub(super) core: &'a str,
    /// The punctuation at its end.
    pub(super) trail: &'a str,
    /// The place of its first code point.
    pub(super) start: usize,
    /// The place of its first byte in the line.
    pub(super) byte: usize,
    /// Its number in the line.
    pub(super) index: usize,
    /// No space before it: the part of `mon,wed` that follows the comma.
    pub(super) glued: bool,
    /// Quoted, escaped, an address, or turned back into text: never means anything.
    pub(super) literal: bool,
    /// The first character only escapes the others.
    pub(super) escaped: bool,
}

impl Word<'_> {
    /// The place after the last code point of its core.
    pub(super) fn end(&self) -> usize {
        self.start + self.core.chars().count()
    }

    /// Whether it is this word, in whatever case.
    pub(super) fn is(&self, word: &str) -> bool {
        !self.literal && self.core.eq_ignore_ascii_case(word)
    }
}

/// Characters that may end a sentence or a clause and are not part of a name.
pub(super) const PUNCTUATION: [char; 7] = [',', '.', ';', ':', '!', '?', ')'];

/// The most items of a list, so that a list is read in bounded time from wherever one begins to read it.
pub(super) const MOST_ITEMS: usize = 48;

/// Cuts a line, whose first code point is number `start` of the whole text.
pub(super) fn split<'a>(line: &'a str, start: usize, ignored: &[Ignored]) -> Vec<Word<'a>> {
    let mut words = Vec::new();
    let (mut rest, mut place) = (line, start);
    loop {
        let trimmed = rest.trim_start();
        place += rest.chars().count() - trimmed.chars().count();
        if trimmed.is_empty() {
            break;
        }
        let (raw, after) = trimmed.split_at(length_of_first(trimmed));
        push_parts(&mut words, raw, place, line.len() - trimmed.len());
        place += raw.chars().count();
        rest = after;
    }
    for ignored in ignored {
        make_literal(&mut words, ignored);
    }
    words
}

/// How many bytes the first word has. Quotes hold words together, also behind a mark: `+"two words"`.
fn length_of_first(text: &str) -> usize {
    let mut characters = text.char_indices().peekable();
    let first = characters.next().map_or(' ', |(_, character)| character);
    let quote = match first {
        '"' | '“' => Some((first, first.len_utf8())),
        '#' | '+' | '@' | '*' | '/' if text.get(1..2) == Some("\"") => Some(('"', 2)),
        _ => None,
    };
    let from = quote
        .and_then(|(quote, from)| {
            let closing = if quote == '“' { '”' } else { '"' };
            let (at, _) = text.get(from..)?.char_indices().find(|(_, character)| *character == closing)?;
            Some(from + at + closing.len_utf8())
        })
        .unwrap_or(0);
    let tail = text.get(from..).unwrap_or_default();
    from + tail.find(char::is_whitespace).unwrap_or(tail.len())
}

fn push_parts<'a>(words: &mut Vec<Word<'a>>, raw: &'a str, start: usize, byte: usize) {
    let first = raw.chars().next().unwrap_or(' ');
    let escaped = first == '\\' && raw.len() > 1;
    let literal = escaped
        || (matches!(first, '"' | '“') && raw.chars().skip(1).any(|character| matches!(character, '"' | '”')))
        || raw.contains("://")
        || raw.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    let is_list = raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b',');
    if literal || !is_list {
        words.push(Word { index: words.len(), byte, literal, escaped, ..word(raw, start, literal) });
        return;
    }
    let mut place = start;
    for part in raw.split_inclusive(',') {
        let glued = place > start;
        let byte = byte + (place - start);
        words.push(Word { index: words.len(), byte, glued, ..word(part, place, false) });
        place += part.len();
    }
}

fn word(raw: &str, start: usize, literal: bool) -> Word<'_> {
    let mut length = raw.trim_end_matches(PUNCTUATION).len();
    if length == 0 || literal {
        length = raw.len();
    }
    let belongs = |core: &str| {
        let day_month = core.split_once('.').is_some_and(|(day, month)| is_number(day) && is_number(month));
        day_month || core.ends_with(".m")
    };
    let in_brackets = |core: &str, trail: &str| core.starts_with('(') && trail.starts_with(')');
    let (core, trail) = raw.split_at(length);
    let every = trail.starts_with('!') && ["every", "ev", "each"].iter().any(|word| core.eq_ignore_ascii_case(word));
    if every || (trail.starts_with('.') && belongs(core)) || in_brackets(core, trail) {
        length += 1;
    }
    let (core, trail) = raw.split_at(length);
    Word { raw, core, trail, start, byte: 0, index: 0, glued: false, literal, escaped: false }
}

/// Whether these are one or two digits.
pub(super) fn is_number(text: &str) -> bool {
    matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn make_literal(words: &mut [Word<'_>], ignored: &Ignored) {
    match ignored {
        Ignored::Range { start, end } => {
            for word in words.iter_mut().filter(|word| word.start < *end && word.end() > *start) {
                word.literal = true;
            }
        }
        Ignored::Words(text) => {
            let wanted: Vec<&str> = text.split_whitespace().collect();
            if wanted.is_empty() || wanted.len() > words.len() {
                return;
            }
            for at in 0..=words.len() - wanted.len() {
                let Some(window) = words.get_mut(at..at + wanted.len()) else { return };
                let same = |(word, wanted): (&Word, &&str)| {
                    word.raw.eq_ignore_ascii_case(wanted) || word.core.eq_ignore_ascii_case(wanted)
                };
                if window.iter().zip(&wanted).all(same) {
                    window.iter_mut().for_each(|word| word.literal = true);
                }
            }
        }
    }
}

/// A place in a line of words. Copies are cheap: a reader that fails leaves the original where it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'w, 'a> {
    words: &'w [Word<'a>],
    begin: usize,
    at: usize,
}

impl<'w, 'a> Cursor<'w, 'a> {
    /// Begins at the word with this number.
    pub(super) fn new(words: &'w [Word<'a>], at: usize) -> Self {
        Self { words, begin: at, at }
    }

    /// How many words lie before it.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// Whether no word is left.
    pub(super) fn at_end(&self) -> bool {
        self.at >= self.words.len()
    }

    /// The next word, unless it means nothing or a sentence has ended before it.
    pub(super) fn peek(&self) -> Option<&'a str> {
        let reachable = self.at == self.begin || matches!(self.before()?.trail, "" | "," | ".");
        self.words.get(self.at).filter(|word| reachable && !word.literal).map(|word| word.core)
    }

    /// Takes the next word.
    pub(super) fn next(&mut self) -> Option<&'a str> {
        let word = self.peek()?;
        self.at += 1;
        Some(word)
    }

    /// Takes the next word if it is one of these.
    pub(super) fn take(&mut self, words: &[&str]) -> bool {
        let found = self.peek().is_some_and(|next| words.iter().any(|word| next.eq_ignore_ascii_case(word)));
        self.at += usize::from(found);
        found
    }

    /// Whether the word before is one of these.
    pub(super) fn went_past(&self, words: &[&str]) -> bool {
        self.at > self.begin && self.before().is_some_and(|before| words.iter().any(|word| before.is(word)))
    }

    /// Takes these words, or none.
    pub(super) fn take_all(&mut self, words: &[&str]) -> bool {
        let mut ahead = *self;
        let found = words.iter().all(|word| ahead.take(&[word]));
        if found {
            *self = ahead;
        }
        found
    }

    /// Reads something, or stays.
    pub(super) fn read<T>(&mut self, reader: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let value = reader(&mut ahead)?;
        *self = ahead;
        Some(value)
    }

    /// Takes the next word if it has a meaning.
    pub(super) fn word<T>(&mut self, meaning: impl FnOnce(&'a str) -> Option<T>) -> Option<T> {
        self.read(|ahead| meaning(ahead.next()?))
    }

    /// Reads one or more of something, with commas or `and` between.
    pub(super) fn list<T>(&mut self, reader: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = vec![self.read(&reader)?];
        while items.len() < MOST_ITEMS
            && let Some(item) = self.read(|ahead| if ahead.separator() { reader(ahead) } else { None })
        {
            items.push(item);
        }
        Some(items)
    }

    /// Takes what stands between two items of a list.
    pub(super) fn separator(&mut self) -> bool {
        let comma = self.before().is_some_and(|word| word.trail == ",") || self.take(&[","]);
        self.take(&["and", "&"]) || comma
    }

    fn before(&self) -> Option<&'w Word<'a>> {
        self.words.get(self.at.checked_sub(1)?)
    }
}
