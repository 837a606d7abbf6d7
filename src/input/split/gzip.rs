//! One gzip member (RFC 1952): its header, its data, and whether they are what was packed.
//!
//! A decoder of its own, because those of `flate2` do not say where a member ends in the file.

use flate2::{Crc, Decompress, FlushDecompress, Status};
use memchr::memmem;

use super::super::RejectCode;
use super::super::source::Fault;
use super::Limits;

/// Bytes unpacked at a time.
const ROOM: usize = 32 * 1024;

/// Longest header of a member.
pub(super) const LONGEST_HEADER: usize = 16 * 1024;

/// How a member begins.
pub(super) const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

/// Bytes of checksum and length behind a member's data.
const TRAILER: usize = 8;

/// A member while it is unpacked.
pub(super) struct Member {
    inflate: Decompress,
    crc: Crc,
    /// Packed bytes used, since the last that were taken away.
    used: usize,
    /// Packed bytes used in all.
    total: u64,
}

impl Member {
    /// A member of whose bytes so many, its header, are used.
    pub(super) fn new(used: usize) -> Self {
        Self {
            inflate: Decompress::new(false),
            crc: Crc::new(),
            used,
            total: 0,
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
        let input = window.get(self.used..end).unwrap_or_default();
        let length = out.len();
        out.resize(length + ROOM, 0);
        let room = out.get_mut(length..).unwrap_or_default();
        let before = (self.inflate.total_in(), self.inflate.total_out());
        let status = self.inflate.decompress(input, room, FlushDecompress::None);
        let read = self.inflate.total_in() - before.0;
        let made = usize::try_from(self.inflate.total_out() - before.1).unwrap_or(ROOM);
        self.crc.update(room.get(..made).unwrap_or_default());
        out.truncate(length + made);
        self.used += usize::try_from(read).unwrap_or_default();
        self.total += read;
        match status {
            Ok(Status::StreamEnd) => self.check(window).map(Some),
            Err(error) => Err(corrupt(&error.to_string())),
            Ok(_) if read == 0 && made == 0 => Err(cut()),
            Ok(_) => self.swells(limits).map_or(Ok(None), Err),
        }
    }

    /// Compares checksum and length with what was unpacked; the member's length in `window`.
    fn check(&self, window: &[u8]) -> Result<usize, Fault> {
        let end = self.used + TRAILER;
        let trailer = window.get(self.used..end);
        let Some(&[a, b, c, d, e, f, g, h]) = trailer else {
            return Err(cut());
        };
        let sound = u32::from_le_bytes([a, b, c, d]) == self.crc.sum()
            && u32::from_le_bytes([e, f, g, h]) == self.crc.amount();
        if sound {
            Ok(end)
        } else {
            Err(corrupt("the checksum of the gzip member is another"))
        }
    }

    fn swells(&self, limits: Limits) -> Option<Fault> {
        let made = self.inflate.total_out();
        let bomb = made > limits.ratio_from && made > self.total.saturating_mul(limits.max_ratio);
        bomb.then(|| Fault {
            code: RejectCode::DecompressionBomb,
            reason: format!(
                "{} compressed bytes became more than {made} bytes",
                self.total
            ),
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

/// Length of the header of a gzip member (RFC 1952, 2.3); none where there is no whole one.
pub(super) fn header_length(bytes: &[u8]) -> Option<usize> {
    const HAS_CRC: u8 = 2;
    const HAS_EXTRA: u8 = 4;
    const HAS_NAME: u8 = 8;
    const HAS_COMMENT: u8 = 16;
    let flags = *bytes.strip_prefix(&MAGIC)?.first()?;
    let mut length = 10;
    if flags & HAS_EXTRA != 0 {
        let extra = bytes.get(length..length + 2)?.try_into().ok()?;
        length += 2 + usize::from(u16::from_le_bytes(extra));
    }
    for flag in [HAS_NAME, HAS_COMMENT] {
        if flags & flag != 0 {
            length += memchr::memchr(0, bytes.get(length..)?)? + 1;
        }
    }
    if flags & HAS_CRC != 0 {
        length += 2;
    }
    (flags & 0xE0 == 0 && length <= bytes.len()).then_some(length)
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
