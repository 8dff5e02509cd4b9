//! Puts together what is left of a line. Nothing but spaces, escapes and orphaned punctuation may get lost here.

use super::words::{PUNCTUATION, Word};

/// The words that were not taken, with single spaces between. For each word `taken` has the number of what took it.
pub(super) fn title(words: &[Word<'_>], taken: &[Option<usize>]) -> String {
    let taker = |index: usize| taken.get(index).copied().flatten();
    let is_taken = |word: &Word<'_>| taker(word.index).is_some();
    let mut title = String::new();
    let mut last_is_literal = false;
    for word in words {
        if is_taken(word) {
            // "Call mom tomorrow, then dad" keeps its comma; "Swim every mon, wed with Ann" has none to keep.
            let goes_on = taker(word.index) == taker(word.index + 1);
            if !goes_on && !title.is_empty() && !title.ends_with(PUNCTUATION) {
                title.push_str(word.trail);
            }
            continue;
        }
        if !title.is_empty() && !word.glued {
            title.push(' ');
        }
        push(&mut title, word);
        last_is_literal = word.literal;
    }
    let ends_with_gap = words.last().is_some_and(is_taken);
    if ends_with_gap && !last_is_literal {
        title.truncate(title.trim_end_matches([',', ';', ':', ' ']).len());
    }
    title
}

fn push(title: &mut String, word: &Word<'_>) {
    let raw = if word.escaped { word.raw.strip_prefix('\\').unwrap_or(word.raw) } else { word.raw };
    for (number, part) in raw.split_whitespace().enumerate() {
        if number > 0 {
            title.push(' ');
        }
        title.push_str(part);
    }
}
