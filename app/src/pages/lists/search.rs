//! Search over the whole account: tasks, done ones too, projects and tags.

use crate::{
    components::{EmptyState, Glyph, tasks::list_address},
    islands::search::LiveSearch,
    pages::{ErrorPage, parameter},
    request,
};
use domain::{
    Error, Place,
    search::{Found, FoundTask, SearchQuery},
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

/// How much of the notes is shown before and behind what was found, in code points.
const AROUND: usize = 60;

/// `/search`
#[component]
pub fn SearchPage() -> impl IntoView {
    view! {
        <Title text="Search" />
        <Suspense>
            {Suspend::new(async move {
                match load().await {
                    Ok((q, found)) => view! { <Shown q found /> }.into_any(),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// A search for what makes no sense is told, and finds nothing.
async fn load() -> Result<(String, Result<Found, String>), Error> {
    let owner = request::owner().map_err(|error| error.0)?;
    let q = parameter("q").unwrap_or_default();
    let query = match SearchQuery::from_pairs([("q", q.as_str()), ("limit", "50")]) {
        Ok(query) => query,
        Err(error) => {
            request::set_status(error.status());
            let detail = error.fields().into_iter().map(|fault| fault.detail).collect::<Vec<_>>().join(". ");
            return Ok((q, Err(detail)));
        }
    };
    let found = backend::search::search(&request::backend(), &owner, &query).await?;
    Ok((q, Ok(found)))
}

#[component]
fn Shown(q: String, found: Result<Found, String>) -> impl IntoView {
    let message = found.as_ref().err().cloned();
    let is_asked = !q.trim().is_empty();

    view! {
        <header class="list-head">
            <h1>"Search"</h1>
        </header>
        <LiveSearch>
            <form class="search" method="get" action="/search" role="search" aria-label="Search everything">
                <div class="field">
                    <label for="q">"Search everything"</label>
                    <div class="add-task-line">
                        <input
                            id="q"
                            name="q"
                            type="search"
                            value=q
                            autocomplete="off"
                            autofocus=!is_asked
                            aria-invalid=message.is_some().then_some("true")
                            aria-describedby="q-error"
                        />
                        <button class="button" type="submit">
                            "Search"
                        </button>
                    </div>
                    <p class="field-error" id="q-error">
                        {message}
                    </p>
                </div>
            </form>
            <div id="found" aria-live="polite">
                {found.ok().filter(|_| is_asked).map(|found| view! { <Results found /> })}
            </div>
        </LiveSearch>
    }
}

#[component]
fn Results(found: Found) -> impl IntoView {
    let Found { items, projects, tags, has_more } = found;
    let is_empty = items.is_empty() && projects.is_empty() && tags.is_empty();
    let says = match items.len() {
        0 => String::new(),
        1 => "1 task".to_owned(),
        number if has_more => format!("The first {number} tasks"),
        number => format!("{number} tasks"),
    };
    let names = projects
        .into_iter()
        .map(|project| (format!("/projects/{}", project.id), project.name, project.highlights, "In "))
        .chain(tags.into_iter().map(|tag| (list_address([("tag", tag.name.as_str())]), tag.name, tag.highlights, "#")));
    let names = names.map(|(address, name, places, sign)| {
        view! {
            <li>
                <a class="tag" href=address>
                    {sign} {marked(&name, &places)}
                </a>
            </li>
        }
    });

    view! {
        {is_empty.then(|| view! { <EmptyState glyph=Glyph::Lost>"Nothing was found."</EmptyState> })}
        <ul class="found-names" aria-label="Projects and tags">
            {names.collect_view()}
        </ul>
        <p class="list-note">{says}</p>
        <ul class="card rows" aria-label="Found tasks">
            {items.into_iter().map(row).collect_view()}
        </ul>
    }
}

fn row(found: FoundTask) -> impl IntoView {
    let FoundTask { task, highlights } = found;
    let notes = task.notes.as_ref().zip(highlights.notes.first()).map(|(notes, first)| {
        let (excerpt, from) = excerpt(notes.as_str(), first);
        let moved = highlights.notes.iter().filter_map(|place| {
            Some(Place { start: place.start.checked_sub(from)?, end: place.end.checked_sub(from)? })
        });
        marked(&excerpt, &moved.collect::<Vec<_>>())
    });
    let tags = task.tags.iter().zip(&highlights.tags).map(|(tag, places)| {
        view! { <span class="tag">{marked(tag.as_str(), places)}</span> }
    });

    view! {
        <li class=if task.is_completed { "row is-done" } else { "row" }>
            <div class="row-body">
                <a class="task-title" href=format!("/tasks/{}", task.id)>
                    {marked(task.title.as_str(), &highlights.title)}
                </a>
                <span class="row-note">{notes}</span>
            </div>
            <div class="task-meta">{tags.collect_view()}</div>
        </li>
    }
}

/// The part of the notes around the first place, and the number of its first code point.
fn excerpt(notes: &str, first: &Place) -> (String, usize) {
    let from = first.start.saturating_sub(AROUND);
    (notes.chars().skip(from).take(first.end - from + AROUND).collect(), from)
}

/// A text with what was found in it marked. Places are in code points, in order, apart from each other.
fn marked(text: &str, places: &[Place]) -> impl IntoView + use<> {
    let letters: Vec<char> = text.chars().collect();
    let part = |start: usize, end: usize| {
        letters.get(start..end.min(letters.len())).unwrap_or_default().iter().collect::<String>()
    };
    let (mut parts, mut at) = (Vec::new(), 0);
    for place in places {
        parts.push((part(at, place.start), false));
        parts.push((part(place.start, place.end), true));
        at = place.end;
    }
    parts.push((part(at, letters.len()), false));
    parts
        .into_iter()
        .map(
            |(text, is_found)| if is_found { Either::Left(view! { <mark>{text}</mark> }) } else { Either::Right(text) },
        )
        .collect_view()
}
