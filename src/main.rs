//! The binary: everything it does is a command of the library.

use mimalloc::MiMalloc;
use std::process::ExitCode;

// Each password hash takes 19 MiB for a moment; the system's allocator would keep most of it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    tickbox::command::run().await
}
