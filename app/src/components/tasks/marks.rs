//! What stands under a task's title: when it is due, how much it matters, its tags.

use crate::components::tasks::{Moment, tasks_address};
use domain::{
    calendar::{format_date, say_date},
    tasks::{Priority, TagName, Task, TaskQuery},
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
fn say_due(task: &Task, moment: Moment) -> Option<(String, &'static str)> {
    let date = task.due_date?;
    let day = say_date(date, moment.today);
    let due = match task.due_time {
        Some(time) => format!("{day}, {time}"),
        None => day,
    };
    Some(if task.is_overdue(moment.now) {
        (format!("Overdue · {due}"), "task-due is-overdue")
    } else if date == moment.today && !task.is_completed {
        (due, "task-due is-today")
    } else {
        (due, "task-due")
    })
}

/// The line under a task's title.
#[component]
pub fn TaskMeta(task: Task, moment: Moment) -> impl IntoView {
    let date = task.due_date.map(format_date);
    let due = say_due(&task, moment).map(|(text, class)| {
        view! {
            <time class=class datetime=date>
                {text}
            </time>
        }
    });
    let priority = (task.priority != Priority::None).then(|| {
        view! {
            <span class=priority_class(task.priority)>
                {priority_name(task.priority)} <span class="visually-hidden">" priority"</span>
            </span>
        }
    });
    let tags = task.tags.iter().map(|tag| {
        view! {
            <a class="tag" href=tag_address(tag)>
                {tag.as_str().to_owned()}
            </a>
        }
    });

    view! { <div class="task-meta">{due} {priority} {tags.collect_view()}</div> }
}

fn tag_address(tag: &TagName) -> String {
    tasks_address(&TaskQuery { tag: Some(tag.clone()), ..TaskQuery::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::tasks::example;

    #[test]
    fn a_due_task_says_when_and_whether_it_is_late() {
        let (mut task, mut moment) = example::task_and_moment();
        assert_eq!(say_due(&task, moment), Some(("Today, 09:30".to_owned(), "task-due is-today")));
        moment.now = moment.now.plus_seconds(24 * 3600);
        assert_eq!(say_due(&task, moment), Some(("Overdue · Today, 09:30".to_owned(), "task-due is-overdue")));
        task.is_completed = true;
        assert_eq!(say_due(&task, moment), Some(("Today, 09:30".to_owned(), "task-due")));
        task.due_date = None;
        assert_eq!(say_due(&task, moment), None);
    }
}
