//! Reads lines as quick add does: with the choices, the names and the wall clock of whoever types them.

use crate::{
    Backend, Owner, Result,
    tasks::{KnownNames, known_names},
    zones,
};
use domain::{
    Error,
    accounts::User,
    calendar::{Date, LocalTime},
    ids::TaskId,
    quick_add::{
        Ignored, Names, NewLine, NewLines, Parsed, Request, Settings, new_task, new_tasks, parse, parse_for_task,
    },
    tasks::NewTask,
};

/// What lines are read by.
#[derive(Debug, Clone)]
pub struct LineReader {
    now: LocalTime,
    settings: Settings,
    known: KnownNames,
}

impl LineReader {
    /// Reads as somebody means it, now.
    ///
    /// # Errors
    /// The database is away.
    pub async fn of(backend: &Backend, owner: &Owner, user: &User) -> Result<Self> {
        let now = zones::local(backend.clock().now(), owner.time_zone());
        let known = known_names(backend, owner).await?;
        Ok(Self { now, settings: Settings::from(&user.settings), known })
    }

    /// The day that it is.
    pub const fn today(&self) -> Date {
        self.now.date
    }

    /// What a task made from a line would be; `ignored` stays text.
    pub fn read(&self, text: &str, ignored: &[Ignored]) -> Parsed {
        self.with_names(|names| parse_for_task(text, self.now, &self.settings, names, ignored))
    }

    /// What a line means to a client that may have choices and a clock of its own.
    pub fn answer(&self, request: &Request) -> Parsed {
        let now = request.now.unwrap_or(self.now);
        self.with_names(|names| parse(&request.text, now, &request.settings, names, &request.ignored))
    }

    /// The task that a line asks for.
    ///
    /// # Errors
    /// Nothing is left for a title, or what is left or said cannot be taken.
    pub fn task(&self, line: NewLine) -> std::result::Result<NewTask, Error> {
        let project = |name: &str| self.known.project(name);
        self.with_names(|names| new_task(line, self.now, &self.settings, names, project))
    }

    /// The tasks that several lines ask for.
    ///
    /// # Errors
    /// There are none or too many, or one of them cannot be taken.
    pub fn tasks(&self, backend: &Backend, lines: &NewLines) -> std::result::Result<Vec<NewTask>, Error> {
        let new_id = || TaskId::from_uuid(backend.new_uuid());
        let project = |name: &str| self.known.project(name);
        self.with_names(|names| new_tasks(lines, self.now, &self.settings, names, project, new_id))
    }

    fn with_names<T>(&self, read: impl FnOnce(&Names<'_>) -> T) -> T {
        let (projects, tags) = self.known.borrowed();
        read(&Names { projects: &projects, tags: &tags, zones: zones::all() })
    }
}
