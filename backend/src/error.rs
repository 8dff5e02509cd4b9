//! What can go wrong behind the pages. Refusals reach people as they are; everything else is logged here, once, and
//! people learn no more than that it is our fault.

use sea_orm::{DbErr, RuntimeErr};

/// A refusal, or a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something a person can act on.
    #[error(transparent)]
    Refused(#[from] domain::Error),
    /// The database does not answer, or not as it should.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// A password could not be hashed.
    #[error("password hash: {0}")]
    Hash(String),
    /// A token could not be signed.
    #[error("token: {0}")]
    Token(#[from] jsonwebtoken::errors::Error),
    /// A row holds what no row may hold.
    #[error("stored {0} cannot be read")]
    Stored(&'static str),
    /// A value could not be written as JSON.
    #[error("json: {0}")]
    Json(#[from] serde_json::Error),
    /// A task of the runtime was cut off.
    #[error("background work was cut off: {0}")]
    CutOff(#[from] tokio::task::JoinError),
}

/// The result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What cannot be taken, told as a member of this field.
    pub(crate) fn under(self, field: &str) -> Self {
        match self {
            Self::Refused(error) => Self::Refused(error.under(field)),
            error => error,
        }
    }

    /// Whether the database could not be reached or was too busy, so that trying again may help.
    fn is_away(&self) -> bool {
        match self {
            Self::Database(DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) => true,
            Self::Database(DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) => {
                match error.as_ref() {
                    sea_orm::sqlx::Error::Database(error) => {
                        // 57P: PostgreSQL shuts down or was cut off; 5, 8, 10, 13, 14: SQLite is busy, read-only, out of disk or gone.
                        error.code().is_some_and(|code| {
                            code.starts_with("57P")
                                || code.starts_with("53")
                                || code.starts_with("08")
                                || code == "3D000"
                                || code
                                    .parse::<u32>()
                                    .is_ok_and(|code| [5, 6, 8, 10, 13, 14].contains(&(code & 0xff)) && code < 10_000)
                        })
                    }
                    sea_orm::sqlx::Error::Io(_)
                    | sea_orm::sqlx::Error::PoolTimedOut
                    | sea_orm::sqlx::Error::PoolClosed
                    | sea_orm::sqlx::Error::WorkerCrashed => true,
                    _ => false,
                }
            }
            _ => false,
        }
    }
}

impl From<Error> for domain::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => refusal,
            error if error.is_away() => {
                tracing::error!(%error, "the database is away");
                Self::Unavailable
            }
            error => {
                tracing::error!(%error, "an operation failed");
                Self::Internal
            }
        }
    }
}
