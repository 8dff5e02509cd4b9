//! What stands beside every page: the projects, tags and saved filters of an account, read by one statement.

use crate::{Backend, Error, Owner, Result, tasks::numbered};
use domain::{
    ids::{FilterId, ProjectId, TagId},
    projects::{Branch, Nested, nested},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use uuid::Uuid;

/// How many tags stand beside every page; the page of tags has all of them.
pub const MOST_TAGS: usize = 50;

/// The places of an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The projects that are not archived, from top to bottom.
    pub projects: Vec<Branch<Place<ProjectId>>>,
    /// The first of the tags, by name.
    pub tags: Vec<Place<TagId>>,
    /// Whether there are more tags.
    pub has_more_tags: bool,
    /// The saved filters.
    pub filters: Vec<Place<FilterId>>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<Id> {
    /// What it is known by.
    pub id: Id,
    /// What it is a part of, if it can be.
    pub parent_id: Option<Id>,
    /// What it is called.
    pub name: String,
    /// The word of its colour.
    pub colour: Option<String>,
}

impl Nested for Place<ProjectId> {
    fn id(&self) -> ProjectId {
        self.id
    }

    fn parent_id(&self) -> Option<ProjectId> {
        self.parent_id
    }
}

#[derive(FromQueryResult)]
struct Found {
    kind: String,
    id: Uuid,
    parent_id: Option<Uuid>,
    name: String,
    colour: Option<String>,
}

impl Found {
    fn place<Id>(self, id: impl Fn(Uuid) -> Id) -> Place<Id> {
        Place { id: id(self.id), parent_id: self.parent_id.map(id), name: self.name, colour: self.colour }
    }
}

/// `NULLIF` of a value and itself is a null of its type.
const PLACES: &str = "\
    SELECT 'project' AS kind, id, parent_id, name, colour, position AS place FROM projects \
    WHERE user_id = ? AND deleted_at IS NULL AND archived_at IS NULL \
    UNION ALL SELECT 'filter', id, NULLIF(id, id), name, colour, position FROM filters WHERE user_id = ? \
    UNION ALL SELECT 'tag', id, NULLIF(id, id), name, colour, name_key FROM (\
    SELECT id, name, colour, name_key FROM tags WHERE user_id = ? ORDER BY name_key LIMIT ?) AS first \
    ORDER BY kind, place, id";

/// The places of this account.
///
/// # Errors
/// The database is away.
pub async fn places(backend: &Backend, owner: &Owner) -> Result<Places> {
    let (database, user) = (backend.store.backend(), owner.user_id().uuid());
    let most = Value::from(i64::try_from(MOST_TAGS + 1).unwrap_or(i64::MAX));
    let statement = Statement::from_sql_and_values(
        database,
        numbered(database, PLACES),
        [user.into(), user.into(), user.into(), most],
    );
    let (mut projects, mut places) = (Vec::new(), Places::default());
    for row in backend.store.reader().query_all_raw(statement).await? {
        let found = Found::from_query_result(&row, "")?;
        match found.kind.as_str() {
            "project" => projects.push(found.place(ProjectId::from_uuid)),
            "filter" => places.filters.push(found.place(FilterId::from_uuid)),
            "tag" => places.tags.push(found.place(TagId::from_uuid)),
            _ => return Err(Error::Stored("place")),
        }
    }
    places.projects = nested(projects);
    places.has_more_tags = places.tags.len() > MOST_TAGS;
    places.tags.truncate(MOST_TAGS);
    Ok(places)
}
