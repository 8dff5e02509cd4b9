//! The places of whoever is signed in, for a page and for what stands beside it: they are asked of the database once, by
//! whichever of the two comes first.

use crate::{components::tasks::Fields, request};
use backend::{Backend, places};
use domain::{
    ids::ProjectId,
    projects::{Branch, Project, nested},
};
use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What stands beside every page.
pub type Places = Arc<places::Places>;

/// The answer of the database, for everybody who waits for it.
#[derive(Clone)]
pub(crate) struct Asked(Shared<BoxFuture<'static, Option<Places>>>);

/// Lets everything on the page that is being rendered know its places.
pub fn provide_places() {
    let owner = request::visitor().and_then(|visitor| visitor.session).map(|session| session.owner().clone());
    let backend = use_context::<Backend>();
    let ask = async move { places::places(&backend?, &owner?).await.ok().map(Arc::new) };
    provide_context(Asked(ask.boxed().shared()));
}

/// The places of whoever is signed in; nothing for guests.
pub async fn places() -> Option<Places> {
    let asked = use_context::<Asked>()?;
    asked.0.await
}

/// What a task can be put into: the id of each project, and its name behind those that it is in.
pub async fn project_choices() -> Fields {
    let places = places().await.unwrap_or_default();
    paths(&places.projects, |project| (project.id, project.name.as_str()))
}

/// The same of projects that were read as a whole; what is put away is left out.
pub fn choices_of(projects: &[Project]) -> Fields {
    let tree = nested(projects.iter().filter(|project| !project.is_archived).cloned());
    paths(&tree, |project| (project.id, project.name.as_str()))
}

fn paths<T>(tree: &[Branch<T>], read: impl Fn(&T) -> (ProjectId, &str)) -> Fields {
    let mut above: Vec<&str> = Vec::new();
    let mut paths = Fields::with_capacity(tree.len());
    for branch in tree {
        let (id, name) = read(&branch.item);
        above.truncate(branch.depth);
        above.push(name);
        paths.push((id.to_string(), above.join(" / ")));
    }
    paths
}
