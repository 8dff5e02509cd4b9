//! Instants as people say them.

use backend::zones;
use domain::{Timestamp, accounts::ZoneName, calendar::say_date};

/// Says when something was in this zone: "just now", "today 10:30", "Fri 27 Nov 10:30". It
/// stands within a sentence.
pub fn say_instant(at: Timestamp, now: Timestamp, zone: &ZoneName) -> String {
    if (0..60).contains(&(now.seconds() - at.seconds())) {
        return "just now".to_owned();
    }
    let (then, today) = (zones::local(at, zone), zones::local(now, zone).date);
    let day = match (then.date - today).whole_days() {
        -1..=1 => say_date(then.date, today).to_lowercase(),
        _ => say_date(then.date, today),
    };
    format!("{day} {}", then.clock)
}
