//! One task.

use crate::{
    components::{
        say_instant,
        tasks::{Fields, Moment},
    },
    forms::failure,
    islands::tasks::TaskEditor,
    pages::{
        ErrorPage, parameter,
        task_parts::{Parts, Wholes},
    },
    places::project_choices,
    request,
};
use backend::ledger::{self, Entry};
use domain::{
    Error,
    accounts::ZoneName,
    change::ChangeKind,
    ids::TaskId,
    tasks::{Task, TaskPage as List, TaskQuery},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// One task, with everything that can be changed of it.
#[component]
pub fn TaskPage() -> impl IntoView {
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

#[component]
fn Shown(loaded: Loaded) -> impl IntoView {
    let Loaded { task, wholes, parts, moment, zone, entries, projects } = loaded;
    let whole = task.id;
    let failure =
        ["edit_task", "tick_note", "set_task_completed", "skip_task", "delete_task"].into_iter().find_map(failure);
    let is_saved = failure.is_none() && parameter("saved").is_some();

    view! {
        <Title text=task.title.as_str().to_owned() />
        <Wholes wholes />
        <TaskEditor task projects moment failure is_saved />
        <Parts whole parts />
        <History entries moment zone />
    }
}

/// What became of the task, the newest first.
#[component]
fn History(entries: Vec<Entry>, moment: Moment, zone: ZoneName) -> impl IntoView {
    let entry = |entry: Entry| {
        let what = match entry.kind {
            ChangeKind::Change | ChangeKind::Expiry => entry.label,
            ChangeKind::Undo => format!("Undone: {}", entry.label),
            ChangeKind::Redo => format!("Redone: {}", entry.label),
        };
        let note = format!("{} · {}", say_instant(entry.at, moment.now, &zone), entry.by);
        let words = entry.words.into_iter().map(|words| view! { <span class="row-note">{words}</span> }).collect_view();
        view! {
            <li class="row">
                <div class="row-body">
                    <strong>{what}</strong>
                    {words}
                    <span class="row-note">{note}</span>
                </div>
            </li>
        }
    };

    view! {
        <details class="history">
            <summary>"History"</summary>
            <ol class="rows" aria-label="History">
                {entries.into_iter().map(entry).collect_view()}
            </ol>
        </details>
    }
}

struct Loaded {
    task: Task,
    /// The tasks that it is a part of, the outermost first.
    wholes: Vec<(TaskId, String)>,
    parts: List,
    moment: Moment,
    zone: ZoneName,
    entries: Vec<Entry>,
    projects: Fields,
}

/// A text that is no id names nothing, so it is not there.
async fn load(id: &str) -> Result<Loaded, Error> {
    let (owner, backend) = (request::owner().map_err(|error| error.0)?, request::backend());
    let id: TaskId = id.parse().map_err(|_| Error::NotFound)?;
    let task = backend::tasks::get(&backend, &owner, id).await?;
    let wholes = match task.parent_id {
        Some(_) => backend::tasks::wholes(&backend, &owner, id).await?,
        None => Vec::new(),
    };
    let limit = TaskQuery::HIGHEST_LIMIT.to_string();
    let query = TaskQuery::from_pairs([("parent_id", id.to_string().as_str()), ("limit", &limit)])?;
    let parts = backend::tasks::list(&backend, &owner, &TaskQuery { with_kin: true, ..query }).await?;
    let entries = ledger::history(&backend, &owner, id).await?;
    let (moment, zone, projects) = (Moment::of(&owner), owner.time_zone().clone(), project_choices().await);
    Ok(Loaded { task, wholes, parts, moment, zone, entries, projects })
}
