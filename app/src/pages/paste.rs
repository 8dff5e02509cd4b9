//! Many lines that become many tasks. The page first says what they would be, and asks.

use crate::{
    actions::lines::{BESIDE, LinePreview, LinesPreview},
    components::{Alert, Button, ButtonKind, tasks::textarea_text},
    forms::{Failure, failure, outcome},
    pages::parameter,
};
use domain::quick_add::MOST_LINES;
use leptos::prelude::*;
use leptos_meta::Title;

const HERE: &str = "/tasks/paste";

/// `/tasks/paste`
#[component]
pub fn PastePage() -> impl IntoView {
    let preview = outcome::<LinesPreview>("preview_lines");
    let failure = ["preview_lines", "add_lines"].into_iter().find_map(failure);
    let from_address = || BESIDE.into_iter().filter_map(|name| Some((name.to_owned(), parameter(name)?)));
    let sent = |failure: &Failure| {
        let value = |name: &'static str| failure.value(name).filter(|text| !text.is_empty());
        BESIDE.into_iter().filter_map(|name| Some((name.to_owned(), value(name)?))).collect()
    };
    let (lines, beside) = match (&preview, &failure) {
        (Some(preview), _) => (preview.lines.clone(), preview.beside.clone()),
        (None, Some(failure)) => (failure.value("lines").unwrap_or_default(), sent(failure)),
        (None, None) => (String::new(), from_address().collect()),
    };
    let question = preview.map(|preview| view! { <Question preview /> });

    view! {
        <Title text="Paste many lines" />
        <header class="list-head">
            <h1>"Paste many lines"</h1>
        </header>
        <div class="paste">{question} <LinesForm lines beside failure /></div>
    }
}

/// The lines, to be looked at before anything is made of them.
#[component]
fn LinesForm(lines: String, beside: Vec<(String, String)>, failure: Option<Failure>) -> impl IntoView {
    let faults = failure.as_ref().and_then(|failure| failure.error.as_ref()).map(domain::Error::fields);
    let faults = faults.unwrap_or_default();
    // Nobody reads five hundred sentences.
    let told: Vec<String> = faults.iter().take(10).map(|fault| fault.detail.clone()).collect();
    let is_wrong = !told.is_empty();
    let summary = failure.and_then(|failure| failure.summary());

    view! {
        <form method="post" action=HERE aria-label="Paste tasks">
            <input type="hidden" name="do" value="preview_lines" />
            <Beside beside />
            {summary.map(|sentence| view! { <Alert>{sentence}</Alert> })}
            <div class="field">
                <label for="lines">"Lines"</label>
                <textarea
                    id="lines"
                    name="lines"
                    rows="10"
                    autofocus=is_wrong
                    aria-invalid=is_wrong.then_some("true")
                    aria-describedby="lines-hint lines-error"
                    inner_html=kept(&lines)
                ></textarea>
                <p class="field-hint" id="lines-hint">
                    {format!(
                        "Each line becomes a task; what is indented becomes a subtask of the line above it. At most {MOST_LINES} lines.",
                    )}
                </p>
                <div class="field-error" id="lines-error">
                    {told.into_iter().map(|detail| view! { <p>{detail}</p> }).collect_view()}
                </div>
            </div>
            <Button kind=ButtonKind::Plain>"Look at them"</Button>
        </form>
    }
}

/// What the lines would be, and the question whether to make it.
#[component]
fn Question(preview: LinesPreview) -> impl IntoView {
    let LinesPreview { lines, beside, tasks } = preview;
    let count = if tasks.len() == 1 { "1 task".to_owned() } else { format!("{} tasks", tasks.len()) };

    view! {
        <section class="card paste-question" aria-labelledby="question">
            <h2 id="question">{format!("Add {count}?")}</h2>
            {nested(&tasks)}
            <form method="post" action=HERE aria-label="Add them">
                <input type="hidden" name="do" value="add_lines" />
                <Beside beside />
                <textarea name="lines" aria-label="Lines" hidden inner_html=kept(&lines)></textarea>
                <Button>{format!("Add {count}")}</Button>
            </form>
        </section>
    }
}

#[component]
fn Beside(beside: Vec<(String, String)>) -> impl IntoView {
    beside.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
}

/// A list of tasks with a list of its parts below each.
fn nested(tasks: &[LinePreview]) -> AnyView {
    let mut items = Vec::new();
    let mut rest = tasks;
    while let Some((first, others)) = rest.split_first() {
        let parts = others.iter().take_while(|task| task.level > first.level).count();
        let (below, after) = others.split_at(parts);
        rest = after;
        let (title, more) = (first.title.clone(), first.more.clone());
        items.push(view! {
            <li>
                {title} {(!more.is_empty()).then(|| view! { " " <span class="row-note">{more}</span> })}
                {(!below.is_empty()).then(|| nested(below))}
            </li>
        });
    }
    view! { <ul>{items}</ul> }.into_any()
}

/// Lines for a `<textarea>`: a line break at its very beginning would be lost.
fn kept(lines: &str) -> String {
    format!("\n{}", textarea_text(lines))
}
