//! Decoders that lose nothing that was unpacked before damage.
//!
//! The readers of `flate2` and `zstd` answer damage with an error, and drop what they unpacked in the same call; how much
//! that is depends on the portions in which the bytes come. Here it is given out first, and the error after it.

use std::io::{self, BufRead, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};
use zstd::stream::raw::{Decoder, InBuffer, Operation, OutBuffer};

use super::decompress::Packing;

/// How a gzip member begins.
pub(super) const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

/// Bytes of checksum and length behind the data of a gzip member.
pub(super) const TRAILER: usize = 8;

/// Bytes inflated at a time: all that a decoder can hold back.
const INFLATED: usize = 32 * 1024;

/// The most that a block of a Zstandard frame unpacks to (RFC 8878, 3.1.1.2.4).
const LONGEST_BLOCK: usize = 128 * 1024;

/// Bytes of the header of a block of a Zstandard frame.
const BLOCK_HEADER: usize = 3;

/// A packing, and how far it has been unpacked.
pub(super) trait Unpack {
    /// Appends a little more to `out`, and takes from `packed` what it used; false at the end. What it
    /// appended is sound also where it fails.
    fn unpack(&mut self, packed: &mut impl BufRead, out: &mut Vec<u8>) -> io::Result<bool>;
}

/// What `packed` unpacks to.
pub(super) struct Unpacked<R, U> {
    packed: R,
    unpack: U,
    buffer: Vec<u8>,
    given: usize,
    /// How it ended, to be told when the buffer is empty.
    end: Option<io::Result<()>>,
}

impl<R, U> Unpacked<R, U> {
    pub(super) fn new(packed: R, unpack: U) -> Self {
        Self {
            packed,
            unpack,
            buffer: Vec::new(),
            given: 0,
            end: None,
        }
    }
}

impl<R: BufRead, U: Unpack> Read for Unpacked<R, U> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.buffer.len() && !into.is_empty() {
            if let Some(end) = &mut self.end {
                return std::mem::replace(end, Ok(())).map(|()| 0);
            }
            self.buffer.clear();
            self.given = 0;
            let more = self.unpack.unpack(&mut self.packed, &mut self.buffer);
            self.end = match more {
                Ok(true) => None,
                Ok(false) => Some(Ok(())),
                Err(error) => Some(Err(error)),
            };
        }
        let mut rest = self.buffer.get(self.given..).unwrap_or_default();
        let length = rest.read(into)?;
        self.given += length;
        Ok(length)
    }
}

/// Deflate without header (RFC 1951), as in a zip.
pub(super) struct Deflate(Decompress);

impl Deflate {
    pub(super) fn new() -> Self {
        Self(Decompress::new(false))
    }

    /// Packed bytes used.
    pub(super) fn used(&self) -> u64 {
        self.0.total_in()
    }

    /// Bytes unpacked.
    pub(super) fn made(&self) -> u64 {
        self.0.total_out()
    }
}

