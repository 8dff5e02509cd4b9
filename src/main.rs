//! The binary: everything it does is a command of the library.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    tickbox::command::run().await
}
