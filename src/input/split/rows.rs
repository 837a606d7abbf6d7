//! Separated values: a row is a record, under a header row that names the cells.
//!
//! The parser of cells (`csv_core`) finds the rows' ends, so that a line end in quotes is none; its
//! output is thrown away, and the row kept as it stands.

use std::sync::Arc;

use csv_core::{ReadRecordResult, Reader};
use memchr::memchr;

use super::super::{Payload, RejectCode, row};
use super::{Capture, Outcome, Source, Splitter};

/// How much of the header line tells the separator.
const HEAD: usize = 64 * 1024;

/// Bytes of the longest header row: its names live as long as the file is read.
const LONGEST_HEADER: u64 = 1 << 20;

/// Takes a row at a time.
pub(super) struct Rows {
    delimiter: Option<u8>,
    columns: Option<Columns>,
}

/// What the header row says.
struct Columns {
    delimiter: u8,
    parser: Reader,
    names: Arc<Vec<String>>,
}

/// How a row ended.
enum End {
    /// At a line end, which is taken along, or at the end of the file, with this many cells.
    Row(usize),
    /// There was none.
    None,
    /// Inside quotes, at the end of the file.
    OpenQuote,
    /// Nowhere within the limit: what follows the next line end is the next row.
    TooLarge,
}

impl Rows {
    /// Without a delimiter, the header row tells it.
    pub(super) fn new(delimiter: Option<u8>) -> Self {
        Self {
            delimiter,
            columns: None,
        }
    }
}

impl Splitter for Rows {
    fn split(&mut self, source: &mut Source, piece: &mut Capture) -> Outcome {
        let columns = match &mut self.columns {
            Some(columns) => columns,
            None => match header(self.delimiter, source, piece) {
                Ok(columns) => {
                    piece.restart(source.offset());
                    self.columns.insert(columns)
                }
                Err(outcome) => return outcome,
            },
        };
        let wanted = columns.names.len();
        let end = take_row(&mut columns.parser, columns.delimiter, source, piece);
        if let End::Row(_) = end {
            piece.pop_line_end();
        }
        match end {
            End::None => Outcome::End,
            End::Row(width) if width == wanted || piece.too_large() => {
                let payload = Payload::Csv {
                    header: Arc::clone(&columns.names),
                    delimiter: columns.delimiter,
                };
                Outcome::Record(payload, Vec::new())
            }
            End::Row(width) => {
                let lines = memchr::memchr_iter(b'\n', piece.bytes()).count() + 1;
                let mut reason = format!("the row has {width} cells, the header {wanted}");
                if lines > 1 {
                    reason +=
                        &format!("; the row runs over {lines} lines, so look for a stray quote");
                }
                Outcome::Reject(RejectCode::CsvWidth, reason)
            }
            End::OpenQuote => Outcome::Fatal(RejectCode::CutShort, open_quote(piece)),
            End::TooLarge => {
                let reason = format!(
                    "the row has {} bytes up to the line end where reading goes on; look for a stray quote",
                    piece.len()
                );
                Outcome::Reject(RejectCode::TooLarge, reason)
            }
        }
    }
}

fn open_quote(piece: &Capture) -> String {
    let (start, length) = (piece.start(), piece.len());
    format!("a quote in the row at byte {start} is open {length} bytes later, where the file ends")
}

/// Reads the header row.
fn header(
    delimiter: Option<u8>,
    source: &mut Source,
    piece: &mut Capture,
) -> Result<Columns, Outcome> {
    skip_line_ends(source, piece);
    let delimiter = delimiter.unwrap_or_else(|| tell_delimiter(source.peek(HEAD)));
    let mut parser = row::parser(delimiter);
    match take_row(&mut parser, delimiter, source, piece) {
        End::None => return Err(Outcome::End),
        End::Row(_) if !piece.too_large() && piece.len() <= LONGEST_HEADER => {}
        End::Row(_) | End::TooLarge => {
            take_rest(source, piece);
            let reason = format!(
                "the header row has more than {LONGEST_HEADER} bytes, or than a row may have"
            );
            return Err(Outcome::Fatal(RejectCode::TooLarge, reason));
        }
        End::OpenQuote => return Err(Outcome::Fatal(RejectCode::CutShort, open_quote(piece))),
    }
    piece.pop_line_end();
    // A name in another charset keeps what of it is ASCII: the rows are worth more than the name.
    let text = String::from_utf8_lossy(piece.bytes());
    Ok(Columns {
        delimiter,
        parser,
        names: Arc::new(distinct(row::cells(&text, delimiter))),
    })
}

