//! Whether the inputs are still what they were when the run began.
//!
//! Receipts never trust it: they have digests of what was read. It is there to say that what was read is
//! no state that the inputs were ever in.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::input::InputFile;

/// Size and time of change of each file.
pub struct Snapshot(Vec<(PathBuf, Option<State>)>);

type State = (u64, Option<SystemTime>);

impl Snapshot {
    /// As they are now.
    pub fn of(files: &[InputFile]) -> Self {
        let files = files.iter().filter(|file| !file.is_stdin());
        Self(
            files
                .map(|file| (file.path.clone(), state(&file.path)))
                .collect(),
        )
    }

    /// The first that is not as it was.
    pub fn changed(&self) -> Option<&Path> {
        let mut files = self.0.iter();
        files
            .find(|(path, before)| state(path) != *before)
            .map(|(path, _)| path.as_path())
    }
}

/// None for what is not there or no plain file: a pipe changes by being read.
fn state(path: &Path) -> Option<State> {
    let data = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((data.len(), data.modified().ok()))
}
