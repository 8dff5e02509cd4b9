//! What stands under a task's title: when it is due, how much it matters, its tags.

use crate::components::tasks::{Card, Today, list_address};
use domain::{
    calendar::{parse_date, say_date},
    tasks::Priority,
};
use leptos::prelude::*;

/// A priority in a word.
pub const fn priority_name(priority: Priority) -> &'static str {
    match priority {
        Priority::None => "None",
        Priority::Low => "Low",
        Priority::Medium => "Medium",
        Priority::High => "High",
    }
}

const fn priority_class(priority: Priority) -> &'static str {
    match priority {
        Priority::None => "priority",
        Priority::Low => "priority priority-low",
        Priority::Medium => "priority priority-medium",
        Priority::High => "priority priority-high",
    }
}

/// When a task is due, in words, and the classes that colour them.
fn say_due(card: &Card, today: &Today) -> Option<(String, &'static str)> {
    let date = card.due_date.as_deref()?;
    let mut due = say_day(date, today)?;
    if let Some(time) = &card.due_time {
        due += ", ";
        due += time;
        // Without a zone, the time moves with its owner.
        if let Some(zone) = &card.time_zone {
            due += " ";
            due += zone;
        }
    }
    Some(if card.is_overdue(&today.now) {
        (format!("Overdue · {due}"), "task-due is-overdue")
    } else if date == today.date && !card.is_completed {
        (due, "task-due is-today")
    } else {
        (due, "task-due")
    })
}

fn say_day(date: &str, today: &Today) -> Option<String> {
    Some(say_date(parse_date(date)?, parse_date(&today.date)?))
}

/// The line under a task's title.
pub fn task_meta(card: &Card, today: &Today) -> impl IntoView + use<> {
    let due = say_due(card, today).map(|(text, class)| {
        view! {
            <time class=class datetime=card.due_date.clone()>
                {text}
            </time>
        }
    });
    let deadline = card.deadline.as_deref().and_then(|date| say_day(date, today));
    let deadline = deadline.map(|day| view! { <span class="task-due">{"Deadline ".to_owned() + &day}</span> });
    let repeat = card.repeat.clone().map(|words| {
        view! {
            <span class="task-repeat">
                <span class="visually-hidden">"Repeats: "</span>
                {words}
            </span>
        }
    });
    let priority = (card.priority != Priority::None).then(|| {
        view! {
            <span class=priority_class(card.priority)>
                {priority_name(card.priority)} <span class="visually-hidden">" priority"</span>
            </span>
        }
    });
    let tags = card.tags.iter().map(|tag| {
        view! {
            <a class="tag" href=list_address([("tag", tag.as_str())])>
                {tag.clone()}
            </a>
        }
    });

    view! { <div class="task-meta">{whole(card)} {due} {deadline} {repeat} {priority} {parts(card)} {tags.collect_view()}</div> }
}

/// The way to the task that this is a part of.
fn whole(card: &Card) -> impl IntoView + use<> {
    let title = card.kin.as_ref().and_then(|kin| kin.parent.clone());
    title.map(|title| {
        let id = card.parent_id.clone().unwrap_or_default();
        view! {
            <a class="task-whole" href=format!("/tasks/{id}")>
                <span class="visually-hidden">"Subtask of "</span>
                {title}
            </a>
        }
    })
}

/// How many of its parts are done.
fn parts(card: &Card) -> impl IntoView + use<> {
    card.kin.as_ref().filter(|kin| kin.parts > 0).map(|kin| {
        view! {
            <span class="task-progress">
                {format!("{}/{}", kin.done, kin.parts)} <span class="visually-hidden">" subtasks done"</span>
            </span>
        }
    })
}
