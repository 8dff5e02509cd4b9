//! How projects nest: the order in which a tree of them is read, and whether one may be put below another.

use super::DEEPEST_PROJECT;
use crate::{Error, ids::ProjectId};
use std::collections::HashMap;

/// What has a place in the tree.
pub trait Nested {
    /// What it is known by.
    fn id(&self) -> ProjectId;
    /// What it is a part of.
    fn parent_id(&self) -> Option<ProjectId>;
}

impl Nested for super::Project {
    fn id(&self) -> ProjectId {
        self.id
    }

    fn parent_id(&self) -> Option<ProjectId> {
        self.parent_id
    }
}

/// Something in the tree, and how many levels it stands below the uppermost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch<T> {
    /// How deep it stands; 0 is the uppermost level.
    pub depth: usize,
    /// What stands there.
    pub item: T,
}

/// The tree from top to bottom: each is followed by what is below it; siblings stay in the order they came in. What is
/// below something that did not come is left out.
pub fn nested<T: Nested>(items: impl IntoIterator<Item = T>) -> Vec<Branch<T>> {
    let mut below: HashMap<Option<ProjectId>, Vec<T>> = HashMap::new();
    for item in items {
        below.entry(item.parent_id()).or_default().push(item);
    }
    let mut tree = Vec::new();
    let mut waiting: Vec<Branch<T>> = Vec::new();
    let mut expand = |parent, depth, waiting: &mut Vec<Branch<T>>| {
        let children = below.remove(&parent).unwrap_or_default();
        waiting.extend(children.into_iter().rev().map(|item| Branch { depth, item }));
    };
    expand(None, 0, &mut waiting);
    while let Some(branch) = waiting.pop() {
        expand(Some(branch.item.id()), branch.depth + 1, &mut waiting);
        tree.push(branch);
    }
    tree
}

/// Whether a project may be put below another: that one is there, not below the project itself, and not too deep.
///
/// # Errors
/// What is wrong, about the field `parent_id`.
pub fn fits_below<T: Nested>(all: &[T], project: ProjectId, parent: ProjectId) -> Result<(), Error> {
    let parents: HashMap<ProjectId, Option<ProjectId>> = all.iter().map(|item| (item.id(), item.parent_id())).collect();
    if !parents.contains_key(&parent) {
        return Err(Error::field("parent_id", "unknown_project", "There is no such project"));
    }
    let above = |id: ProjectId| std::iter::successors(Some(id), |id| parents.get(id).copied().flatten());
    if above(parent).take(parents.len()).any(|id| id == project) {
        return Err(Error::field("parent_id", "cycle", "A project cannot be a part of itself"));
    }
    let height = |id: ProjectId| above(id).take(parents.len()).position(|id| id == project);
    let levels_below = parents.keys().filter_map(|id| height(*id)).max().unwrap_or_default();
    if above(parent).take(DEEPEST_PROJECT + 1).count() + 1 + levels_below > DEEPEST_PROJECT {
        let detail = format!("Projects nest at most {DEEPEST_PROJECT} levels deep");
        return Err(Error::field("parent_id", "too_deep", detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    impl Nested for (u128, u128) {
        fn id(&self) -> ProjectId {
            ProjectId::from_uuid(Uuid::from_u128(self.0))
        }

        fn parent_id(&self) -> Option<ProjectId> {
            (self.1 > 0).then(|| ProjectId::from_uuid(Uuid::from_u128(self.1)))
        }
    }

    /// 1 with 2 and 3 below it, 4 below 3, 5 below 4; 6 alone; 7 below what is not there.
    const FOREST: [(u128, u128); 7] = [(1, 0), (2, 1), (3, 1), (4, 3), (5, 4), (6, 0), (7, 99)];

    fn fits(project: u128, parent: u128) -> Option<String> {
        let id = |number| ProjectId::from_uuid(Uuid::from_u128(number));
        fits_below(&FOREST, id(project), id(parent)).err().map(|error| error.fields().remove(0).code)
    }

    #[test]
    fn a_tree_is_read_from_top_to_bottom() {
        let tree: Vec<(usize, u128)> = nested(FOREST).into_iter().map(|branch| (branch.depth, branch.item.0)).collect();
        assert_eq!(tree, [(0, 1), (1, 2), (1, 3), (2, 4), (3, 5), (0, 6)]);
    }

    #[test]
    fn what_is_in_a_circle_is_left_out() {
        assert!(nested([(1, 2), (2, 1)]).is_empty());
    }

    #[test]
    fn a_project_finds_a_place_that_is_there_and_not_below_itself() {
        assert_eq!(fits(6, 5), None);
        assert_eq!(fits(8, 5), None, "a new one is the fifth level");
        assert_eq!(fits(2, 6), None);
        assert_eq!(fits(6, 98).as_deref(), Some("unknown_project"));
        for parent in [1, 2, 3, 5] {
            assert_eq!(fits(1, parent).as_deref(), Some("cycle"), "below {parent}");
        }
        assert_eq!(fits(1, 6).as_deref(), None, "five levels in all");
        assert_eq!(fits(3, 2), None);
        assert_eq!(fits_deep().as_deref(), Some("too_deep"));
    }

    fn fits_deep() -> Option<String> {
        let chain = [(1, 0), (2, 1), (3, 2), (4, 3), (5, 4), (6, 0)];
        let id = |number| ProjectId::from_uuid(Uuid::from_u128(number));
        fits_below(&chain, id(6), id(5)).err().map(|error| error.fields().remove(0).code)
    }
}