/// The comma where the header line has one; else the most frequent of the other separators in use.
fn tell_delimiter(head: &[u8]) -> u8 {
    let line = memchr(b'\n', head).and_then(|end| head.get(..end));
    let line = line.unwrap_or(head);
    let count = |delimiter: u8| memchr::memchr_iter(delimiter, line).count();
    let most = [b'|', b'\t', b';']
        .into_iter()
        .max_by_key(|&delimiter| count(delimiter));
    match most {
        Some(other) if count(b',') == 0 && count(other) > 0 => other,
        _ => b',',
    }
}

/// Gives columns without a name the name `column_N`, and columns of the same name a number.
fn distinct(names: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashMap::new();
    let mut taken: std::collections::HashSet<String> = names.iter().cloned().collect();
    let mut out = Vec::with_capacity(names.len());
    for (index, name) in names.into_iter().enumerate() {
        let name = match name.trim() {
            "" => format!("column_{}", index + 1),
            _ => name,
        };
        let count = seen.entry(name.clone()).or_insert(0u64);
        *count += 1;
        if *count == 1 {
            out.push(name);
            continue;
        }
        let mut other = format!("{name}_{count}");
        while !taken.insert(other.clone()) {
            *count += 1;
            other = format!("{name}_{count}");
        }
        out.push(other);
    }
    out
}

/// Goes on behind blank lines.
fn skip_line_ends(source: &mut Source, piece: &mut Capture) {
    loop {
        let chunk = source.fill();
        let blank = chunk
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let (blank, length) = (blank.count(), chunk.len());
        source.consume(blank);
        if blank < length || length == 0 {
            piece.restart(source.offset());
            return;
        }
    }
}

/// Takes one row.
fn take_row(parser: &mut Reader, delimiter: u8, source: &mut Source, piece: &mut Capture) -> End {
    skip_line_ends(source, piece);
    let (mut cells, mut out, mut ends) = (0, [0; 4096], [0; 64]);
    loop {
        let chunk = source.fill();
        if chunk.is_empty() {
            if piece.len() == 0 {
                return End::None;
            }
            // A line end that is not there: inside quotes it is a character like any other.
            let (result, _, _, ended) = parser.read_record(b"\n", &mut out, &mut ends);
            return match result {
                ReadRecordResult::Record => End::Row(cells + ended),
                _ => End::OpenQuote,
            };
        }
        // No more than a row may have: where a longer one is given up must not depend on how the bytes come.
        let chunk = chunk.get(..piece.room()).unwrap_or(chunk);
        let (result, read, _, ended) = parser.read_record(chunk, &mut out, &mut ends);
        piece.push(chunk.get(..read).unwrap_or_default());
        source.consume(read);
        cells += ended;
        if result == ReadRecordResult::Record {
            return End::Row(cells);
        }
        if piece.room() == 0 {
            skip_line(source, piece);
            *parser = row::parser(delimiter);
            return End::TooLarge;
        }
    }
}

/// Takes the rest of the file.
fn take_rest(source: &mut Source, piece: &mut Capture) {
    loop {
        let chunk = source.fill();
        let length = chunk.len();
        if length == 0 {
            return;
        }
        piece.push(chunk);
        source.consume(length);
    }
}

/// Takes the rest of the line.
fn skip_line(source: &mut Source, piece: &mut Capture) {
    loop {
        let chunk = source.fill();
        let end = memchr(b'\n', chunk);
        let length = end.unwrap_or(chunk.len());
        let done = end.is_some() || chunk.is_empty();
        piece.push(chunk.get(..length).unwrap_or_default());
        source.consume(length);
        if done {
            return;
        }
    }
}
