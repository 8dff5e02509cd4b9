//! One project: its tasks and those of the projects below it, and what can be changed of it.

use super::{
    edit::{Delete, Edit, Saved},
    tasks::{Tasks, sheet},
};
use crate::{
    components::{Button, ButtonKind, Content, Dot, Field, Select, Summary, colour_choices},
    forms::failure,
    islands::tasks::Sheet,
    pages::ErrorPage,
    places::choices_of,
    request,
};
use domain::{
    Error,
    ids::ProjectId,
    projects::{Project, nested},
    tasks::{Sort, TaskQuery},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// `/projects/{id}`
#[component]
pub fn ProjectPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();

    view! {
        <Suspense>
            {Suspend::new(async move {
                match load(&id).await {
                    Ok(loaded) => view! { <Shown loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

struct Loaded {
    project: Project,
    /// The projects that it can be put below.
    parents: Vec<(String, String)>,
    sheet: Sheet,
}

/// A text that is no id names nothing, so it is not there.
async fn load(id: &str) -> Result<Loaded, Error> {
    let owner = request::owner().map_err(|error| error.0)?;
    let id: ProjectId = id.parse().map_err(|_| Error::NotFound)?;
    let projects = backend::projects::list(&request::backend(), &owner).await?;
    let project = projects.iter().find(|project| project.id == id).cloned().ok_or(Error::NotFound)?;
    let query = TaskQuery { project_id: Some(id), sort: Sort::Manual, ..TaskQuery::default() };
    let adds = Some(vec![("usual_project_id".to_owned(), id.to_string())]);
    let sheet = sheet(&owner, &path(id), query, adds, "Nothing to do here.").await?;
    Ok(Loaded { parents: parents_for(id, &projects), project, sheet })
}

fn path(id: ProjectId) -> String {
    format!("/projects/{id}")
}

/// Every project that is neither this one nor below it.
fn parents_for(id: ProjectId, projects: &[Project]) -> Vec<(String, String)> {
    let (mut below, mut depth_of_it) = (vec![id.to_string()], None);
    for branch in nested(projects.to_vec()) {
        match depth_of_it {
            Some(depth) if branch.depth > depth => below.push(branch.item.id.to_string()),
            _ => depth_of_it = (branch.item.id == id).then_some(branch.depth),
        }
    }
    choices_of(projects).into_iter().filter(|(choice, _)| !below.contains(choice)).collect()
}

#[component]
fn Shown(loaded: Loaded) -> impl IntoView {
    let Loaded { project, parents, sheet } = loaded;
    let name = project.name.as_str().to_owned();
    let colour = project.colour.as_ref().map(|colour| colour.as_str().to_owned());
    let here = path(project.id);
    let is_open =
        ["edit_project", "set_project_archived", "delete_project"].into_iter().any(|action| failure(action).is_some());
    let note = project.is_archived.then(|| {
        view! { <p class="list-note">"This project is archived: its tasks stand in no other list."</p> }
    });

    view! {
        <Title text=name.clone() />
        <header class="list-head">
            <h1>
                <Dot colour />
                {name}
            </h1>
        </header>
        <Saved />
        {note}
        <Edit label="Edit project" is_open>
            <EditForm project=project.clone() parents />
            <ArchiveForm project=project.clone() />
            <Summary action="delete_project" />
            <Delete
                here
                action="delete_project"
                id=project.id.to_string()
                label="Delete project"
                about="The projects below it go with it, and all their tasks go to the bin."
            />
        </Edit>
        <Tasks sheet />
    }
}

#[component]
fn EditForm(project: Project, parents: Vec<(String, String)>) -> impl IntoView {
    let failure = failure("edit_project");
    let failure = failure.as_ref();
    let content = |field, usual: Option<&str>| Content::of(failure, field, usual.unwrap_or_default());
    let parent = project.parent_id.map(|id| id.to_string());
    // A project may be below one that is put away, which is not offered to others.
    let hidden = parent.clone().filter(|parent| !parents.iter().any(|(id, _)| id == parent));
    let hidden = hidden.map(|id| (id, "As it is (archived)".to_owned()));
    let parents = std::iter::once((String::new(), "None".to_owned())).chain(hidden).chain(parents).collect();

    view! {
        <form class="stack" method="post" action=path(project.id) aria-label="Edit project" novalidate>
            <input type="hidden" name="do" value="edit_project" />
            <input type="hidden" name="id" value=project.id.to_string() />
            <input type="hidden" name="revision" value=project.revision.to_string() />
            <Summary action="edit_project" />
            <Field
                name="name"
                label="Name"
                autocomplete="off"
                is_required=true
                content=content("name", Some(project.name.as_str()))
            />
            <Select
                name="colour"
                label="Colour"
                content=content("colour", project.colour.as_ref().map(|colour| colour.as_str()))
                choices=colour_choices(project.colour.as_ref())
            />
            <Select name="parent_id" label="Part of" content=content("parent_id", parent.as_deref()) choices=parents />
            <div class="form-actions">
                <Button>"Save project"</Button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn ArchiveForm(project: Project) -> impl IntoView {
    let label = if project.is_archived { "Take out of the archive" } else { "Archive" };

    view! {
        <form method="post" action=path(project.id)>
            <input type="hidden" name="do" value="set_project_archived" />
            <input type="hidden" name="id" value=project.id.to_string() />
            <input type="hidden" name="is_archived" value=(!project.is_archived).to_string() />
            <Summary action="set_project_archived" />
            <Button kind=ButtonKind::Plain>{label}</Button>
        </form>
    }
    .into_any()
}
