//! Every change to what an account owns, in order: one entry to each row that it touched, numbered by `place`. What is
//! true of the change as a whole stands in each of its entries.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "change_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) sequence: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) place: i32,
    pub(crate) change_id: Uuid,
    pub(crate) kind: String,
    pub(crate) action: String,
    pub(crate) label: String,
    pub(crate) entity: String,
    pub(crate) entity_id: Uuid,
    pub(crate) fields_before: Option<String>,
    pub(crate) fields_after: Option<String>,
    pub(crate) session_id: Option<Uuid>,
    pub(crate) created_at: i64,
    pub(crate) reverses: Option<i64>,
    pub(crate) undone_by: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
