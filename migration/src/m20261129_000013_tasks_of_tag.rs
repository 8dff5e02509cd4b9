//! Lists the tasks of a tag without reading the links of all tags: the index has what is asked for, so that no other is
//! preferred to it.

use crate::sql;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, sea_orm::DbErr};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261129_000013_tasks_of_tag"
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

const INDEX: &str = "
DROP INDEX tasks_of_tag;

CREATE INDEX tasks_of_tag ON task_tags (user_id, tag_id, task_id);
";
