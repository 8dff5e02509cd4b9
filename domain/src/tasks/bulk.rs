//! The same done to many tasks at once: which they are, and what is done to each. It is one change and one step back.

use crate::{
    Error,
    filter::Filter,
    ids::TaskId,
    json::{Complaint, FromText, Reader},
    tasks::{TagName, Tags, Task, TaskPatch, patch::read_tags},
};
use serde_json::Value;

/// Which tasks.
#[derive(Debug, Clone, PartialEq)]
pub enum Selection {
    /// These, each once.
    Ids(Vec<TaskId>),
    /// All for which this holds.
    Filter(Box<Filter>),
}

/// What is done to each of them.
#[derive(Debug, Clone, PartialEq)]
pub enum BulkAction {
    /// Say that they are done.
    Complete,
    /// Say that they are not.
    Reopen,
    /// Put them into the bin.
    Delete,
    /// Take them out of the bin.
    Restore,
    /// Change some of their fields.
    Edit(Box<BulkEdit>),
}

/// Fields to change on many tasks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BulkEdit {
    /// What is the same for all of them.
    pub patch: TaskPatch,
    /// Tags that each has from now on, beside its own.
    pub add_tags: Tags,
    /// Tags that none has any longer.
    pub remove_tags: Tags,
}

impl BulkEdit {
    /// The patch of one of them, whose own tags count.
    ///
    /// # Errors
    /// The task would have more tags than a task can have.
    pub fn patch_of(&self, task: &Task) -> Result<TaskPatch, Error> {
        if self.add_tags.is_empty() && self.remove_tags.is_empty() {
            return Ok(self.patch.clone());
        }
        let is_removed = |name: &&TagName| !self.remove_tags.iter().any(|removed| removed.key() == name.key());
        let names = task.tags.iter().filter(is_removed).chain(self.add_tags.iter()).cloned();
        let tags = Tags::new(names).map_err(|complaint| Error::Invalid(vec![complaint.about("add_tags")]))?;
        Ok(TaskPatch { tags: Some(tags), ..self.patch.clone() })
    }
}

/// One thing done to many tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkChange {
    /// To which.
    pub selection: Selection,
    /// What.
    pub action: BulkAction,
}

impl BulkChange {
    /// The most tasks that are changed at once.
    pub const MOST: usize = 1000;

    /// Reads a JSON object: `ids` or a `filter`, and an `action` or what to change.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let ids = reader.value("ids", read_ids).flatten();
        let filter = reader.text::<Filter>("filter").flatten();
        let action = reader.value("action", read_action).flatten();
        let patch = reader.value("patch", |patch| Ok(patch.clone())).flatten();
        let mut tags = |field| reader.value(field, read_tags).flatten().unwrap_or_default();
        let (add_tags, remove_tags) = (tags("add_tags"), tags("remove_tags"));
        reader.finish()?;
        let patch = patch.map(read_patch).transpose().map_err(|error| error.under("patch"))?;
        if filter.as_ref().is_some_and(|filter| filter.expression.is_none()) {
            return Err(Error::field("filter", "required", "Say which tasks: an empty filter would mean all of them"));
        }
        let selection = match (ids, filter) {
            (Some(ids), None) => Selection::Ids(ids),
            (None, Some(filter)) => Selection::Filter(Box::new(filter)),
            (None, None) => return Err(Error::field("ids", "required", "Say which tasks: send ids or a filter")),
            (Some(_), Some(_)) => {
                return Err(Error::field("filter", "contradiction", "Send either ids or a filter, not both"));
            }
        };
        let edits = patch.is_some() || !add_tags.is_empty() || !remove_tags.is_empty();
        let action = match (action, edits) {
            (Some(action), false) => action,
            (None, true) => edit(patch.unwrap_or_default(), add_tags, remove_tags)?,
            (Some(_), true) => {
                return Err(Error::field(
                    "action",
                    "contradiction",
                    "Send either an action or what to change, not both",
                ));
            }
            (None, false) => {
                return Err(Error::field("action", "required", "Say what to do: send an action, a patch or tags"));
            }
        };
        Ok(Self { selection, action })
    }
}

