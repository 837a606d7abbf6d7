//! Apache Parquet: a table stored in row groups, and in these column by column, with a footer that says where.
//!
//! A row becomes a JSON object of its columns, and is from there on read as a line of JSON is. Columns are read
//! one page each at a time, so that memory is bounded by the pages that the writer made (usually 1 MB). Columns that
//! hold lists or maps are not read, and each row says so; fields of nested groups are. What of a row group cannot be
//! read is one reject; the next row group is read again.
//!
//! A row's bytes are its JSON, since in the file it has none of its own.

mod cell;
mod leaf;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::{Map, Value};

use super::budget::Budget;
use super::capture::Capture;
use super::warning::{InputWarning, WarningCode};
use super::{Limits, Payload, RawRecord, Reject, RejectCode};
use cell::{BadCell, Cell};
use leaf::{Column, Leaf};

/// Rows read at a time of every column. What of these is in sound pages before a broken one is lost with it.
const BATCH: usize = 64;

/// The rows of a file.
pub(super) struct Table {
    path: Arc<str>,
    limits: Limits,
    budget: Budget,
    /// The file, or why it cannot be read.
    file: Result<Opened, String>,
    next_group: usize,
    /// The number of the next row group's first row.
    next_first: u64,
    group: Option<Group>,
    record: u64,
    finished: bool,
}

/// A file whose footer has been read.
struct Opened {
    reader: SerializedFileReader<File>,
    leaves: Vec<Leaf>,
    /// What is not read, for the warnings.
    left_out: Option<InputWarning>,
}

/// A row group that is read.
struct Group {
    index: usize,
    /// Where it begins in the file.
    byte: u64,
    columns: Vec<Column>,
    /// The number of its first row in the file, and of its rows.
    first: u64,
    rows: u64,
    /// Rows given out.
    given: u64,
}

impl Table {
    pub(super) fn new(file: File, path: Arc<str>, limits: Limits, budget: &Budget) -> Self {
        Self {
            path,
            limits,
            budget: budget.clone(),
            file: guarded(|| open(file)),
            next_group: 0,
            next_first: 0,
            group: None,
            record: 0,
            finished: false,
        }
    }

    /// Bytes of the file that are behind the reader.
    pub(super) fn bytes_read(&self) -> u64 {
        self.group.as_ref().map_or(0, |group| group.byte)
    }

    /// True once there is nothing more.
    pub(super) fn is_finished(&self) -> bool {
        self.finished
    }

    fn reject(&self, piece: Capture, code: RejectCode, reason: String) -> Reject {
        piece.reject(code, &self.path, self.record, reason)
    }

    /// Opens the next row group; none at the end.
    fn begin_group(&mut self) -> Option<Result<(), Reject>> {
        let opened = match &self.file {
            Ok(opened) => opened,
            Err(why) => {
                self.finished = true;
                let code = RejectCode::ParquetUnreadable;
                return Some(Err(self.reject(Capture::new(0, 0), code, why.clone())));
            }
        };
        let index = self.next_group;
        let metadata = opened.reader.metadata();
        if index >= metadata.num_row_groups() {
            self.finished = true;
            return None;
        }
        self.next_group += 1;
        let groups = metadata.row_groups();
        let rows = |group: &parquet::file::metadata::RowGroupMetaData| {
            u64::try_from(group.num_rows()).unwrap_or_default()
        };
        let Some(group) = groups.get(index) else {
            self.finished = true;
            return None;
        };
        let rows = rows(group);
        let first = self.next_first;
        self.next_first = first.saturating_add(rows);
        let chunks: Vec<(u64, u64)> = group
            .columns()
            .iter()
            .map(|chunk| (chunk.compressed_size(), chunk.uncompressed_size()))
            .map(|(packed, unpacked)| {
                let bytes = |size| u64::try_from(size).unwrap_or_default();
                (bytes(packed), bytes(unpacked))
            })
            .collect();
        let byte = group
            .columns()
            .iter()
            .map(|chunk| {
                let data = chunk.data_page_offset();
                chunk
                    .dictionary_page_offset()
                    .map_or(data, |own| own.min(data))
            })
            .min();
        let byte = u64::try_from(byte.unwrap_or_default()).unwrap_or_default();
        self.record = first;
        let piece = || Capture::new(byte, 0);
        let limits = self.limits;
        let swells = chunks.iter().find(|(packed, unpacked)| {
            *unpacked > limits.ratio_from && *unpacked > packed.saturating_mul(limits.max_ratio)
        });
        if let Some((packed, unpacked)) = swells {
            let reason = format!(
                "row group {index}: a column of {packed} bytes would unpack to {unpacked}; its {rows} rows are not read"
            );
            return Some(Err(self.reject(
                piece(),
                RejectCode::ParquetRowGroup,
                reason,
            )));
        }
        let unpacked = chunks.iter().map(|(_, unpacked)| *unpacked);
        if !self.budget.spend(unpacked.fold(0, u64::saturating_add)) {
            self.finished = true;
            let code = RejectCode::UnpackedTooLarge;
            return Some(Err(self.reject(piece(), code, self.budget.exceeded())));
        }
        let columns = guarded(|| {
            let reader = opened.reader.get_row_group(index)?;
            let columns = opened.leaves.iter().map(|leaf| leaf.column(&*reader));
            columns.collect::<Result<Vec<_>, _>>()
        });
        match columns {
            Ok(columns) => {
                self.group = Some(Group {
                    index,
                    byte,
                    columns,
                    first,
                    rows,
                    given: 0,
                });
                Some(Ok(()))
            }
            Err(why) => {
                let reason = format!("row group {index}: {why}; its {rows} rows are not read");
                Some(Err(self.reject(
                    piece(),
                    RejectCode::ParquetRowGroup,
                    reason,
                )))
            }
        }
    }

