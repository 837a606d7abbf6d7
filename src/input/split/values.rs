//! JSON values: the elements of an array, or values one after the other.
//!
//! Follows brackets and strings only, as far as needed to find where a value ends; the parser
//! judges the rest. Where a value is certainly broken (a line end in a string, a bracket that does
//! not match, a value where none can stand), its end cannot be known: everything up to the next
//! place that opens as records open in this file is one reject, and what follows is used again.
//!
//! What it cannot see: a bracket too many where a list may stand (`"tags": [` and then the next
//! records) is sound JSON to the end of the file, and makes one reject of all that follows.

use memchr::{memchr3, memmem};

use super::super::warning::{InputWarning, WarningCode};
use super::super::{Payload, RejectCode};
use super::{Capture, Outcome, Source, Splitter};

/// Deeper nesting is refused by the parser anyway.
const DEEPEST: usize = 128;

/// How much of a record is remembered as the way in which records open.
const OPENING: usize = 256;

/// Takes a value at a time.
#[derive(Default)]
pub(super) struct Values {
    in_array: bool,
    /// Values since the array, or the file, began.
    count: u64,
    resynchronised: bool,
    /// The first record's bytes up to the end of its first key.
    opening: Vec<u8>,
}

impl Splitter for Values {
    fn split(&mut self, source: &mut Source, piece: &mut Capture) -> Outcome {
        let (first, commas) = match self.skip_separators(source) {
            (Some(first), commas) => (first, commas),
            // After a broken value nobody can tell whether the array was closed.
            (None, _) if self.in_array && !self.resynchronised => {
                piece.restart(source.offset());
                let reason = "the file ends inside an array".to_owned();
                return Outcome::Fatal(RejectCode::CutShort, reason);
            }
            (None, _) => return Outcome::End,
        };
        piece.restart(source.offset());
        let expected = u64::from(self.in_array && self.count > 0);
        self.count += 1;
        let mut warnings = Vec::new();
        if std::mem::take(&mut self.resynchronised) {
            let detail = format!("at byte {}", piece.start());
            warnings.push(InputWarning::new(WarningCode::Resynchronised, detail));
        } else if commas != expected {
            let detail = format!("{commas} commas instead of {expected}");
            warnings.push(InputWarning::new(WarningCode::MalformedSeparator, detail));
        }
        let end = match first {
            b'{' | b'[' => Nesting::default().take(source, piece),
            b'"' => take_string(source, piece),
            _ => take_word(source, piece, self.in_array),
        };
        match end {
            End::Whole => {
                if self.opening.is_empty() {
                    self.opening = opening(piece.bytes());
                }
                Outcome::Record(Payload::Json, warnings)
            }
            End::Garbage => {
                let reason = "this stands between the records and is no JSON value".to_owned();
                Outcome::Reject(RejectCode::InvalidJson, reason)
            }
            End::CutShort => {
                let reason = format!(
                    "the value that begins at byte {} is still open at byte {}, where the file ends",
                    piece.start(),
                    source.offset()
                );
                Outcome::Fatal(RejectCode::CutShort, reason)
            }
            End::Broken(what) => {
                let byte = source.offset();
                self.resynchronise(source, piece);
                Outcome::Reject(RejectCode::InvalidJson, format!("{what}, at byte {byte}"))
            }
        }
    }
}

impl Values {
    /// Goes on to the next value's first byte, if there is one; with the commas before it.
    fn skip_separators(&mut self, source: &mut Source) -> (Option<u8>, u64) {
        let mut commas = 0;
        loop {
            let Some(&byte) = source.fill().first() else {
                return (None, commas);
            };
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {}
                b',' => commas += 1,
                b'[' if !self.in_array => {
                    self.in_array = true;
                    (self.count, commas) = (0, 0);
                }
                b']' if self.in_array => {
                    self.in_array = false;
                    (self.count, commas) = (0, 0);
                }
                _ => return (Some(byte), commas),
            }
            source.consume(1);
        }
    }

    /// Takes everything up to the next place that opens as a record does.
    fn resynchronise(&mut self, source: &mut Source, piece: &mut Capture) {
        self.resynchronised = true;
        let own = opening(piece.bytes());
        let opening: &[u8] = match (self.opening.is_empty(), own.is_empty()) {
            (false, _) => &self.opening,
            (true, false) => &own,
            (true, true) => b"{",
        };
        let finder = memmem::Finder::new(opening);
        loop {
            let chunk = source.peek(opening.len());
            let found = finder.find(chunk);
            let length = match found {
                Some(place) => place,
                None if chunk.len() < opening.len() => chunk.len(),
                None => chunk.len() - (opening.len() - 1),
            };
            let done = found.is_some() || length == 0;
            piece.push(chunk.get(..length).unwrap_or_default());
            source.consume(length);
            if done {
                return;
            }
        }
    }
}

