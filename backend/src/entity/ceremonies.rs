//! What passkeys have been asked for and did not answer yet.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "ceremonies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    /// Who adds a passkey; none for a sign-in, since nobody knows yet who it is.
    pub(crate) user_id: Option<Uuid>,
    /// JSON of the library that verifies the answer.
    pub(crate) state: String,
    pub(crate) expires_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
