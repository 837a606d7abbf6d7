//! Files to documents. The format is found by content, not by name.
//!
//! Gold at fault is never skipped: a figure over half a gold would be wrong without looking so. The first
//! fault ends the reading, with its place.

mod brat;
mod columns;
mod json;

use std::path::{Path, PathBuf};

use super::{Document, LabelMap};
use crate::input::{self, Compression, Format, InputFile, Limits};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoldFormat {
    /// Our records, one a line.
    Records,
    /// JSON lines `{id, text, spans}`; a span is `[start, end, label, ...]` or `{start, end, label}`
    /// (spaCy, Prodigy).
    Spans,
    /// A token a line, its tag in the last column: IOB2, BIOES, BILOU; sentences apart by blank lines.
    Columns,
    /// The same in IOB1: what begins without a B is rewritten to IOB2.
    Iob1,
    /// brat standoff: `x.ann` beside `x.txt`.
    Brat,
}

impl GoldFormat {
    /// All formats with the names by which they are given.
    pub const NAMES: [(&'static str, GoldFormat); 5] = [
        ("records", Self::Records),
        ("spans", Self::Spans),
        ("columns", Self::Columns),
        ("iob1", Self::Iob1),
        ("brat", Self::Brat),
    ];
}

/// Why a file cannot be read: where, what, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct ReadError {
    /// The file, and the line where it is one line's fault.
    pub place: String,
    /// What is wrong.
    pub problem: String,
}

impl ReadError {
    fn new(place: impl ToString, problem: impl ToString) -> Self {
        Self {
            place: place.to_string(),
            problem: problem.to_string(),
        }
    }

    fn line(path: &Path, line: usize, problem: impl ToString) -> Self {
        Self::new(format!("{}:{line}", path.display()), problem)
    }
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The documents.
    pub documents: Vec<Document>,
    /// True where all of them are our records.
    pub records: bool,
}

/// Reads files and folders: run folders, folders of brat files, folders of files in any of the formats.
///
/// # Errors
/// See [`ReadError`]; also where there is not one document.
pub fn read(
    paths: &[PathBuf],
    format: Option<GoldFormat>,
    map: &LabelMap,
) -> Result<Read, ReadError> {
    let mut all = Read {
        documents: Vec::new(),
        records: true,
    };
    for path in paths {
        let before = all.documents.len();
        for file in files(path)? {
            let (documents, format) = one_file(&file, format, map)?;
            all.records &= format == GoldFormat::Records;
            all.documents.extend(documents);
        }
        if all.documents.len() == before {
            return Err(ReadError::new(path.display(), "there is no document in it"));
        }
    }
    for document in &mut all.documents {
        document.settle();
    }
    Ok(all)
}

/// The files behind a path, sorted.
fn files(path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let failed = |error: &dyn std::fmt::Display| ReadError::new(path.display(), error);
    if path.as_os_str() == "-" {
        return Ok(vec![path.to_owned()]);
    }
    let data = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if !data.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|error| failed(&error))? {
        let entry = entry.map_err(|error| failed(&error))?.path();
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        if entry.is_file() && !name.starts_with('.') {
            found.push(entry);
        }
    }
    found.sort();
    let part = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("part-") && name.contains(".jsonl")
    };
    let annotated = |file: &PathBuf| file.extension().is_some_and(|end| end == "ann");
    if found.iter().any(part) {
        found.retain(part);
    } else if found.iter().any(annotated) {
        found.retain(annotated);
    }
    Ok(found)
}

fn one_file(
    path: &Path,
    format: Option<GoldFormat>,
    map: &LabelMap,
) -> Result<(Vec<Document>, GoldFormat), ReadError> {
    let is_text = path.extension().is_some_and(|end| end == "txt");
    let beside = path.with_extension("ann");
    if is_text && format.is_none() && beside.is_file() {
        return one_file(&beside, Some(GoldFormat::Brat), map);
    }
    let content = content(path)?;
    let format = match format {
        Some(format) => format,
        None if path.extension().is_some_and(|end| end == "ann") => GoldFormat::Brat,
        None => found(&content).ok_or_else(|| {
            ReadError::new(
                path.display(),
                "this is none of our records, `spans` JSON lines, token columns or brat; say what it is \
                 with --format",
            )
        })?,
    };
    let documents = match format {
        GoldFormat::Records => json::records(path, &content, map),
        GoldFormat::Spans => json::spans(path, &content, map),
        GoldFormat::Columns => columns::columns(path, &content, false, map),
        GoldFormat::Iob1 => columns::columns(path, &content, true, map),
        GoldFormat::Brat => brat::brat(path, &content, map),
    };
    Ok((documents?, format))
}

/// The format, by content.
fn found(content: &str) -> Option<GoldFormat> {
    let first = content.lines().find(|line| !line.trim().is_empty())?;
    if first.trim_start().starts_with('{') {
        let value: serde_json::Value = serde_json::from_str(first).ok()?;
        return if value.get("schema").is_some() {
            Some(GoldFormat::Records)
        } else {
            value.get("spans").map(|_| GoldFormat::Spans)
        };
    }
    columns::tag_column(content).map(|_| GoldFormat::Columns)
}

/// The whole file, unpacked, as UTF-8.
fn content(path: &Path) -> Result<String, ReadError> {
    let file = InputFile {
        path: path.to_owned(),
        name: path.to_string_lossy().into(),
        format: Format::Text,
        members: None,
        compression: Compression::None,
        bytes: None,
    };
    let limits = Limits {
        max_record: usize::MAX / 4,
        ..Limits::default()
    };
    match input::open(&file, limits).next() {
        None => Ok(String::new()),
        Some(Err(reject)) => Err(ReadError::new(path.display(), reject.reason)),
        Some(Ok(raw)) => String::from_utf8(raw.bytes)
            .map_err(|error| ReadError::new(path.display(), format!("not UTF-8: {error}"))),
    }
}

/// The name by which documents of a file are told apart.
fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
