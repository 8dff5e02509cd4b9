//! Several lines that become several tasks: each is read as quick add reads one, and what is indented is a part of the
//! line above it.

use super::{Names, NewLine, Settings, new_task, outline};
use crate::{
    Error, FieldError,
    calendar::{Date, LocalTime},
    ids::{ProjectId, TaskId},
    json::Reader,
    tasks::{NewTask, TaskPatch},
};
use serde_json::Value;

/// Lines that tasks are to be made from, and what all of them have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLines {
    /// The lines.
    pub text: String,
    /// The project of what does not name one.
    pub project_id: Option<ProjectId>,
    /// The task that what is not indented becomes a part of.
    pub parent_id: Option<TaskId>,
    /// When is due what does not say so itself.
    pub usual_due_date: Option<Date>,
}

impl NewLines {
    /// Reads a JSON object with `lines` and, if wanted, `project_id` or `usual_project_id`, which mean the same here,
    /// `parent_id` and `usual_due_date`.
    ///
    /// # Errors
    /// All that is wrong with its fields at once.
    pub fn from_json(value: Value) -> Result<Self, Error> {
        let mut reader = Reader::new(value)?;
        let text = reader.required("lines", "Type or paste at least one line");
        let projects = [reader.text("project_id").flatten(), reader.text("usual_project_id").flatten()];
        let (project_id, parent_id) = (projects.into_iter().flatten().next(), reader.text("parent_id").flatten());
        let usual_due_date = reader.text("usual_due_date").flatten();
        reader.finish()?;
        text.map(|text| Self { text, project_id, parent_id, usual_due_date }).ok_or(Error::Internal)
    }
}

/// The tasks that lines ask for, each with an id, so that its parts can name it; `project` tells which project has a name
/// that a line says.
///
/// # Errors
/// There are no lines or too many, or one of them cannot be taken: the sentence says which.
pub fn new_tasks(
    lines: &NewLines,
    now: LocalTime,
    settings: &Settings,
    names: &Names<'_>,
    project: impl Fn(&str) -> Option<ProjectId>,
    mut new_id: impl FnMut() -> TaskId,
) -> Result<Vec<NewTask>, Error> {
    let outline = outline(&lines.text).map_err(about_lines)?;
    if outline.is_empty() {
        return Err(Error::field("lines", "required", "Type or paste at least one line"));
    }
    let ids: Vec<TaskId> = outline.iter().map(|_| new_id()).collect();
    let mut tasks = Vec::with_capacity(outline.len());
    let mut faults = Vec::new();
    for (number, (line, id)) in outline.iter().zip(&ids).enumerate() {
        let parent = line.parent.and_then(|parent| ids.get(parent)).copied().or(lines.parent_id);
        // What is a part of another line is where that is.
        let usual_project_id = lines.project_id.filter(|_| line.parent.is_none());
        let fields = TaskPatch { parent_id: parent.map(Some), ..TaskPatch::default() };
        let line = NewLine {
            id: Some(*id),
            text: line.text.to_owned(),
            ignored: Vec::new(),
            fields,
            usual_due_date: lines.usual_due_date,
            usual_project_id,
        };
        match new_task(line, now, settings, names, &project) {
            Ok(task) => tasks.push(task),
            Err(error) => faults.extend(error.fields().iter().map(|fault| about_line(number + 1, fault))),
        }
    }
    if faults.is_empty() { Ok(tasks) } else { Err(Error::Invalid(faults)) }
}

/// What was told of one task of many by its number, told of the line that it was made from.
pub fn by_line(error: Error) -> Error {
    let told = |fault: FieldError| match fault.field.parse::<usize>() {
        Ok(number) => about_line(number + 1, &fault),
        Err(_) => fault,
    };
    match error {
        Error::Invalid(faults) => Error::Invalid(faults.into_iter().map(told).collect()),
        error => error,
    }
}

fn about_lines(error: Error) -> Error {
    match error {
        Error::Invalid(faults) => {
            Error::Invalid(faults.into_iter().map(|fault| FieldError { field: "lines".to_owned(), ..fault }).collect())
        }
        error => error,
    }
}

