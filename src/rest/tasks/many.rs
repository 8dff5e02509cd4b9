//! Many tasks in one request: a list of bodies, or lines.

use crate::{
    problem::{Answer, Refusal},
    rest::write::{Done, Write},
};
use backend::quick_add::LineReader;
use domain::{
    Error,
    accounts::User,
    change::Operation,
    quick_add::{NewLine, NewLines, by_line},
    tasks::{MOST_NEW_TASKS, NewTask},
};
use serde_json::Value;

/// Makes a task of every body.
pub(super) async fn create_all(write: Write, user: &User, bodies: Vec<Value>) -> Answer<Done> {
    if bodies.is_empty() {
        return Err(refuse("required", "Send at least one task".to_owned()));
    }
    if bodies.len() > MOST_NEW_TASKS {
        let sent = bodies.len();
        return Err(refuse("too_many", format!("At most {MOST_NEW_TASKS} tasks are made at once; these are {sent}")));
    }
    let reads_lines = bodies.iter().any(|body| body.get("quick_add").is_some());
    let reader = if reads_lines { Some(write.line_reader(user).await?) } else { None };
    let (mut tasks, mut faults) = (Vec::with_capacity(bodies.len()), Vec::new());
    for (number, body) in bodies.into_iter().enumerate() {
        match task(reader.as_ref(), body) {
            Ok(task) => tasks.push(task),
            Err(error) => faults.extend(error.under(&number.to_string()).fields()),
        }
    }
    if !faults.is_empty() {
        return Err(Refusal(Error::Invalid(faults)));
    }
    write.make(Operation::CreateTasks(tasks)).await
}

/// Makes a task of every line.
pub(super) async fn create_lines(write: Write, user: &User, body: Value) -> Answer<Done> {
    let lines = NewLines::from_json(body)?;
    let tasks = write.read_lines(user, &lines).await?;
    write.make(Operation::CreateTasks(tasks)).await.map_err(|Refusal(error)| Refusal(by_line(error)))
}

/// One line makes one task: joining several would make a title that nobody typed.
pub(super) fn one_line(body: &Value) -> Result<(), Error> {
    let text = body.get("quick_add").and_then(Value::as_str).unwrap_or_default();
    let count = text.lines().filter(|line| !line.trim().is_empty()).count();
    if count > 1 {
        let detail = format!("These are {count} lines. Send them as lines to make a task of each.");
        return Err(Error::field("quick_add", "several_lines", detail));
    }
    Ok(())
}

fn task(reader: Option<&LineReader>, body: Value) -> Result<NewTask, Error> {
    match reader.filter(|_| body.get("quick_add").is_some()) {
        Some(reader) => {
            one_line(&body)?;
            reader.task(NewLine::from_json(body)?)
        }
        None => NewTask::from_json(body),
    }
}

fn refuse(code: &str, detail: String) -> Refusal {
    Refusal(Error::field("", code, detail))
}
