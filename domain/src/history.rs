//! What became of a task, in words: each field that a change set, with what it was and what it is now. The values are
//! those of the change log, which are those of the API.

use crate::{
    calendar::{Date, parse_date, say_date},
    recurrence::{self, RuleSet},
};
use serde_json::{Map, Value};

/// The fields of a row, as the API shows them.
pub type Fields = Map<String, Value>;

/// Fields that say the same as others, or nothing to a person.
const UNSAID: [&str; 4] = ["completed_at", "position", "rrule_anchor", "created_at"];

/// One sentence to each field that differs, in the order of the alphabet. Where there was no row before, or is none after,
/// its title says enough and there are none.
///
/// ```
/// use domain::{calendar::parse_date, history::describe};
/// use serde_json::json;
/// let (before, after) = (json!({"priority": "none"}), json!({"priority": "high"}));
/// let today = parse_date("2026-11-20").unwrap();
/// let words = describe(before.as_object(), after.as_object(), today);
/// assert_eq!(words, ["Priority from none to high"]);
/// ```
pub fn describe(before: Option<&Fields>, after: Option<&Fields>, today: Date) -> Vec<String> {
    let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
    let said = after.iter().filter(|(name, _)| !UNSAID.contains(&name.as_str()));
    said.map(|(name, now)| sentence(name, before.get(name).unwrap_or(&Value::Null), now, today)).collect()
}

/// What a field is called within a sentence.
pub fn field_name(field: &str) -> String {
    match field {
        "is_completed" | "completed_at" => "completion".to_owned(),
        "deleted_at" => "place in the bin".to_owned(),
        "duration_min" => "duration".to_owned(),
        "parent_id" => "place below another task".to_owned(),
        "project_id" => "project".to_owned(),
        "rrule" | "rrule_anchor" => "repetition".to_owned(),
        field => field.replace('_', " "),
    }
}

fn sentence(field: &str, before: &Value, after: &Value, today: Date) -> String {
    match (field, after) {
        ("is_completed", Value::Bool(true)) => return "Completed".to_owned(),
        ("is_completed", _) => return "Opened again".to_owned(),
        ("deleted_at", Value::Null) => return "Taken out of the bin".to_owned(),
        ("deleted_at", _) => return "Put into the bin".to_owned(),
        // Ids say nothing to a person, and notes are too long for a sentence.
        ("parent_id" | "project_id" | "notes", Value::Null) => {
            return capital(&format!("{} removed", field_name(field)));
        }
        ("parent_id" | "project_id" | "notes", _) => {
            let what = if before.is_null() { "set" } else { "changed" };
            return capital(&format!("{} {what}", field_name(field)));
        }
        _ => {}
    }
    let say = |value: &Value| say_value(field, value, today);
    let name = field_name(field);
    capital(&match (say(before), say(after)) {
        (None, Some(now)) => format!("{name} set to {now}"),
        (Some(then), None) => format!("{name} {then} removed"),
        (Some(then), Some(now)) => format!("{name} from {then} to {now}"),
        (None, None) => format!("{name} changed"),
    })
}

/// A value as people say it; nothing where there is none.
fn say_value(field: &str, value: &Value, today: Date) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if field == "title" || field == "name" => Some(format!("“{text}”")),
        Value::String(text) if field == "rrule" => {
            let rules = RuleSet::parse(text).map_or_else(|_| text.clone(), |rules| recurrence::describe(&rules));
            Some(format!("“{rules}”"))
        }
        Value::String(text) => Some(parse_date(text).map_or_else(|| text.clone(), |date| say_date(date, today))),
        Value::Array(items) => {
            let names: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        Value::Number(minutes) if field == "duration_min" => Some(format!("{minutes} minutes")),
        other => Some(other.to_string()),
    }
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_field_is_said_in_words() {
        let before = json!({
            "title": "Milk", "due_date": null, "due_time": "10:00", "tags": ["home"], "notes": null, "duration_min": 5,
            "is_completed": false, "completed_at": null, "project_id": "0193a5f0", "deadline": "2026-11-24",
            "rrule": "FREQ=DAILY;INTERVAL=3",
        });
        let after = json!({
            "title": "Oat milk", "due_date": "2026-11-21", "due_time": null, "tags": [], "notes": "Two", "duration_min": 90,
            "is_completed": true, "completed_at": "2026-11-20T10:00:00.000Z", "project_id": null, "deadline": "2026-11-27",
            "rrule": "FREQ=MONTHLY;BYDAY=-1FR",
        });
        let words = describe(before.as_object(), after.as_object(), parse_date("2026-11-20").unwrap());
        let expected = [
            "Deadline from Tue 24 Nov to Fri 27 Nov",
            "Due date set to Tomorrow",
            "Due time 10:00 removed",
            "Duration from 5 minutes to 90 minutes",
            "Completed",
            "Notes set",
            "Project removed",
            "Repetition from “Every 3 days” to “Every month on the last Friday”",
            "Tags home removed",
            "Title from “Milk” to “Oat milk”",
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn what_was_made_or_is_gone_needs_no_more_words() {
        let today = parse_date("2026-11-20").unwrap();
        assert!(describe(None, json!({"title": "Milk"}).as_object(), today).is_empty());
        assert!(describe(json!({"title": "Milk"}).as_object(), None, today).is_empty());
    }
}
