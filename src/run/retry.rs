//! The rejects of a run as input of another.
//!
//! A line of rejects is one record again: from the bytes that the line has kept where they are all there and
//! say how they are to be read, else from its file, where it must still stand at its place. A fault
//! that had ended its file gives all records from there on. What cannot be had is rejected again with the
//! reason; no line is passed over.
//!
//! What "from there on" is depends on what had broken: a member of an archive, a row group of a table, or the file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::items::Item;
use super::{RunError, finished};
use crate::input::{self, Format, InputError, Limits, Payload, Plan, PlanOptions, RawRecord};
use crate::input::{Records, Reject, RejectCode};
use crate::record::RejectLine;

/// Faults after which a reader gives its file up, so that what follows was never read.
const ENDS_ITS_FILE: [RejectCode; 12] = [
    RejectCode::OpenFailed,
    RejectCode::ReadFailed,
    RejectCode::TruncatedStream,
    RejectCode::CorruptStream,
    RejectCode::DecompressionBomb,
    RejectCode::CutShort,
    RejectCode::UnpackedTooLarge,
    RejectCode::ArchiveCut,
    RejectCode::ArchiveBroken,
    RejectCode::ArchiveUnreadable,
    RejectCode::ParquetUnreadable,
    RejectCode::ParquetRowGroup,
];

/// Of these, those that end an archive also where they showed in a member.
const ENDS_ITS_ARCHIVE: [RejectCode; 4] = [
    RejectCode::ReadFailed,
    RejectCode::UnpackedTooLarge,
    RejectCode::ArchiveCut,
    RejectCode::ArchiveBroken,
];

/// How often a member of an archive is looked for in vain before its others are no longer looked for: each time the
/// whole archive is read.
const SEARCHES: u32 = 8;

/// A header row begins here at the latest: behind a byte-order mark.
const HEADER_BEGINS: u64 = 3;

/// The records behind one file of rejects.
pub struct Retry {
    lines: Records,
    format: Option<Format>,
    limits: Limits,
    source: Option<Source>,
    /// While all that follows in `source` is to be taken: the line for which.
    rest: Option<RejectLine>,
    /// How often records of an archive were looked for in vain.
    missed: Option<(String, u32)>,
}

/// A file that is read again, from its beginning on.
struct Source {
    path: String,
    records: Records,
    /// The last record that was read, until it is taken.
    held: Option<Item>,
    /// Records taken.
    taken: u64,
    /// The least number that the next record of a file that is no archive can have.
    next: u64,
}

impl Source {
    fn next(&mut self) -> Option<Item> {
        let item = self.held.take().or_else(|| self.records.next())?;
        self.taken += 1;
        self.next = number(&item) + 1;
        Some(item)
    }

    /// Gives back what was read too much.
    fn hold(&mut self, item: Item) {
        self.taken -= 1;
        self.next = number(&item);
        self.held = Some(item);
    }

    /// True where the record of this line may still come. Rejects come in the order of their file, so that it is read once
    /// for all of them.
    fn may_have(&self, line: &RejectLine, in_archive: bool) -> bool {
        let reached = match (in_archive, &line.member) {
            (true, Some(_)) => 0,
            (true, None) => self.taken,
            (false, _) => self.next,
        };
        self.path == line.path && reached <= line.record
    }

    /// The record that stands where that of the line stood.
    fn find(&mut self, line: &RejectLine, in_archive: bool) -> Option<Item> {
        loop {
            let before = self.taken;
            let item = self.next()?;
            let found = match (in_archive, line.member.as_deref()) {
                (true, Some(name)) => member(&item) == Some(name) && number(&item) == line.record,
                (true, None) => before == line.record,
                (false, _) => number(&item) >= line.record,
            };
            if found {
                return Some(item);
            }
        }
    }
}

fn number(item: &Item) -> u64 {
    match item {
        Ok(raw) => raw.record,
        Err(reject) => reject.record,
    }
}

fn byte(item: &Item) -> u64 {
    match item {
        Ok(raw) => raw.byte,
        Err(reject) => reject.byte,
    }
}

fn member(item: &Item) -> Option<&str> {
    match item {
        Ok(raw) => raw.member.as_deref(),
        Err(reject) => reject.member.as_deref(),
    }
}

