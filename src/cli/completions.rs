//! `headcount completions SHELL`.

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use super::{DONE, Failure};

/// Print a completion script for a shell
#[derive(Debug, Args)]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

/// Runs the verb; the exit code.
pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut super::command(),
        "headcount",
        &mut script,
    );
    std::io::stdout().lock().write_all(&script)?;
    Ok(DONE)
}
