//! Finds the newest change that stands, and the newest undo, whatever the length of the log. An entry with place 0 is
//! there once to each change.

use crate::sql;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261128_000010_way_back"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, INDEX).await
    }
}

const INDEX: &str = "CREATE INDEX changes_by_kind ON change_log (user_id, kind, sequence, undone_by) WHERE place = 0";
