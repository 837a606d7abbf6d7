//! A file as a stream of raw records and rejects: by its format one of three readers.
//!
//! A stream is read from its beginning to its end (`pieces`), an archive member by member (`archive`), a table in
//! columns by its footer (`parquet`). What is read from its end, and lies inside something else, is laid into a
//! temporary file first, which has no name and is gone with the reader.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Arc;

use super::archive::{Members, Tar, Zip};
use super::budget::Budget;
use super::parquet::Table;
use super::pieces::Pieces;
use super::source::{Fault, Reading, Source};
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
    /// Bytes that one input file may be unpacked to, all that is packed in it included.
    pub max_unpacked: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_record: 64 << 20,
            max_article: None,
            max_ratio: 1000,
            ratio_from: 64 << 20,
            max_unpacked: 256 << 30,
        }
    }
}

/// Opens a file for reading its records. A file that cannot be opened is one reject.
pub fn open(file: &InputFile, limits: Limits) -> Records {
    let bytes = if file.is_stdin() {
        Ok(Bytes::Stream(Box::new(io::stdin())))
    } else {
        File::open(&file.path).map(Bytes::File)
    };
    let what = What {
        path: Arc::clone(&file.name),
        format: file.format,
        members: file.members,
        compression: file.compression,
    };
    let bytes = bytes.map_err(|error| Fault {
        code: RejectCode::OpenFailed,
        reason: error.to_string(),
    });
    Records::of(bytes, what, limits, &Budget::new(limits.max_unpacked))
}

/// Reads the records of any stream as if it were a file of this name.
pub fn read(
    reader: impl Read + Send + 'static,
    name: &str,
    format: Format,
    compression: Compression,
    limits: Limits,
) -> Records {
    let what = What {
        path: name.into(),
        format,
        members: None,
        compression,
    };
    let bytes = Ok(Bytes::Stream(Box::new(reader)));
    Records::of(bytes, what, limits, &Budget::new(limits.max_unpacked))
}

/// Where bytes come from.
pub(super) enum Bytes {
    /// Anywhere in them can be read.
    File(File),
    /// One after the other.
    Stream(Box<dyn Read + Send>),
}

/// What the bytes are.
pub(super) struct What {
    /// The file, as records name it.
    pub(super) path: Arc<str>,
    pub(super) format: Format,
    /// What the members of an archive are read as; none where their names say it.
    pub(super) members: Option<Format>,
    /// How they are packed, by their name.
    pub(super) compression: Compression,
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
        Format::Parquet | Format::Tar | Format::Zip => Reading::Bytes,
    }
}

/// The records of one file, in order, in bounded memory. After a fault that cannot be passed, which is its last
/// item, it ends.
pub struct Records(Inner);

enum Inner {
    Pieces(Box<Pieces>),
    Members(Box<Members>),
    Table(Box<Table>),
}

impl Records {
    /// The records of these bytes, which spend from this budget what they are unpacked to.
    pub(super) fn of(
        bytes: Result<Bytes, Fault>,
        what: What,
        limits: Limits,
        budget: &Budget,
    ) -> Self {
        let broken = |fault, path| {
            let source = Source::broken(fault);
            Self(Inner::Pieces(Box::new(Pieces::new(
                source,
                path,
                Format::Text,
                limits,
            ))))
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(fault) => return broken(fault, what.path),
        };
        if what.format.needs_seeking() {
            let file = match seekable(bytes, what.compression, limits, budget) {
                Ok(file) => file,
                Err(fault) => return broken(fault, what.path),
            };
            return Self(if what.format == Format::Zip {
                let archive = Box::new(Zip::new(file, limits, budget));
                Inner::Members(Box::new(Members::new(archive, what, limits, budget)))
            } else {
                Inner::Table(Box::new(Table::new(file, what.path, limits, budget)))
            });
        }
        let reader: Box<dyn Read + Send> = match bytes {
            Bytes::File(file) => Box::new(file),
            Bytes::Stream(stream) => stream,
        };
        let reading = reading(what.format);
        let source = Source::new(reader, what.compression, limits, budget, reading);
        Self(if what.format == Format::Tar {
            let archive = Box::new(Tar::new(source));
            Inner::Members(Box::new(Members::new(archive, what, limits, budget)))
        } else {
            Inner::Pieces(Box::new(Pieces::new(
                source,
                what.path,
                what.format,
                limits,
            )))
        })
    }

    /// Bytes read so far of the file as it lies there, packed or not: the progress against
    /// [`InputFile::bytes`].
    pub fn bytes_read(&self) -> u64 {
        match &self.0 {
            Inner::Pieces(pieces) => pieces.bytes_read(),
            Inner::Members(members) => members.bytes_read(),
            Inner::Table(table) => table.bytes_read(),
        }
    }

    /// True once there is nothing more.
    pub(super) fn is_finished(&self) -> bool {
        match &self.0 {
            Inner::Pieces(pieces) => pieces.is_finished(),
            Inner::Members(members) => members.is_finished(),
            Inner::Table(table) => table.is_finished(),
        }
    }
}

impl Iterator for Records {
    type Item = Result<RawRecord, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Inner::Pieces(pieces) => pieces.next(),
            Inner::Members(members) => members.next(),
            Inner::Table(table) => table.next(),
        }
    }
}

/// The bytes as a file in which any place can be read.
fn seekable(
    bytes: Bytes,
    compression: Compression,
    limits: Limits,
    budget: &Budget,
) -> Result<File, Fault> {
    let reader: Box<dyn Read + Send> = match bytes {
        Bytes::File(file) if compression == Compression::None => return Ok(file),
        Bytes::File(file) => Box::new(file),
        Bytes::Stream(stream) => stream,
    };
    let failed = |error: io::Error| Fault {
        code: RejectCode::ReadFailed,
        reason: format!(
            "it could not be laid into a temporary file (in TMPDIR, where that is set): {error}"
        ),
    };
    let mut source = Source::new(reader, compression, limits, budget, Reading::Bytes);
    let mut file = tempfile::tempfile().map_err(failed)?;
    loop {
        let chunk = source.fill();
        if chunk.is_empty() {
            break;
        }
        file.write_all(chunk).map_err(failed)?;
        let length = chunk.len();
        source.consume(length);
    }
    match source.fault() {
        Some(fault) => Err(fault.clone()),
        None => {
            file.seek(SeekFrom::Start(0)).map_err(failed)?;
            Ok(file)
        }
    }
}