    /// The next row of the row group at hand.
    fn next_row(&mut self) -> Option<Result<RawRecord, Reject>> {
        let group = self.group.as_mut()?;
        if group.given >= group.rows {
            self.group = None;
            return None;
        }
        self.record = group.first.saturating_add(group.given);
        let opened = self.file.as_ref().ok()?;
        let cells: Result<Vec<Cell>, String> = opened
            .leaves
            .iter()
            .zip(&mut group.columns)
            .map(|(leaf, column)| {
                let cell = guarded(|| column.next(BATCH));
                cell.map_err(|why| format!("column `{}`: {why}", leaf.name()))
            })
            .collect();
        let cells = match cells {
            Ok(cells) => cells,
            Err(why) => {
                let (index, at, rows) = (group.index, group.given, group.rows);
                let reason = format!(
                    "row group {index}: {why}; {} of its {rows} rows, from row {at} of it on, are not read",
                    rows - at
                );
                let piece = Capture::new(group.byte, 0);
                self.group = None;
                return Some(Err(self.reject(piece, RejectCode::ParquetRowGroup, reason)));
            }
        };
        group.given += 1;
        let byte = group.byte;
        let mut row = Map::new();
        let mut bad = None;
        for (leaf, cell) in opened.leaves.iter().zip(cells) {
            let value = leaf.value(cell).unwrap_or_else(|BadCell(value)| {
                bad.get_or_insert_with(|| leaf.name());
                value
            });
            leaf.put(&mut row, value);
        }
        // A map of strings and plain values always has a JSON form.
        let bytes = serde_json::to_vec(&Value::Object(row)).unwrap_or_default();
        let limit = self.limits.max_record;
        let fault = match bad {
            Some(column) => {
                let code = RejectCode::InvalidEncoding;
                let what =
                    format!("column `{column}` is to be UTF-8 and is not; in `raw` it is base64");
                Some((code, what))
            }
            None if bytes.len() > limit => {
                let length = bytes.len();
                let what = format!("the row has {length} bytes as JSON, the limit is {limit}");
                Some((RejectCode::TooLarge, what))
            }
            None => None,
        };
        if let Some((code, reason)) = fault {
            let mut piece = Capture::new(byte, 0);
            piece.push(&bytes);
            return Some(Err(self.reject(piece, code, reason)));
        }
        Some(Ok(RawRecord {
            path: Arc::clone(&self.path),
            member: None,
            record: self.record,
            byte,
            bytes,
            payload: Payload::Row,
            warnings: opened.left_out.iter().cloned().collect(),
            transcoded: false,
        }))
    }
}

impl Iterator for Table {
    type Item = Result<RawRecord, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.finished {
                return None;
            }
            if let Some(item) = self.next_row() {
                return Some(item);
            }
            if let Err(reject) = self.begin_group()? {
                return Some(Err(reject));
            }
        }
    }
}

/// Reads the footer.
fn open(file: File) -> parquet::errors::Result<Opened> {
    let reader = SerializedFileReader::new(file)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let (leaves, left_out) = leaf::leaves(&schema);
    if leaves.is_empty() {
        let why = "it has no column of plain values".to_owned();
        return Err(ParquetError::General(why));
    }
    let left_out = (!left_out.is_empty()).then(|| {
        let detail = format!("lists or maps: {}", left_out.join(", "));
        InputWarning::new(WarningCode::ColumnNotRead, detail)
    });
    Ok(Opened {
        reader,
        leaves,
        left_out,
    })
}

/// Runs the parser, whose panics on damaged files cost what was to be read and nothing else.
fn guarded<T>(act: impl FnOnce() -> parquet::errors::Result<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(act)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("the parser of Parquet panicked on it".to_owned()),
    }
}
