//! The answer to a search: what begins with it first, then what has it in the title, then what has it in the notes; among
//! equals what was changed last. Only the newest hits are ranked, so that common words cost no more than rare ones.

use super::index::{HITS, like, pieces};
use crate::{
    Backend, Owner, Result,
    entity::{projects, tags, tasks},
    tasks::{Scope, numbered, row, tag_names},
};
use domain::{
    ids::{ProjectId, TagId},
    search::{Found, FoundProject, FoundTag, FoundTask, PART, SearchQuery, Wanted, highlights, wanted},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    Statement, Value,
    sea_query::{Expr, SimpleExpr},
};

/// How many hits are ranked: so many in titles, and so many anywhere.
const RANKED: i64 = 250;
/// How many projects and tags are told at most.
const MOST_NAMES: u64 = 20;

/// What a search finds.
///
/// # Errors
/// The database is away.
pub async fn search(backend: &Backend, owner: &Owner, query: &SearchQuery) -> Result<Found> {
    let words = wanted(&query.q);
    let Some(whole) = Wanted::new(&query.q) else { return Ok(Found::default()) };
    let scope = Scope::new(backend, owner);
    let statement = ranked(&scope, &words, &whole, query.limit);
    let mut tasks = Vec::new();
    for found in backend.store.reader().query_all_raw(statement).await? {
        let names = found.try_get::<Option<String>>("", "tag_names")?;
        tasks.push(row::listed(tasks::Model::from_query_result(&found, "")?, names)?);
    }
    let limit = usize::from(query.limit);
    let has_more = tasks.len() > limit;
    tasks.truncate(limit);
    Ok(Found {
        items: tasks.into_iter().map(|task| FoundTask::new(task, &words)).collect(),
        projects: projects_named(backend, &scope, &words).await?,
        tags: tags_named(backend, owner, &words).await?,
        has_more,
    })
}

async fn projects_named(backend: &Backend, scope: &Scope<'_>, words: &[Wanted]) -> Result<Vec<FoundProject>> {
    let owner = scope.owner.user_id().uuid();
    let mut select = projects::Entity::find()
        .filter(projects::Column::UserId.eq(owner))
        .filter(projects::Column::DeletedAt.is_null());
    for word in words {
        select = select.filter(contains(scope.database, "name_key", word));
    }
    let rows = select.order_by_asc(projects::Column::NameKey).limit(MOST_NAMES).all(backend.store.reader()).await?;
    let found = rows.into_iter().map(|row| FoundProject {
        id: ProjectId::from_uuid(row.id),
        highlights: highlights(&row.name, words),
        name: row.name,
    });
    Ok(found.collect())
}

/// Tags are few and their keys keep their accents, so they are looked through here.
async fn tags_named(backend: &Backend, owner: &Owner, words: &[Wanted]) -> Result<Vec<FoundTag>> {
    let rows = tags::Entity::find()
        .filter(tags::Column::UserId.eq(owner.user_id().uuid()))
        .order_by_asc(tags::Column::NameKey)
        .all(backend.store.reader())
        .await?;
    let is_wanted = |name: &str| {
        let key = domain::search::name_key(name);
        words.iter().all(|word| word.is_in(&key))
    };
    let named = rows.into_iter().filter(|row| is_wanted(&row.name));
    let found = named.map(|row| FoundTag {
        id: TagId::from_uuid(row.id),
        highlights: highlights(&row.name, words),
        name: row.name,
    });
    Ok(found.take(usize::try_from(MOST_NAMES).unwrap_or(usize::MAX)).collect())
}

fn contains(database: DatabaseBackend, column: &str, word: &Wanted) -> SimpleExpr {
    let sql = format!("{}({column}, ?) > 0", position(database));
    Expr::cust_with_values(numbered(database, &sql), [word.pattern()])
}

/// The function that tells where a text stands in another, from 1; 0 if it does not.
fn position(database: DatabaseBackend) -> &'static str {
    match database {
        DatabaseBackend::Postgres => "strpos",
        _ => "instr",
    }
}

/// SQL in the making, with a value to each `?`.
#[derive(Default)]
struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    fn push(&mut self, text: &str, values: impl IntoIterator<Item = Value>) {
        self.text.push_str(text);
        self.values.extend(values);
    }
}

