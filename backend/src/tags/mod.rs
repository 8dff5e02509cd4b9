//! Tags. Writing them is `ledger`'s work alone.

pub(crate) mod row;
