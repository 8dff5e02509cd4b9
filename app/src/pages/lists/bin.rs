//! What was deleted, and the way back.

use crate::{
    components::tasks::address,
    components::{EmptyState, Glyph, Summary, say_instant},
    pages::{ErrorPage, parameter},
    request,
};
use domain::{
    Error, Timestamp,
    accounts::ZoneName,
    tasks::{Task, TaskPage, TaskQuery},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// `/bin`
#[component]
pub fn BinPage() -> impl IntoView {
    view! {
        <Title text="Bin" />
        <Suspense>
            {Suspend::new(async move {
                match request::ask(load()).await {
                    Ok(loaded) => view! { <Bin loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

struct Loaded {
    page: TaskPage,
    zone: ZoneName,
    now: Timestamp,
}

async fn load() -> Result<Loaded, Error> {
    let (owner, backend) = (request::owner().map_err(|error| error.0)?, request::backend());
    let cursor = parameter("cursor");
    let pairs = [("view", "bin")].into_iter().chain(cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let page = backend::tasks::list(&backend, &owner, &TaskQuery::from_pairs(pairs)?).await?;
    Ok(Loaded { page, zone: owner.time_zone().clone(), now: backend.clock().now() })
}

#[component]
fn Bin(loaded: Loaded) -> impl IntoView {
    let Loaded { page, zone, now } = loaded;
    let is_empty = page.items.is_empty();
    let next = page.next_cursor.map(|cursor| address("/bin", [("cursor", cursor.as_str())]));
    let rows = page.items.into_iter().map(|task| view! { <Row task zone=zone.clone() now /> });

    view! {
        <header class="list-head">
            <h1>"Bin"</h1>
            {(!is_empty)
                .then(|| {
                    view! {
                        <form method="post" action="/bin">
                            <input type="hidden" name="do" value="empty_bin" />
                            <button class="button button-danger" type="submit">
                                "Empty the bin"
                            </button>
                        </form>
                    }
                })}
        </header>
        <p class="list-note">{format!("What is deleted stays here for {} days.", backend::BIN_DAYS)}</p>
        <Summary action="restore_task" />
        <Summary action="remove_task" />
        <Summary action="empty_bin" />
        {if is_empty {
            view! { <EmptyState glyph=Glyph::Tasks>"The bin is empty."</EmptyState> }.into_any()
        } else {
            view! {
                <ul class="card rows" aria-label="Deleted tasks">
                    {rows.collect_view()}
                </ul>
            }
                .into_any()
        }}
        {next
            .map(|address| {
                view! {
                    <div class="pager">
                        <a class="button" href=address>
                            "Next page"
                        </a>
                    </div>
                }
            })}
    }
}

#[component]
fn Row(task: Task, zone: ZoneName, now: Timestamp) -> impl IntoView {
    let title = task.title.as_str().to_owned();
    let deleted = task.deleted_at.map(|instant| format!("Deleted {}", say_instant(instant, now, &zone)));
    let id = task.id.to_string();

    view! {
        <li class="row">
            <div class="row-body">
                <strong>{title.clone()}</strong>
                <span class="row-note">{deleted}</span>
            </div>
            <RowForm act="restore_task" task=id.clone() text="Restore" title=title.clone() />
            <RowForm act="remove_task" task=id text="Delete for good" title class="button button-quiet button-danger" />
        </li>
    }
}

/// A button that does something to a task in the bin.
#[component]
fn RowForm(
    act: &'static str,
    task: String,
    text: &'static str,
    title: String,
    #[prop(default = "button button-quiet")] class: &'static str,
) -> impl IntoView {
    view! {
        <form method="post" action="/bin">
            <input type="hidden" name="do" value=act />
            <input type="hidden" name="id" value=task />
            <button
                class=class
                type="submit"
                aria-label=format!("{text}: {title}")
            >
                {text}
            </button>
        </form>
    }
}
