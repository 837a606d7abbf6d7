//! The bytes of a file, or of a member of an archive, unpacked, with a guard against bombs.
//!
//! The name promises a packing, the first bytes decide: a file that is packed although its name
//! does not say so is unpacked, and one that is not what its name says is an error, never text.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::budget::Budget;
use super::unpack::{Gzip, Unpacked, Zstd};
use super::{Compression, Limits};

/// Bytes read from a file at a time.
const READ: usize = 64 * 1024;

/// Why unpacking stopped, inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
pub(super) enum Packing {
    /// It swells beyond the ratio.
    #[error("{packed} compressed bytes became more than {unpacked} bytes")]
    Bomb {
        /// Compressed bytes read.
        packed: u64,
        /// Bytes they became.
        unpacked: u64,
    },
    /// It swells beyond the total.
    #[error("{0}")]
    TooLarge(String),
    /// The name says packed, the bytes do not.
    #[error("the name says {}, the first bytes do not", .0.name())]
    Misnamed(Compression),
    /// The bytes are not what was packed.
    #[error("{0}")]
    Corrupt(String),
    /// The archive that the bytes are taken from broke, and knows why.
    #[error("the archive broke")]
    Archive,
}

/// The longest dictionary of a Zstandard stream, packed and unpacked.
const LONGEST_DICTIONARY: u64 = 16 << 20;

/// Unpacks `reader`, and counts in `count` the packed bytes used. Also says how it turned out to be
/// packed. With `keep_gzip`, what is in gzip stays so, and counts as not packed.
pub(super) fn decompress(
    reader: Box<dyn Read + Send>,
    promised: Compression,
    limits: Limits,
    budget: &Budget,
    count: Arc<AtomicU64>,
    keep_gzip: bool,
) -> io::Result<(Box<dyn Read + Send>, Compression)> {
    let mut packed = Counted {
        reader,
        buffer: Vec::new(),
        start: 0,
        count: Arc::clone(&count),
    };
    let compression = match packed.head(4)? {
        [0x1F, 0x8B, ..] => Compression::Gzip,
        // A frame, or one that decoders skip (RFC 8878, 3.1.2).
        [0x28, 0xB5, 0x2F, 0xFD] | [0x50..=0x5F, 0x2A, 0x4D, 0x18] => Compression::Zstd,
        head => match promised {
            Compression::None => Compression::None,
            Compression::Gzip if keep_gzip => Compression::None,
            // Too short to tell: the file is cut.
            _ if head.len() < 4 => return Err(io::ErrorKind::UnexpectedEof.into()),
            _ => return Err(io::Error::other(Packing::Misnamed(promised))),
        },
    };
    let unpacked: Box<dyn Read + Send> = match compression {
        Compression::None => return Ok((Box::new(packed), compression)),
        Compression::Gzip if keep_gzip => return Ok((Box::new(packed), Compression::None)),
        Compression::Gzip => Box::new(Unpacked::new(packed, Gzip::default())),
        Compression::Zstd => {
            let dictionary = dictionary(&mut packed)?.unwrap_or_default();
            Box::new(Unpacked::new(packed, Zstd::new(&dictionary)?))
        }
    };
    let guarded = Guard::new(unpacked, count, limits, budget.clone());
    Ok((Box::new(guarded), compression))
}

/// The dictionary that a `.warc.zst` begins with, in a frame that other decoders skip (IIPC, "Use of Zstandard
/// compression in WARC files", 1.0); none in any other stream. It may itself be a Zstandard frame.
fn dictionary(packed: &mut Counted) -> io::Result<Option<Vec<u8>>> {
    let head = packed.head(8)?;
    let Some(&[a, b, c, d]) = head.strip_prefix(&[0x5D, 0x2A, 0x4D, 0x18]) else {
        return Ok(None);
    };
    let length = u64::from(u32::from_le_bytes([a, b, c, d]));
    packed.consume(8);
    let mut bytes = Vec::new();
    let too_long = || Packing::Corrupt("the dictionary of the Zstandard stream is too long".into());
    if length > LONGEST_DICTIONARY {
        return Err(io::Error::other(too_long()));
    }
    if packed.take(length).read_to_end(&mut bytes)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    if !bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        return Ok(Some(bytes));
    }
    let mut unpacked = Vec::new();
    zstd::Decoder::with_buffer(&*bytes)?
        .take(LONGEST_DICTIONARY + 1)
        .read_to_end(&mut unpacked)?;
    if unpacked.len() as u64 > LONGEST_DICTIONARY {
        return Err(io::Error::other(too_long()));
    }
    Ok(Some(unpacked))
}

/// A buffered reader that counts what has been taken from it, not what it has read ahead, so that
/// the count does not depend on how the system hands out the bytes.
struct Counted {
    reader: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    start: usize,
    count: Arc<AtomicU64>,
}

impl Counted {
    /// The first bytes, fewer than `length` only where there are no more.
    fn head(&mut self, length: usize) -> io::Result<&[u8]> {
        while self.buffer.len() < length && self.more()? > 0 {}
        Ok(self.buffer.get(..length).unwrap_or(&self.buffer))
    }

    fn more(&mut self) -> io::Result<usize> {
        let taken = (&mut self.reader).take(READ as u64);
        append_once(taken, &mut self.buffer)
    }
}

/// Appends what one `read` gives, at most what fits in the chunk.
fn append_once(mut reader: impl Read, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let length = buffer.len();
    buffer.resize(length + READ, 0);
    let result = loop {
        let room = buffer.get_mut(length..).unwrap_or_default();
        match reader.read(room) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => break result,
        }
    };
    buffer.truncate(length + result.as_ref().copied().unwrap_or_default());
    result
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start >= self.buffer.len() {
            self.buffer.clear();
            self.start = 0;
            self.more()?;
        }
        Ok(self.buffer.get(self.start..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.start += amount;
        self.count.fetch_add(amount as u64, Ordering::Relaxed);
    }
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(into)?;
        self.consume(length);
        Ok(length)
    }
}

/// Stops where the unpacked bytes outgrow the packed ones, or the budget.
pub(super) struct Guard {
    reader: Box<dyn Read + Send>,
    packed: Arc<AtomicU64>,
    unpacked: u64,
    limits: Limits,
    budget: Budget,
}

impl Guard {
    /// Over a decoder that counts in `packed` what it has used.
    pub(super) fn new(
        reader: Box<dyn Read + Send>,
        packed: Arc<AtomicU64>,
        limits: Limits,
        budget: Budget,
    ) -> Self {
        Self {
            reader,
            packed,
            unpacked: 0,
            limits,
            budget,
        }
    }
}

impl Read for Guard {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let packed = self.packed.load(Ordering::Relaxed);
        if self.unpacked > self.limits.ratio_from
            && self.unpacked > packed.saturating_mul(self.limits.max_ratio)
        {
            return Err(io::Error::other(Packing::Bomb {
                packed,
                unpacked: self.unpacked,
            }));
        }
        // Up to the last byte of the budget, and then only to see whether there is one more.
        let left = usize::try_from(self.budget.left()).unwrap_or(usize::MAX);
        let room = into.len().min(left.max(1));
        let length = self.reader.read(into.get_mut(..room).unwrap_or_default())?;
        if !self.budget.spend(length as u64) {
            return Err(io::Error::other(Packing::TooLarge(self.budget.exceeded())));
        }
        self.unpacked += length as u64;
        Ok(length)
    }
}
