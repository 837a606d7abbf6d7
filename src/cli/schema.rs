//! `headcount schema`: the JSON Schema of the record.

use std::io::Write;

use clap::Args;

use super::{DONE, Failure};
use crate::record;

/// Print the JSON Schema of the record
#[derive(Debug, Args)]
pub struct Arguments {}

/// Runs the verb; the exit code.
pub fn run(_: Arguments) -> Result<u8, Failure> {
    let schema = serde_json::to_string_pretty(&record::json_schema())
        .map_err(|error| Failure::Told(error.to_string()))?;
    writeln!(std::io::stdout().lock(), "{schema}")?;
    Ok(DONE)
}
