//! A file as one stream of bytes: unpacked, and of text formats in UTF-8, without byte-order mark,
//! decoded from UTF-16.
//!
//! The stream ends at the end of the file or at a fault, which it keeps for its reader to report
//! once everything before it has been used.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::budget::Budget;
use super::decompress::{Packing, decompress};
use super::utf16::{self, Transcoder};
use super::{Compression, Limits, RejectCode};

/// Bytes asked for at a time.
const READ: usize = 8 * 1024;

/// How many bytes tell the charset.
const HEAD: usize = 1024;

/// What broke a stream.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) code: RejectCode,
    pub(super) reason: String,
}

/// What the stream is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Text: a byte-order mark is taken off, and UTF-16 decoded.
    Text,
    /// Bytes as they are.
    Bytes,
    /// Bytes as they are, and gzip is left packed, for a reader that can go on behind damage.
    Members,
}

/// The decoded stream.
pub(super) struct Source {
    reader: Box<dyn Read + Send>,
    compression: Compression,
    packed: Arc<AtomicU64>,
    budget: Budget,
    transcoder: Option<Transcoder>,
    scratch: Vec<u8>,
    buffer: Vec<u8>,
    start: usize,
    offset: u64,
    ended: bool,
    fault: Option<Fault>,
    /// Set when the reader has been told that there is nothing more.
    exhausted: bool,
}

impl Source {
    /// A stream of what `reader` gives. A fault in its first bytes is kept, too.
    pub(super) fn new(
        reader: Box<dyn Read + Send>,
        promised: Compression,
        limits: Limits,
        budget: &Budget,
        reading: Reading,
    ) -> Self {
        let packed = Arc::new(AtomicU64::new(0));
        let unpacked = decompress(
            reader,
            promised,
            limits,
            budget,
            Arc::clone(&packed),
            reading == Reading::Members,
        );
        let (reader, compression, error) = match unpacked {
            Ok((reader, compression)) => (reader, compression, None),
            Err(error) => (
                Box::new(io::empty()) as Box<dyn Read + Send>,
                promised,
                Some(error),
            ),
        };
        let mut source = Self {
            reader,
            compression,
            packed,
            budget: budget.clone(),
            transcoder: None,
            scratch: vec![0; READ],
            buffer: Vec::new(),
            start: 0,
            offset: 0,
            ended: false,
            fault: None,
            exhausted: false,
        };
        match error {
            Some(error) => source.fail(&error),
            None if reading == Reading::Text => source.detect_charset(),
            None => {}
        }
        source
    }

    /// A stream that broke before its first byte.
    pub(super) fn broken(fault: Fault) -> Self {
        let (limits, budget) = (Limits::default(), Budget::new(0));
        let (none, reading) = (Box::new(io::empty()), Reading::Bytes);
        let mut source = Self::new(none, Compression::None, limits, &budget, reading);
        source.break_off(fault);
        source
    }

    /// Ends here, with this fault; what is at hand is dropped.
    fn break_off(&mut self, fault: Fault) {
        self.buffer.clear();
        self.start = 0;
        self.ended = true;
        self.fault = Some(fault);
    }

    /// Takes bytes that its reader has unpacked from the budget of the file. Where they are too many, false, and
    /// the stream ends here.
    pub(super) fn spend(&mut self, bytes: u64) -> bool {
        let enough = self.budget.spend(bytes);
        if !enough {
            self.break_off(Fault {
                code: RejectCode::UnpackedTooLarge,
                reason: self.budget.exceeded(),
            });
        }
        enough
    }

    fn detect_charset(&mut self) {
        while self.buffer.len() < HEAD && self.more() {}
        let head = self.buffer.get(..HEAD).unwrap_or(&self.buffer);
        if let Some((endian, mark)) = utf16::detect(head) {
            let mut transcoder = Transcoder::new(endian);
            let mut decoded = Vec::new();
            transcoder.push(self.buffer.get(mark..).unwrap_or_default(), &mut decoded);
            if self.ended {
                transcoder.finish(&mut decoded);
            }
            self.buffer = decoded;
            self.transcoder = Some(transcoder);
        } else if self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.consume(3);
        }
    }

    /// Reads once more; false at the end.
    fn more(&mut self) -> bool {
        if self.ended {
            return false;
        }
        let result = loop {
            match self.reader.read(&mut self.scratch) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        match result {
            Ok(0) => self.ended = true,
            Ok(length) => {
                let bytes = self.scratch.get(..length).unwrap_or_default();
                match &mut self.transcoder {
                    Some(transcoder) => transcoder.push(bytes, &mut self.buffer),
                    None => self.buffer.extend_from_slice(bytes),
                }
            }
            Err(error) => self.fail(&error),
        }
        if let (true, Some(transcoder)) = (self.ended, &mut self.transcoder) {
            transcoder.finish(&mut self.buffer);
        }
        !self.ended
    }

    fn fail(&mut self, error: &io::Error) {
        let packing = error.get_ref().and_then(|inner| inner.downcast_ref());
        let code = match packing {
            Some(Packing::Bomb { .. }) => RejectCode::DecompressionBomb,
            Some(Packing::TooLarge(_)) => RejectCode::UnpackedTooLarge,
            Some(Packing::Misnamed(_) | Packing::Corrupt(_)) => RejectCode::CorruptStream,
            Some(Packing::Archive) => RejectCode::ArchiveCut,
            // The system's errors have a number, a decoder's have none.
            None if error.raw_os_error().is_some() => RejectCode::ReadFailed,
            None if self.compression == Compression::None => RejectCode::ReadFailed,
            None if error.kind() == io::ErrorKind::UnexpectedEof => RejectCode::TruncatedStream,
            None => RejectCode::CorruptStream,
        };
        let reason = match code {
            RejectCode::TruncatedStream => {
                format!("the {} stream ends too early", self.compression.name())
            }
            _ => error.to_string(),
        };
        self.ended = true;
        self.fault = Some(Fault { code, reason });
    }

    /// What is at hand, at least one byte; empty at the end and at a fault.
    pub(super) fn fill(&mut self) -> &[u8] {
        let rest = self.peek(1);
        let empty = rest.is_empty();
        self.exhausted |= empty;
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// What is at hand, at least `length` bytes unless the stream has no more.
    pub(super) fn peek(&mut self, length: usize) -> &[u8] {
        if self.buffer.len() - self.start < length {
            self.buffer.drain(..self.start);
            self.start = 0;
            while self.buffer.len() < length && self.more() {}
        }
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Goes on behind these bytes.
    pub(super) fn consume(&mut self, length: usize) {
        let length = length.min(self.buffer.len() - self.start);
        self.start += length;
        self.offset += length as u64;
    }

    /// Where the next byte stands.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Bytes of the file as it lies there that have been read.
    pub(super) fn packed(&self) -> u64 {
        self.packed.load(Ordering::Relaxed)
    }

    /// True where the file is UTF-16.
    pub(super) fn transcoded(&self) -> bool {
        self.transcoder.is_some()
    }

    /// What broke the stream, once its reader has asked for more than there is.
    pub(super) fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref().filter(|_| self.exhausted)
    }
}
