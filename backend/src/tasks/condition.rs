//! A filter as a condition of SQL. It says the same as [`Filter::matches`], so no part of it may be unknown (NULL): what
//! is turned round must be true or false.

use crate::{Backend, Owner, entity::tasks, search::like, zones};
use domain::{
    Timestamp,
    calendar::{ClockTime, Date, LocalTime},
    filter::{DateField, Days, Expression, Filter, Part, State, Stretch, Term},
    ids::ProjectId,
    search::{Wanted, name_key},
    tasks::TagName,
};
use sea_orm::{
    ColumnTrait, Condition, DatabaseBackend, IntoSimpleExpr, Statement, Value,
    sea_query::{Alias, Expr, ExprTrait, SimpleExpr},
};

/// How far the wall calendars of two zones can be apart, with a day to spare.
const DAYS_BETWEEN_ZONES: i64 = 2;

/// The id of the tag of this owner with this key.
const TAG: &str = "(SELECT id FROM tags WHERE user_id = ? AND name_key = ?)";

/// Some projects, meant with all below them.
#[derive(Clone, Copy)]
pub(super) enum Projects<'a> {
    One(ProjectId),
    Named(&'a str),
    Archived,
}

/// What stands for `task_tags` where its links are walked along.
pub(super) const LINK: &str = "link";