fn edit(patch: TaskPatch, add_tags: Tags, remove_tags: Tags) -> Result<BulkAction, Error> {
    if patch.tags.is_some() && !(add_tags.is_empty() && remove_tags.is_empty()) {
        return Err(Error::field("add_tags", "contradiction", "Send either all tags or those to add and to remove"));
    }
    Ok(BulkAction::Edit(Box::new(BulkEdit { patch, add_tags, remove_tags })))
}

/// Everything but the title, which is each task's own.
fn read_patch(value: Value) -> Result<TaskPatch, Error> {
    let mut reader = Reader::new(value)?;
    let patch = TaskPatch::read_all_but_title(&mut reader);
    reader.finish()?;
    Ok(patch)
}

fn read_ids(value: &Value) -> Result<Vec<TaskId>, Complaint> {
    let items = value.as_array().ok_or_else(|| Complaint::new("not_a_list", "Send the ids as a list"))?;
    if items.is_empty() {
        return Err(Complaint::new("required", "Select at least one task"));
    }
    if items.len() > BulkChange::MOST {
        return Err(Complaint::new("too_many", format!("At most {} tasks are changed at once", BulkChange::MOST)));
    }
    let mut ids = Vec::with_capacity(items.len());
    for (number, item) in items.iter().enumerate() {
        let text = item.as_str().unwrap_or_default();
        ids.push(TaskId::from_text(text).map_err(|complaint| complaint.of_element(number, text))?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

fn read_action(value: &Value) -> Result<BulkAction, Complaint> {
    match value.as_str() {
        Some("complete") => Ok(BulkAction::Complete),
        Some("reopen") => Ok(BulkAction::Reopen),
        Some("delete") => Ok(BulkAction::Delete),
        Some("restore") => Ok(BulkAction::Restore),
        _ => Err(Complaint::new("unknown_choice", "Choose one of: complete, reopen, delete, restore")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ID: &str = "0193a5f0-1111-7abc-8def-000000000001";

    fn refused(body: Value) -> String {
        BulkChange::from_json(body).unwrap_err().fields()[0].field.clone()
    }

    #[test]
    fn a_bulk_change_says_which_and_what() {
        let change = BulkChange::from_json(json!({"ids": [ID, ID], "action": "complete"})).unwrap();
        assert_eq!(change.selection, Selection::Ids(vec![ID.parse().unwrap()]), "each once");
        assert_eq!(change.action, BulkAction::Complete);
        let change = BulkChange::from_json(json!({"filter": "#home", "add_tags": ["attic"]})).unwrap();
        assert!(matches!(change.action, BulkAction::Edit(edit) if edit.add_tags.joined() == "attic"));
        assert!(BulkChange::from_json(json!({"ids": [ID], "patch": {"due_date": null}})).is_ok());
    }

    #[test]
    fn a_fault_is_told_with_the_place_where_it_is() {
        let inside = |body| BulkChange::from_json(body).unwrap_err().fields()[0].inside.clone();
        assert_eq!(inside(json!({"ids": [ID], "patch": {"priority": "urgent"}})), ["priority"]);
        assert_eq!(inside(json!({"ids": [ID, "x"], "action": "complete"})), ["1"]);
    }

    #[test]
    fn what_says_too_little_or_too_much_is_refused() {
        for (body, field) in [
            (json!({"action": "complete"}), "ids"),
            (json!({"ids": [], "action": "complete"}), "ids"),
            (json!({"ids": ["x"], "action": "complete"}), "ids"),
            (json!({"ids": vec![ID; 1001], "action": "complete"}), "ids"),
            (json!({"ids": [ID], "filter": "#home", "action": "complete"}), "filter"),
            (json!({"ids": [ID]}), "action"),
            (json!({"ids": [ID], "action": "explode"}), "action"),
            (json!({"ids": [ID], "action": "complete", "patch": {}}), "action"),
            (json!({"ids": [ID], "patch": {"title": "All the same"}}), "patch"),
            (json!({"ids": [ID], "patch": []}), "patch"),
            (json!({"filter": " ", "action": "complete"}), "filter"),
            (json!({"ids": [ID], "patch": {"tags": []}, "add_tags": ["x"]}), "add_tags"),
            (json!({"filter": "due:sometime", "action": "delete"}), "filter"),
        ] {
            assert_eq!(refused(body.clone()), field, "{body}");
        }
    }
}
