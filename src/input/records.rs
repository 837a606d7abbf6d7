//! One file as a stream of raw records and rejects, numbered.
//!
//! What is the same for every format stands here: numbering, the size limit, and what becomes of
//! the record in which a broken stream ends. Where one record ends and the next begins is for
//! `split` to say.

use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use super::capture::Capture;
use super::source::{Fault, Reading, Source};
use super::split::{Outcome, Splitter, splitter};
use super::{Compression, Format, InputFile, RawRecord, Reject, RejectCode};

/// How large things may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one record.
    pub max_record: usize,
    /// Characters of one article's text; none for as many as there are.
    pub max_article: Option<u64>,
    /// How many bytes one compressed byte may become.
    pub max_ratio: u64,
    /// Unpacked bytes before the ratio counts.
    pub ratio_from: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_record: 64 << 20,
            max_article: None,
            max_ratio: 1000,
            ratio_from: 64 << 20,
        }
    }
}

/// Opens a file for reading its records. A file that cannot be opened is one reject.
pub fn open(file: &InputFile, limits: Limits) -> Records {
    let reader: Result<Box<dyn Read + Send>, _> = if file.is_stdin() {
        Ok(Box::new(std::io::stdin()))
    } else {
        File::open(&file.path).map(|file| Box::new(file) as _)
    };
    let source = match reader {
        Ok(reader) => Source::new(reader, file.compression, limits, reading(file.format)),
        Err(error) => Source::broken(Fault {
            code: RejectCode::OpenFailed,
            reason: error.to_string(),
        }),
    };
    Records::new(source, Arc::clone(&file.name), file.format, limits)
}

/// Reads the records of any stream as if it were a file of this name.
pub fn read(
    reader: impl Read + Send + 'static,
    name: &str,
    format: Format,
    compression: Compression,
    limits: Limits,
) -> Records {
    let source = Source::new(Box::new(reader), compression, limits, reading(format));
    Records::new(source, name.into(), format, limits)
}

/// What the stream of a format is to be.
fn reading(format: Format) -> Reading {
    match format {
        // The page says its charset itself.
        Format::Html => Reading::Bytes,
        Format::Warc => Reading::Members,
        Format::Text | Format::JsonLines | Format::Json | Format::Csv | Format::Tsv => {
            Reading::Text
        }
    }
}

/// The records of one file, in order, in memory bounded by [`Limits::max_record`]. After a fault
/// that cannot be passed, which is its last item, it ends.
pub struct Records {
    source: Source,
    splitter: Box<dyn Splitter + Send>,
    path: Arc<str>,
    limits: Limits,
    record: u64,
    finished: bool,
}

impl Records {
    fn new(source: Source, path: Arc<str>, format: Format, limits: Limits) -> Self {
        Self {
            source,
            splitter: splitter(format, limits),
            path,
            limits,
            record: 0,
            finished: false,
        }
    }

    /// Bytes read so far of the file as it lies there, packed or not: the progress against
    /// [`InputFile::bytes`].
    pub fn bytes_read(&self) -> u64 {
        self.source.packed()
    }
}

impl Iterator for Records {
    type Item = Result<RawRecord, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.finished {
            return None;
        }
        let mut piece = Capture::new(self.source.offset(), self.limits.max_record);
        let outcome = self.splitter.split(&mut self.source, &mut piece);
        let broken = self.source.fault().cloned();
        let record = self.record;
        self.record += 1;
        let reject = |piece: Capture, code, reason: String| {
            Some(Err(piece.reject(code, &self.path, record, reason)))
        };
        match outcome {
            _ if broken.is_some() => {
                self.finished = true;
                let Fault { code, reason } = broken?;
                reject(piece, code, reason)
            }
            Outcome::End => {
                self.finished = true;
                None
            }
            Outcome::Fatal(code, reason) => {
                self.finished = true;
                reject(piece, code, reason)
            }
            Outcome::Reject(code, reason) => reject(piece, code, reason),
            Outcome::Record(..) if piece.too_large() => {
                let reason = too_large(&piece, self.limits);
                reject(piece, RejectCode::TooLarge, reason)
            }
            Outcome::Record(payload, warnings) => Some(Ok(RawRecord {
                path: Arc::clone(&self.path),
                record,
                byte: piece.start(),
                bytes: piece.into_bytes(),
                payload,
                warnings,
                transcoded: self.source.transcoded(),
            })),
        }
    }
}

fn too_large(piece: &Capture, limits: Limits) -> String {
    let (length, limit) = (piece.len(), limits.max_record);
    format!("the record has {length} bytes, the limit is {limit}")
}
