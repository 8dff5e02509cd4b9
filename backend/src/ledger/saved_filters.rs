//! Changes to saved filters. An account's filters are few, so all of them are read, by one statement.

use super::{Answer, carry_out::Outcome, row::Row, work::Work};
use crate::{Result, saved_filters};
use domain::{
    Error, FieldError,
    change::Action,
    ids::FilterId,
    saved_filters::{FilterChange, FilterPatch, MOST_FILTERS, NewFilter, SavedFilter},
    tasks::OrderKey,
};

pub(super) async fn carry_out(work: &mut Work<'_>, change: &FilterChange, if_revision: Option<i64>) -> Result<Outcome> {
    let known = saved_filters::all(work.transaction, work.owner).await?;
    match change {
        FilterChange::Create(new) => create(work, &known, new),
        FilterChange::Update(id, patch) => update(work, find(&known, *id, if_revision)?, patch),
        FilterChange::Delete(id) => {
            let filter = find(&known, *id, if_revision)?.clone();
            work.remove(Row::Filter(Box::new(filter.clone())));
            Ok(about(Action::Delete, filter))
        }
    }
}

fn create(work: &mut Work<'_>, known: &[SavedFilter], new: &NewFilter) -> Result<Outcome> {
    let id = new.id.unwrap_or_else(|| FilterId::from_uuid(work.backend.new_uuid()));
    if let Some(there) = known.iter().find(|filter| filter.id == id) {
        // A client that was cut off sends its new filter once more: the same content is no second filter.
        let is_same = (&there.name, &there.query, &there.colour) == (&new.name, &new.query, &new.colour);
        return if is_same { Ok(about(Action::Create, there.clone())) } else { Err(Error::IdTaken.into()) };
    }
    if known.len() >= MOST_FILTERS {
        let detail = format!("An account has at most {MOST_FILTERS} filters. Delete one that you no longer need.");
        return Err(Error::Invalid(vec![FieldError::new("", "too_many", detail)]).into());
    }
    let made = SavedFilter {
        id,
        user_id: work.owner.user_id(),
        name: new.name.clone(),
        query: new.query.clone(),
        colour: new.colour.clone(),
        position: OrderKey::after(known.last().map(|filter| &filter.position)),
        revision: 1,
        created_at: work.now,
        updated_at: work.now,
    };
    work.put(None, Row::Filter(Box::new(made.clone())));
    Ok(Outcome { created: true, ..about(Action::Create, made) })
}

fn update(work: &mut Work<'_>, before: &SavedFilter, patch: &FilterPatch) -> Result<Outcome> {
    let mut after = SavedFilter {
        name: patch.name.clone().unwrap_or_else(|| before.name.clone()),
        query: patch.query.clone().unwrap_or_else(|| before.query.clone()),
        colour: patch.colour.clone().unwrap_or_else(|| before.colour.clone()),
        ..before.clone()
    };
    if after != *before {
        (after.revision, after.updated_at) = (before.revision + 1, work.now);
        work.put(Some(Row::Filter(Box::new(before.clone()))), Row::Filter(Box::new(after.clone())));
    }
    Ok(about(Action::Update, after))
}

/// The filter at the revision that the client knows.
fn find(known: &[SavedFilter], id: FilterId, if_revision: Option<i64>) -> Result<&SavedFilter> {
    let filter = known.iter().find(|filter| filter.id == id).ok_or(Error::NotFound)?;
    if if_revision.is_some_and(|revision| revision != filter.revision) {
        return Err(Error::Overtaken(Box::new(serde_json::to_value(filter)?)).into());
    }
    Ok(filter)
}

/// What was done to one filter.
fn about(action: Action, filter: SavedFilter) -> Outcome {
    let label = action.label(&[filter.name.as_str()], "filters");
    Outcome { action, label, answer: Answer::Filter(Box::new(filter)), created: false }
}
