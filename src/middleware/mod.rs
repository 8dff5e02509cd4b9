//! The layers of a request's way, one to a file, in the order in which a request meets them.

pub(crate) mod drain;

pub(crate) mod trace;

pub(crate) mod headers;

pub(crate) mod answer;

pub(crate) mod panic;

pub(crate) mod head;

pub(crate) mod same_origin;

pub(crate) mod client;
pub(crate) mod session;

pub(crate) mod guard;

pub(crate) mod body;

pub(crate) mod deadline;
