//! The manual order of tasks: short text keys that compare byte by byte, so that a move writes one row. Between any two
//! there is room for another.

use serde::{Deserialize, Serialize};

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// How many digits there are.
const BASE: usize = DIGITS.len();

/// A place in an order: a whole number in base 62, and behind it a fraction that does not end in the lowest digit, so
/// that something fits before it. The first letter says how many digits the number has: `a` one, `b` two, … upwards, and
/// `Z` one, `Y` two, … below. Appending ten thousand times needs four characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderKey(String);

impl OrderKey {
    /// From this length on it is worth giving the tasks around new keys.
    pub const LONG: usize = 48;

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
        let number = last.map_or_else(|| b"a0".to_vec(), |last| next(last.parts().0));
        Self::of(number)
    }

    /// A place behind one key and before another; where there is none of them, at that end. Nothing is between keys that
    /// do not follow each other.
    ///
    /// ```
    /// use domain::tasks::OrderKey;
    /// let first = OrderKey::after(None);
    /// let second = OrderKey::after(Some(&first));
    /// let between = OrderKey::between(Some(&first), Some(&second)).unwrap();
    /// assert!(first < between && between < second);
    /// assert_eq!(OrderKey::between(Some(&second), Some(&first)), None);
    /// ```
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Option<Self> {
        let (Some(before), Some(after)) = (before, after) else {
            return Some(match (before, after) {
                (None, Some(after)) => after.earlier(),
                (before, _) => Self::after(before),
            });
        };
        if before >= after {
            return None;
        }
        let ((number, fraction), (other, limit)) = (before.parts(), after.parts());
        if number == other {
            return Some(Self::of([number, &middle(fraction, Some(limit))].concat()));
        }
        let whole = Self::of(next(number));
        Some(if whole < *after { whole } else { Self::of([number, &middle(fraction, None)].concat()) })
    }

    /// So many places between two, in order, none much longer than another.
    pub fn spread(before: Option<&Self>, after: Option<&Self>, count: usize) -> Option<Vec<Self>> {
        let mut keys = Vec::with_capacity(count);
        match (before, after) {
            (Some(_), Some(_)) => halve(before, after, count, &mut keys)?,
            (None, Some(_)) => {
                for _ in 0..count {
                    keys.push(Self::between(None, keys.last().or(after))?);
                }
                keys.reverse();
            }
            (before, None) => {
                for _ in 0..count {
                    keys.push(Self::after(keys.last().or(before)));
                }
            }
        }
        Some(keys)
    }

    /// A place before this one.
    fn earlier(&self) -> Self {
        let (number, fraction) = self.parts();
        if !fraction.is_empty() {
            return Self::of(number.to_vec());
        }
        Self::of(previous(number))
    }

    /// The number with its letter, and the fraction.
    fn parts(&self) -> (&[u8], &[u8]) {
        let bytes = self.0.as_bytes();
        let digits = bytes.first().map_or(0, |letter| match letter {
            b'A'..=b'Z' => usize::from(b'Z' - letter) + 1,
            letter => usize::from(letter.saturating_sub(b'a')) + 1,
        });
        bytes.split_at((1 + digits).min(bytes.len()))
    }

    fn of(bytes: Vec<u8>) -> Self {
        Self(bytes.into_iter().map(char::from).collect())
    }
}

fn halve(before: Option<&OrderKey>, after: Option<&OrderKey>, count: usize, keys: &mut Vec<OrderKey>) -> Option<()> {
    if count == 0 {
        return Some(());
    }
    let middle = OrderKey::between(before, after)?;
    halve(before, Some(&middle), (count - 1) / 2, keys)?;
    keys.push(middle.clone());
    halve(Some(&middle), after, count / 2, keys)
}

/// The next whole number.
fn next(number: &[u8]) -> Vec<u8> {
    let mut number = number.to_vec();
    for place in (1..number.len()).rev() {
        let digit = value(number[place]) + 1;
        if let Some(next) = DIGITS.get(digit) {
            number[place] = *next;
            return number;
        }
        number[place] = DIGITS[0];
    }
    // All digits have turned: one more of them above nought, one fewer below.
    match number.first() {
        Some(b'Z') => return b"a0".to_vec(),
        Some(b'A'..=b'Y') => drop(number.pop()),
        _ => number.push(DIGITS[0]),
    }
    number[0] += 1;
    number
}

/// The whole number before.
fn previous(number: &[u8]) -> Vec<u8> {
    let mut number = number.to_vec();
    for place in (1..number.len()).rev() {
        let digit = value(number[place]);
        if digit > 0 {
            number[place] = DIGITS[digit - 1];
            return number;
        }
        number[place] = DIGITS[BASE - 1];
    }
    match number.first() {
        Some(b'a') => return b"Zz".to_vec(),
        Some(b'b'..=b'z') => drop(number.pop()),
        _ => number.push(DIGITS[BASE - 1]),
    }
    number[0] -= 1;
    number
}

