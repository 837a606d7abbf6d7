//! WARC files: a record is a header, a block as long as the header says, and two line ends.
//!
//! What is looked at is only whether the next record begins where this one ends. Where it does not, or
//! where there is no header, the bytes up to what opens a record next are one reject, and reading
//! goes on there. Records that never hold an article are passed over.
//!
//! What it cannot see: a record whose length is wrong, and whose block holds a whole WARC file, is
//! left at the first record of that file.

use memchr::memmem;

use super::super::RejectCode;
use super::super::warc::{Head, LONGEST_HEADER};
use super::members::{Behind, Stream};
use super::{Capture, Limits, Outcome, Payload, Source, Splitter};

/// Bytes looked through at a time for the next record.
const READ: usize = 64 * 1024;

/// Bytes behind a block that show whether the next record begins there.
const BEHIND: usize = 16;

/// Longest line that opens a record, with the beginning of the line after it.
const OPENING: usize = 64;

/// Takes a record at a time.
pub(super) struct Archive {
    stream: Stream,
}

impl Archive {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            stream: Stream::new(limits),
        }
    }

    /// Takes everything up to the next record, or the end, as a reject. `from` is where to begin to
    /// look for it.
    fn give_up(
        &mut self,
        source: &mut Source,
        piece: &mut Capture,
        from: usize,
        code: RejectCode,
        reason: String,
    ) -> Outcome {
        let mut from = from;
        loop {
            let window = self.stream.peek(source, from + READ + OPENING);
            if let Some(at) = next_record(window, from) {
                self.stream.take(source, at, piece);
                return Outcome::Reject(code, reason);
            }
            let (length, wanted) = (window.len(), from + READ + OPENING);
            if length < wanted {
                self.stream.take(source, length, piece);
                // Tells the source that its end, or its fault, has been met.
                source.fill();
                return match self.stream.go_on_behind_damage(source) {
                    Some(fault) => Outcome::Reject(fault.code, fault.reason),
                    None => Outcome::Reject(code, reason),
                };
            }
            // What opens a record may begin here and end in the next window.
            let certain = length - OPENING;
            self.stream.take(source, certain, piece);
            from = 0;
        }
    }
}

impl Splitter for Archive {
    fn split(&mut self, source: &mut Source, piece: &mut Capture) -> Outcome {
        loop {
            self.stream.skip_line_ends(source);
            piece.restart(self.stream.place(source));
            let window = self.stream.peek(source, LONGEST_HEADER);
            if window.is_empty() {
                if let Some(fault) = self.stream.go_on_behind_damage(source) {
                    return Outcome::Reject(fault.code, fault.reason);
                }
                // Tells the source that its end, or its fault, has been met.
                source.fill();
                return Outcome::End;
            }
            let Some(head) = Head::parse(window) else {
                let reason = "no header of a WARC record".to_owned();
                return self.give_up(source, piece, 1, RejectCode::WarcHeader, reason);
            };
            let begin = window.get(..window.len().min(head.length + OPENING));
            let is_next = begin.and_then(|begin| next_record(begin, head.length));
            if head.is_response() && is_next == Some(head.length) {
                // A web archive in a record would not be what a server answered.
                let reason = "the header of the record runs into the next record".to_owned();
                return self.give_up(source, piece, head.length, RejectCode::WarcHeader, reason);
            }
            let Some(block) = head.block_length() else {
                let reason = "the header of the record has no Content-Length".to_owned();
                return self.give_up(source, piece, head.length, RejectCode::WarcHeader, reason);
            };
            let limit = piece.limit();
            let length = usize::try_from(block)
                .ok()
                .and_then(|block| block.checked_add(head.length))
                .filter(|length| *length <= limit);
            let Some(length) = length else {
                let reason = format!("the record says it has {block} bytes, the limit is {limit}");
                let wanted = head.may_hold_an_article();
                let outcome =
                    self.give_up(source, piece, head.length, RejectCode::TooLarge, reason);
                match outcome {
                    Outcome::Reject(RejectCode::TooLarge, _) if !wanted => continue,
                    outcome => return outcome,
                }
            };
            let window = self.stream.peek(source, length + BEHIND);
            let there = window.len();
            if !ends_at(window, head.length, length) {
                let ended = there < length;
                let found = next_record(window, head.length).is_some();
                let (code, reason) = if ended && !found {
                    let reason = format!("the file ends {} bytes too early", length - there);
                    (RejectCode::CutShort, reason)
                } else {
                    let reason =
                        format!("it does not end behind the {block} bytes of its Content-Length");
                    (RejectCode::WarcLength, reason)
                };
                return self.give_up(source, piece, head.length, code, reason);
            }
            let behind = behind(window.get(length..).unwrap_or_default());
            // A header that lost its end takes its own block for fields, and the next record for its block.
            let opening = window.get(..window.len().min(head.length + OPENING));
            if opening.and_then(|opening| next_record(opening, head.length)) == Some(head.length) {
                let reason = "its block begins with another record".to_owned();
                return self.give_up(source, piece, head.length, RejectCode::WarcHeader, reason);
            }
            if self.stream.is_damaged_within(length, behind) {
                self.stream.take_rest(source, piece);
                if let Some(fault) = self.stream.go_on_behind_damage(source) {
                    return Outcome::Reject(fault.code, fault.reason);
                }
            }
            if head.may_hold_an_article() {
                self.stream.take(source, length, piece);
                return Outcome::Record(Payload::Warc, Vec::new());
            }
            self.stream.consume(source, length);
        }
    }
}

/// True where a record that has this length is followed by the next record, by nothing, or by two line ends. Fewer line
/// ends than two are a common fault that loses nothing. Two line ends with neither behind them are believed only of a block
/// that holds no record: a wrong length may end on the empty line of a later header.
fn ends_at(window: &[u8], head: usize, length: usize) -> bool {
    window.get(length..).is_some_and(|behind| {
        let line_ends = behind
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let next = behind.get(line_ends..).unwrap_or_default();
        let block = window.get(..length).unwrap_or_default();
        next.is_empty()
            || next.starts_with(b"WARC/")
            || behind.starts_with(b"\r\n\r\n") && next_record(block, head).is_none()
    })
}

/// What these bytes are, which stand behind a block.
fn behind(bytes: &[u8]) -> Behind {
    let next = bytes.trim_ascii_start();
    match next.len() {
        0 => Behind::Nothing,
        length if next.starts_with(b"WARC/") || b"WARC/".get(..length) == Some(next) => {
            Behind::Record
        }
        _ => Behind::Other,
    }
}

/// Where, from this byte on, a record opens: `WARC/1.1`, and in the next line a named field. It need not
/// open at the beginning of a line: the record before it may be cut.
fn next_record(window: &[u8], from: usize) -> Option<usize> {
    let tail = window.get(from..)?;
    memmem::find_iter(tail, b"WARC/").find_map(|at| {
        let at = from + at;
        let line = window.get(at..window.len().min(at + OPENING))?;
        let end = memchr::memchr(b'\n', line).filter(|end| *end <= 12)?;
        let next = line.get(end + 1..)?.to_ascii_lowercase();
        let opens = next.starts_with(b"warc-") || next.starts_with(b"content-");
        opens.then_some(at)
    })
}
