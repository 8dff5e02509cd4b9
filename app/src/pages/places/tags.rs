//! All tags, and a new one.

use super::edit::Gone;
use crate::{
    components::{Button, Content, Dot, EmptyState, Field, Glyph, Select, Summary, colour_choices},
    forms::failure,
    pages::ErrorPage,
    request,
};
use domain::{Error, tags::Tag};
use leptos::prelude::*;
use leptos_meta::Title;

const HERE: &str = "/tags";

/// `/tags`
#[component]
pub fn TagsPage() -> impl IntoView {
    view! {
        <Title text="Tags" />
        <Suspense>
            {Suspend::new(async move {
                match load().await {
                    Ok(tags) => view! { <Shown tags /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

async fn load() -> Result<Vec<Tag>, Error> {
    let owner = request::owner().map_err(|error| error.0)?;
    Ok(backend::tags::list(&request::backend(), &owner).await?)
}

#[component]
fn Shown(tags: Vec<Tag>) -> impl IntoView {
    let is_empty = tags.is_empty();
    let rows = tags.into_iter().map(|tag| {
        let colour = tag.colour.as_ref().map(|colour| colour.as_str().to_owned());
        view! {
            <li class="row">
                <a class="place-link" href=format!("{HERE}/{}", tag.id)>
                    <Dot colour />
                    <strong>{tag.name.as_str().to_owned()}</strong>
                </a>
            </li>
        }
    });

    view! {
        <header class="list-head">
            <h1>"Tags"</h1>
        </header>
        <Gone says="The tag is gone. Its tasks are still there." />
        <div class="places">
            {if is_empty {
                view! { <EmptyState glyph=Glyph::Tasks>"There are no tags yet. A task gets one when you write #name in its line."</EmptyState> }
                    .into_any()
            } else {
                view! {
                    <ul class="card rows" aria-label="Tags">
                        {rows.collect_view()}
                    </ul>
                }
                    .into_any()
            }}
            <NewTagForm />
        </div>
    }
}

#[component]
fn NewTagForm() -> impl IntoView {
    let failure = failure("add_tag");
    let failure = failure.as_ref();

    view! {
        <form class="card stack" method="post" action=HERE aria-labelledby="new-tag" novalidate>
            <h2 id="new-tag">"New tag"</h2>
            <input type="hidden" name="do" value="add_tag" />
            <Summary action="add_tag" />
            <Field name="name" label="Name" autocomplete="off" is_required=true content=Content::of(failure, "name", "") />
            <Select name="colour" label="Colour" content=Content::of(failure, "colour", "") choices=colour_choices(None) />
            <div class="form-actions">
                <Button>"Add tag"</Button>
            </div>
        </form>
    }
    .into_any()
}
