//! One gzip member (RFC 1952): its header, its data, and whether they are what was packed.
//!
//! Its bytes stay at hand, so that reading can go on from its own beginning where it is damaged.

use std::io;

use flate2::{Crc, Decompress, FlushDecompress};
use memchr::memmem;

use super::super::RejectCode;
use super::super::source::Fault;
pub(super) use super::super::unpack::MAGIC;
use super::super::unpack::{Deflate, TRAILER, Unpack, is_sound, skip_header};
use super::Limits;

/// Longest header of a member.
pub(super) const LONGEST_HEADER: usize = 16 * 1024;

/// A member while it is unpacked.
pub(super) struct Member {
    inflate: Deflate,
    crc: Crc,
    /// Packed bytes used, since the last that were taken away.
    used: usize,
}

impl Member {
    /// A member of whose bytes so many, its header, are used.
    pub(super) fn new(used: usize) -> Self {
        Self {
            inflate: Deflate::new(),
            crc: Crc::new(),
            used,
        }
    }

    /// Packed bytes used that have not been taken away.
    pub(super) fn used(&self) -> usize {
        self.used
    }

    /// The same, which are now taken away.
    pub(super) fn take_used(&mut self) -> usize {
        std::mem::take(&mut self.used)
    }

    /// Unpacks a little more onto `out`. `window` holds the member's bytes from the first that was not
    /// taken away, and some that are new, unless there are none. At the member's end, its length in it.
    ///
    /// # Errors
    /// The member is damaged.
    pub(super) fn unpack(
        &mut self,
        window: &[u8],
        out: &mut Vec<u8>,
        limits: Limits,
    ) -> Result<Option<usize>, Fault> {
        // The last bytes may be the trailer, which must be at hand when the data end; they are never data.
        let end = window.len().saturating_sub(TRAILER);
        let mut input = window.get(self.used..end).unwrap_or_default();
        let (length, used) = (out.len(), self.inflate.used());
        let more = self.inflate.unpack(&mut input, out);
        self.crc.update(out.get(length..).unwrap_or_default());
        let read = self.inflate.used() - used;
        self.used += usize::try_from(read).unwrap_or_default();
        match more {
            Ok(true) => self.swells(limits).map_or(Ok(None), Err),
            Ok(false) => self.check(window).map(Some),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(cut()),
            Err(error) => Err(corrupt(&error.to_string())),
        }
    }

    /// Compares checksum and length with what was unpacked; the member's length in `window`.
    fn check(&self, window: &[u8]) -> Result<usize, Fault> {
        let trailer = window.get(self.used..).and_then(<[u8]>::first_chunk);
        match trailer {
            Some(trailer) if is_sound(*trailer, &self.crc) => Ok(self.used + TRAILER),
            Some(_) => Err(corrupt("the checksum of the gzip member is another")),
            None => Err(cut()),
        }
    }

    fn swells(&self, limits: Limits) -> Option<Fault> {
        let (packed, made) = (self.inflate.used(), self.inflate.made());
        let bomb = made > limits.ratio_from && made > packed.saturating_mul(limits.max_ratio);
        bomb.then(|| Fault {
            code: RejectCode::DecompressionBomb,
            reason: format!("{packed} compressed bytes became more than {made} bytes"),
        })
    }
}

/// A member that is not what was packed.
pub(super) fn corrupt(reason: &str) -> Fault {
    Fault {
        code: RejectCode::CorruptStream,
        reason: reason.to_owned(),
    }
}

fn cut() -> Fault {
    Fault {
        code: RejectCode::TruncatedStream,
        reason: "the gzip member ends too early".to_owned(),
    }
}

/// Length of the header of a gzip member; none where there is no whole one.
pub(super) fn header_length(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    skip_header(&mut rest).ok()?;
    Some(bytes.len() - rest.len())
}

/// Where, from this byte on, a member begins whose data begin a WARC record.
pub(super) fn next_member(window: &[u8], from: usize) -> Option<usize> {
    let rest = window.get(from..)?;
    memmem::find_iter(rest, &MAGIC)
        .find(|at| begins_a_record(rest.get(*at..).unwrap_or_default()))
        .map(|at| from + at)
}

/// True for the beginning of a member whose data begin a WARC record.
fn begins_a_record(member: &[u8]) -> bool {
    let Some(data) = header_length(member).and_then(|length| member.get(length..)) else {
        return false;
    };
    let mut out = [0; 64];
    let mut inflate = Decompress::new(false);
    let unpacked = inflate.decompress(data, &mut out, FlushDecompress::None);
    unpacked.is_ok() && out.starts_with(b"WARC/")
}
