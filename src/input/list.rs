//! A list of inputs: a file that has one a line.
//!
//! The lines are inputs as on the command line, from the folder in which the program runs; empty lines
//! and lines that begin with `#` are none. A list names no other list.

use std::fs;
use std::path::{Path, PathBuf};

use super::InputError;

/// The list that an argument names (`@FILE`), unless there is a file of this very name.
pub(super) fn named(input: &Path) -> Option<&Path> {
    let name = input.to_str()?.strip_prefix('@')?;
    (!name.is_empty() && !input.exists()).then(|| Path::new(name))
}

/// The inputs of a list, in order.
pub(super) fn read(path: &Path) -> Result<Vec<PathBuf>, InputError> {
    let list = fs::read_to_string(path).map_err(|error| InputError::List {
        path: path.to_owned(),
        error,
    })?;
    let lines = list.strip_prefix('\u{feff}').unwrap_or(&list).lines();
    Ok(lines
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(PathBuf::from)
        .collect())
}
