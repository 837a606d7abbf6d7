//! One stream of bytes as a stream of raw records and rejects, numbered.
//!
//! What is the same for every format that is read from its beginning to its end stands here: numbering, the size
//! limit, and what becomes of the record in which a broken stream ends. Where one record ends and the next begins
//! is for `split` to say.

use std::sync::Arc;

use super::capture::Capture;
use super::source::{Fault, Source};
use super::split::{Outcome, Splitter, splitter};
use super::{Format, Limits, RawRecord, Reject, RejectCode};

/// The records of one stream, in order, in memory bounded by [`Limits::max_record`]. After a fault
/// that cannot be passed, which is its last item, it ends.
pub(super) struct Pieces {
    source: Source,
    splitter: Box<dyn Splitter + Send>,
    path: Arc<str>,
    limits: Limits,
    record: u64,
    finished: bool,
}

impl Pieces {
    pub(super) fn new(source: Source, path: Arc<str>, format: Format, limits: Limits) -> Self {
        Self {
            source,
            splitter: splitter(format, limits),
            path,
            limits,
            record: 0,
            finished: false,
        }
    }

    /// Bytes read so far of the stream as it came, packed or not.
    pub(super) fn bytes_read(&self) -> u64 {
        self.source.packed()
    }

    /// True once there is nothing more.
    pub(super) fn is_finished(&self) -> bool {
        self.finished
    }
}

impl Iterator for Pieces {
    type Item = Result<RawRecord, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.finished {
            return None;
        }
        let mut piece = Capture::new(self.source.offset(), self.limits.max_record);
        let outcome = self.splitter.split(&mut self.source, &mut piece);
        let broken = self.source.fault().cloned();
        let record = self.record;
        self.record += 1;
        let reject = |piece: Capture, code, reason: String| {
            Some(Err(piece.reject(code, &self.path, record, reason)))
        };
        match outcome {
            _ if broken.is_some() => {
                self.finished = true;
                let Fault { code, reason } = broken?;
                reject(piece, code, reason)
            }
            Outcome::End => {
                self.finished = true;
                None
            }
            Outcome::Fatal(code, reason) => {
                self.finished = true;
                reject(piece, code, reason)
            }
            Outcome::Reject(code, reason) => reject(piece, code, reason),
            Outcome::Record(..) if piece.too_large() => {
                let reason = too_large(&piece, self.limits);
                reject(piece, RejectCode::TooLarge, reason)
            }
            Outcome::Record(payload, warnings) => Some(Ok(RawRecord {
                path: Arc::clone(&self.path),
                member: None,
                record,
                byte: piece.start(),
                bytes: piece.into_bytes(),
                payload,
                warnings,
                transcoded: self.source.transcoded(),
            })),
        }
    }
}

fn too_large(piece: &Capture, limits: Limits) -> String {
    let (length, limit) = (piece.len(), limits.max_record);
    format!("the record has {length} bytes, the limit is {limit}")
}
