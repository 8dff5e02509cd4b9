//! The pieces of three characters that texts are cut into: asking for them, and keeping the texts up with how this
//! version of the program folds them.

use crate::{
    Owner, Result, StartError,
    entity::{instance, projects, tasks},
    store::Store,
    tasks::{Scope, numbered, row},
};
use domain::search::{PART, Wanted, name_key, searchable};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    TransactionTrait, Value,
    sea_query::{Expr, ExprTrait, Func, OnConflict},
};
use uuid::Uuid;

/// Grows whenever texts are folded in another way.
const VERSION: &str = "1";
/// The row of `instance` that says by which version the texts were folded.
const NAME: &str = "search";
/// How many texts are folded anew at once.
const CHUNK: u64 = 500;
/// Beyond so many, more pieces narrow nothing.
const MOST_PIECES: usize = 24;

/// Where on SQLite the tasks of an account stand whose text may contain some pieces: all pieces stand in it, perhaps in
/// another order. Asks for the pieces and twice for the owner.
pub(super) const HITS: &str = "\
    search_index INNER JOIN search_entries AS entry ON entry.number = search_index.rowid \
    WHERE search_index MATCH ? \
    AND search_index.rowid > (SELECT number << 32 FROM search_accounts WHERE user_id = ?) \
    AND search_index.rowid < (SELECT (number + 1) << 32 FROM search_accounts WHERE user_id = ?)";

/// The ids of at most so many tasks whose text may contain all of this.
pub(crate) fn candidates(scope: &Scope<'_>, wanted: &[Wanted], most: usize) -> Statement {
    let user = || Value::from(scope.owner.user_id().uuid());
    let most = Value::from(i64::try_from(most).unwrap_or(i64::MAX));
    if scope.database == DatabaseBackend::Postgres {
        let contains = " AND search_text LIKE ?".repeat(wanted.len());
        let sql = format!("SELECT id FROM tasks WHERE user_id = ?{contains} LIMIT ?");
        let patterns = wanted.iter().map(|wanted| Value::from(like(wanted.pattern())));
        let values: Vec<Value> = std::iter::once(user()).chain(patterns).chain([most]).collect();
        return Statement::from_sql_and_values(scope.database, numbered(scope.database, &sql), values);
    }
    let sql = format!("SELECT entry.task_id AS id FROM {HITS} LIMIT ?");
    Statement::from_sql_and_values(scope.database, sql, [pieces(wanted).into(), user(), user(), most])
}

/// What a text with this in it is like. `%` and `_` are characters like any other.
pub(crate) fn like(pattern: &str) -> String {
    format!("%{}%", pattern.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// The question to FTS5: each piece between quotes, where nothing but a quote means anything.
pub(super) fn pieces(wanted: &[Wanted]) -> String {
    let pieces = wanted.iter().flat_map(|wanted| wanted.trigrams(MOST_PIECES)).take(MOST_PIECES);
    let quoted: Vec<String> = pieces.map(|piece| format!("\"{}\"", piece.replace('"', "\"\""))).collect();
    quoted.join(" AND ")
}

/// Writes a tag's new name, or none, into the texts of the tasks that have it. Since they show it, they get a new revision.
pub(crate) async fn rename_tag(
    connection: &impl ConnectionTrait,
    owner: &Owner,
    sequence: i64,
    tag: Uuid,
    old: &str,
    new: Option<&str>,
) -> Result<()> {
    let part = |name: Option<&str>| name.map_or(String::new(), |name| format!("{PART}{}", name_key(name)));
    let between = |name: Option<&str>| format!("{}{PART}", part(name));
    let text =
        Func::cust("replace").arg(Expr::col(tasks::Column::SearchText)).arg(between(Some(old))).arg(between(new));
    let tagged = "id IN (SELECT task_id FROM task_tags WHERE user_id = ? AND tag_id = ?)";
    let user = owner.user_id().uuid();
    tasks::Entity::update_many()
        .col_expr(tasks::Column::SearchText, text.into())
        .col_expr(tasks::Column::Revision, Expr::col(tasks::Column::Revision).add(1))
        .col_expr(tasks::Column::UpdatedSequence, Expr::val(sequence))
        .filter(tasks::Column::UserId.eq(user))
        .filter(Expr::cust_with_values(numbered(connection.get_database_backend(), tagged), [user, tag]))
        .exec(connection)
        .await?;
    Ok(())
}

/// Folds what another version of the program has folded in another way, and tells whether PostgreSQL has its index.
pub(crate) async fn keep_up(store: &Store) -> Result<(), StartError> {
    if store.backend() == DatabaseBackend::Postgres {
        tell_without_index(store).await?;
    }
    let known = instance::Entity::find_by_id(NAME.to_owned()).one(store.writer()).await?;
    if known.is_some_and(|known| known.value == VERSION) {
        return Ok(());
    }
    fold_tasks(store).await?;
    fold_projects(store).await?;
    let row = instance::ActiveModel { name: Set(NAME.to_owned()), value: Set(VERSION.to_owned()) };
    instance::Entity::insert(row)
        .on_conflict(OnConflict::column(instance::Column::Name).update_column(instance::Column::Value).to_owned())
        .exec_without_returning(store.writer())
        .await?;
    Ok(())
}

async fn tell_without_index(store: &Store) -> Result<(), StartError> {
    let sql = "SELECT 1 AS found FROM pg_indexes WHERE indexname = 'tasks_by_text'";
    let found = store.reader().query_one_raw(Statement::from_string(DatabaseBackend::Postgres, sql)).await?;
    if found.is_none() {
        tracing::warn!("the extension pg_trgm is missing: searches read every task of an account");
    }
    Ok(())
}

async fn fold_tasks(store: &Store) -> Result<(), StartError> {
    let mut after = (Uuid::nil(), Uuid::nil());
    loop {
        let transaction = store.writer().begin().await?;
        let place = Expr::tuple([Expr::col(tasks::Column::UserId), Expr::col(tasks::Column::Id)]);
        let rows = tasks::Entity::find()
            .filter(place.gt(Expr::tuple([after.0.into(), after.1.into()])))
            .order_by_asc(tasks::Column::UserId)
            .order_by_asc(tasks::Column::Id)
            .limit(CHUNK)
            .all(&transaction)
            .await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = (last.user_id, last.id);
        let names = row::tag_names_of_all(&transaction, &rows).await?;
        for row in rows {
            let tags = names.get(&(row.user_id, row.id)).into_iter().flatten().map(String::as_str);
            let text = searchable(&row.title, row.notes.as_deref(), tags);
            tasks::Entity::update_many()
                .col_expr(tasks::Column::SearchText, Expr::val(text))
                .filter(tasks::Column::UserId.eq(row.user_id))
                .filter(tasks::Column::Id.eq(row.id))
                .exec(&transaction)
                .await?;
        }
        transaction.commit().await?;
    }
}

async fn fold_projects(store: &Store) -> Result<(), StartError> {
    for row in projects::Entity::find().all(store.writer()).await? {
        projects::Entity::update_many()
            .col_expr(projects::Column::NameKey, Expr::val(name_key(&row.name)))
            .filter(projects::Column::UserId.eq(row.user_id))
            .filter(projects::Column::Id.eq(row.id))
            .exec(store.writer())
            .await?;
    }
    Ok(())
}
