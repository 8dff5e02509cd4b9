//! The manual order of a list: short text keys that compare byte by byte, so that a move writes one row.

use serde::{Deserialize, Serialize};

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A place in a list. The first letter says how many base-62 digits follow (`a` one, `b` two, …), so that appending
/// ten thousand times needs four characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderKey(String);

impl OrderKey {
    /// A key that the database holds.
    pub fn from_stored(key: String) -> Self {
        Self(key)
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The place behind `last`, or the first place of an empty list.
    ///
    /// ```
    /// use domain::tasks::OrderKey;
    /// let first = OrderKey::after(None);
    /// assert!(OrderKey::after(Some(&first)) > first);
    /// ```
    pub fn after(last: Option<&Self>) -> Self {
        let Some(last) = last else { return Self("a0".to_owned()) };
        let mut key: Vec<u8> = last.0.bytes().take(1 + last.digits()).collect();
        for place in (1..key.len()).rev() {
            let digit = DIGITS.iter().position(|digit| *digit == key[place]).unwrap_or(DIGITS.len() - 1);
            if let Some(next) = DIGITS.get(digit + 1) {
                key[place] = *next;
                return Self(key.into_iter().map(char::from).collect());
            }
            key[place] = DIGITS[0];
        }
        key[0] += 1;
        key.push(DIGITS[0]);
        Self(key.into_iter().map(char::from).collect())
    }

    fn digits(&self) -> usize {
        self.0.bytes().next().map_or(0, |length| usize::from(length.saturating_sub(b'a')) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appending_ten_thousand_times_stays_in_order_and_short() {
        let mut last = OrderKey::after(None);
        for _ in 0..10_000 {
            let next = OrderKey::after(Some(&last));
            assert!(next > last, "{next:?} after {last:?}");
            last = next;
        }
        assert!(last.as_str().len() <= 4, "{last:?}");
    }
}
