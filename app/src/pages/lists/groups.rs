//! Puts the tasks of a list into groups, each under a heading of its own.

use crate::{components::tasks::Moment, islands::tasks::SheetGroup};
use domain::{
    accounts::ZoneName,
    calendar::{Date, say_date, say_day},
    tasks::{CompletedDate, Task, View},
};
use std::collections::BTreeMap;

/// The groups of a view. Its tasks come in order, so that those of one group stand together.
pub(super) fn grouped(view: View, tasks: Vec<Task>, moment: Moment) -> Vec<SheetGroup> {
    let today = moment.today;
    match view {
        View::Today => {
            let (earlier, now) = tasks.into_iter().partition(|task| task.due_date.is_some_and(|due| due < today));
            vec![group("Earlier".to_owned(), earlier), group("Today".to_owned(), now)]
        }
        View::Upcoming => by_day(tasks, today),
        _ => vec![group(String::new(), tasks)],
    }
}

fn group(title: String, tasks: Vec<Task>) -> SheetGroup {
    SheetGroup { title, tasks, ..SheetGroup::default() }
}

fn by_day(tasks: Vec<Task>, today: Date) -> Vec<SheetGroup> {
    let mut groups: Vec<SheetGroup> = Vec::new();
    for task in tasks {
        let title = task.due_date.map(|day| say_heading(day, today)).unwrap_or_default();
        match groups.last_mut() {
            Some(known) if known.title == title => known.tasks.push(task),
            _ => groups.push(group(title, vec![task])),
        }
    }
    groups
}

/// What was done by day, the last day first: tasks, and dates of tasks that repeat.
pub(super) fn logbook(tasks: Vec<Task>, dates: Vec<CompletedDate>, moment: Moment, zone: &ZoneName) -> Vec<SheetGroup> {
    let day = |instant| backend::zones::local(instant, zone).date;
    let mut days: BTreeMap<Option<Date>, SheetGroup> = BTreeMap::new();
    for task in tasks {
        days.entry(task.completed_at.map(day)).or_default().tasks.push(task);
    }
    for date in dates {
        days.entry(Some(day(date.completed_at))).or_default().dates.push(date);
    }
    let titled = |(day, group): (Option<Date>, SheetGroup)| SheetGroup {
        title: day.map(|day| say_heading(day, moment.today)).unwrap_or_default(),
        ..group
    };
    days.into_iter().rev().map(titled).collect()
}

/// "Tomorrow", "Monday, 23 November", "23 Nov 2027".
fn say_heading(day: Date, today: Date) -> String {
    let is_near = (day - today).whole_days().abs() <= 1;
    if is_near || day.year() != today.year() { say_date(day, today) } else { say_day(day) }
}
