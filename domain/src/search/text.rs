//! What is searched and what is looked for, brought to one form: without case, accents and spare spaces, and with a mark
//! where a word begins. Any piece of three characters is found wherever it stands, a shorter one where a word begins;
//! because of the marks both are one and the same question, whether a text contains a piece.

use crate::Place;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Stands twice before each word, so that even one letter at the start of a word is a piece of three characters.
const WORD: char = '\u{1e}';

/// Stands behind each part of a task's text: title, notes, and every tag. What is before the first one is the title.
pub const PART: char = '\u{1f}';

/// The shortest piece that is found in the middle of a word.
const SHORTEST: usize = 3;

/// The text in which a task is found.
pub fn searchable<'a>(title: &'a str, notes: Option<&'a str>, tags: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for part in [title, notes.unwrap_or_default()].into_iter().chain(tags) {
        mark(&fold(part), &mut text);
        text.push(PART);
    }
    text
}

/// The text in which something with a name alone is found.
pub fn name_key(name: &str) -> String {
    let mut key = String::new();
    mark(&fold(name), &mut key);
    key
}

/// One piece that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    letters: Vec<char>,
    pattern: String,
}

impl Wanted {
    /// A piece, spaces included; none if nothing of the text can be looked for.
    pub fn new(text: &str) -> Option<Self> {
        let mut letters: Vec<char> = fold(text).into_iter().map(|(letter, _)| letter).collect();
        while letters.last() == Some(&' ') {
            letters.pop();
        }
        let from = letters.iter().position(|letter| *letter != ' ')?;
        letters.drain(..from);
        let mut pattern = String::new();
        mark(&letters.iter().map(|letter| (*letter, 0)).collect::<Vec<_>>(), &mut pattern);
        if letters.len() >= SHORTEST {
            pattern = pattern.trim_start_matches(WORD).to_owned();
        }
        Some(Self { letters, pattern })
    }

    /// What a searchable text must contain.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// What a searchable text must contain for the piece to stand at the start of a word.
    pub fn at_word(&self) -> String {
        format!("{WORD}{WORD}{}", self.pattern.trim_start_matches(WORD))
    }

    /// Whether a searchable text contains it.
    pub fn is_in(&self, searchable: &str) -> bool {
        searchable.contains(&self.pattern)
    }

    /// The pieces of three characters that the pattern is made of, at most so many.
    pub fn trigrams(&self, most: usize) -> BTreeSet<String> {
        let characters: Vec<char> = self.pattern.chars().collect();
        characters.windows(3).take(most).map(|three| three.iter().collect()).collect()
    }

    fn places(&self, text: &[(char, usize)]) -> Vec<(usize, usize)> {
        let length = self.letters.len();
        let stands = |at: usize| {
            let here = text.get(at..at + length)?;
            let same = here.iter().map(|(letter, _)| letter).eq(&self.letters);
            let found = same && (length >= SHORTEST || begins_word(text, at));
            found.then(|| (here.first().map_or(0, |first| first.1), here.last().map_or(0, |last| last.1 + 1)))
        };
        (0..text.len()).filter_map(stands).collect()
    }
}

/// The words of a search, each to be found somewhere. No character means anything but itself.
pub fn wanted(query: &str) -> Vec<Wanted> {
    query.split_whitespace().filter_map(Wanted::new).collect()
}

/// Where the pieces stand in a text, in order and without overlap.
///
/// ```
/// use domain::search::{highlights, wanted};
/// let found = highlights("Die Bäckerei", &wanted("bäck"));
/// assert_eq!((found[0].start, found[0].end), (4, 8));
/// ```
pub fn highlights(text: &str, wanted: &[Wanted]) -> Vec<Place> {
    let folded = fold(text);
    let mut places: Vec<(usize, usize)> = wanted.iter().flat_map(|wanted| wanted.places(&folded)).collect();
    places.sort_unstable();
    let mut found: Vec<Place> = Vec::new();
    for (start, end) in places {
        match found.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => found.push(Place { start, end }),
        }
    }
    found
}

/// The letters without case and accents, each with the place of the code point it comes from. White space is one space.
fn fold(text: &str) -> Vec<(char, usize)> {
    let mut folded: Vec<(char, usize)> = Vec::with_capacity(text.len());
    for (place, character) in text.chars().enumerate() {
        let lower = std::iter::once(character).nfkd().flat_map(char::to_lowercase);
        for letter in lower.filter(|letter| !('\u{300}'..='\u{36f}').contains(letter)) {
            if letter.is_whitespace() || letter.is_control() {
                if folded.last().is_none_or(|(last, _)| *last != ' ') {
                    folded.push((' ', place));
                }
            } else {
                match plain(letter) {
                    Some(letters) => folded.extend(letters.chars().map(|letter| (letter, place))),
                    None => folded.push((letter, place)),
                }
            }
        }
    }
    folded
}

