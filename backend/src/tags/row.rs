//! Between a tag and its row.

use crate::{Error, Owner, Result, entity::tags};
use domain::{Colour, Timestamp, ids::TagId, json::FromText, tags::Tag, tasks::TagName};

pub(crate) fn to_tag(model: &tags::Model) -> Result<Tag> {
    let colour = model.colour.as_deref().map(Colour::from_text).transpose();
    Ok(Tag {
        id: TagId::from_uuid(model.id),
        name: TagName::from_text(&model.name).map_err(|_| Error::Stored("tag"))?,
        colour: colour.map_err(|_| Error::Stored("colour"))?,
        created_at: Timestamp::from_millis(model.created_at),
    })
}

pub(crate) fn from_tag(owner: &Owner, tag: &Tag) -> tags::Model {
    tags::Model {
        user_id: owner.user_id().uuid(),
        id: tag.id.uuid(),
        name: tag.name.as_str().to_owned(),
        name_key: tag.name.key(),
        colour: tag.colour.as_ref().map(|colour| colour.as_str().to_owned()),
        created_at: tag.created_at.millis(),
    }
}
