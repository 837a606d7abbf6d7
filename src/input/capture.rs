//! The bytes of one record while it is read, up to a limit; beyond it only their number is kept.

use std::sync::Arc;

use super::reject::RAW_KEPT;
use super::{Reject, RejectCode};

/// Collects a record in bounded memory.
#[derive(Debug)]
pub(super) struct Capture {
    start: u64,
    limit: usize,
    total: u64,
    /// All bytes, or, beyond the limit, the first of them.
    kept: Vec<u8>,
    /// The last two bytes.
    tail: [u8; 2],
}

/// Bytes of a line end, which does not count.
const LINE_END: u64 = 2;

impl Capture {
    pub(super) fn new(start: u64, limit: usize) -> Self {
        Self {
            start,
            limit,
            total: 0,
            kept: Vec::new(),
            tail: [0; 2],
        }
    }

    /// Starts anew at this byte.
    pub(super) fn restart(&mut self, start: u64) {
        self.start = start;
        self.total = 0;
        self.kept.clear();
        self.tail = [0; 2];
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.total += bytes.len() as u64;
        for &byte in bytes.iter().skip(bytes.len().saturating_sub(2)) {
            self.tail = [self.tail[1], byte];
        }
        if self.total > self.limit as u64 + LINE_END {
            if self.kept.len() > RAW_KEPT {
                self.kept.truncate(RAW_KEPT);
                self.kept.shrink_to_fit();
            }
            let room = (RAW_KEPT - self.kept.len()).min(bytes.len());
            self.kept.extend(bytes.iter().take(room));
        } else {
            self.kept.extend_from_slice(bytes);
        }
    }

    /// Takes the line end off: `\n`, `\r\n` or `\r`.
    pub(super) fn pop_line_end(&mut self) {
        let length = match self.tail {
            [b'\r', b'\n'] => 2,
            [_, b'\n' | b'\r'] => 1,
            _ => 0,
        };
        self.total = self.total.saturating_sub(length);
        self.kept
            .truncate(usize::try_from(self.total).unwrap_or(usize::MAX));
    }

    /// True where the record is longer than the limit.
    pub(super) fn too_large(&self) -> bool {
        self.total > self.limit as u64
    }

    /// Bytes that may still come of a record and its line end.
    pub(super) fn room(&self) -> usize {
        let room = (self.limit as u64 + LINE_END).saturating_sub(self.total);
        usize::try_from(room).unwrap_or(usize::MAX)
    }

    /// The longest record in bytes.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// Where it begins in its file.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// Length so far in bytes.
    pub(super) fn len(&self) -> u64 {
        self.total
    }

    /// The bytes; of a record beyond the limit only the first.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.kept
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.kept
    }

    pub(super) fn reject(
        mut self,
        code: RejectCode,
        path: &Arc<str>,
        record: u64,
        reason: impl Into<String>,
    ) -> Reject {
        self.kept.truncate(RAW_KEPT);
        Reject {
            code,
            path: Arc::clone(path),
            member: None,
            record,
            byte: self.start,
            reason: format!("{}; {}", reason.into(), code.remedy()),
            raw: self.kept,
            raw_bytes: self.total,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_end_does_not_count() {
        for (line, end) in [("x", "\n"), ("x", "\r\n"), ("x", "\r"), ("", "\n")] {
            let length = 2 * RAW_KEPT;
            let mut capture = Capture::new(0, length);
            capture.push(&vec![b'y'; length - line.len()]);
            capture.push(line.as_bytes());
            for byte in end.bytes() {
                capture.push(&[byte]);
            }
            capture.pop_line_end();
            assert!(!capture.too_large(), "{line:?} {end:?}");
            assert_eq!(capture.bytes().len(), length);
        }
    }

    #[test]
    fn beyond_the_limit_a_prefix_is_kept() {
        for limit in [0, 10, RAW_KEPT, 2 * RAW_KEPT] {
            let mut capture = Capture::new(7, limit);
            let bytes: Vec<u8> = (0..3 * RAW_KEPT).map(|i| (i % 251) as u8).collect();
            for chunk in bytes.chunks(1000) {
                capture.push(chunk);
            }
            assert!(capture.too_large());
            let reject = capture.reject(RejectCode::TooLarge, &"a".into(), 0, "long");
            assert_eq!(reject.raw_bytes, bytes.len() as u64);
            assert_eq!(Some(reject.raw.as_slice()), bytes.get(..RAW_KEPT));
        }
    }
}
