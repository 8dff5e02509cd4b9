//! Where a task is to stand: before or behind another, first or last, and if wanted in another project or below another
//! task.

use crate::{
    Error,
    ids::{ProjectId, TaskId},
    json::{Complaint, FromText, Reader},
    tasks::TaskPatch,
};
use serde_json::Value;

/// A place in the manual order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before all others.
    First,
    /// Behind all others.
    Last,
    /// Right before this task.
    Before(TaskId),
    /// Right behind this task.
    Behind(TaskId),
}

impl Place {
    /// The field that says so, and the task that it names.
    pub const fn neighbour(self) -> Option<(&'static str, TaskId)> {
        match self {
            Self::Before(id) => Some(("before_id", id)),
            Self::Behind(id) => Some(("after_id", id)),
            Self::First | Self::Last => None,
        }
    }
}

impl FromText for Place {
    fn from_text(text: &str) -> Result<Self, Complaint> {
        match text {
            "first" => Ok(Self::First),
            "last" => Ok(Self::Last),
            _ => Err(Complaint::new("unknown_choice", "Choose first or last")),
        }
    }
}

/// Where a task goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Its place in the order; none stays.
    pub place: Option<Place>,
    /// The new project.
    pub project_id: Option<Option<ProjectId>>,
    /// The task that this becomes a part of.
    pub parent_id: Option<Option<TaskId>>,
}

impl Placement {
    /// Reads a JSON object with one of `before_id`, `after_id` and `position`, and if wanted `project_id` and
    /// `parent_id`.
    ///
    /// # Errors
    /// All that is wrong with its fields at once; nothing, or two places, are asked for.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let places = [
            reader.text("before_id").flatten().map(Place::Before),
            reader.text("after_id").flatten().map(Place::Behind),
            reader.text("position").flatten(),
        ];
        let (project_id, parent_id) = (reader.text("project_id"), reader.text("parent_id"));
        reader.finish()?;
        let mut places = places.into_iter().flatten();
        let place = places.next();
        let one = "Say where in one way: before_id, after_id, or position first or last";
        if places.next().is_some() {
            return Err(Error::field("position", "contradiction", one));
        }
        if place.is_none() && project_id.is_none() && parent_id.is_none() {
            return Err(Error::field("position", "required", one));
        }
        Ok(Self { place, project_id, parent_id })
    }

    /// What it changes beside the order.
    pub fn patch(&self) -> TaskPatch {
        TaskPatch { project_id: self.project_id, parent_id: self.parent_id, ..TaskPatch::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ID: &str = "0193a5f0-1111-7abc-8def-000000000001";

    #[test]
    fn one_place_is_named() {
        let place = |body| Placement::from_json(body).unwrap().place;
        let id: TaskId = ID.parse().unwrap();
        assert_eq!(place(json!({"before_id": ID, "after_id": null})), Some(Place::Before(id)));
        assert_eq!(place(json!({"after_id": ID})), Some(Place::Behind(id)));
        assert_eq!(place(json!({"position": "last", "parent_id": null})), Some(Place::Last));
        assert_eq!(place(json!({"parent_id": ID})), None);
    }

    #[test]
    fn anything_else_is_told() {
        for (body, field) in [
            (json!({}), "position"),
            (json!({"before_id": ID, "after_id": ID}), "position"),
            (json!({"position": "middle"}), "position"),
            (json!({"position": 3}), "position"),
            (json!({"before_id": "soon"}), "before_id"),
            (json!({"above": ID}), "above"),
            (json!([]), ""),
        ] {
            assert_eq!(Placement::from_json(body.clone()).unwrap_err().fields()[0].field, field, "{body}");
        }
    }
}