/// A record's bytes up to the end of its first key; none if they are too many.
fn opening(record: &[u8]) -> Vec<u8> {
    let mut quotes = memchr::memchr_iter(b'"', record).skip(1);
    match (record.first(), quotes.next()) {
        (Some(b'{'), Some(end)) if end < OPENING => record.get(..=end).unwrap_or_default().to_vec(),
        _ => Vec::new(),
    }
}

/// How a value ended.
enum End {
    Whole,
    /// It is none.
    Garbage,
    /// The file ended first.
    CutShort,
    /// It cannot be JSON from the stream's place on.
    Broken(&'static str),
}

/// Takes the byte at hand.
fn take_byte(source: &mut Source, piece: &mut Capture, byte: u8) {
    piece.push(&[byte]);
    source.consume(1);
}

/// Takes a string with its quotes.
fn take_string(source: &mut Source, piece: &mut Capture) -> End {
    take_byte(source, piece, b'"');
    let mut escaped = false;
    loop {
        let chunk = source.fill();
        if chunk.is_empty() {
            return End::CutShort;
        }
        if std::mem::take(&mut escaped) {
            piece.push(chunk.get(..1).unwrap_or_default());
            source.consume(1);
            continue;
        }
        let place = memchr3(b'"', b'\\', b'\n', chunk);
        let byte = place.and_then(|place| chunk.get(place)).copied();
        let length = match (place, byte) {
            (Some(place), Some(b'\n')) => place,
            (Some(place), _) => place + 1,
            (None, _) => chunk.len(),
        };
        piece.push(chunk.get(..length).unwrap_or_default());
        source.consume(length);
        match byte {
            Some(b'"') => return End::Whole,
            Some(b'\n') => return End::Broken("a string runs over the end of its line"),
            byte => escaped = byte.is_some(),
        }
    }
}

/// Takes a number or a word, or else what is not JSON up to where a value may begin.
fn take_word(source: &mut Source, piece: &mut Capture, in_array: bool) -> End {
    let mut word = true;
    while let Some(&byte) = source.fill().first() {
        let ends = match byte {
            b'\n' | b'{' => true,
            b']' => in_array,
            b' ' | b'\t' | b'\r' | b',' => word,
            _ => false,
        };
        if ends && piece.len() > 0 {
            break;
        }
        word &= matches!(byte, b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z');
        take_byte(source, piece, byte);
    }
    if word { End::Whole } else { End::Garbage }
}

/// The brackets that are open, and the last byte outside strings that is no white space.
#[derive(Default)]
struct Nesting {
    open: Vec<u8>,
    previous: u8,
}

impl Nesting {
    /// Takes an object or an array.
    fn take(mut self, source: &mut Source, piece: &mut Capture) -> End {
        loop {
            let Some(&byte) = source.fill().first() else {
                return End::CutShort;
            };
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {
                    take_byte(source, piece, byte);
                    continue;
                }
                b'{' | b'[' | b'"' if !self.may_begin_value(byte) => {
                    return End::Broken("a value begins where none can stand");
                }
                b'"' => match take_string(source, piece) {
                    End::Whole => {
                        self.previous = byte;
                        continue;
                    }
                    end => return end,
                },
                b'{' | b'[' if self.open.len() >= DEEPEST => {
                    return End::Broken("brackets are nested too deep");
                }
                b'{' | b'[' => self.open.push(byte),
                // In ASCII a closing bracket stands two behind the opening one.
                b'}' | b']' if self.open.pop() != Some(byte - 2) => {
                    return End::Broken("a bracket closes what another one opened");
                }
                b',' | b':' if !self.may_separate(byte) => {
                    return End::Broken("a comma or a colon stands where none can");
                }
                _ => {}
            }
            self.previous = byte;
            take_byte(source, piece, byte);
            if self.open.is_empty() {
                return End::Whole;
            }
        }
    }

    /// A value (or a key) stands first, or behind a bracket, a comma or a colon; in an object, a
    /// bracket stands behind a colon only.
    fn may_begin_value(&self, byte: u8) -> bool {
        match (self.open.last(), self.previous) {
            (None, _) => true,
            (Some(b'{'), b':') => true,
            (Some(b'{'), b'{' | b',') => byte == b'"',
            (Some(_), b'[' | b',') => true,
            _ => false,
        }
    }

    /// A comma stands behind a value; a colon behind a key.
    fn may_separate(&self, byte: u8) -> bool {
        if byte == b':' {
            return self.open.last() == Some(&b'{') && self.previous == b'"';
        }
        !matches!(self.previous, b'[' | b'{' | b',' | b':')
    }
}