/// Letters that no accent can be taken from, yet are typed without.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

fn mark(folded: &[(char, usize)], text: &mut String) {
    for (at, (letter, _)) in folded.iter().enumerate() {
        if begins_word(folded, at) {
            text.extend([WORD, WORD]);
        }
        text.push(*letter);
    }
}

/// Whether a word begins here. Signs stand for themselves, and so do the characters of scripts that put no space between
/// words.
fn begins_word(text: &[(char, usize)], at: usize) -> bool {
    let Some((letter, _)) = text.get(at) else { return false };
    let before = at.checked_sub(1).and_then(|before| text.get(before)).map_or(' ', |(letter, _)| *letter);
    *letter != ' ' && (!before.is_alphanumeric() || !letter.is_alphanumeric() || runs_on(*letter))
}

fn runs_on(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(query: &str, title: &str) -> bool {
        let text = searchable(title, Some("Some\n  notes"), ["home"]);
        wanted(query).iter().all(|wanted| wanted.is_in(&text))
    }

    #[test]
    fn three_letters_are_found_anywhere_and_fewer_where_a_word_begins() {
        for query in
            ["buy", "uy m", "ilk", "milk buy", "b", "bu", "mi", "BUY", "m b", "notes", "some notes", "home", "ho"]
        {
            assert!(query == "uy m" || finds(query, "Buy milk"), "{query}");
        }
        for query in ["uy", "lk", "y", "buymilk", "bux", "milkx", "notes home x"] {
            assert!(!finds(query, "Buy milk"), "{query}");
        }
        assert!(Wanted::new("uy m").is_some_and(|wanted| wanted.is_in(&searchable("Buy  milk", None, []))));
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        for (query, title) in [
            ("BÄCKER", "Zum Bäcker"),
            ("backer", "Zum Ba\u{308}cker"),
            ("lodz", "Łódź"),
            ("ŁÓDŹ", "lodz"),
            ("strasse", "Große Straße"),
            ("ΟΔΟΣ", "οδος"),
            ("file", "ﬁles"),
            ("牛奶", "买牛奶"),
            ("奶", "买牛奶"),
        ] {
            assert!(finds(query, title), "{query} in {title}");
        }
    }

    #[test]
    fn signs_are_characters_like_others() {
        for (query, title) in [
            ("%", "100% sure"),
            ("_", "snake_case"),
            ("\\", "back\\slash"),
            ("\"q", "a \"quote\""),
            ("e_c", "snake_case"),
        ] {
            assert!(finds(query, title), "{query} in {title}");
        }
        for query in ["%%", "p%n", "p_ain", "*", "?"] {
            assert!(!finds(query, "plain 100% snake_case"), "{query}");
        }
    }

    #[test]
    fn what_was_found_is_marked_in_the_text_as_it_stands() {
        let marked = |text: &str, query: &str| -> Vec<String> {
            let cut = |found: Place| text.chars().skip(found.start).take(found.end - found.start).collect();
            highlights(text, &wanted(query)).into_iter().map(cut).collect()
        };
        assert_eq!(marked("Große Straße", "STRASSE"), ["Straße"]);
        assert_eq!(marked("Buy milk, milky way", "milk"), ["milk", "milk"]);
        assert_eq!(marked("banana", "ana nan"), ["anana"]);
        assert_eq!(marked("Milk and mango", "m"), ["M", "m"]);
        assert_eq!(marked("nothing", "x"), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn a_text_is_found_by_itself_and_highlights_stay_inside(text in "\\PC{1,30}", query in "\\PC{1,8}") {
            if let Some(whole) = Wanted::new(&text) {
                prop_assert!(whole.is_in(&searchable(&text, None, [])));
            }
            let length = text.chars().count();
            for found in highlights(&text, &wanted(&query)) {
                prop_assert!(found.start < found.end && found.end <= length);
            }
        }

        #[test]
        fn what_is_found_is_highlighted(text in "[a-cä %_]{1,12}", query in "[a-cä%_]{1,4}") {
            for wanted in wanted(&query) {
                let found = wanted.is_in(&searchable(&text, None, []));
                prop_assert_eq!(found, !highlights(&text, std::slice::from_ref(&wanted)).is_empty());
            }
        }
    }
}
