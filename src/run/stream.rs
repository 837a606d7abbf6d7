//! Output as one stream of lines: a file that appears when it is whole, or standard output.
//!
//! Such a run cannot be resumed. Its rejects and skips go to `FILE.rejects.jsonl` beside the file, or
//! to standard error.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::sink::{Compress, Sink};
use super::work::{Done, Outcome};
use super::{Counts, RunError, Summary, disk};
use crate::record::RejectLine;

/// See the module.
pub struct Stream {
    target: Target,
    counts: Counts,
}

enum Target {
    File(Box<FileTarget>),
    Stdout,
}

/// A file of records and, where there are any, one of rejects beside it.
struct FileTarget {
    records: Sink,
    rejects: Option<Sink>,
    folder: PathBuf,
    rejects_path: PathBuf,
}

impl Stream {
    /// Into a file, compressed as its name says.
    ///
    /// # Errors
    /// Its folder cannot be written.
    pub fn file(path: &Path) -> Result<Self, RunError> {
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let mut rejects_path: OsString = path.as_os_str().to_owned();
        rejects_path.push(".rejects.jsonl");
        Ok(Self {
            target: Target::File(Box::new(FileTarget {
                records: Sink::create(&folder, path.to_owned(), Compress::of(path))?,
                rejects: None,
                folder,
                rejects_path: rejects_path.into(),
            })),
            counts: Counts::default(),
        })
    }

    /// To standard output.
    pub fn stdout() -> Self {
        Self {
            target: Target::Stdout,
            counts: Counts::default(),
        }
    }

    /// Writes a chunk.
    ///
    /// # Errors
    /// The disk's, or the pipe's.
    pub fn add(&mut self, done: &Done) -> Result<(), RunError> {
        self.counts += done.counts();
        match &mut self.target {
            Target::File(file) => file.add(done),
            Target::Stdout => to_stdout(done)
                .map_err(|error| RunError::write(Path::new("standard output"), error)),
        }
    }

    /// Makes the file appear.
    ///
    /// # Errors
    /// The disk's; the file then does not exist.
    pub fn finish(self) -> Result<Summary, RunError> {
        if let Target::File(file) = self.target {
            file.commit()?;
        }
        Ok(Summary {
            counts: self.counts,
            ..Summary::default()
        })
    }
}

impl FileTarget {
    fn add(&mut self, done: &Done) -> Result<(), RunError> {
        for (_, outcome) in &done.outcomes {
            match outcome {
                Outcome::Annotated(line) => self.records.line(line)?,
                Outcome::Rejected(line) | Outcome::Skipped(line) => {
                    let sink = match &mut self.rejects {
                        Some(sink) => sink,
                        slot => slot.insert(Sink::create(
                            &self.folder,
                            self.rejects_path.clone(),
                            Compress::None,
                        )?),
                    };
                    sink.line(line)?;
                }
            }
        }
        Ok(())
    }

    fn commit(self) -> Result<(), RunError> {
        match self.rejects {
            Some(rejects) => {
                rejects.commit(&self.folder)?;
            }
            // Rejects of an earlier run must not stand beside a file that has none.
            None => disk::remove_file(&self.rejects_path)
                .map_err(|error| RunError::write(&self.rejects_path, error))?,
        }
        self.records.commit(&self.folder)?;
        Ok(())
    }
}

fn to_stdout(done: &Done) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    for (_, outcome) in &done.outcomes {
        match outcome {
            Outcome::Annotated(line) => {
                stdout.write_all(line)?;
                stdout.write_all(b"\n")?;
            }
            Outcome::Rejected(line) => complain("rejected", line),
            Outcome::Skipped(line) => complain("skipped", line),
        }
    }
    stdout.flush()
}

/// One line of talk about a record that is not in the output.
fn complain(what: &str, line: &[u8]) {
    if let Ok(line) = serde_json::from_slice::<RejectLine>(line) {
        eprintln!(
            "headcount: {what}: {}: {} record {} byte {}: {}",
            line.code, line.path, line.record, line.byte, line.reason
        );
    }
}
