//! `headcount man [VERB]`.

use std::io::Write;

use clap::Args;

use super::{DONE, Failure};

/// Print the manual page, or that of one verb
///
/// To read it: headcount man | man -l -
#[derive(Debug, Args)]
pub struct Arguments {
    /// The verb
    verb: Option<String>,
}

/// Runs the verb; the exit code.
pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let mut command = super::command();
    command.build();
    let page = match &arguments.verb {
        None => command,
        Some(verb) => {
            let found = command.find_subcommand(verb).cloned();
            let known: Vec<&str> = command
                .get_subcommands()
                .map(clap::Command::get_name)
                .collect();
            let unknown = || {
                format!(
                    "man: there is no verb `{verb}`; there are {}",
                    known.join(", ")
                )
            };
            found.ok_or_else(|| Failure::Told(unknown()))?
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    std::io::stdout().lock().write_all(&text)?;
    Ok(DONE)
}
