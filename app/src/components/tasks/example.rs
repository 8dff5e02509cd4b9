//! An example to test with.

use crate::components::tasks::{Card, Today};
use domain::tasks::Priority;

/// A task that matters much and is due today at half past nine, and a moment before that.
pub(super) fn card_and_today() -> (Card, Today) {
    let card = Card {
        id: "0193a5f0-1111-7abc-8def-000000000001".to_owned(),
        title: "Buy milk".to_owned(),
        notes: None,
        is_completed: false,
        priority: Priority::High,
        tags: vec!["home".to_owned()],
        project_id: None,
        due_date: Some("2026-11-20".to_owned()),
        due_time: Some("09:30".to_owned()),
        due_at: Some("2026-11-20T09:30:00.000Z".to_owned()),
        time_zone: None,
        start_date: None,
        deadline: None,
        duration_min: None,
        parent_id: None,
        kin: None,
        repeat: None,
        rrule_anchor: None,
        revision: 1,
    };
    (card, Today { now: "2026-11-20T08:00:00.000Z".to_owned(), date: "2026-11-20".to_owned() })
}
