//! An example to test with.

use crate::components::tasks::Moment;
use domain::{Timestamp, calendar::parse_date, tasks::Task};
use serde_json::json;

/// A task that matters much and is due today at half past nine, and a moment before that.
pub(super) fn task_and_moment() -> (Task, Moment) {
    let task = json!({
        "id": "0193a5f0-1111-7abc-8def-000000000001", "user_id": "0193a5f0-1111-7abc-8def-000000000002",
        "project_id": null, "parent_id": null, "title": "Buy milk", "notes": null, "is_completed": false,
        "completed_at": null, "priority": "high", "tags": ["home"], "due_date": "2026-11-20", "due_time": "09:30",
        "time_zone": null, "due_at": "2026-11-20T09:30:00.000Z", "start_date": null, "deadline": null,
        "duration_min": null, "rrule": null, "rrule_anchor": null, "position": "a0", "revision": 1,
        "created_at": "2026-11-19T10:00:00.000Z", "updated_at": "2026-11-19T10:00:00.000Z", "deleted_at": null
    });
    // 2026-11-20T08:00:00Z
    let now = Timestamp::from_millis(1_795_161_600_000);
    (serde_json::from_value(task).unwrap(), Moment { now, today: parse_date("2026-11-20").unwrap() })
}
