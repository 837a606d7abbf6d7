//! Output as one stream of lines: a file that appears when it is whole, or standard output.
//!
//! Such a run cannot be resumed. Its rejects and skips go to `FILE.rejects.jsonl` and copies to `FILE.dups.jsonl` beside
//! the file, or standard error is told of each.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::sink::{Compress, Sink};
use super::work::{Done, Outcome};
use super::{Counts, RunError, Summary, disk};
use crate::record::{DuplicateLine, RejectLine};

/// See the module.
pub struct Stream {
    target: Target,
    counts: Counts,
}

enum Target {
    File(Box<FileTarget>),
    Stdout,
}

/// A file of records and, where there are any, files of rejects and of copies beside it.
struct FileTarget {
    records: Sink,
    rejects: Beside,
    duplicates: Beside,
    folder: PathBuf,
}

/// A file that is made when its first line comes.
struct Beside {
    path: PathBuf,
    sink: Option<Sink>,
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
        Ok(Self {
            target: Target::File(Box::new(FileTarget {
                records: Sink::create(&folder, path.to_owned(), Compress::of(path))?,
                rejects: Beside::new(path, ".rejects.jsonl"),
                duplicates: Beside::new(path, ".dups.jsonl"),
                folder,
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
                Outcome::Annotated(line, _) => self.records.line(line)?,
                Outcome::Rejected(line) | Outcome::Skipped(line) => {
                    self.rejects.line(&self.folder, line)?;
                }
                Outcome::Duplicate(line) => self.duplicates.line(&self.folder, line)?,
            }
        }
        Ok(())
    }

    fn commit(self) -> Result<(), RunError> {
        self.rejects.commit(&self.folder)?;
        self.duplicates.commit(&self.folder)?;
        self.records.commit(&self.folder)?;
        Ok(())
    }
}

impl Beside {
    fn new(file: &Path, ending: &str) -> Self {
        let mut path = file.as_os_str().to_owned();
        path.push(ending);
        Self {
            path: path.into(),
            sink: None,
        }
    }

    fn line(&mut self, folder: &Path, line: &[u8]) -> Result<(), RunError> {
        let sink = match &mut self.sink {
            Some(sink) => sink,
            slot => slot.insert(Sink::create(folder, self.path.clone(), Compress::None)?),
        };
        sink.line(line)
    }

    fn commit(self, folder: &Path) -> Result<(), RunError> {
        match self.sink {
            Some(sink) => sink.commit(folder).map(drop),
            // That of an earlier run must not stand beside a file that has none.
            None => {
                disk::remove_file(&self.path).map_err(|error| RunError::write(&self.path, error))
            }
        }
    }
}

fn to_stdout(done: &Done) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    for (_, outcome) in &done.outcomes {
        match outcome {
            Outcome::Annotated(line, _) => {
                stdout.write_all(line)?;
                stdout.write_all(b"\n")?;
            }
            Outcome::Rejected(line) => complain("rejected", line),
            Outcome::Skipped(line) => complain("skipped", line),
            Outcome::Duplicate(line) => tell_copy(line),
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

/// One line of talk about a copy.
fn tell_copy(line: &[u8]) {
    if let Ok(DuplicateLine { same_as, record }) = DuplicateLine::from_line(line) {
        eprintln!(
            "headcount: duplicate: {} record {}: similarity {} to {} record {}",
            record.source.path,
            record.source.record,
            same_as.similarity,
            same_as.path,
            same_as.record
        );
    }
}
