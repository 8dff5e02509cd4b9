//! Counters of tries that came to nothing.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) name: Vec<u8>,
    pub(crate) failures: i64,
    pub(crate) first_at: i64,
    pub(crate) last_at: i64,
    pub(crate) open_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
