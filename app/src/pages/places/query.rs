//! The text of a filter: the field that it is typed into, with its fault marked or what it finds, and the choices to build
//! one from. While it is typed the page is asked for anew, so that server and browser read it alike.

use crate::{
    components::{Button, ButtonKind, Content, Field, Select},
    forms::Failure,
    islands::search::LiveSearch,
    pages::parameter,
    places::choices_of,
    request,
};
use domain::{
    Error, Place,
    ids::ProjectId,
    projects::Project,
    saved_filters::{Builder, FilterPatch},
    tags::Tag,
    tasks::{TaskPage, TaskQuery},
};
use leptos::prelude::*;
use serde_json::json;

/// How many tasks show what a query finds.
const FIRST: u16 = 5;

/// What a filter can be built from.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    projects: Vec<Project>,
    tags: Vec<Tag>,
    /// What was chosen so far; nothing unless the form was sent.
    chosen: Option<Builder>,
    /// What came of the query in the page's address.
    pub(super) tried: Option<Tried>,
}

/// A query that is not saved yet.
#[derive(Debug, Clone)]
pub(super) struct Tried {
    pub(super) query: String,
    found: Result<TaskPage, Failure>,
}

impl Tried {
    async fn new(owner: &backend::Owner, query: String) -> Result<Self, Error> {
        let found = match FilterPatch::from_json(json!({"query": query})) {
            Ok(patch) => Ok(first(owner, patch).await?),
            Err(error) => {
                let fields = vec![("query".to_owned(), query.clone())];
                Err(Failure { action: String::new(), error: Some(error), fields })
            }
        };
        Ok(Self { query, found })
    }
}

async fn first(owner: &backend::Owner, patch: FilterPatch) -> Result<TaskPage, Error> {
    let all = TaskQuery { limit: FIRST, count: true, ..TaskQuery::default() };
    let query = match patch.query {
        Some(query) => all.with_filter(query.filter().clone()),
        None => all,
    };
    Ok(backend::tasks::list(&request::backend(), owner, &query).await?)
}

impl Ground {
    /// What this account has, and what was chosen of it.
    pub(super) async fn load(owner: &backend::Owner) -> Result<Self, Error> {
        let backend = request::backend();
        let projects = backend::projects::list(&backend, owner).await?;
        let tags = backend::tags::list(&backend, owner).await?;
        let mut ground = Self { projects, tags, chosen: chosen(), tried: None };
        if let Some(query) = ground.composed().or_else(|| parameter("query")) {
            ground.tried = Some(Tried::new(owner, query).await?);
        }
        Ok(ground)
    }

    /// The query that the choices make.
    fn composed(&self) -> Option<String> {
        let mut builder = self.chosen.clone()?;
        if let Ok(id) = builder.project.parse::<ProjectId>() {
            let project = self.projects.iter().find(|project| project.id == id);
            builder.project = project.map(|project| project.name.as_str().to_owned()).unwrap_or_default();
        }
        Some(builder.query())
    }
}

/// The choices in the page's address.
fn chosen() -> Option<Builder> {
    let field = |name| parameter(name).unwrap_or_default();
    parameter("build").map(|_| Builder {
        status: field("status"),
        due: field("due"),
        priority: field("priority"),
        tag: field("tag"),
        project: field("project"),
        text: field("text"),
    })
}

/// The field for a query. Where one could not be read, what is wrong with it is marked.
#[component]
pub(super) fn QueryField(failure: Option<Failure>, usual: String, tried: Option<Tried>) -> impl IntoView {
    let (found, failure) = match (failure, tried.map(|tried| tried.found)) {
        (None, Some(Ok(page))) => (Some(page), None),
        (None, Some(Err(refused))) => (None, Some(refused)),
        (failure, _) => (None, failure),
    };
    let fault = failure.as_ref().and_then(|failure| {
        let fault = failure.error.as_ref()?.fields().into_iter().find(|fault| fault.field == "query")?;
        Some((failure.value("query")?, fault.place?))
    });

    view! {
        <LiveSearch>
            <Field
                name="query"
                label="Which tasks"
                autocomplete="off"
                is_required=true
                hint="For example: (overdue | today) !high #home -#someday project:House"
                content=Content::of(failure.as_ref(), "query", &usual)
            />
            <div id="found" aria-live="polite">
                {fault.map(|(text, place)| view! { <Marked text place /> })}
                {found.map(|page| view! { <Matches page /> })}
            </div>
        </LiveSearch>
    }
}

