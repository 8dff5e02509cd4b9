//! What can be done to projects, and how a request says it.

use crate::{Colour, Error, ids::ProjectId, json::Reader, projects::ProjectName};
use serde_json::Value;

/// A change to one project and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProjectChange {
    /// Make one.
    Create(NewProject),
    /// Change some of its fields.
    Update(ProjectId, ProjectPatch),
    /// Delete it with the projects below it. Their tasks go to the bin.
    Delete(ProjectId),
}

/// The fields to change. `None` stays as it is; `Some(None)` is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectPatch {
    /// The new name.
    pub name: Option<ProjectName>,
    /// The project that this becomes a part of.
    pub parent_id: Option<Option<ProjectId>>,
    /// The new colour.
    pub colour: Option<Option<Colour>>,
    /// Whether it is put away.
    pub is_archived: Option<bool>,
}

/// A project to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProject {
    /// The id that the client chose, if it did.
    pub id: Option<ProjectId>,
    /// What it is called.
    pub name: ProjectName,
    /// Everything else.
    pub fields: ProjectPatch,
}

const NAMELESS: &str = "Give the project a name";
/// Fields that only the server may set; a body that names them is read as if it did not.
const SERVER_OWNED: [&str; 7] = ["id", "user_id", "position", "archived_at", "revision", "created_at", "updated_at"];

impl ProjectPatch {
    /// Reads a JSON object.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let name = reader.not_null("name", NAMELESS);
        let patch = Self::read_all_but_name(&mut reader);
        reader.finish()?;
        Ok(Self { name, ..patch })
    }

    fn read_all_but_name(reader: &mut Reader) -> Self {
        reader.ignore(&SERVER_OWNED);
        Self {
            name: None,
            parent_id: reader.text("parent_id"),
            colour: reader.text("colour"),
            is_archived: reader.boolean("is_archived"),
        }
    }
}

impl NewProject {
    /// Reads a JSON object; `name` must be there.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let id = reader.text("id").flatten();
        let name = reader.required("name", NAMELESS);
        let fields = ProjectPatch::read_all_but_name(&mut reader);
        reader.finish()?;
        name.map(|name| Self { id, name, fields }).ok_or(Error::Internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn absent_stays_and_null_clears() {
        let patch = ProjectPatch::from_json(json!({"parent_id": null, "colour": "Teal", "position": "a0"})).unwrap();
        assert_eq!((patch.name, patch.parent_id, patch.is_archived), (None, Some(None), None));
        assert_eq!(patch.colour.flatten().unwrap().as_str(), "teal");
        assert!(ProjectPatch::from_json(json!({"name": null})).is_err());
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let body = json!({"id": "7", "name": " ", "parent_id": "x", "colour": "loud", "is_archived": 1, "notes": ""});
        let faults = NewProject::from_json(body).unwrap_err().fields();
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["id", "name", "parent_id", "colour", "is_archived", "notes"]);
    }
}