/// A fraction between two, of which the first is the smaller; without a limit, below the next whole number.
fn middle(fraction: &[u8], limit: Option<&[u8]>) -> Vec<u8> {
    let digit = |place: usize| fraction.get(place).map_or(0, |digit| value(*digit));
    let mut key = Vec::new();
    let mut limit = limit;
    for place in 0.. {
        let low = digit(place);
        let high = limit.and_then(|limit| limit.get(place)).map_or(BASE, |digit| value(*digit));
        if low == high {
            key.push(DIGITS[low]);
            continue;
        }
        if high > low + 1 {
            key.push(DIGITS[usize::midpoint(low, high)]);
            break;
        }
        // They are neighbours: the limit's own digit is between if more digits follow it, else what follows the lower.
        if limit.is_some_and(|limit| limit.len() > place + 1) {
            key.push(DIGITS[high]);
            break;
        }
        key.push(DIGITS[low]);
        limit = None;
    }
    key
}

fn value(digit: u8) -> usize {
    DIGITS.iter().position(|known| *known == digit).unwrap_or(BASE - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_valid(key: &OrderKey) -> bool {
        let (number, fraction) = key.parts();
        number.len() == 1 + digits(number[0])
            && key.0.bytes().all(|byte| DIGITS.contains(&byte))
            && fraction.last() != Some(&b'0')
    }

    fn digits(letter: u8) -> usize {
        usize::from(if letter.is_ascii_uppercase() { b'Z' - letter } else { letter - b'a' }) + 1
    }

    fn assert_ascending(keys: &[OrderKey]) {
        for pair in keys.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
        assert!(keys.iter().all(is_valid), "{keys:?}");
    }

    #[test]
    fn appending_and_prepending_ten_thousand_times_stays_in_order_and_short() {
        let mut keys = vec![OrderKey::after(None)];
        for _ in 0..10_000 {
            keys.push(OrderKey::between(keys.last(), None).unwrap());
        }
        keys.reverse();
        for _ in 0..10_000 {
            keys.push(OrderKey::between(None, keys.last()).unwrap());
        }
        keys.reverse();
        assert_ascending(&keys);
        assert!(keys.iter().all(|key| key.0.len() <= 4));
    }

    #[test]
    fn a_thousand_go_into_one_gap_whichever_way() {
        let [first, last] = ["a0", "a1"].map(|key| OrderKey(key.to_owned()));
        let (mut behind, mut before, mut inside) = (first.clone(), last.clone(), (first.clone(), last.clone()));
        for number in 0..1_000 {
            behind = OrderKey::between(Some(&behind), Some(&last)).unwrap();
            before = OrderKey::between(Some(&first), Some(&before)).unwrap();
            let middle = OrderKey::between(Some(&inside.0), Some(&inside.1)).unwrap();
            assert_ascending(&[inside.0.clone(), middle.clone(), inside.1.clone()]);
            if number % 2 == 0 {
                inside.0 = middle
            } else {
                inside.1 = middle
            }
            assert_ascending(&[first.clone(), behind.clone(), last.clone()]);
            assert_ascending(&[first.clone(), before.clone(), last.clone()]);
        }
        for key in [behind, before, inside.0] {
            assert!(key.0.len() <= 202, "{} characters", key.0.len());
        }
        let spread = OrderKey::spread(Some(&first), Some(&last), 1_000).unwrap();
        assert_ascending(&[vec![first], spread.clone(), vec![last]].concat());
        assert!(spread.iter().all(|key| key.0.len() <= 5), "all at once they share the gap evenly");
    }

    #[test]
    fn there_is_nothing_between_equal_keys() {
        let key = OrderKey::after(None);
        assert_eq!(OrderKey::between(Some(&key), Some(&key)), None);
        assert_eq!(OrderKey::spread(Some(&key), Some(&key), 2), None);
        assert_eq!(OrderKey::spread(Some(&key), Some(&key), 0), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn any_moves_keep_the_order_that_was_asked_for(moves in prop::collection::vec((0..12_usize, 0..12_usize), 1..200)) {
            let mut list: Vec<(usize, OrderKey)> =
                OrderKey::spread(None, None, 12).unwrap().into_iter().enumerate().collect();
            let mut asked: Vec<usize> = (0..12).collect();
            for (from, to) in moves {
                let number = asked.remove(from);
                asked.insert(to, number);
                list.remove(from);
                let neighbour = |place: usize| list.get(place).map(|(_, key)| key);
                let key = OrderKey::between(to.checked_sub(1).and_then(neighbour), neighbour(to)).unwrap();
                list.insert(to, (number, key));
            }
            let keys: Vec<OrderKey> = list.iter().map(|(_, key)| key.clone()).collect();
            assert_ascending(&keys);
            list.sort_by(|one, other| one.1.cmp(&other.1));
            prop_assert_eq!(list.into_iter().map(|(number, _)| number).collect::<Vec<_>>(), asked);
        }

        #[test]
        fn many_fit_anywhere(places in prop::collection::vec(0..1_000_usize, 0..60), count in 0..200_usize, gap in 0..1_000_usize) {
            let mut keys: Vec<OrderKey> = Vec::new();
            for place in places {
                let place = place % (keys.len() + 1);
                let neighbour = |place: usize| keys.get(place);
                let key = OrderKey::between(place.checked_sub(1).and_then(neighbour), neighbour(place)).unwrap();
                keys.insert(place, key);
            }
            let gap = gap % (keys.len() + 1);
            let before = gap.checked_sub(1).and_then(|place| keys.get(place));
            let more = OrderKey::spread(before, keys.get(gap), count).unwrap();
            prop_assert_eq!(more.len(), count);
            assert_ascending(&[&keys[..gap], &more[..], &keys[gap..]].concat());
        }
    }
}
