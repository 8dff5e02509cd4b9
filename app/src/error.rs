//! The error of the server functions: the domain's own, carried as JSON.

use domain::Error;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// What a server function refuses with.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize, Deserialize)]
#[error(transparent)]
pub struct AppError(#[from] pub Error);

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    /// What goes wrong between browser and function: unreadable arguments are the sender's fault, a request that
    /// never arrived may be tried again, everything else is ours.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::Deserialization(_) | ServerFnErrorErr::MissingArg(_) => {
                Error::Malformed("This form could not be read. Reload the page and try again.".to_owned())
            }
            ServerFnErrorErr::Request(_) => Error::Unavailable,
            _ => Error::Internal,
        })
    }
}

#[cfg(feature = "ssr")]
impl From<backend::Error> for AppError {
    fn from(error: backend::Error) -> Self {
        Self(error.into())
    }
}
