//! Changes to projects. An account's projects are few, so all of them are read, by one statement, and judged together.

use super::{Answer, carry_out::Outcome, gather::tasks_where, parts, row::Row, work::Work};
use crate::{Result, entity::tasks, projects};
use domain::{
    Error, FieldError,
    change::Action,
    ids::ProjectId,
    projects::{MOST_PROJECTS, NewProject, Project, ProjectChange, ProjectPatch, fits_below},
    tasks::{OrderKey, Task},
};
use sea_orm::ColumnTrait;

pub(super) async fn carry_out(
    work: &mut Work<'_>,
    change: &ProjectChange,
    if_revision: Option<i64>,
) -> Result<Outcome> {
    let known = projects::all(work.transaction, work.owner).await?;
    match change {
        ProjectChange::Create(new) => create(work, &known, new),
        ProjectChange::Update(id, patch) => update(work, &known, *id, patch, if_revision),
        ProjectChange::Delete(id) => delete(work, &known, *id, if_revision).await,
    }
}

fn create(work: &mut Work<'_>, known: &[Project], new: &NewProject) -> Result<Outcome> {
    let id = new.id.unwrap_or_else(|| ProjectId::from_uuid(work.backend.new_uuid()));
    let there = known.iter().find(|project| project.id == id);
    if there.is_none() && known.len() >= MOST_PROJECTS {
        let detail = format!("An account has at most {MOST_PROJECTS} projects. Delete one that you no longer need.");
        return Err(Error::Invalid(vec![FieldError::new("", "too_many", detail)]).into());
    }
    let blank = Project {
        id,
        user_id: work.owner.user_id(),
        parent_id: None,
        name: new.name.clone(),
        colour: None,
        position: OrderKey::after(known.iter().map(|project| &project.position).max()),
        is_archived: false,
        archived_at: None,
        revision: 1,
        created_at: work.now,
        updated_at: work.now,
    };
    let made = patched(work, known, blank, &new.fields)?;
    let Some(there) = there else {
        work.put(None, Row::Project(Box::new(made.clone())));
        return Ok(Outcome { created: true, ..about(Action::Create, made) });
    };
    // A client that was cut off sends its new project once more: the same content is no second project.
    let is_same = (&made.name, &made.parent_id, &made.colour, made.is_archived)
        == (&there.name, &there.parent_id, &there.colour, there.is_archived);
    if is_same { Ok(about(Action::Create, there.clone())) } else { Err(Error::IdTaken.into()) }
}

fn update(
    work: &mut Work<'_>,
    known: &[Project],
    id: ProjectId,
    patch: &ProjectPatch,
    if_revision: Option<i64>,
) -> Result<Outcome> {
    let before = find(known, id, if_revision)?;
    let mut after = patched(work, known, before.clone(), patch)?;
    if after == *before {
        return Ok(about(Action::Update, after));
    }
    (after.revision, after.updated_at) = (before.revision + 1, work.now);
    work.put(Some(Row::Project(Box::new(before.clone()))), Row::Project(Box::new(after.clone())));
    let word = match (before.is_archived, after.is_archived) {
        (false, true) => Some("Archived"),
        (true, false) => Some("Took out of the archive"),
        _ => None,
    };
    let label = word.map(|word| format!("{word} “{}”", after.name.as_str()));
    let outcome = about(Action::Update, after);
    Ok(Outcome { label: label.unwrap_or(outcome.label), ..outcome })
}

/// The project goes, and so do those below it. Their tasks go to the bin, out of which they come into the inbox; taking
/// the whole change back brings each of them to where it was.
async fn delete(work: &mut Work<'_>, known: &[Project], id: ProjectId, if_revision: Option<i64>) -> Result<Outcome> {
    let project = find(known, id, if_revision)?.clone();
    let mut gone = vec![&project];
    let mut at = 0;
    while let Some(above) = gone.get(at) {
        let id = above.id;
        gone.extend(known.iter().filter(|child| child.parent_id == Some(id) && child.id != project.id));
        at += 1;
    }
    let in_them = tasks::Column::ProjectId.is_in(gone.iter().map(|project| project.id.uuid()));
    let mut binned = Vec::new();
    for before in tasks_where(work, in_them).await? {
        binned.extend(before.deleted_at.is_none().then_some(before.id));
        let after = Task { project_id: None, deleted_at: before.deleted_at.or(Some(work.now)), ..before.clone() };
        work.put_task(Some(&before), after);
    }
    // Parts of them may be in another project.
    let binned = binned.len() + parts::delete(work, &binned).await?;
    for project in gone {
        work.remove(Row::Project(Box::new(project.clone())));
    }
    let with = match binned {
        0 => String::new(),
        1 => " and a task".to_owned(),
        number => format!(" and {number} tasks"),
    };
    let label = format!("Deleted “{}”{with}", project.name.as_str());
    Ok(Outcome { label, ..about(Action::Delete, project) })
}

/// The project at the revision that the client knows.
fn find(known: &[Project], id: ProjectId, if_revision: Option<i64>) -> Result<&Project> {
    let project = known.iter().find(|project| project.id == id).ok_or(Error::NotFound)?;
    if if_revision.is_some_and(|revision| revision != project.revision) {
        return Err(Error::Overtaken(Box::new(serde_json::to_value(project)?)).into());
    }
    Ok(project)
}

fn patched(work: &Work<'_>, known: &[Project], mut project: Project, patch: &ProjectPatch) -> Result<Project> {
    if let Some(Some(parent)) = patch.parent_id {
        fits_below(known, project.id, parent)?;
    }
    if let Some(name) = &patch.name {
        project.name = name.clone();
    }
    if let Some(colour) = &patch.colour {
        project.colour = colour.clone();
    }
    project.parent_id = patch.parent_id.unwrap_or(project.parent_id);
    if let Some(is_archived) = patch.is_archived
        && is_archived != project.is_archived
    {
        project.is_archived = is_archived;
        project.archived_at = is_archived.then_some(work.now);
    }
    Ok(project)
}

/// Whether projects still nest as they may once a change that takes another back is done.
pub(super) async fn check_tree(work: &Work<'_>) -> Result<()> {
    let steps = work.steps.iter().filter_map(|step| match (&step.before, &step.after) {
        (Some(Row::Project(before)), after) => Some((before.id, after.as_ref())),
        (None, Some(after @ Row::Project(project))) => Some((project.id, Some(after))),
        _ => None,
    });
    let (mut moved, mut known) = (Vec::new(), None);
    for (id, after) in steps {
        let known = match &mut known {
            Some(known) => known,
            None => known.insert(projects::all(work.transaction, work.owner).await?),
        };
        known.retain(|project: &Project| project.id != id);
        if let Some(Row::Project(project)) = after {
            known.push(Project::clone(project));
            moved.extend(project.parent_id.map(|parent| (id, parent)));
        }
    }
    let known = known.unwrap_or_default();
    match moved.into_iter().find_map(|(id, parent)| fits_below(&known, id, parent).err()) {
        Some(error) => Err(Error::CannotUndo(format!("This cannot be undone now: {error}.")).into()),
        None => Ok(()),
    }
}

/// What was done to one project.
fn about(action: Action, project: Project) -> Outcome {
    let label = action.label(&[project.name.as_str()], "projects");
    Outcome { action, label, answer: Answer::Project(Box::new(project)), created: false }
}
