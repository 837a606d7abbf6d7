//! Why a run could not begin or go on: what, where, and the remedy.

use std::io;
use std::path::{Path, PathBuf};

use crate::input::InputError;

/// See the module. Faults of single records are never errors.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The inputs.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Folders without a file that we read.
    #[error(
        "{0}: nothing to read: no file ends in .txt .text .jsonl .ndjson .json .csv or .tsv (also .gz, \
         .zst); name the files and say what they hold with `--format`"
    )]
    NothingToRead(String),
    /// A write failed.
    #[error(
        "{}: cannot write: {error}; mend this and give the same command again: what is done is kept",
        path.display()
    )]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A read failed.
    #[error("{}: cannot read: {error}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Another process has the folder.
    #[error("{}: another run is writing here; wait for it, or choose another output", .0.display())]
    Locked(PathBuf),
    /// The output is something else.
    #[error(
        "{}: this is not a folder; for one file, end its name in .jsonl, .jsonl.gz or .jsonl.zst",
        .0.display()
    )]
    NotAFolder(PathBuf),
    /// The folder belongs to someone else.
    #[error(
        "{}: this folder has files that are not a run's; choose a new or an empty one",
        .0.display()
    )]
    ForeignFolder(PathBuf),
    /// No manifest.
    #[error(
        "{}: there is no MANIFEST.json, so this is no finished run; give the `annotate` command that \
         made it again to finish it",
        .0.display()
    )]
    NotFinished(PathBuf),
    /// It was asked to stop.
    #[error("interrupted: {0}")]
    Interrupted(Resume),
    /// An input is not what it was when the run began, so that what was read may be a mixture.
    #[error(
        "{}: this changed while it was read, so the run is not finished; give the same command again \
         when nothing writes to it: only the shards that differ are made again",
        .0.display()
    )]
    InputChanged(PathBuf),
    /// The system gives no threads.
    #[error("cannot start the workers: {0}; lower --jobs")]
    Threads(String),
}

/// How to go on after an interruption.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Resume {
    /// A folder.
    #[error(
        "what is done is kept in {}; give the same command again to go on",
        .0.display()
    )]
    GoesOn(PathBuf),
    /// A folder that is made from standard input.
    #[error("standard input cannot be read twice; give the same command the whole input again")]
    InputIsGone,
    /// One file.
    #[error(
        "{} was not written; the same command begins anew (a folder as output would go on)",
        .0.display()
    )]
    BeginsAnew(PathBuf),
    /// Standard output.
    #[error(
        "the records on standard output are whole, but not all; the same command begins anew (a folder as \
         output would go on)"
    )]
    WasStreamed,
}

impl RunError {
    /// A failed write.
    pub fn write(path: &Path, error: io::Error) -> Self {
        Self::Write {
            path: path.to_owned(),
            error,
        }
    }

    /// A failed read.
    pub fn read(path: &Path, error: io::Error) -> Self {
        Self::Read {
            path: path.to_owned(),
            error,
        }
    }

    /// True where the reader of our output went away, which is no fault of the run.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Write { error, .. } if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