/// Whose tasks are asked for, and when.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) database: DatabaseBackend,
    pub(crate) owner: &'a Owner,
    pub(crate) now: Timestamp,
    pub(crate) local: LocalTime,
    /// The table whose index has the order by due date.
    dated: &'static str,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(backend: &Backend, owner: &'a Owner) -> Self {
        let now = backend.now();
        let local = zones::local(now, owner.time_zone());
        Self { database: backend.store.backend(), owner, now, local, dated: "tasks" }
    }

    /// The same where links are walked along.
    pub(super) fn along_links(self) -> Self {
        Self { dated: LINK, ..self }
    }

    pub(super) fn mine(&self) -> Condition {
        Condition::all().add(tasks::Column::UserId.eq(self.owner.user_id().uuid()))
    }

    /// What a filter asks for, beside not being in the bin; whether open or done tasks are meant is said elsewhere.
    pub(super) fn filter(&self, filter: &Filter) -> Condition {
        let expression = filter.expression.as_ref().map(|expression| self.expression(expression));
        let visible = (!filter.speaks_of_archive()).then(|| self.in_projects(Projects::Archived).not());
        Condition::all().add_option(expression).add_option(visible)
    }

    pub(super) fn expression(&self, expression: &Expression) -> Condition {
        match expression {
            Expression::And(parts) => {
                parts.iter().fold(Condition::all(), |condition, part| condition.add(self.expression(part)))
            }
            Expression::Or(parts) => {
                parts.iter().fold(Condition::any(), |condition, part| condition.add(self.expression(part)))
            }
            Expression::Not(inner) => match inner.as_ref() {
                // Said so that an index can be walked along: the inbox is where there is no project.
                Expression::Term(Term::Has(Part::Project)) => Condition::all().add(tasks::Column::ProjectId.is_null()),
                inner => self.expression(inner).not(),
            },
            Expression::Term(term) => self.term(term),
        }
    }

    fn term(&self, term: &Term) -> Condition {
        let condition = match term {
            Term::Text(text) => match Wanted::new(text) {
                Some(wanted) => self.contains(&wanted),
                None => Expr::val(false),
            },
            Term::Date(field, stretch) => return self.date(*field, stretch),
            Term::Overdue => return self.overdue(),
            Term::Priority(priority) => tasks::Column::Priority.eq(priority.rank()),
            Term::Tag(tag) => self.has_tag(tag),
            Term::Project(name) => self.in_projects(Projects::Named(name)),
            Term::Is(State::Done) => is_completed(true),
            Term::Is(State::Recurring) => tasks::Column::Rrule.is_not_null(),
            Term::Is(State::Subtask) => tasks::Column::ParentId.is_not_null(),
            Term::Is(State::Archived) => self.in_projects(Projects::Archived),
            Term::Has(part) => Self::has(*part),
        };
        Condition::all().add(condition)
    }

    fn has(part: Part) -> SimpleExpr {
        match part {
            Part::Due => tasks::Column::DueDate.is_not_null(),
            Part::Time => tasks::Column::DueMinutes.is_not_null(),
            Part::Start => tasks::Column::StartDate.is_not_null(),
            Part::Deadline => tasks::Column::Deadline.is_not_null(),
            Part::Notes => tasks::Column::Notes.is_not_null(),
            Part::Tags => Expr::cust(
                "EXISTS (SELECT 1 FROM task_tags AS link \
                 WHERE link.user_id = tasks.user_id AND link.task_id = tasks.id)",
            ),
            Part::Project => tasks::Column::ProjectId.is_not_null(),
            Part::Duration => tasks::Column::DurationMin.is_not_null(),
            Part::Subtasks => Expr::cust(
                "EXISTS (SELECT 1 FROM tasks AS part \
                 WHERE part.user_id = tasks.user_id AND part.parent_id = tasks.id AND part.deleted_at IS NULL)",
            ),
        }
    }

    fn date(&self, field: DateField, stretch: &Stretch) -> Condition {
        let days = stretch.days(self.local.date, self.owner.week_start());
        match field {
            DateField::Due => self.due(days),
            DateField::Start => between(tasks::Column::StartDate, days.first, days.last),
            DateField::Deadline => between(tasks::Column::Deadline, days.first, days.last),
            DateField::Created => self.instants(tasks::Column::CreatedAt, days),
            DateField::Updated => self.instants(tasks::Column::UpdatedAt, days),
            DateField::Completed => self.instants(tasks::Column::CompletedAt, days),
        }
    }

    /// By the instant, which counts; and roughly by the order of the wall calendar, which has an index.
    pub(super) fn due(&self, days: Days) -> Condition {
        let order = |day: Date, by: i64| (i64::from(day.to_julian_day()) + by) * super::row::DUE_ORDERS_OF_A_DAY;
        let due_order = || Expr::col((Alias::new(self.dated), tasks::Column::DueOrder));
        self.instants(tasks::Column::DueAt, days)
            .add_option(days.first.map(|day| due_order().gte(order(day, -DAYS_BETWEEN_ZONES))))
            .add_option(days.last.map(|day| due_order().lt(order(day, 1 + DAYS_BETWEEN_ZONES))))
    }

    /// What has passed, by the instant; and roughly, as above.
    pub(super) fn overdue(&self) -> Condition {
        let today = Some(self.local.date);
        self.due(Days { first: None, last: today })
            .add(is_completed(false))
            .add(tasks::Column::DueAt.lte(self.now.millis()))
    }

    fn instants(&self, column: tasks::Column, days: Days) -> Condition {
        let start = |day: Date| zones::due_instant(day, Some(ClockTime::MIDNIGHT), self.owner.time_zone()).millis();
        Condition::all()
            .add(column.is_not_null())
            .add_option(days.first.map(|first| column.gte(start(first))))
            .add_option(days.last.and_then(Date::next_day).map(|after| column.lt(start(after))))
    }

    /// What has begun, or has no start date.
    pub(super) fn has_begun(&self) -> Condition {
        Condition::any().add(tasks::Column::StartDate.is_null()).add(tasks::Column::StartDate.lte(self.local.date))
    }

    /// Whether the text of the task contains a piece. `strpos` would not use PostgreSQL's index, nor does `LIKE` beat
    /// `instr` on SQLite.
    pub(crate) fn contains(&self, wanted: &Wanted) -> SimpleExpr {
        match self.database {
            DatabaseBackend::Postgres => self.raw("tasks.search_text LIKE ?", [like(wanted.pattern()).into()]),
            _ => self.raw("instr(tasks.search_text, ?) > 0", [wanted.pattern().to_owned().into()]),
        }
    }

    /// Looked up task by task: the tasks of a tag can be many.
    pub(super) fn has_tag(&self, tag: &TagName) -> SimpleExpr {
        let sql = format!(
            "EXISTS (SELECT 1 FROM task_tags AS link \
             WHERE link.user_id = tasks.user_id AND link.task_id = tasks.id AND link.tag_id = {TAG})"
        );
        self.raw(&sql, [self.user(), tag.key().into()])
    }

    /// That what is called `link` is a link to a tag from an open task, which alone has a place in the order by due date.
    pub(super) fn links_to(&self, tag: &TagName) -> SimpleExpr {
        let sql = format!("link.user_id = ? AND link.tag_id = {TAG} AND link.due_order IS NOT NULL");
        self.raw(&sql, [self.user(), self.user(), tag.key().into()])
    }

    /// Asks for the ids of at most so many tasks that have a tag, be they in the bin or not.
    pub(super) fn some_with_tag(&self, tag: &TagName, most: i64) -> Statement {
        let sql = format!("SELECT task_id AS id FROM task_tags WHERE user_id = ? AND tag_id = {TAG} LIMIT ?");
        let values = [self.user(), self.user(), tag.key().into(), most.into()];
        Statement::from_sql_and_values(self.database, numbered(self.database, &sql), values)
    }

    /// Looked up task by task along whichever index: the sign keeps SQLite from the one of projects, which has another
    /// order.
    pub(super) fn in_projects(&self, projects: Projects<'_>) -> SimpleExpr {
        let column = if self.database == DatabaseBackend::Sqlite { "+tasks.project_id" } else { "tasks.project_id" };
        self.project_is_one_of(column, projects)
    }

    /// The same by the index of projects.
    pub(super) fn found_in_projects(&self, projects: Projects<'_>) -> SimpleExpr {
        self.project_is_one_of("tasks.project_id", projects)
    }

    fn project_is_one_of(&self, column: &str, projects: Projects<'_>) -> SimpleExpr {
        let (condition, value): (_, Option<Value>) = match projects {
            Projects::One(id) => ("id = ?", Some(id.uuid().into())),
            Projects::Named(name) => ("name_key = ?", Some(name_key(name).into())),
            Projects::Archived => ("archived_at IS NOT NULL", None),
        };
        let sql = format!("({column} IS NOT NULL AND {column} IN ({}))", projects_and_below(condition));
        self.raw(&sql, std::iter::once(self.user()).chain(value).chain([self.user()]))
    }

    fn user(&self) -> Value {
        self.owner.user_id().uuid().into()
    }

    /// SQL in which `?` stands for each value in turn.
    pub(super) fn raw(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> SimpleExpr {
        Expr::cust_with_values(numbered(self.database, sql), values)
    }
}

