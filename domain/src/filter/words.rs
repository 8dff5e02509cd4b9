//! Cuts a filter into words and signs that know their place. What words mean is not known here.

use super::FilterError;

/// What a stretch of the text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    Or,
    And,
    Not,
    /// What stands outside of quotes, and what inside.
    Word {
        head: String,
        quoted: Option<String>,
    },
}

/// A stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Cuts a text.
pub(super) fn split(text: &str) -> Result<Vec<Token>, FilterError> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&first) = characters.get(at) {
        if first.is_whitespace() {
            at += 1;
            continue;
        }
        let (kind, end) = match first {
            '(' => (Kind::Open, at + 1),
            ')' => (Kind::Close, at + 1),
            '|' => (Kind::Or, run(&characters, at)),
            '&' => (Kind::And, run(&characters, at)),
            '-' if characters.get(at + 1).is_some_and(|next| !next.is_whitespace() && !ends_word(*next)) => {
                (Kind::Not, at + 1)
            }
            '-' if characters.get(at + 1) == Some(&'(') => (Kind::Not, at + 1),
            _ => word(&characters, at)?,
        };
        tokens.push(Token { kind, start: at, end });
        at = end;
    }
    Ok(tokens)
}

/// `||` and `&&` are as good as one.
fn run(characters: &[char], at: usize) -> usize {
    let same = characters.iter().skip(at).take_while(|character| **character == characters[at]);
    at + same.count()
}

fn ends_word(character: char) -> bool {
    matches!(character, '(' | ')' | '|' | '&')
}

/// A word ends with a space, a sign, or its quotes. Quotes count at its start and behind the mark that says what it is.
fn word(characters: &[char], start: usize) -> Result<(Kind, usize), FilterError> {
    let mut head = String::new();
    let mut at = start;
    while let Some(&character) = characters.get(at) {
        if character == '"' && (head.is_empty() || head.ends_with([':', '#', '+'])) {
            let (quoted, end) = quoted(characters, at)?;
            return Ok((Kind::Word { head, quoted: Some(quoted) }, end));
        }
        if character.is_whitespace() || ends_word(character) {
            break;
        }
        head.push(character);
        at += 1;
    }
    Ok((Kind::Word { head, quoted: None }, at))
}

/// What stands between quotes, in which `\"` is a quote and `\\` a backslash.
fn quoted(characters: &[char], open: usize) -> Result<(String, usize), FilterError> {
    let mut text = String::new();
    let mut at = open + 1;
    while let Some(&character) = characters.get(at) {
        match (character, characters.get(at + 1)) {
            ('"', _) => return Ok((text, at + 1)),
            ('\\', Some(&next @ ('"' | '\\'))) => {
                text.push(next);
                at += 2;
            }
            _ => {
                text.push(character);
                at += 1;
            }
        }
    }
    let detail = "These quotes are not closed".to_owned();
    Err(FilterError { code: "unclosed_quote", detail, start: open, end: characters.len() })
}
