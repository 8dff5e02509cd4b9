//! Which fields of a row a change can be taken back from: those that are still as the change left them.

use crate::ledger::row::Fields;
use domain::history::field_name;
use serde_json::Value;

/// Fields that only make sense together: they go back all at once or not at all.
const TOGETHER: [&[&str]; 4] = [
    &["is_completed", "completed_at"],
    &["due_date", "due_time", "time_zone"],
    &["rrule", "rrule_anchor"],
    &["is_archived", "archived_at"],
];

/// Whether a row is as a change left it.
pub(super) fn is_same(after: &Fields, now: &Fields) -> bool {
    after.iter().all(|(name, value)| value_of(now, name) == value)
}

/// The fields to set back, and what those are called that were changed since.
pub(super) fn put_back(before: &Fields, after: &Fields, now: &Fields) -> (Fields, Vec<String>) {
    let is_as_left = |name: &str| after.get(name).is_none_or(|left| value_of(now, name) == left);
    let (mut back, mut kept) = (Fields::new(), Vec::new());
    for (name, value) in before {
        let alone = [name.as_str()];
        let together = TOGETHER.iter().find(|fields| fields.contains(&name.as_str()));
        if together.map_or(&alone[..], |fields| fields).iter().all(|field| is_as_left(field)) {
            back.insert(name.clone(), value.clone());
        } else {
            kept.push(field_name(name));
        }
    }
    kept.dedup();
    (back, kept)
}

/// What a row is called in a sentence.
pub(super) fn named(fields: &Fields) -> String {
    let name = ["title", "name"].iter().find_map(|field| fields.get(*field)?.as_str());
    name.map_or_else(|| "Something".to_owned(), |name| format!("“{name}”"))
}

fn value_of<'a>(fields: &'a Fields, name: &str) -> &'a Value {
    fields.get(name).unwrap_or(&Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fields(value: &Value) -> Fields {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn what_was_changed_since_stays() {
        let before = fields(&json!({"title": "A", "priority": "none"}));
        let after = fields(&json!({"title": "B", "priority": "high"}));
        let now = fields(&json!({"title": "B", "priority": "low", "notes": "later"}));
        let (back, kept) = put_back(&before, &after, &now);
        assert_eq!((back, kept), (fields(&json!({"title": "A"})), vec!["priority".to_owned()]));
    }

    #[test]
    fn what_belongs_together_stays_together() {
        let before = fields(&json!({"is_completed": false, "completed_at": null}));
        let after = fields(&json!({"is_completed": true, "completed_at": "one o'clock"}));
        let again = fields(&json!({"is_completed": true, "completed_at": "two o'clock"}));
        let (back, kept) = put_back(&before, &after, &again);
        assert_eq!((back, kept), (Fields::new(), vec!["completion".to_owned()]));
        assert_eq!(put_back(&before, &after, &after).0, before);
    }
}