impl Retry {
    /// The records behind these rejects; `format` is that of their files, where their names do not say it.
    pub fn new(lines: Records, format: Option<Format>, limits: Limits) -> Self {
        Self {
            lines,
            format,
            limits,
            source: None,
            rest: None,
            missed: None,
        }
    }

    /// Bytes read so far of the file of rejects.
    pub fn bytes_read(&self) -> u64 {
        self.lines.bytes_read()
    }

    fn take(&mut self, line: RejectLine) -> Item {
        let name = Path::new(line.member.as_deref().unwrap_or(&line.path));
        let named = match line.path.as_str() {
            "-" if line.member.is_none() => Some(Format::JsonLines),
            _ => input::format_of(name),
        };
        let archive = named.filter(|format| format.is_archive());
        let format = archive.or(self.format).or(named);
        let ends_its_file = ends_its_file(&line, format);
        let payload = match format {
            Some(Format::Json | Format::JsonLines) => Some(Payload::Json),
            // What is no text is kept as base64, which is not to be read as the text.
            Some(Format::Parquet) if line.code != RejectCode::InvalidEncoding.as_str() => {
                Some(Payload::Row)
            }
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
                    member: line.member.map(Arc::from),
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
                    self.rest = ends_its_file.then_some(line);
                    item
                }
                Err(why) => Err(refused(line, kept, ends_its_file, &why)),
            },
        }
    }

    /// The record from its file, or why it cannot be had.
    fn read_again(&mut self, line: &RejectLine, kept: &[u8]) -> Result<Item, String> {
        let in_archive = self.is_archive(&line.path);
        let misses = match &self.missed {
            Some((path, misses)) if *path == line.path => *misses,
            _ => 0,
        };
        if misses >= SEARCHES {
            return Err("its file is another now".to_owned());
        }
        let ready = self.source.take();
        let ready = ready.filter(|source| source.may_have(line, in_archive));
        let found = ready.and_then(|mut source| {
            let item = source.find(line, in_archive)?;
            Some((source, item))
        });
        let (source, item) = match found {
            Some(found) => found,
            None => {
                let mut source = self.open(&line.path)?;
                let Some(item) = source.find(line, in_archive) else {
                    self.missed = Some((line.path.clone(), misses + 1));
                    return Err("its file no longer has such a record".to_owned());
                };
                (source, item)
            }
        };
        let bytes = match &item {
            Ok(raw) => &raw.bytes,
            Err(reject) => &reject.raw,
        };
        let begins_so = !kept.is_empty() && bytes.starts_with(kept);
        let same = if in_archive && line.member.is_none() && member(&item).is_some() {
            // The place of a fault between members is none in a member.
            kept.is_empty() || begins_so
        } else {
            number(&item) == line.record && (byte(&item) == line.byte || begins_so)
        };
        self.source = Some(source);
        if same {
            Ok(item)
        } else {
            Err("its file has another record at this place now".to_owned())
        }
    }

    /// True for an archive by its name, or, from standard input or under another name, by what was asked for.
    fn is_archive(&self, path: &str) -> bool {
        let named = input::format_of(Path::new(path));
        [self.format, named]
            .into_iter()
            .flatten()
            .any(Format::is_archive)
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
                held: None,
                taken: 0,
                next: 0,
            }),
            _ => Err("its file cannot be read again".to_owned()),
        }
    }
}

impl Iterator for Retry {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let (Some(line), Some(source)) = (&self.rest, &mut self.source) {
            match source.next() {
                Some(item) if belongs(&item, line) => return Some(item),
                Some(item) => source.hold(item),
                None => self.source = None,
            }
            self.rest = None;
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
                member: None,
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

/// True for an item that the fault of this line may have hidden: of the same member, where one had broken, and of the
/// same row group.
fn belongs(item: &Item, line: &RejectLine) -> bool {
    let is = |code: &RejectCode| code.as_str() == line.code;
    let of_archive = line.member.is_none() || ENDS_ITS_ARCHIVE.iter().any(is);
    let same_member = of_archive || member(item) == line.member.as_deref();
    let is_group = is(&RejectCode::ParquetRowGroup);
    same_member && (!is_group || byte(item) == line.byte)
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
        member: line.member.map(Arc::from),
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
