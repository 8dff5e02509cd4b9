//! All projects: the tree, what is put away, and a new one.

use super::edit::Gone;
use crate::{
    components::{Button, Content, Dot, EmptyState, Field, Glyph, Select, Summary, colour_choices},
    forms::failure,
    pages::ErrorPage,
    places::choices_of,
    request,
};
use domain::{
    Error,
    ids::ProjectId,
    projects::{Branch, Project, nested},
};
use leptos::prelude::*;
use leptos_meta::Title;
use std::collections::HashMap;

const HERE: &str = "/projects";

/// `/projects`
#[component]
pub fn ProjectsPage() -> impl IntoView {
    view! {
        <Title text="Projects" />
        <Suspense>
            {Suspend::new(async move {
                match load().await {
                    Ok(loaded) => view! { <Shown loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

struct Loaded {
    projects: Vec<Project>,
    open_tasks: HashMap<ProjectId, i64>,
}

async fn load() -> Result<Loaded, Error> {
    let (owner, backend) = (request::owner().map_err(|error| error.0)?, request::backend());
    let projects = backend::projects::list(&backend, &owner).await?;
    let open_tasks = backend::projects::open_tasks(&backend, &owner).await?;
    Ok(Loaded { projects, open_tasks })
}

#[component]
fn Shown(loaded: Loaded) -> impl IntoView {
    let Loaded { projects, open_tasks } = loaded;
    let choices = choices_of(&projects);
    // What is below something that is put away is put away with it.
    let (mut there, mut archived, mut away_below) = (Vec::new(), Vec::new(), None);
    for branch in nested(projects) {
        if away_below.is_some_and(|depth| branch.depth <= depth) {
            away_below = None;
        }
        if branch.item.is_archived && away_below.is_none() {
            away_below = Some(branch.depth);
        }
        if away_below.is_some() { &mut archived } else { &mut there }.push(branch);
    }
    let rows = |branches: Vec<Branch<Project>>| {
        let rows = branches.into_iter().map(|branch| {
            let open = open_tasks.get(&branch.item.id).copied().unwrap_or_default();
            view! { <Row branch open /> }
        });
        rows.collect_view()
    };
    let (is_empty, has_archived) = (there.is_empty(), !archived.is_empty());

    view! {
        <header class="list-head">
            <h1>"Projects"</h1>
        </header>
        <Gone says="The project is gone. Its tasks are in the bin." />
        <div class="places">
            {if is_empty {
                view! { <EmptyState glyph=Glyph::Tasks>"There are no projects yet. Make the first one below."</EmptyState> }
                    .into_any()
            } else {
                view! {
                    <ul class="card rows" aria-label="Projects">
                        {rows(there)}
                    </ul>
                }
                    .into_any()
            }}
            <NewProjectForm choices />
            {has_archived
                .then(|| {
                    view! {
                        <section class="stack" aria-labelledby="archived">
                            <h2 id="archived">"Archived"</h2>
                            <ul class="card rows" aria-label="Archived projects">
                                {rows(archived)}
                            </ul>
                        </section>
                    }
                })}
        </div>
    }
}

#[component]
fn Row(branch: Branch<Project>, open: i64) -> impl IntoView {
    let Branch { depth, item: project } = branch;
    let count = match open {
        0 => "Nothing to do".to_owned(),
        1 => "1 open task".to_owned(),
        1000.. => "1000 open tasks or more".to_owned(),
        open => format!("{open} open tasks"),
    };
    let colour = project.colour.as_ref().map(|colour| colour.as_str().to_owned());

    view! {
        <li class="row" data-depth=depth.to_string()>
            <div class="row-body">
                <a class="place-link" href=format!("{HERE}/{}", project.id)>
                    <Dot colour />
                    <strong>{project.name.as_str().to_owned()}</strong>
                </a>
                <span class="row-note">{count}</span>
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn NewProjectForm(choices: Vec<(String, String)>) -> impl IntoView {
    let failure = failure("add_project");
    let failure = failure.as_ref();
    let parents = std::iter::once((String::new(), "None".to_owned())).chain(choices).collect();

    view! {
        <form class="card stack" method="post" action=HERE aria-labelledby="new-project" novalidate>
            <h2 id="new-project">"New project"</h2>
            <input type="hidden" name="do" value="add_project" />
            <Summary action="add_project" />
            {failure.and_then(|failure| failure.message("")).map(|message| view! { <p class="field-error">{message}</p> })}
            <Field name="name" label="Name" autocomplete="off" is_required=true content=Content::of(failure, "name", "") />
            <Select name="colour" label="Colour" content=Content::of(failure, "colour", "") choices=colour_choices(None) />
            <Select name="parent_id" label="Part of" content=Content::of(failure, "parent_id", "") choices=parents />
            <div class="form-actions">
                <Button>"Add project"</Button>
            </div>
        </form>
    }
    .into_any()
}
