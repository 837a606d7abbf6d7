//! Tar archives: headers of 512 bytes, each followed by a file's bytes (POSIX.1-2017, pax; GNU tar's own forms).
//!
//! The crate `tar` reads the headers. Walking from one to the next is ours, because its iterator ends at the first
//! header that is damaged, takes an archive that was cut between two members for a whole one, and borrows its
//! archive. After damage, reading goes on at the next header whose magic and checksum are right.
//!
//! What it cannot see: in the damaged stretch, a member that is itself a tar; its members are taken for this
//! archive's.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tar::{EntryType, Header, PaxExtensions};

use super::super::RejectCode;
use super::super::capture::Capture;
use super::super::decompress::Packing;
use super::super::source::{Fault, Source};
use super::{Archive, Content, Entry, Member, name_of};

/// Bytes of a header, and of what the length of a file is rounded up to.
const BLOCK: usize = 512;

/// Bytes of the longest extension of a header, which holds a path.
const LONGEST_EXTENSION: u64 = 1 << 20;

/// A tar archive.
pub(in super::super) struct Tar {
    stream: Arc<Mutex<Stream>>,
    /// True where the last block was one of zeros, as at an archive's end.
    ended: bool,
}

/// The archive's bytes, shared with the member that is read.
struct Stream {
    source: Source,
    /// Bytes of the member that are to come.
    left: u64,
    /// Bytes behind it up to the next block.
    padding: u64,
    fault: Option<(u64, Fault)>,
}

/// What extensions say of the header that follows them.
#[derive(Default)]
struct Extensions {
    path: Option<Vec<u8>>,
    bytes: Option<u64>,
    sparse: bool,
}

impl Tar {
    pub(in super::super) fn new(source: Source) -> Self {
        Self {
            stream: Arc::new(Mutex::new(Stream {
                source,
                left: 0,
                padding: 0,
                fault: None,
            })),
            ended: false,
        }
    }
}

fn lock(stream: &Mutex<Stream>) -> MutexGuard<'_, Stream> {
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Stream {
    /// Notes that the stream ended where it must not.
    fn broke(&mut self, what: &str) -> Fault {
        let byte = self.source.offset();
        let fault = self.source.fault().cloned().unwrap_or_else(|| Fault {
            code: RejectCode::ArchiveCut,
            reason: what.to_owned(),
        });
        self.fault = Some((byte, fault.clone()));
        fault
    }

    /// Goes on behind the member, and what its length is rounded up by.
    fn skip_member(&mut self) -> Result<(), Fault> {
        while self.left > 0 {
            let length = self.source.fill().len();
            if length == 0 {
                return Err(self.broke("the archive ends inside a member"));
            }
            let length = length.min(usize::try_from(self.left).unwrap_or(usize::MAX));
            self.source.consume(length);
            self.left -= length as u64;
        }
        let padding = usize::try_from(std::mem::take(&mut self.padding)).unwrap_or_default();
        self.source.peek(padding);
        self.source.consume(padding);
        Ok(())
    }

    /// The next block; none where there is no whole one.
    fn block(&mut self) -> Option<[u8; BLOCK]> {
        let window = self.source.peek(BLOCK);
        window.first_chunk::<BLOCK>().copied()
    }

    /// Takes the bytes of an extension.
    fn extension(&mut self, bytes: u64) -> Result<Vec<u8>, Fault> {
        let length = usize::try_from(bytes).unwrap_or(usize::MAX);
        let window = self.source.peek(length);
        match window.get(..length).map(<[u8]>::to_vec) {
            Some(extension) => {
                self.source.consume(length);
                self.padding = padding(bytes);
                self.skip_member()?;
                Ok(extension)
            }
            None => {
                let rest = window.len();
                self.source.consume(rest);
                self.source.fill();
                Err(self.broke("the archive ends inside the header of a member"))
            }
        }
    }

    /// Takes everything up to the next header that can be believed, or the end.
    fn damage(&mut self) -> Capture {
        let mut piece = Capture::new(self.source.offset(), 0);
        loop {
            let window = self.source.peek(BLOCK);
            let block = window.get(..BLOCK).unwrap_or(window);
            let length = block.len();
            piece.push(block);
            self.source.consume(length);
            let window = self.source.peek(2 * BLOCK);
            let end = window.len() >= 2 * BLOCK && window.iter().take(2 * BLOCK).all(|&b| b == 0);
            let header = window.first_chunk::<BLOCK>().is_some_and(|block| {
                let header = Header::from_byte_slice(block);
                (header.as_ustar().is_some() || header.as_gnu().is_some()) && is_header(block)
            });
            if length == 0 || end || header {
                return piece;
            }
        }
    }
}

