//! What happened to an account, entry by entry, each with the hash of all before it.

use crate::sql;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261121_000004_security_log"
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
CREATE TABLE security_log (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    number {big} NOT NULL,
    at {big} NOT NULL,
    event {text} NOT NULL,
    failures_before {big} NOT NULL,
    ip {text},
    user_agent {text},
    hash {bytes} NOT NULL,
    PRIMARY KEY (user_id, number)
) {strict};
";
