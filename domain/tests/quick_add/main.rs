//! Quick add from outside: tables of lines with the tasks they mean, and properties that hold for any text. The tables
//! are run as WebAssembly too: `cargo test -p domain --test quick_add --target wasm32-unknown-unknown`.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its own table shall stop")]

#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod table;
