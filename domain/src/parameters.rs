//! The parameters of an address, whatever they mean: that they can be read, and that none is given twice.

use crate::FieldError;
use std::collections::BTreeMap;

/// Whether a query or a form is what browsers send: escapes of two digits, and UTF-8 behind them. Parsers of forms put
/// question marks in place of anything else, and what was typed would be taken for something that nobody typed.
pub fn are_readable(text: &[u8]) -> bool {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != b'%' {
            plain.push(*byte);
            continue;
        }
        let Some((digits, after)) = rest.split_at_checked(2) else { return false };
        let Some(value) = hexadecimal(digits) else { return false };
        plain.push(value);
        rest = after;
    }
    std::str::from_utf8(&plain).is_ok()
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    digits.iter().try_fold(0, |value, digit| {
        let digit = char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())?;
        Some(value << 4 | digit)
    })
}

/// Keeps track of the parameters that were read. Of two with one name, programs on the way may have looked at either.
#[derive(Debug, Default)]
pub struct Once<'a>(BTreeMap<&'a str, u32>);

impl<'a> Once<'a> {
    /// Whether a parameter comes for the first time; the second time it is complained about, and after that no more.
    pub fn is_first(&mut self, name: &'a str, errors: &mut Vec<FieldError>) -> bool {
        let times = self.0.entry(name).or_default();
        *times += 1;
        if *times == 2 {
            errors.push(FieldError::new(name, "repeated_parameter", format!("Send {name:?} once")));
        }
        *times == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readable_is_utf_8_behind_its_escapes() {
        for form in ["", "a=b&c=%C3%A4+%f0%9f%8c%b1", "title=\u{e4}", "&&==&"] {
            assert!(are_readable(form.as_bytes()), "{form}");
        }
        for form in ["title=%", "title=%0", "title=%zz", "title=%+1", "title=%ff%fe", "title=%C3"] {
            assert!(!are_readable(form.as_bytes()), "{form}");
        }
        assert!(!are_readable(b"title=\xe4"));
    }

    #[test]
    fn a_repetition_is_told_once() {
        let (mut once, mut errors) = (Once::default(), Vec::new());
        let first: Vec<bool> = ["q", "tag", "q", "q"].map(|name| once.is_first(name, &mut errors)).to_vec();
        assert_eq!(first, [true, true, false, false]);
        assert_eq!(errors.len(), 1);
        assert_eq!((errors[0].field.as_str(), errors[0].code.as_str()), ("q", "repeated_parameter"));
    }
}