/// How many tasks a query finds, and the first of them.
#[component]
fn Matches(page: TaskPage) -> impl IntoView {
    let says = match page.total {
        Some(0) | None => "No task matches.".to_owned(),
        Some(1) => "1 task matches:".to_owned(),
        Some(number) if page.has_more => format!("{number} tasks match. The first {}:", page.items.len()),
        Some(number) => format!("{number} tasks match:"),
    };
    let titles = page.items.into_iter().map(|task| {
        view! {
            <li>
                <a href=format!("/tasks/{}", task.id)>{task.title.as_str().to_owned()}</a>
            </li>
        }
    });

    view! {
        <p class="field-hint">{says}</p>
        <ul class="query-found" aria-label="Matching tasks">
            {titles.collect_view()}
        </ul>
    }
}

/// A text whose fault is marked.
#[component]
fn Marked(text: String, place: Place) -> impl IntoView {
    let letters: Vec<char> = text.chars().collect();
    let (start, end) = (place.start.min(letters.len()), place.end.min(letters.len()));
    let part = |from: usize, to: usize| letters[from..to.max(from)].iter().collect::<String>();
    let (before, wrong, after) = (part(0, start), part(start, end), part(end.max(start), letters.len()));

    view! {
        <p class="query-fault">
            {before}<mark>{if wrong.is_empty() { "…".to_owned() } else { wrong }}</mark>{after}
        </p>
    }
}

/// The choices that a query can be built from. Their answer is this page with the query in its field.
#[component]
pub(super) fn BuilderForm(here: String, ground: Ground) -> impl IntoView {
    let chosen = ground.chosen.clone().unwrap_or_default();
    let any = |label: &str| std::iter::once((String::new(), label.to_owned()));
    let owned = |choices: &[(&str, &str)]| -> Vec<(String, String)> {
        choices.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect()
    };
    let due = Builder::DUE.iter().map(|(value, label, _)| ((*value).to_owned(), (*label).to_owned())).collect();
    let tags = ground.tags.iter().map(|tag| (tag.name.as_str().to_owned(), tag.name.as_str().to_owned()));
    let content = |text: &str| Content::of(None, "", text);

    view! {
        <form class="card stack" method="get" action=here aria-labelledby="builder">
            <h2 id="builder">"Build a filter"</h2>
            <input type="hidden" name="build" value="1" />
            <div class="field-grid">
                <Select
                    name="status"
                    label="Show"
                    content=content(&chosen.status)
                    choices=owned(&[("open", "Open"), ("done", "Done"), ("all", "All")])
                />
                <Select name="due" label="Due" content=content(&chosen.due) choices=due />
                <Select
                    name="priority"
                    label="Priority"
                    content=content(&chosen.priority)
                    choices=owned(&[("", "Any"), ("high", "High"), ("medium", "Medium"), ("low", "Low"), ("none", "None")])
                />
                <Select name="tag" label="Tag" content=content(&chosen.tag) choices=any("Any").chain(tags).collect() />
                <Select
                    name="project"
                    label="Project"
                    content=content(&chosen.project)
                    choices=any("Any").chain(choices_of(&ground.projects)).collect()
                />
                <Field name="text" label="Text" autocomplete="off" content=content(&chosen.text) />
            </div>
            <div class="form-actions">
                <Button kind=ButtonKind::Plain>"Write it for me"</Button>
            </div>
        </form>
    }
    .into_any()
}
