//! A text file: the file is the record.

use super::super::Payload;
use super::{Capture, Outcome, Source, Splitter};

/// Takes the whole stream, once.
#[derive(Default)]
pub(super) struct Whole {
    done: bool,
}

impl Splitter for Whole {
    fn split(&mut self, source: &mut Source, piece: &mut Capture) -> Outcome {
        if self.done {
            return Outcome::End;
        }
        self.done = true;
        loop {
            let chunk = source.fill();
            if chunk.is_empty() {
                return Outcome::Record(Payload::Text, Vec::new());
            }
            piece.push(chunk);
            let length = chunk.len();
            source.consume(length);
        }
    }
}
