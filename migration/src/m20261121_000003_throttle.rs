//! How often somebody has tried: one counter per account or device, under a name that only the server can work out.

use crate::sql;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000003_throttle"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, TABLES).await
    }
}

const TABLES: &str = "
CREATE TABLE attempts (
    name {bytes} PRIMARY KEY,
    failures {big} NOT NULL,
    first_at {big} NOT NULL,
    last_at {big} NOT NULL,
    open_at {big} NOT NULL
) {strict};

CREATE INDEX attempts_by_age ON attempts (last_at);
";
