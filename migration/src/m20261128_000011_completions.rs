//! Completions get an id of their own, which the change log names them by. Nothing was in their table before.

use crate::sql;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261128_000011_completions"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, COMPLETIONS).await
    }
}

const COMPLETIONS: &str = "
DROP TABLE completions;

CREATE TABLE completions (
    user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id {uuid} NOT NULL,
    task_id {uuid} NOT NULL,
    occurrence {text} NOT NULL,
    completed_at {big} NOT NULL,
    replaced {text} NOT NULL,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, task_id, occurrence),
    FOREIGN KEY (user_id, task_id) REFERENCES tasks (user_id, id) ON DELETE CASCADE
) {strict};

CREATE INDEX completions_by_time ON completions (user_id, completed_at, id);
";
