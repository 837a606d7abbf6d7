//! JSON lines: a line is a record; a blank line is none.

use memchr::memchr;

use super::super::Payload;
use super::{Capture, Outcome, Source, Splitter};

/// Takes a line at a time.
pub(super) struct Lines;

impl Splitter for Lines {
    fn split(&mut self, source: &mut Source, piece: &mut Capture) -> Outcome {
        let mut blank = true;
        loop {
            let chunk = source.fill();
            if chunk.is_empty() {
                return if blank {
                    Outcome::End
                } else {
                    Outcome::Record(Payload::Json, Vec::new())
                };
            }
            let end = memchr(b'\n', chunk);
            let length = end.map_or(chunk.len(), |end| end + 1);
            let part = chunk.get(..length).unwrap_or_default();
            blank &= part.iter().all(u8::is_ascii_whitespace);
            // White space is carried along only where words precede it: a blank line of any length
            // costs nothing, and the record's offset is that of its first word.
            if blank {
                source.consume(length);
                piece.restart(source.offset());
                continue;
            }
            if piece.len() == 0 {
                let indent = part.iter().take_while(|byte| byte.is_ascii_whitespace());
                let indent = indent.count();
                piece.restart(piece.start() + indent as u64);
                piece.push(part.get(indent..).unwrap_or_default());
            } else {
                piece.push(part);
            }
            source.consume(length);
            if end.is_some() {
                piece.pop_line_end();
                return Outcome::Record(Payload::Json, Vec::new());
            }
        }
    }
}