impl Unpack for Deflate {
    fn unpack(&mut self, packed: &mut impl BufRead, out: &mut Vec<u8>) -> io::Result<bool> {
        let fault = fill(packed).err();
        let input = match fault {
            None => packed.fill_buf()?,
            Some(_) => &[],
        };
        let length = out.len();
        out.resize(length + INFLATED, 0);
        let room = out.get_mut(length..).unwrap_or_default();
        let (used, made) = (self.used(), self.made());
        let status = self.0.decompress(input, room, FlushDecompress::None);
        let used = usize::try_from(self.used() - used).unwrap_or(input.len());
        let made = usize::try_from(self.made() - made).unwrap_or(INFLATED);
        packed.consume(used);
        out.truncate(length + made);
        match (status, fault) {
            (Ok(Status::StreamEnd), _) => Ok(false),
            (Err(error), _) => Err(corrupt(error.to_string())),
            (Ok(_), _) if used + made > 0 => Ok(true),
            (Ok(_), Some(fault)) => Err(fault),
            (Ok(_), None) => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// Gzip (RFC 1952), one member or more.
#[derive(Default)]
pub(super) struct Gzip {
    /// The member that has been begun, and the checksum of what it has unpacked to.
    member: Option<(Deflate, Crc)>,
}

impl Unpack for Gzip {
    fn unpack(&mut self, packed: &mut impl BufRead, out: &mut Vec<u8>) -> io::Result<bool> {
        let Some((deflate, crc)) = &mut self.member else {
            fill(packed)?;
            if packed.fill_buf()?.is_empty() {
                return Ok(false);
            }
            skip_header(packed)?;
            self.member = Some((Deflate::new(), Crc::new()));
            return Ok(true);
        };
        let length = out.len();
        let more = deflate.unpack(packed, out)?;
        crc.update(out.get(length..).unwrap_or_default());
        if !more {
            let mut trailer = [0; TRAILER];
            packed.read_exact(&mut trailer)?;
            if !is_sound(trailer, crc) {
                return Err(corrupt(
                    "the checksum of the gzip member is another".to_owned(),
                ));
            }
            self.member = None;
        }
        Ok(true)
    }
}

/// Goes on behind the header of a gzip member (RFC 1952, 2.3).
pub(super) fn skip_header(packed: &mut impl BufRead) -> io::Result<()> {
    const HAS_CRC: u8 = 2;
    const HAS_EXTRA: u8 = 4;
    const HAS_NAME: u8 = 8;
    const HAS_COMMENT: u8 = 16;
    const RESERVED: u8 = 0xE0;
    let mut header = [0; 10];
    packed.read_exact(&mut header)?;
    let [_, _, _, flags, ..] = header;
    if !header.starts_with(&MAGIC) || flags & RESERVED != 0 {
        return Err(corrupt("no gzip member begins here".to_owned()));
    }
    let mut two = [0; 2];
    if flags & HAS_EXTRA != 0 {
        packed.read_exact(&mut two)?;
        for _ in 0..u16::from_le_bytes(two) {
            byte(packed)?;
        }
    }
    for flag in [HAS_NAME, HAS_COMMENT] {
        while flags & flag != 0 && byte(packed)? != 0 {}
    }
    if flags & HAS_CRC != 0 {
        packed.read_exact(&mut two)?;
    }
    Ok(())
}

fn byte(packed: &mut impl BufRead) -> io::Result<u8> {
    let mut byte = [0];
    packed.read_exact(&mut byte)?;
    let [byte] = byte;
    Ok(byte)
}

/// True where these are the checksum and the length of what was unpacked.
pub(super) fn is_sound(trailer: [u8; TRAILER], crc: &Crc) -> bool {
    let [a, b, c, d, e, f, g, h] = trailer;
    u32::from_le_bytes([a, b, c, d]) == crc.sum()
        && u32::from_le_bytes([e, f, g, h]) == crc.amount()
}

/// Zstandard (RFC 8878), one frame or more.
pub(super) struct Zstd {
    decoder: Decoder<'static>,
    /// Packed bytes that it can use next; none between frames.
    wanted: usize,
}

impl Zstd {
    /// A stream whose frames may need this dictionary, which may be empty.
    pub(super) fn new(dictionary: &[u8]) -> io::Result<Self> {
        let decoder = Decoder::with_dictionary(dictionary)?;
        Ok(Self { decoder, wanted: 0 })
    }
}

impl Unpack for Zstd {
    fn unpack(&mut self, packed: &mut impl BufRead, out: &mut Vec<u8>) -> io::Result<bool> {
        fill(packed)?;
        let input = packed.fill_buf()?;
        if input.is_empty() {
            return match self.wanted {
                0 => Ok(false),
                _ => Err(io::ErrorKind::UnexpectedEof.into()),
            };
        }
        if self.wanted == 0 {
            self.decoder.reinit()?;
        }
        // What one call unpacks is lost where that call fails: it is given no more than the rest of a block, without the header
        // of the next one, for which it also asks.
        let portion = match self.wanted {
            0 => 1,
            wanted if wanted > BLOCK_HEADER => wanted - BLOCK_HEADER,
            wanted => wanted,
        };
        let mut input = InBuffer::around(input.get(..portion).unwrap_or(input));
        let length = out.len();
        out.resize(length + LONGEST_BLOCK, 0);
        let mut output = OutBuffer::around(out.get_mut(length..).unwrap_or_default());
        let result = self.decoder.run(&mut input, &mut output);
        let (used, made) = (input.pos(), output.pos());
        packed.consume(used);
        out.truncate(length + made);
        self.wanted = result?;
        Ok(true)
    }
}

/// Makes sure that bytes are at hand, unless there are no more; what interrupts that is tried again.
fn fill(packed: &mut impl BufRead) -> io::Result<()> {
    loop {
        match packed.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result.map(|_| ()),
        }
    }
}

fn corrupt(reason: String) -> io::Error {
    io::Error::other(Packing::Corrupt(reason))
}
