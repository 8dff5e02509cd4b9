//! Quick add from outside: tables of lines with the tasks they mean, and properties that hold for any text.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its own table shall stop")]

mod properties;
mod table;
