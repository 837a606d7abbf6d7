//! The command line: one file a verb. Arguments become validated settings here, and no other module
//! sees clap. Standard output is data, standard error is talk.

mod actors;
mod annotate;
mod bench;
mod completions;
mod diff;
mod engine;
mod evaluate;
mod input;
mod man;
mod resolve;
mod schema;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Done.
const DONE: u8 = 0;
/// Done, with findings over budget: rejects, failed checks.
const FINDINGS: u8 = 1;
/// Could not run.
const FAILED: u8 = 2;
/// A signal ended it.
const INTERRUPTED: u8 = 130;

/// Reads archives of news articles and writes who is named in them and every number in them, each
/// traceable to its exact place.
#[derive(Debug, Parser)]
#[command(
    name = "headcount",
    version,
    after_help = "Exit codes: 0 done; 1 done with findings over budget (rejects, failed checks, differences); \
                  2 could not run; 130 interrupted (the same command goes on)."
)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Annotate(Box<annotate::Arguments>),
    Verify(verify::Arguments),
    Resolve(resolve::Arguments),
    Actors(actors::Arguments),
    Evaluate(Box<evaluate::Arguments>),
    Diff(diff::Arguments),
    Bench(Box<bench::Arguments>),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors, and a closed pipe is nobody's.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { DONE });
        }
    };
    let done = match cli.verb {
        Verb::Annotate(arguments) => annotate::run(&arguments),
        Verb::Resolve(arguments) => resolve::run(&arguments),
        Verb::Actors(arguments) => actors::run(&arguments),
        Verb::Verify(arguments) => verify::run(arguments),
        Verb::Evaluate(arguments) => evaluate::run(&arguments),
        Verb::Diff(arguments) => diff::run(&arguments),
        Verb::Bench(arguments) => bench::run(&arguments),
        Verb::Schema(arguments) => schema::run(arguments),
        Verb::Completions(arguments) => completions::run(arguments),
        Verb::Man(arguments) => man::run(arguments),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(Failure::Silent) => ExitCode::from(DONE),
        Err(Failure::Told(problem)) => {
            eprintln!("headcount: {problem}");
            ExitCode::from(FAILED)
        }
        Err(Failure::Interrupted(remedy)) => {
            eprintln!("headcount: {remedy}");
            ExitCode::from(INTERRUPTED)
        }
    }
}

/// Why a verb ended early.
enum Failure {
    /// Whoever read our output has gone; there is nobody to tell.
    Silent,
    /// What is wrong and the remedy.
    Told(String),
    /// A signal ended it; how to go on.
    Interrupted(String),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Failure::Silent,
            _ => Failure::Told(format!("standard output: {error}")),
        }
    }
}

impl From<crate::run::RunError> for Failure {
    fn from(error: crate::run::RunError) -> Self {
        match error {
            error if error.is_broken_pipe() => Failure::Silent,
            interrupted @ crate::run::RunError::Interrupted(_) => {
                Failure::Interrupted(interrupted.to_string())
            }
            error => Failure::Told(error.to_string()),
        }
    }
}

/// Lets SIGINT and SIGTERM ask a run to stop, where they would have killed it; the second one of them
/// ends the process at once.
fn stop_on_signals() -> Result<crate::run::Stop, Failure> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag::{register, register_conditional_shutdown};
    let stop = crate::run::Stop::default();
    for signal in [SIGINT, SIGTERM] {
        // In this order: the first signal finds the flag down, and raises it.
        register_conditional_shutdown(signal, i32::from(INTERRUPTED), stop.flag())
            .and_then(|_| register(signal, stop.flag()))
            .map_err(|error| Failure::Told(format!("cannot listen to signals: {error}")))?;
    }
    Ok(stop)
}

/// How many workers there are: as given, else one a processor.
fn workers(given: Option<u16>) -> usize {
    match given {
        Some(jobs) => usize::from(jobs),
        None => std::thread::available_parallelism().map_or(1, usize::from),
    }
}

/// The command as clap knows it, for completions and the manual.
fn command() -> clap::Command {
    Cli::command()
}
