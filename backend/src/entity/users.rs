//! Accounts.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) email_key: String,
    pub(crate) name: Option<String>,
    pub(crate) password_hash: String,
    pub(crate) is_active: bool,
    pub(crate) is_admin: bool,
    pub(crate) email_verified_at: Option<i64>,
    pub(crate) awaits_verification: bool,
    pub(crate) settings: String,
    pub(crate) change_sequence: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
