//! The program; all of it is in the library.

use std::process::ExitCode;

/// Definitions are millions of small strings, made on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    evt::run::run()
}
