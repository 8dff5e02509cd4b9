//! One saved filter: the tasks that it finds, and what can be changed of it.

use super::{
    edit::{Delete, Edit, Saved},
    query::{BuilderForm, Ground, QueryField, Tried},
    tasks::{Tasks, sheet},
};
use crate::{
    components::{Button, Content, Dot, Field, Select, Summary, colour_choices},
    forms::failure,
    islands::tasks::Sheet,
    pages::ErrorPage,
    request,
};
use domain::{Error, ids::FilterId, saved_filters::SavedFilter, tasks::TaskQuery};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// `/filters/{id}`
#[component]
pub fn FilterPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();

    view! {
        <Suspense>
            {Suspend::new(async move {
                match request::ask(async move { load(&id).await }).await {
                    Ok(loaded) => view! { <Shown loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

struct Loaded {
    filter: SavedFilter,
    ground: Ground,
    sheet: Sheet,
}

/// A text that is no id names nothing, so it is not there.
async fn load(id: &str) -> Result<Loaded, Error> {
    let owner = request::owner().map_err(|error| error.0)?;
    let id: FilterId = id.parse().map_err(|_| Error::NotFound)?;
    let filter = backend::saved_filters::get(&request::backend(), &owner, id).await?;
    let query = TaskQuery::default().with_filter(filter.query.filter().clone());
    let sheet = sheet(&owner, &path(id), query, None, "No task matches this filter.").await?;
    Ok(Loaded { filter, ground: Ground::load(&owner).await?, sheet })
}

fn path(id: FilterId) -> String {
    format!("/filters/{id}")
}

#[component]
fn Shown(loaded: Loaded) -> impl IntoView {
    let Loaded { filter, ground, sheet } = loaded;
    let name = filter.name.as_str().to_owned();
    let colour = filter.colour.as_ref().map(|colour| colour.as_str().to_owned());
    let tried = ground.tried.clone();
    let failed = ["edit_filter", "delete_filter"].into_iter().any(|action| failure(action).is_some());
    let is_open = failed || tried.is_some();

    view! {
        <Title text=name.clone() />
        <header class="list-head">
            <h1>
                <Dot colour />
                {name}
            </h1>
        </header>
        <Saved />
        <p class="list-note">
            <code>{filter.query.as_str().to_owned()}</code>
        </p>
        <Edit label="Edit filter" is_open>
            <EditForm filter=filter.clone() tried /> <BuilderForm here=path(filter.id) ground />
            <Summary action="delete_filter" />
            <Delete
                here=path(filter.id)
                action="delete_filter"
                id=filter.id.to_string()
                label="Delete filter"
                about="No task is touched."
            />
        </Edit>
        <Tasks sheet />
    }
}

#[component]
fn EditForm(filter: SavedFilter, tried: Option<Tried>) -> impl IntoView {
    let failure = failure("edit_filter");
    let form = failure.as_ref();
    let colour = filter.colour.as_ref().map(|colour| colour.as_str()).unwrap_or_default();
    let usual = tried.as_ref().map_or_else(|| filter.query.as_str().to_owned(), |tried| tried.query.clone());

    view! {
        <form class="stack" method="post" action=path(filter.id) aria-label="Edit filter" novalidate>
            <input type="hidden" name="do" value="edit_filter" />
            <input type="hidden" name="id" value=filter.id.to_string() />
            <input type="hidden" name="revision" value=filter.revision.to_string() />
            <Summary action="edit_filter" />
            <Field
                name="name"
                label="Name"
                autocomplete="off"
                is_required=true
                content=Content::of(form, "name", filter.name.as_str())
            />
            <QueryField failure=failure.clone() usual tried />
            <Select
                name="colour"
                label="Colour"
                content=Content::of(form, "colour", colour)
                choices=colour_choices(filter.colour.as_ref())
            />
            <div class="form-actions">
                <Button>"Save filter"</Button>
            </div>
        </form>
    }
    .into_any()
}