fn about_line(number: usize, fault: &FieldError) -> FieldError {
    FieldError::new("lines", &fault.code, format!("Line {number}: {}", fault.detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::{ClockTime, parse_date},
        quick_add::MOST_LINES,
    };
    use serde_json::json;

    const PARENT: &str = "0193a5f0-1111-7abc-8def-000000000001";
    const HOUSE: &str = "0193a5f0-1111-7abc-8def-0000000000a1";

    fn made(body: Value) -> Result<Vec<NewTask>, Error> {
        let now = LocalTime { date: parse_date("2026-11-20").unwrap(), clock: ClockTime::from_minutes(600).unwrap() };
        let mut number = 0;
        let new_id = || {
            number += 1;
            format!("0193a5f0-2222-7abc-8def-{number:012}").parse().unwrap()
        };
        let names = Names { projects: &["House"], ..Names::default() };
        let project = |name: &str| (name == "House").then(|| HOUSE.parse().unwrap());
        new_tasks(&NewLines::from_json(body)?, now, &Settings::default(), &names, project, new_id)
    }

    #[test]
    fn each_line_is_a_task_and_what_is_indented_a_part() {
        let tasks = made(json!({
            "lines": "Move house #home\n  Rent a van tomorrow\n\n\tCall Ann\nSleep", "parent_id": PARENT,
            "usual_due_date": "2026-12-01"
        }));
        let tasks = tasks.unwrap();
        let titles: Vec<&str> = tasks.iter().map(|task| task.title.as_str()).collect();
        assert_eq!(titles, ["Move house", "Rent a van", "Call Ann", "Sleep"]);
        let parents: Vec<_> = tasks.iter().map(|task| task.fields.parent_id.flatten()).collect();
        let [house, van] = [tasks[0].id, tasks[1].id];
        let outer = Some(PARENT.parse().unwrap());
        assert_eq!(parents, [outer, house, van, outer]);
        let due: Vec<_> = tasks.iter().map(|task| task.fields.due_date.flatten()).collect();
        let usual = parse_date("2026-12-01");
        assert_eq!(due, [usual, parse_date("2026-11-21"), usual, usual]);
    }

    #[test]
    fn a_line_may_say_where_its_task_is() {
        let other = "0193a5f0-1111-7abc-8def-0000000000a2";
        let tasks = made(json!({"lines": "Paint +House\n  Buy paint\nSleep", "project_id": other})).unwrap();
        let projects: Vec<_> = tasks.iter().map(|task| task.fields.project_id.flatten()).collect();
        assert_eq!(projects, [HOUSE.parse().ok(), None, other.parse().ok()]);
        let tasks = made(json!({"lines": "Sleep", "usual_project_id": other})).unwrap();
        assert_eq!(tasks[0].fields.project_id.flatten(), other.parse().ok());
    }

    #[test]
    fn what_is_wrong_is_told_by_its_line() {
        let faults = |text: &str| made(json!({ "lines": text })).unwrap_err().fields();
        assert_eq!(faults(" \n ")[0].code, "required");
        assert_eq!(made(json!({})).unwrap_err().fields()[0].field, "lines");
        let wrong = faults(&format!("Fine\n#home\n{}", "x".repeat(201)));
        let details: Vec<&str> = wrong.iter().map(|fault| fault.detail.as_str()).collect();
        assert_eq!(details[0], "Line 2: Give the task a title");
        assert!(details[1].starts_with("Line 3: A title has at most 200 characters"), "{details:?}");
        assert_eq!(made(json!({"lines": "x\n".repeat(MOST_LINES)})).unwrap().len(), MOST_LINES);
        let many = faults(&"x\n".repeat(10_000));
        assert_eq!((many[0].field.as_str(), many[0].code.as_str()), ("lines", "too_many_lines"));
        assert_eq!(many[0].detail, "At most 500 lines are taken at once; these are 10000");
    }
}
