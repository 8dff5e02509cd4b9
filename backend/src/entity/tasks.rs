//! Tasks.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tasks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) project_id: Option<Uuid>,
    pub(crate) parent_id: Option<Uuid>,
    pub(crate) title: String,
    pub(crate) title_key: String,
    pub(crate) notes: Option<String>,
    pub(crate) search_text: String,
    pub(crate) is_completed: bool,
    pub(crate) completed_at: Option<i64>,
    pub(crate) priority: i16,
    pub(crate) due_date: Option<time::Date>,
    pub(crate) due_minutes: Option<i16>,
    pub(crate) time_zone: Option<String>,
    pub(crate) due_at: Option<i64>,
    pub(crate) due_order: i64,
    pub(crate) start_date: Option<time::Date>,
    pub(crate) deadline: Option<time::Date>,
    pub(crate) duration_min: Option<i32>,
    pub(crate) rrule: Option<String>,
    pub(crate) rrule_anchor: Option<String>,
    pub(crate) position: String,
    pub(crate) revision: i64,
    pub(crate) updated_sequence: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) deleted_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
