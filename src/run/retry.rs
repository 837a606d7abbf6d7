//! The rejects of a run as input of another.
//!
//! A line of rejects is one record again: from the bytes that the line has kept where they are all there and
//! say how they are to be read, else from its file, where it must still stand at its place. A fault
//! that had ended its file gives all records from there on. What cannot be had is rejected again with the
//! reason; no line is passed over.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::items::Item;
use super::{RunError, finished};
use crate::input::{self, Format, InputError, Limits, Payload, Plan, PlanOptions, RawRecord};
use crate::input::{Records, Reject, RejectCode};
use crate::record::RejectLine;

/// Faults after which a reader gives its file up, so that what follows was never read.
const ENDS_ITS_FILE: [RejectCode; 6] = [
    RejectCode::OpenFailed,
    RejectCode::ReadFailed,
    RejectCode::TruncatedStream,
    RejectCode::CorruptStream,
    RejectCode::DecompressionBomb,
    RejectCode::CutShort,
];

/// A header row begins here at the latest: behind a byte-order mark.
const HEADER_BEGINS: u64 = 3;

/// The records behind one file of rejects.
pub struct Retry {
    lines: Records,
    format: Option<Format>,
    limits: Limits,
    source: Option<Source>,
    /// True while all that follows in `source` is to be taken.
    rest: bool,
}

/// A file that is read again, from its beginning on.
struct Source {
    path: String,
    records: Records,
    /// The number of its next record.
    next: u64,
}

impl Retry {
    /// The records behind these rejects; `format` is that of their files, where their names do not say it.
    pub fn new(lines: Records, format: Option<Format>, limits: Limits) -> Self {
        Self {
            lines,
            format,
            limits,
            source: None,
            rest: false,
        }
    }

    /// Bytes read so far of the file of rejects.
    pub fn bytes_read(&self) -> u64 {
        self.lines.bytes_read()
    }

    fn take(&mut self, line: RejectLine) -> Item {
        let name = Path::new(&line.path);
        let named = match line.path.as_str() {
            "-" => Some(Format::JsonLines),
            _ => input::format_of(name),
        };
        let format = self.format.or(named);
        let ends_its_file = ends_its_file(&line, format);
        let payload = match format {
            Some(Format::Json | Format::JsonLines) => Some(Payload::Json),
            Some(Format::Text) => Some(Payload::Text),
            // A row is nothing without its header.
            _ => None,
        };
        let kept = line.kept().unwrap_or_default();
        let whole = kept.len() < input::RAW_KEPT || kept.len() as u64 >= line.raw_bytes;
        match payload {
            Some(payload) if whole && !ends_its_file && kept.len() <= self.limits.max_record => {
                Ok(RawRecord {
                    path: line.path.into(),
                    record: line.record,
                    byte: line.byte,
                    bytes: kept,
                    payload,
                    warnings: Vec::new(),
                    transcoded: false,
                })
            }
            _ => match self.read_again(&line, &kept) {
                Ok(item) => {
                    self.rest = ends_its_file;
                    item
                }
                Err(why) => Err(refused(line, kept, ends_its_file, &why)),
            },
        }
    }

    /// The record from its file, or why it cannot be had.
    fn read_again(&mut self, line: &RejectLine, kept: &[u8]) -> Result<Item, String> {
        let ready = self.source.take().filter(|source| {
            // Rejects come in the order of their file: it is read once for all of them.
            source.path == line.path && source.next <= line.record
        });
        let mut source = match ready {
            Some(source) => source,
            None => self.open(&line.path)?,
        };
        let item = loop {
            let Some(item) = source.records.next() else {
                return Err("its file no longer has so many records".to_owned());
            };
            source.next += 1;
            if source.next > line.record {
                break item;
            }
        };
        let same = match &item {
            Ok(raw) => raw.byte == line.byte || (!kept.is_empty() && raw.bytes.starts_with(kept)),
            Err(reject) => {
                reject.byte == line.byte || (!kept.is_empty() && reject.raw.starts_with(kept))
            }
        };
        self.source = Some(source);
        if same {
            Ok(item)
        } else {
            Err("its file has another record at this place now".to_owned())
        }
    }

    fn open(&self, path: &str) -> Result<Source, String> {
        let options = PlanOptions {
            format: self.format,
            exclude: None,
        };
        let plan = input::plan(&[path.into()], &options).map_err(|error| error.to_string())?;
        match plan.files.as_slice() {
            [file] if *file.name == *path && !file.is_stdin() => Ok(Source {
                path: path.to_owned(),
                records: input::open(file, self.limits),
                next: 0,
            }),
            _ => Err("its file cannot be read again".to_owned()),
        }
    }
}

impl Iterator for Retry {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.rest {
            if let Some(item) = self
                .source
                .as_mut()
                .and_then(|source| source.records.next())
            {
                return Some(item);
            }
            self.rest = false;
            self.source = None;
        }
        let raw = match self.lines.next()? {
            Ok(raw) => raw,
            Err(reject) => return Some(Err(reject)),
        };
        Some(match serde_json::from_slice::<RejectLine>(&raw.bytes) {
            Ok(line) => self.take(line),
            Err(error) => Err(Reject {
                code: RejectCode::InvalidJson,
                reason: format!("this is no line of rejects: {error}; give a run or its rejects"),
                path: raw.path,
                record: raw.record,
                byte: raw.byte,
                raw_bytes: raw.bytes.len() as u64,
                raw: raw.bytes.into_iter().take(input::RAW_KEPT).collect(),
            }),
        })
    }
}

fn ends_its_file(line: &RejectLine, format: Option<Format>) -> bool {
    let is = |code: &RejectCode| code.as_str() == line.code;
    // Without its header a table cannot be read at all.
    let header = matches!(format, Some(Format::Csv | Format::Tsv))
        && is(&RejectCode::TooLarge)
        && line.byte <= HEADER_BEGINS;
    header || ENDS_ITS_FILE.iter().any(is)
}

/// The line once more. A fault that ended its file keeps its code, so that a later retry knows it.
fn refused(line: RejectLine, kept: Vec<u8>, ends_its_file: bool, why: &str) -> Reject {
    let known = RejectCode::ALL
        .iter()
        .find(|code| code.as_str() == line.code);
    let code = match known {
        Some(&code) if ends_its_file => code,
        _ => RejectCode::SourceChanged,
    };
    Reject {
        code,
        reason: format!(
            "it was rejected with `{}` and cannot be taken again: {why}; {}",
            line.code,
            RejectCode::SourceChanged.remedy()
        ),
        path: Arc::from(line.path),
        record: line.record,
        byte: line.byte,
        raw: kept,
        raw_bytes: line.raw_bytes,
    }
}

/// The files of rejects of runs, or such files themselves.
///
/// # Errors
/// A folder that is no finished run; a file that is not there.
pub fn plan(inputs: &[PathBuf], exclude: Option<PathBuf>) -> Result<Plan, RunError> {
    let canonical = |path: &Path| path.canonicalize().ok();
    let output = exclude.as_deref().and_then(canonical);
    let mut files = Vec::new();
    for path in inputs {
        if path.is_dir() {
            // Also where it has no rejects: as output it would be made anew, from nothing.
            if output.is_some() && canonical(path) == output {
                return Err(InputError::IsOutput(path.clone()).into());
            }
            files.extend(finished::rejects(path)?);
        } else {
            files.push(path.clone());
        }
    }
    let options = PlanOptions {
        format: Some(Format::JsonLines),
        exclude,
    };
    Ok(input::plan(&files, &options)?)
}
