//! One task.

use crate::{
    components::{
        say_instant,
        tasks::{Fields, Moment},
    },
    forms::failure,
    islands::tasks::TaskEditor,
    pages::{ErrorPage, parameter},
    places::project_choices,
    request,
};
use backend::ledger::{self, Entry};
use domain::{Error, accounts::ZoneName, change::ChangeKind, tasks::Task};
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
                match load(&id).await {
                    Ok(loaded) => view! { <Shown loaded /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Shown(loaded: Loaded) -> impl IntoView {
    let Loaded { task, moment, zone, entries, projects } = loaded;
    let failure =
        ["edit_task", "tick_note", "set_task_completed", "skip_task", "delete_task"].into_iter().find_map(failure);
    let is_saved = failure.is_none() && parameter("saved").is_some();

    view! {
        <Title text=task.title.as_str().to_owned() />
        <p>
            <a class="back" href="/tasks">
                "Back to tasks"
            </a>
        </p>
        <TaskEditor task projects moment failure is_saved />
        <History entries moment zone />
    }
}

/// What became of the task, the newest first.
#[component]
fn History(entries: Vec<Entry>, moment: Moment, zone: ZoneName) -> impl IntoView {
    let entry = |entry: Entry| {
        let what = match entry.kind {
            ChangeKind::Change => entry.label,
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
    moment: Moment,
    zone: ZoneName,
    entries: Vec<Entry>,
    projects: Fields,
}

/// A text that is no id names nothing, so it is not there.
async fn load(id: &str) -> Result<Loaded, Error> {
    let owner = request::owner().map_err(|error| error.0)?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let task = backend::tasks::get(&request::backend(), &owner, id).await?;
    let entries = ledger::history(&request::backend(), &owner, id).await?;
    let projects = project_choices().await;
    Ok(Loaded { task, moment: Moment::of(&owner), zone: owner.time_zone().clone(), entries, projects })
}
