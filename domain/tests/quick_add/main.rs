//! Quick add from outside: tables of lines with the tasks they mean, and properties that hold for any text.

mod properties;
mod table;
