//! Between a saved filter and its row.

use crate::{Error, Result, entity::filters};
use domain::{
    Colour, Timestamp,
    ids::{FilterId, UserId},
    json::FromText,
    saved_filters::{FilterName, FilterQuery, SavedFilter},
    tasks::OrderKey,
};

pub(crate) fn to_filter(model: filters::Model) -> Result<SavedFilter> {
    let colour = model.colour.as_deref().map(Colour::from_text).transpose();
    Ok(SavedFilter {
        id: FilterId::from_uuid(model.id),
        user_id: UserId::from_uuid(model.user_id),
        name: FilterName::from_text(&model.name).map_err(|_| Error::Stored("filter"))?,
        query: FilterQuery::from_text(&model.query).map_err(|_| Error::Stored("filter"))?,
        colour: colour.map_err(|_| Error::Stored("colour"))?,
        position: OrderKey::from_stored(model.position),
        revision: model.revision,
        created_at: Timestamp::from_millis(model.created_at),
        updated_at: Timestamp::from_millis(model.updated_at),
    })
}

pub(crate) fn from_filter(filter: &SavedFilter) -> filters::Model {
    filters::Model {
        user_id: filter.user_id.uuid(),
        id: filter.id.uuid(),
        name: filter.name.as_str().to_owned(),
        query: filter.query.as_str().to_owned(),
        colour: filter.colour.as_ref().map(|colour| colour.as_str().to_owned()),
        position: filter.position.as_str().to_owned(),
        revision: filter.revision,
        created_at: filter.created_at.millis(),
        updated_at: filter.updated_at.millis(),
    }
}
