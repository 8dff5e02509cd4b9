//! Finds what was deleted for good long ago without reading the whole log.

use crate::sql;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261129_000012_removals"
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

const INDEX: &str = "CREATE INDEX removals ON change_log (created_at) WHERE entity = 'task' AND fields_after IS NULL";
