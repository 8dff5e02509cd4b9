//! The start page: what this is, on one screen, with a picture of it.

use crate::{
    components::{ButtonKind, Toast},
    pages::parameter,
    request::visitor,
};
use backend::Backend;
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

/// `/`
#[component]
pub fn LandingPage() -> impl IntoView {
    let is_gone = parameter("deleted").is_some();

    view! {
        <Title text="" />
        {is_gone.then(|| view! { <Toast>"Your account and everything in it is gone"</Toast> })}
        <div class="landing">
            <div class="landing-words">
                <h1>"A quiet place for everything you have to do."</h1>
                <p class="landing-lead">
                    "Tickbox is a task manager that you run yourself. Write it down, tick it off, and get on with your day. "
                    "Your tasks are yours alone."
                </p>
                <Ways />
                <ul class="landing-facts">
                    <li>
                        <strong>"Private."</strong>
                        " One program on your own machine. Nobody else can see your tasks."
                    </li>
                    <li>
                        <strong>"Quick."</strong>
                        " Pages arrive complete, and work without JavaScript too."
                    </li>
                    <li>
                        <strong>"Open."</strong>
                        " An API for everything, under a free licence."
                    </li>
                </ul>
            </div>
            <Picture />
        </div>
    }
}

#[component]
fn Ways() -> impl IntoView {
    let is_signed_in = visitor().is_some_and(|visitor| visitor.session.is_some());
    let is_open = use_context::<Backend>().is_none_or(|backend| backend.accepts_sign_ups());
    let (primary, plain) = (ButtonKind::Primary.class(), ButtonKind::Plain.class());

    view! {
        <p class="landing-ways">
            {if is_signed_in {
                Either::Left(
                    view! {
                        <a class=primary href="/tasks">
                            "Open your tasks"
                        </a>
                    },
                )
            } else {
                Either::Right(
                    view! {
                        {is_open
                            .then(|| {
                                view! {
                                    <a class=primary href="/signup">
                                        "Sign up"
                                    </a>
                                }
                            })}
                        <a class=if is_open { plain } else { primary } href="/signin">
                            "Sign in"
                        </a>
                    },
                )
            }}
        </p>
    }
    .into_any()
}

/// A list of tasks as the program shows it, made of the same pieces, but for looking at only.
#[component]
fn Picture() -> impl IntoView {
    view! {
        <div
            class="landing-picture"
            role="img"
            aria-label="A list of tasks in Tickbox: two are done, one is due today with high priority, one tomorrow, one on Friday."
        >
            <div class="window">
                <div class="window-head">
                    <span class="window-title">"Tasks"</span>
                    <span class="window-count">"3 open"</span>
                </div>
                <div class="window-add">"New task"</div>
                <div class="task-list">
                    <Sample title="Send the proposal to Mara" due="Today 17:00" is_today=true priority="High" tag="work" />
                    <Sample title="Book the train to Ghent" due="Tomorrow" tag="travel" />
                    <Sample title="Plan the winter garden" due="Fri 27 Nov" priority="Low" tag="home" />
                    <Sample title="Call the dentist" is_done=true />
                    <Sample title="Water the plants" is_done=true />
                </div>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Sample(
    title: &'static str,
    #[prop(optional)] due: &'static str,
    #[prop(optional)] is_today: bool,
    #[prop(optional)] priority: &'static str,
    #[prop(optional)] tag: &'static str,
    #[prop(optional)] is_done: bool,
) -> impl IntoView {
    let due_class = if is_today { "task-due is-today" } else { "task-due" };
    let priority_class = format!("priority priority-{}", priority.to_lowercase());
    let shown = |text: &'static str| (!text.is_empty()).then_some(text);

    view! {
        <div class=if is_done { "task-row is-done" } else { "task-row" }>
            <span class="task-check" />
            <div class="task-body">
                <span class="task-title">{title}</span>
                <div class="task-meta">
                    {shown(due).map(|due| view! { <span class=due_class>{due}</span> })}
                    {shown(priority).map(|priority| view! { <span class=priority_class>{priority}</span> })}
                    {shown(tag).map(|tag| view! { <span class="tag">{tag}</span> })}
                </div>
            </div>
        </div>
    }
    .into_any()
}
