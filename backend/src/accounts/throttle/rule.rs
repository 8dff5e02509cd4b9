//! When the next try is heard: arithmetic on counters, without a clock and without a database.

use domain::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Failures in a row that cost no wait: people mistype.
const FREE: i64 = 5;
/// No wait is longer, in seconds.
const LONGEST_WAIT: i64 = 15 * MINUTE;
/// After so many failures in a row only devices that the account knows are heard, for a day (NIST SP 800-63B-4, 3.2.2).
const MOST_IN_A_ROW: i64 = 100;

/// How tries of one kind are limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Waits that double with every failure; forgotten a day after the last one.
    Growing,
    /// So many within so many seconds.
    Within {
        /// How many.
        most: i64,
        /// How long.
        seconds: i64,
    },
}

impl Rule {
    /// Guesses at one account by whoever is not known to it.
    pub(super) const ACCOUNT: Self = Self::Growing;
    /// Guesses at one account from a device that was signed in to it before.
    pub(super) const DEVICE: Self = Self::Within { most: 10, seconds: HOUR };
    /// Guesses from one address at whatever accounts.
    pub(super) const ADDRESS: Self = Self::Within { most: 20, seconds: 5 * MINUTE };
    /// Mails that one network address causes to others.
    pub(super) const MAILS: Self = Self::Within { most: 20, seconds: 5 * MINUTE };
    /// Mails of one kind to one mailbox, from one to the next and in an hour.
    pub(super) const MAILBOX: [Self; 2] =
        [Self::Within { most: 1, seconds: MINUTE }, Self::Within { most: 5, seconds: HOUR }];

    /// API tokens that nobody has, from one address. They cannot be found by trying; what is kept away is the work. A
    /// program whose token was revoked must not silence its neighbours soon.
    pub(super) const TOKENS: Self = Self::Within { most: 100, seconds: 5 * MINUTE };

    /// Passkeys asked for from one address, of whoever is in front of the browser.
    pub(super) const CEREMONIES: Self = Self::Within { most: 60, seconds: 5 * MINUTE };

    /// Passwords judged for one address while they are being chosen: a person types, and pauses now and then.
    pub(super) const JUDGEMENTS: Self = Self::Within { most: 120, seconds: MINUTE };

    /// Accounts made from one address.
    pub(super) fn sign_ups(most: u32) -> Self {
        Self::Within { most: most.into(), seconds: HOUR }
    }

    /// Counts one more try as failed, or tells how many seconds to wait for it to be heard.
    pub(super) fn admit(self, before: Option<Counter>, now: Timestamp) -> Result<Counter, u32> {
        let Some(before) = before.filter(|counter| now < self.forgotten_at(*counter)) else {
            return Ok(Counter { failures: 1, first_at: now, last_at: now, open_at: now });
        };
        let failures = before.failures + 1;
        match self {
            Self::Growing if now < before.open_at => Err(seconds_until(before.open_at, now)),
            Self::Growing => {
                Ok(Counter { failures, last_at: now, open_at: now.plus_seconds(wait_after(failures)), ..before })
            }
            Self::Within { most, seconds } if failures > most => {
                Err(seconds_until(before.first_at.plus_seconds(seconds), now))
            }
            Self::Within { .. } => Ok(Counter { failures, last_at: now, ..before }),
        }
    }

    fn forgotten_at(self, counter: Counter) -> Timestamp {
        match self {
            Self::Growing => counter.last_at.plus_seconds(DAY),
            Self::Within { seconds, .. } => counter.first_at.plus_seconds(seconds),
        }
    }
}

/// Tries that came to nothing so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counter {
    pub(super) failures: i64,
    pub(super) first_at: Timestamp,
    pub(super) last_at: Timestamp,
    /// When the next one is heard.
    pub(super) open_at: Timestamp,
}

fn wait_after(failures: i64) -> i64 {
    match failures {
        ..FREE => 0,
        // Ten doublings are more than the longest wait.
        FREE..MOST_IN_A_ROW => LONGEST_WAIT.min(1 << (failures - FREE).min(10)),
        _ => DAY,
    }
}

fn seconds_until(then: Timestamp, now: Timestamp) -> u32 {
    u32::try_from((then.millis() - now.millis() + 999) / 1000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_millis(1_795_176_000_000);

    /// Tries again as soon as it is heard, and says how long each wait was.
    fn waits(rule: Rule, tries: usize) -> Vec<u32> {
        let (mut now, mut counter, mut waits) = (NOON, None, Vec::new());
        for _ in 0..tries {
            let wait = rule.admit(counter, now).err().unwrap_or(0);
            now = now.plus_seconds(wait.into());
            counter = Some(rule.admit(counter, now).unwrap());
            waits.push(wait);
        }
        waits
    }

    #[test]
    fn five_are_free_and_then_waits_double_up_to_a_quarter_of_an_hour() {
        assert_eq!(waits(Rule::ACCOUNT, 17), [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    }

    #[test]
    fn after_a_hundred_in_a_row_there_is_a_day_of_silence() {
        let waits = waits(Rule::ACCOUNT, 101);
        assert_eq!(waits[99], 900);
        assert_eq!(waits[100], 86_400);
    }

    #[test]
    fn a_day_after_the_last_failure_all_is_forgotten() {
        let counter = Counter { failures: 9, first_at: NOON, last_at: NOON, open_at: NOON.plus_seconds(16) };
        let next_day = NOON.plus_seconds(86_400);
        assert_eq!(Rule::ACCOUNT.admit(Some(counter), next_day).unwrap().failures, 1);
        assert_eq!(Rule::ACCOUNT.admit(Some(counter), next_day.plus_seconds(-1)).unwrap().failures, 10);
    }

    #[test]
    fn within_a_window_there_are_so_many_and_then_the_window_must_end() {
        assert_eq!(waits(Rule::Within { most: 3, seconds: 60 }, 7), [0, 0, 0, 60, 0, 0, 60]);
    }
}
