//! The counters of network addresses. They are kept in memory, in two generations of bounded size: a flood from many
//! addresses pushes out the oldest, and can neither fill the memory nor keep the database busy.

use super::rule::{Counter, Rule};
use domain::{Limit, Timestamp};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

/// The most addresses of one generation; with both, some 20 MB at worst.
const GENERATION: usize = 100_000;

/// Whose counter it is: an IPv4 address, or the 64 bits of IPv6 that one subscriber has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Neighbourhood(u128);

impl Neighbourhood {
    /// Where an address belongs. Whoever comes without a readable one shares a counter with all such others.
    pub(super) fn of(ip: Option<&str>) -> Self {
        match ip.and_then(|ip| ip.parse::<IpAddr>().ok()).map(|ip| ip.to_canonical()) {
            Some(IpAddr::V4(ip)) => Self(ip.to_ipv6_mapped().to_bits()),
            Some(IpAddr::V6(ip)) => Self(ip.to_bits() >> 64 << 64),
            None => Self(0),
        }
    }
}

/// Counters of one kind of try.
#[derive(Debug)]
pub(super) struct Addresses {
    /// What is counted, in a word.
    name: &'static str,
    rule: Rule,
    generations: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    recent: HashMap<Neighbourhood, Counter>,
    older: HashMap<Neighbourhood, Counter>,
}

impl Addresses {
    pub(super) fn new(name: &'static str, rule: Rule) -> Self {
        Self { name, rule, generations: Mutex::default() }
    }

    /// The limit that holds here.
    pub(super) fn limit(&self) -> Limit {
        self.rule.limit(self.name)
    }

    /// Counts one more try as failed, or tells how many seconds to wait.
    pub(super) fn admit(&self, from: Neighbourhood, now: Timestamp) -> Result<(), u32> {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        let before = generations.recent.get(&from).or_else(|| generations.older.get(&from)).copied();
        let counter = self.rule.admit(before, now)?;
        if generations.recent.len() >= GENERATION {
            generations.older = std::mem::take(&mut generations.recent);
        }
        generations.recent.insert(from, counter);
        Ok(())
    }

    /// Whether one more try would be heard, or how many seconds to wait; counts nothing.
    pub(super) fn hear(&self, from: Neighbourhood, now: Timestamp) -> Result<(), u32> {
        let generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        let before = generations.recent.get(&from).or_else(|| generations.older.get(&from)).copied();
        self.rule.admit(before, now).map(drop)
    }

    /// Takes back the last try: it did not fail after all.
    pub(super) fn forgive(&self, from: Neighbourhood) {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counter) = generations.recent.get_mut(&from) {
            counter.failures -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_millis(1_795_176_000_000);

    #[test]
    fn d04_one_subscriber_is_one_neighbourhood() {
        let at = |ip| Neighbourhood::of(Some(ip));
        assert_eq!(at("2001:db8:1:2::1"), at("2001:db8:1:2:ffff::9"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
        assert_eq!(at("::ffff:192.0.2.7"), at("192.0.2.7"));
        assert_ne!(at("192.0.2.7"), at("192.0.2.8"));
        assert_eq!(at("nonsense"), Neighbourhood::of(None));
    }

    #[test]
    fn what_did_not_fail_is_not_counted() {
        let addresses = Addresses::new("guesses", Rule::Within { most: 1, seconds: 60 });
        let here = Neighbourhood::of(Some("192.0.2.7"));
        for _ in 0..5 {
            addresses.admit(here, NOON).unwrap();
            addresses.forgive(here);
        }
        addresses.admit(here, NOON).unwrap();
        assert_eq!(addresses.admit(here, NOON), Err(60));
    }

    #[test]
    fn d11_a_flood_from_everywhere_does_not_fill_the_memory() {
        let addresses = Addresses::new("guesses", Rule::ADDRESS);
        for number in 0..u32::try_from(3 * GENERATION).unwrap() {
            let ip = std::net::Ipv4Addr::from(number).to_string();
            addresses.admit(Neighbourhood::of(Some(&ip)), NOON).unwrap();
        }
        let generations = addresses.generations.lock().unwrap();
        assert!(generations.recent.len() + generations.older.len() <= 2 * GENERATION);
    }
}
