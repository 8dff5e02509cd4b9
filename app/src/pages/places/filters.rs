//! All saved filters, a new one, and the choices to build one from.

use super::{
    edit::Gone,
    query::{BuilderForm, Ground, QueryField, Tried},
};
use crate::{
    components::{Button, Content, Dot, EmptyState, Field, Glyph, Select, Summary, colour_choices},
    forms::failure,
    pages::ErrorPage,
    request,
};
use domain::{Error, saved_filters::SavedFilter};
use leptos::prelude::*;
use leptos_meta::Title;

const HERE: &str = "/filters";

/// `/filters`
#[component]
pub fn FiltersPage() -> impl IntoView {
    view! {
        <Title text="Filters" />
        <Suspense>
            {Suspend::new(async move {
                match request::ask(load()).await {
                    Ok((filters, ground)) => view! { <Shown filters ground /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

async fn load() -> Result<(Vec<SavedFilter>, Ground), Error> {
    let owner = request::owner().map_err(|error| error.0)?;
    let filters = backend::saved_filters::list(&request::backend(), &owner).await?;
    Ok((filters, Ground::load(&owner).await?))
}

#[component]
fn Shown(filters: Vec<SavedFilter>, ground: Ground) -> impl IntoView {
    let is_empty = filters.is_empty();
    let tried = ground.tried.clone();
    let rows = filters.into_iter().map(|filter| view! { <Row filter /> });

    view! {
        <header class="list-head">
            <h1>"Filters"</h1>
        </header>
        <Gone says="The filter is gone. No task was touched." />
        <div class="places">
            {if is_empty {
                view! { <EmptyState glyph=Glyph::Search>"There are no filters yet. A filter is a search with a name."</EmptyState> }
                    .into_any()
            } else {
                view! {
                    <ul class="card rows" aria-label="Filters">
                        {rows.collect_view()}
                    </ul>
                }
                    .into_any()
            }}
            <NewFilterForm tried /> <BuilderForm here=HERE.to_owned() ground />
        </div>
    }
}

#[component]
fn Row(filter: SavedFilter) -> impl IntoView {
    let colour = filter.colour.as_ref().map(|colour| colour.as_str().to_owned());

    view! {
        <li class="row">
            <div class="row-body">
                <a class="place-link" href=format!("{HERE}/{}", filter.id)>
                    <Dot colour />
                    <strong>{filter.name.as_str().to_owned()}</strong>
                </a>
                <code class="row-note">{filter.query.as_str().to_owned()}</code>
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn NewFilterForm(tried: Option<Tried>) -> impl IntoView {
    let failure = failure("add_filter");
    let usual = tried.as_ref().map(|tried| tried.query.clone()).unwrap_or_default();
    let form = failure.as_ref();

    view! {
        <form class="card stack" method="post" action=HERE aria-labelledby="new-filter" novalidate>
            <h2 id="new-filter">"New filter"</h2>
            <input type="hidden" name="do" value="add_filter" />
            <Summary action="add_filter" />
            {form.and_then(|failure| failure.message("")).map(|message| view! { <p class="field-error">{message}</p> })}
            <Field name="name" label="Name" autocomplete="off" is_required=true content=Content::of(form, "name", "") />
            <QueryField failure=failure.clone() usual tried />
            <Select name="colour" label="Colour" content=Content::of(form, "colour", "") choices=colour_choices(None) />
            <div class="form-actions">
                <Button>"Save filter"</Button>
            </div>
        </form>
    }
    .into_any()
}
