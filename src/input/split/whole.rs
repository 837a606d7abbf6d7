//! A text file, or a page: the file is the record.

use super::super::Payload;
use super::{Capture, Outcome, Source, Splitter};

/// Takes the whole stream, once.
pub(super) struct Whole {
    /// What the record is, until it has been taken.
    payload: Option<Payload>,
}

impl Whole {
    pub(super) fn new(payload: Payload) -> Self {
        Self {
            payload: Some(payload),
        }
    }
}

impl Splitter for Whole {
    fn split(&mut self, source: &mut Source, piece: &mut Capture) -> Outcome {
        let Some(payload) = self.payload.take() else {
            return Outcome::End;
        };
        loop {
            let chunk = source.fill();
            if chunk.is_empty() {
                return Outcome::Record(payload, Vec::new());
            }
            piece.push(chunk);
            let length = chunk.len();
            source.consume(length);
        }
    }
}
