//! The dashboard's numbers, kept in step with what happens to the tasks that stand beside them.

use crate::components::tasks::Moment;
use domain::tasks::{Overview, PriorityCount, Task};
use leptos::prelude::*;

/// How many tasks there are of each kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// Open and late.
    pub overdue: u64,
    /// Open and due today, but not late.
    pub today: u64,
    /// Open.
    pub open: u64,
    /// Done.
    pub done: u64,
    /// Open, by priority, highest first.
    pub by_priority: Vec<PriorityCount>,
}

impl Numbers {
    /// The numbers that the database counted.
    pub fn of(overview: &Overview) -> Self {
        Self {
            overdue: overview.overdue_count,
            today: overview.today_count,
            open: overview.open,
            done: overview.done,
            by_priority: overview.by_priority.clone(),
        }
    }

    /// Counts a task in.
    pub fn add(&mut self, task: &Task, moment: Moment) {
        self.each_of(task, moment, |number| *number += 1);
    }

    /// Counts a task out.
    pub fn remove(&mut self, task: &Task, moment: Moment) {
        self.each_of(task, moment, |number| *number = number.saturating_sub(1));
    }

    fn each_of(&mut self, task: &Task, moment: Moment, change: fn(&mut u64)) {
        if task.is_completed {
            return change(&mut self.done);
        }
        change(&mut self.open);
        if task.is_overdue(moment.now) {
            change(&mut self.overdue);
        } else if task.due_date == Some(moment.today) {
            change(&mut self.today);
        }
        if let Some(count) = self.by_priority.iter_mut().find(|count| count.priority == task.priority) {
            change(&mut count.open);
        }
    }
}

/// The four counts.
#[component]
pub fn StatGrid(#[prop(into)] numbers: Signal<Numbers>) -> impl IntoView {
    let count = move |label: &'static str, read: fn(&Numbers) -> u64| {
        view! {
            <div class="stat">
                <dt>{label}</dt>
                <dd>{move || numbers.with(read)}</dd>
            </div>
        }
    };

    view! {
        <dl class="stat-grid">
            {count("Overdue", |numbers| numbers.overdue)} {count("Due today", |numbers| numbers.today)}
            {count("Open", |numbers| numbers.open)} {count("Done", |numbers| numbers.done)}
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::tasks::example;

    #[test]
    fn the_numbers_follow_what_happens_to_a_task() {
        let (mut task, moment) = example::task_and_moment();
        let high = PriorityCount { priority: task.priority, open: 4 };
        let before = Numbers { overdue: 1, today: 2, open: 9, done: 3, by_priority: vec![high] };
        let mut after = before.clone();
        after.remove(&task, moment);
        task.is_completed = true;
        after.add(&task, moment);
        assert_eq!((after.overdue, after.today, after.open, after.done), (1, 1, 8, 4));
        assert_eq!(after.by_priority[0].open, 3);
        after.remove(&task, moment);
        task.is_completed = false;
        after.add(&task, moment);
        assert_eq!(after, before);
    }
}