/// The ids of the projects for which a condition holds and of those below them; asks for the owner before and after the
/// condition's values. `UNION` ends it even where projects were in a circle.
fn projects_and_below(condition: &str) -> String {
    format!(
        "WITH RECURSIVE below(id) AS (\
         SELECT id FROM projects WHERE user_id = ? AND deleted_at IS NULL AND {condition} \
         UNION SELECT child.id FROM projects AS child INNER JOIN below ON child.parent_id = below.id \
         WHERE child.user_id = ?) SELECT id FROM below"
    )
}

/// The same SQL with the placeholders of the database at hand.
pub(crate) fn numbered(database: DatabaseBackend, sql: &str) -> String {
    if database != DatabaseBackend::Postgres {
        return sql.to_owned();
    }
    let mut parts = sql.split('?');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.zip(1..).fold(first, |sql, (part, number)| format!("{sql}${number}{part}"))
}

fn between(column: tasks::Column, first: Option<Date>, last: Option<Date>) -> Condition {
    Condition::all()
        .add(column.is_not_null())
        .add_option(first.map(|first| column.gte(first)))
        .add_option(last.map(|last| column.lte(last)))
}

/// Said literally: a bound value would make SQLite plan anew at each request, since an index may depend on it.
pub(super) fn is_completed(value: bool) -> SimpleExpr {
    tasks::Column::IsCompleted.into_simple_expr().eq(Expr::Constant(Value::Bool(Some(value))))
}
