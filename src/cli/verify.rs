//! `headcount verify RUN`: recount and re-check a finished run.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use indicatif::ProgressBar;

use super::{DONE, FINDINGS, Failure};
use crate::run;

/// Recount and re-check a finished run from its bytes
///
/// Checks the hashes of all files, every record against the contract (offsets, partition of the text,
/// order, links), one line for every record that came in, and the sums. Findings go to standard output.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder that `annotate -o` wrote
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// Say nothing but findings
    #[arg(short, long)]
    quiet: bool,
}

/// Runs the verb; the exit code.
pub fn run(arguments: Arguments) -> Result<u8, Failure> {
    let bar = if arguments.quiet || !std::io::stderr().is_terminal() {
        ProgressBar::hidden()
    } else {
        ProgressBar::new(0)
    };
    let verified = run::verify(&arguments.run, |shards| {
        bar.set_length(shards);
        bar.inc(1);
    });
    bar.finish_and_clear();
    let verified = verified?;
    let mut stdout = std::io::stdout().lock();
    for finding in &verified.findings {
        writeln!(stdout, "{finding}")?;
    }
    if !arguments.quiet {
        eprintln!(
            "headcount: {} shards, {}; {} findings",
            verified.shards,
            verified.counts,
            verified.findings.len()
        );
    }
    Ok(if verified.findings.is_empty() {
        DONE
    } else {
        FINDINGS
    })
}