impl Archive for Tar {
    fn next_entry(&mut self) -> Entry {
        let mut guard = lock(&self.stream);
        let stream = &mut *guard;
        let at = |stream: &Stream| Capture::new(stream.source.offset(), 0);
        if let Err(fault) = stream.skip_member() {
            return Entry::Broken(at(stream), fault);
        }
        let mut extensions = Extensions::default();
        loop {
            let Some(block) = stream.block() else {
                let mut piece = at(stream);
                let rest = stream.source.fill();
                let length = rest.len();
                piece.push(rest);
                stream.source.consume(length);
                stream.source.fill();
                let broken = stream.source.fault().is_some();
                return if self.ended && length == 0 && !broken {
                    Entry::End
                } else {
                    let fault =
                        stream.broke("the archive has no end mark, as one has that was cut");
                    Entry::Broken(piece, fault)
                };
            };
            if block.iter().all(|&byte| byte == 0) {
                self.ended = true;
                stream.source.consume(BLOCK);
                continue;
            }
            let header = Header::from_byte_slice(&block);
            let kind = header.entry_type();
            let is_extension = kind.is_gnu_longname()
                || kind.is_gnu_longlink()
                || kind.is_pax_local_extensions()
                || kind.is_pax_global_extensions();
            let size = match extensions.bytes {
                Some(bytes) if !is_extension => Ok(bytes),
                _ => header.entry_size(),
            };
            let (true, Ok(size)) = (is_header(&block), size) else {
                return Entry::Damage(stream.damage(), "no header of a member".to_owned());
            };
            self.ended = false;
            if is_extension && size > LONGEST_EXTENSION {
                let reason = format!("the extension of a header has {size} bytes");
                return Entry::Damage(stream.damage(), reason);
            }
            stream.source.consume(BLOCK);
            if is_extension {
                match stream.extension(size) {
                    Ok(bytes) => extensions.add(kind, &bytes),
                    Err(fault) => return Entry::Broken(at(stream), fault),
                }
                continue;
            }
            // The map of a sparse file goes on in blocks of its own.
            let mut more = header
                .as_gnu()
                .is_some_and(|gnu| kind.is_gnu_sparse() && gnu.is_extended());
            while more {
                let block = stream.block();
                more = block.is_some_and(|block| block.get(504) == Some(&1));
                stream.source.consume(BLOCK);
            }
            let path = extensions.path.take();
            let path = path.unwrap_or_else(|| header.path_bytes().into_owned());
            // Links and devices have no bytes, whatever their headers say.
            stream.left = if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
                size
            } else if kind.is_hard_link() {
                // POSIX lets a hard link bring the file's bytes again.
                extensions.bytes.unwrap_or_default()
            } else {
                0
            };
            stream.padding = padding(stream.left);
            let content = if extensions.sparse || kind.is_gnu_sparse() {
                Content::Unreadable(
                    "it is a sparse file, whose holes are not filled here".to_owned(),
                )
            } else {
                content(kind, &path, &self.stream)
            };
            return Entry::Member(Member {
                name: name_of(&path),
                bytes: size,
                content,
            });
        }
    }

    fn fault(&self) -> Option<(u64, Fault)> {
        lock(&self.stream).fault.clone()
    }

    fn bytes_read(&self) -> u64 {
        lock(&self.stream).source.packed()
    }
}

impl Extensions {
    /// Reads an extension that stands before the header it is meant for.
    fn add(&mut self, kind: EntryType, bytes: &[u8]) {
        if kind.is_gnu_longname() {
            let path = bytes.split(|&byte| byte == 0).next();
            self.path = path.map(<[u8]>::to_vec);
        } else if kind.is_pax_local_extensions() {
            for extension in PaxExtensions::new(bytes).flatten() {
                match extension.key_bytes() {
                    b"path" => self.path = Some(extension.value_bytes().to_vec()),
                    b"size" => {
                        let digits = extension.value().ok();
                        self.bytes = digits.and_then(|digits| digits.parse().ok());
                    }
                    key => self.sparse |= key.starts_with(b"GNU.sparse."),
                }
            }
        }
    }
}

/// What a header's type stands for.
fn content(kind: EntryType, path: &[u8], stream: &Arc<Mutex<Stream>>) -> Content {
    // Old archives have no type for folders.
    if kind.is_dir() || (kind.is_file() && path.ends_with(b"/")) {
        return Content::Folder;
    }
    if kind.is_file() || kind.is_contiguous() {
        return Content::File(Box::new(Reader(Arc::clone(stream))));
    }
    Content::Other(if kind.is_symlink() {
        "it is a symbolic link"
    } else if kind.is_hard_link() {
        "it is a hard link to another member"
    } else if kind.is_character_special() || kind.is_block_special() {
        "it is a device"
    } else if kind.is_fifo() {
        "it is a named pipe"
    } else {
        "it is of a type that is not known here"
    })
}

/// Bytes that a length is rounded up by.
fn padding(bytes: u64) -> u64 {
    let block = BLOCK as u64;
    (block - bytes % block) % block
}

/// True where the checksum of a header is right: the sum of its bytes, those of the checksum counted as blanks.
fn is_header(block: &[u8; BLOCK]) -> bool {
    const CHECKSUM: std::ops::Range<usize> = 148..156;
    let sum: u32 = block
        .iter()
        .enumerate()
        .map(|(at, &byte)| u32::from(if CHECKSUM.contains(&at) { b' ' } else { byte }))
        .sum();
    Header::from_byte_slice(block)
        .cksum()
        .is_ok_and(|stated| stated == sum)
}

/// The bytes of the member at hand.
struct Reader(Arc<Mutex<Stream>>);

impl Read for Reader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut stream = lock(&self.0);
        if stream.left == 0 || into.is_empty() {
            return Ok(0);
        }
        let most = usize::try_from(stream.left)
            .unwrap_or(usize::MAX)
            .min(into.len());
        let chunk = stream.source.fill();
        let chunk = chunk.get(..most).unwrap_or(chunk);
        let length = chunk.len();
        if length == 0 {
            stream.broke("the archive ends inside a member");
            return Err(io::Error::other(Packing::Archive));
        }
        for (to, from) in into.iter_mut().zip(chunk) {
            *to = *from;
        }
        stream.source.consume(length);
        stream.left -= length as u64;
        Ok(length)
    }
}
