//! One tag: the tasks that have it, and what can be changed of it.

use super::{
    edit::{Delete, Edit, Saved},
    tasks::{Tasks, sheet},
};
use crate::{
    components::{Button, ButtonKind, Content, Dot, Field, Select, Summary, colour_choices},
    forms::failure,
    islands::tasks::Sheet,
    pages::ErrorPage,
    request,
};
use domain::{Error, ids::TagId, tags::Tag, tasks::TaskQuery};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// `/tags/{id}`
#[component]
pub fn TagPage() -> impl IntoView {
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
    tag: Tag,
    /// The tags that it can be merged into.
    others: Vec<Tag>,
    sheet: Sheet,
}

/// A text that is no id names nothing, so it is not there.
async fn load(id: &str) -> Result<Loaded, Error> {
    let owner = request::owner().map_err(|error| error.0)?;
    let id: TagId = id.parse().map_err(|_| Error::NotFound)?;
    let mut others = backend::tags::list(&request::backend(), &owner).await?;
    let at = others.iter().position(|tag| tag.id == id).ok_or(Error::NotFound)?;
    let tag = others.remove(at);
    let query = TaskQuery { tag: Some(tag.name.clone()), ..TaskQuery::default() }.for_page();
    let sheet = sheet(&owner, &path(id), query, None, "No open task has this tag.").await?;
    Ok(Loaded { tag, others, sheet })
}

fn path(id: TagId) -> String {
    format!("/tags/{id}")
}

#[component]
fn Shown(loaded: Loaded) -> impl IntoView {
    let Loaded { tag, others, sheet } = loaded;
    let name = tag.name.as_str().to_owned();
    let colour = tag.colour.as_ref().map(|colour| colour.as_str().to_owned());
    let is_open = ["edit_tag", "merge_tag", "delete_tag"].into_iter().any(|action| failure(action).is_some());

    view! {
        <Title text=format!("#{name}") />
        <header class="list-head">
            <h1>
                <Dot colour />
                {name}
            </h1>
        </header>
        <Saved />
        <Edit label="Edit tag" is_open>
            <EditForm tag=tag.clone() />
            {(!others.is_empty()).then(|| view! { <MergeForm tag=tag.clone() others /> })}
            <Summary action="delete_tag" />
            <Delete
                here=path(tag.id)
                action="delete_tag"
                id=tag.id.to_string()
                label="Delete tag"
                about="Its tasks stay, without it."
            />
        </Edit>
        <Tasks sheet />
    }
}

#[component]
fn EditForm(tag: Tag) -> impl IntoView {
    let failure = failure("edit_tag");
    let failure = failure.as_ref();
    let colour = tag.colour.as_ref().map(|colour| colour.as_str()).unwrap_or_default();

    view! {
        <form class="stack" method="post" action=path(tag.id) aria-label="Edit tag" novalidate>
            <input type="hidden" name="do" value="edit_tag" />
            <input type="hidden" name="id" value=tag.id.to_string() />
            <Summary action="edit_tag" />
            <Field
                name="name"
                label="Name"
                autocomplete="off"
                is_required=true
                content=Content::of(failure, "name", tag.name.as_str())
            />
            <Select
                name="colour"
                label="Colour"
                content=Content::of(failure, "colour", colour)
                choices=colour_choices(tag.colour.as_ref())
            />
            <div class="form-actions">
                <Button>"Save tag"</Button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn MergeForm(tag: Tag, others: Vec<Tag>) -> impl IntoView {
    let failure = failure("merge_tag");
    let choices = others.into_iter().map(|tag| (tag.id.to_string(), tag.name.as_str().to_owned()));
    let choices = std::iter::once((String::new(), "Choose a tag".to_owned())).chain(choices).collect();

    view! {
        <form class="stack" method="post" action=path(tag.id) aria-label="Merge tag" novalidate>
            <input type="hidden" name="do" value="merge_tag" />
            <input type="hidden" name="id" value=tag.id.to_string() />
            <Summary action="merge_tag" />
            <Select
                name="into"
                label="Merge into"
                content=Content::of(failure.as_ref(), "into", "")
                choices
            />
            <div class="form-actions">
                <Button kind=ButtonKind::Plain>"Merge"</Button>
            </div>
        </form>
    }
    .into_any()
}