fn ranked(scope: &Scope<'_>, words: &[Wanted], whole: &Wanted, limit: u16) -> Statement {
    let mut sql = Sql::default();
    sql.push(&format!("SELECT tasks.*, {} AS tag_names FROM (SELECT tasks.*, CASE", tag_names(scope.database)), []);
    tiers(&mut sql, scope.database, words, whole);
    sql.push(" AS tier FROM tasks WHERE user_id = ? AND id IN (SELECT id FROM (", [user(scope)]);
    hits(&mut sql, scope, words, true);
    sql.push(") AS in_titles UNION SELECT id FROM (", []);
    hits(&mut sql, scope, words, false);
    let limit = Value::from(i64::from(limit) + 1);
    sql.push(
        ") AS anywhere) ORDER BY tier, updated_at DESC, id DESC LIMIT ?) AS tasks ORDER BY tier, updated_at DESC, id DESC",
        [limit],
    );
    Statement::from_sql_and_values(scope.database, numbered(scope.database, &sql.text), sql.values)
}

fn user(scope: &Scope<'_>) -> Value {
    scope.owner.user_id().uuid().into()
}

/// The ids of the newest hits. The pieces narrow, the words decide.
fn hits(sql: &mut Sql, scope: &Scope<'_>, words: &[Wanted], in_title: bool) {
    match scope.database {
        DatabaseBackend::Postgres => {
            sql.push("SELECT tasks.id FROM tasks WHERE user_id = ? AND deleted_at IS NULL", [user(scope)]);
            for word in words {
                sql.push(" AND search_text LIKE ?", [like(word.pattern()).into()]);
            }
        }
        _ => {
            let pieces = if in_title { format!("title : ({})", pieces(words)) } else { pieces(words) };
            let join = " CROSS JOIN tasks ON tasks.user_id = entry.user_id AND tasks.id = entry.task_id WHERE ";
            let with_tasks = HITS.replacen(" WHERE ", join, 1);
            sql.push(&format!("SELECT tasks.id FROM {with_tasks}"), [pieces.into(), user(scope), user(scope)]);
            sql.push(" AND tasks.deleted_at IS NULL", []);
            for word in words {
                sql.push(" AND instr(tasks.search_text, ?) > 0", [word.pattern().to_owned().into()]);
            }
        }
    }
    if in_title {
        for word in words {
            sql.push(" AND ", []);
            sql.push(&in_title_sql(scope.database), [word.pattern().to_owned().into(), PART.to_string().into()]);
        }
    }
    let order = match scope.database {
        DatabaseBackend::Postgres => "tasks.id",
        _ => "search_index.rowid",
    };
    sql.push(&format!(" ORDER BY {order} DESC LIMIT ?"), [RANKED.into()]);
}

/// Whether a text that is there for certain stands before the end of the title.
fn in_title_sql(database: DatabaseBackend) -> String {
    let position = position(database);
    format!("{position}(tasks.search_text, ?) < {position}(tasks.search_text, ?)")
}

/// The ranks, best first.
fn tiers(sql: &mut Sql, database: DatabaseBackend, words: &[Wanted], whole: &Wanted) {
    let position = position(database);
    sql.push(&format!(" WHEN {position}(tasks.search_text, ?) = 1 THEN 0"), [whole.at_word().into()]);
    let all = |sql: &mut Sql, tier: &str, condition: &str, values: &dyn Fn(&Wanted) -> Vec<Value>| {
        sql.push(" WHEN ", []);
        for (place, word) in words.iter().enumerate() {
            sql.push(if place == 0 { "" } else { " AND " }, []);
            sql.push(condition, values(word));
        }
        sql.push(&format!(" THEN {tier}"), []);
    };
    let at_word_in_title = format!("{position}(tasks.search_text, ?) BETWEEN 1 AND {position}(tasks.search_text, ?)");
    let end = || Value::from(PART.to_string());
    all(sql, "1", &at_word_in_title, &|word| vec![word.at_word().into(), end()]);
    all(sql, "2", &in_title_sql(database), &|word| vec![word.pattern().to_owned().into(), end()]);
    all(sql, "3", &format!("{position}(tasks.search_text, ?) > 0"), &|word| vec![word.at_word().into()]);
    sql.push(" ELSE 4 END", []);
}
