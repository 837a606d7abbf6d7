//! Zip archives: members in any place, under a directory at the file's end (APPNOTE.TXT of PKWARE).
//!
//! The crate `zip` reads the directory, names and sizes in it included. Members are unpacked by us, because its
//! readers borrow the archive. A member's checksum and length are compared at its end, so that of a file of many records
//! those before the damage are used. The directory is held in memory, about 100 bytes and a path a member.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Crc;
use zip::CompressionMethod;
use zip::read::Config;
use zip::unstable::read::ZipIterable;

use super::super::budget::Budget;
use super::super::capture::Capture;
use super::super::decompress::{Guard, Packing};
use super::super::source::Fault;
use super::super::unpack::{Deflate, Unpacked, Zstd};
use super::super::{Limits, RejectCode};
use super::{Archive, Content, Entry, Member, name_of};

/// A zip archive.
pub(in super::super) struct Zip {
    file: Shared,
    members: std::vec::IntoIter<Listed>,
    /// Why the directory could not be read to its end.
    fault: Option<String>,
    limits: Limits,
    budget: Budget,
    read: Arc<AtomicU64>,
}

/// A line of the directory.
struct Listed {
    name: String,
    kind: Kind,
    method: CompressionMethod,
    encrypted: bool,
    /// Where its own header begins.
    header: u64,
    packed: u64,
    bytes: u64,
    checksum: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Link,
}

impl Zip {
    pub(in super::super) fn new(file: File, limits: Limits, budget: &Budget) -> Self {
        let file = Shared::new(file);
        let mut members = Vec::new();
        let fault = list(file.clone(), &mut members).err();
        Self {
            file,
            members: members.into_iter(),
            fault: fault.map(|error| error.to_string()),
            limits,
            budget: budget.clone(),
            read: Arc::default(),
        }
    }

    fn content(&self, listed: &Listed) -> Content {
        match listed.kind {
            Kind::Folder => return Content::Folder,
            Kind::Link => return Content::Other("it is a symbolic link"),
            Kind::File => {}
        }
        if listed.encrypted {
            return Content::Unreadable("it is encrypted".to_owned());
        }
        match self.unpacked(listed) {
            Ok(reader) => Content::File(Box::new(Checked {
                reader,
                crc: Crc::new(),
                bytes: 0,
                stated: (listed.bytes, listed.checksum),
            })),
            Err(why) => Content::Unreadable(why),
        }
    }

    fn unpacked(&self, listed: &Listed) -> Result<Box<dyn Read + Send>, String> {
        let begins = begins(&self.file, listed.header).map_err(|error| {
            format!(
                "its header at byte {} cannot be read: {error}",
                listed.header
            )
        })?;
        let mut file = self.file.clone();
        file.position = begins;
        let packed = Packed {
            file,
            left: listed.packed,
            count: Arc::default(),
            all: Arc::clone(&self.read),
        };
        let count = Arc::clone(&packed.count);
        let decoder: Box<dyn Read + Send> = match listed.method {
            CompressionMethod::STORE => return Ok(Box::new(packed)),
            CompressionMethod::DEFLATE => {
                Box::new(Unpacked::new(BufReader::new(packed), Deflate::new()))
            }
            CompressionMethod::ZSTD | CompressionMethod::ZSTD_DEPRECATED => {
                let frames = Zstd::new(&[]).map_err(|error| error.to_string())?;
                Box::new(Unpacked::new(BufReader::new(packed), frames))
            }
            other => return Err(format!("its packing, {other}, is not known here")),
        };
        let budget = self.budget.clone();
        Ok(Box::new(Guard::new(decoder, count, self.limits, budget)))
    }
}

/// Reads the directory.
fn list(file: Shared, members: &mut Vec<Listed>) -> zip::result::ZipResult<()> {
    let mut archive = ZipIterable::try_new(BufReader::new(file), Config::default())?;
    for entry in archive.files()? {
        let entry = entry?;
        let name = match entry.name() {
            Ok(name) => name_of(name.as_bytes()),
            Err(_) => name_of(entry.name_raw()),
        };
        members.push(Listed {
            name,
            kind: if entry.is_dir() {
                Kind::Folder
            } else if entry.is_symlink() {
                Kind::Link
            } else {
                Kind::File
            },
            method: entry.compression(),
            encrypted: entry.encrypted(),
            header: entry.header_start(),
            packed: entry.compressed_size(),
            bytes: entry.size(),
            checksum: entry.crc32(),
        });
    }
    Ok(())
}

/// Where a member's bytes begin: behind its own header, whose path and extra field have lengths of their own.
fn begins(file: &Shared, header: u64) -> io::Result<u64> {
    let mut file = file.clone();
    file.position = header;
    let mut fixed = [0; 30];
    file.read_exact(&mut fixed)?;
    let [b'P', b'K', 3, 4, .., a, b, c, d] = fixed else {
        return Err(io::Error::other("no header of a member stands there"));
    };
    let lengths = u64::from(u16::from_le_bytes([a, b])) + u64::from(u16::from_le_bytes([c, d]));
    Ok(header + fixed.len() as u64 + lengths)
}

impl Archive for Zip {
    fn next_entry(&mut self) -> Entry {
        match self.members.next() {
            Some(listed) => {
                let content = self.content(&listed);
                Entry::Member(Member {
                    name: listed.name,
                    bytes: listed.bytes,
                    content,
                })
            }
            None => match self.fault.take() {
                Some(reason) => {
                    let code = RejectCode::ArchiveUnreadable;
                    Entry::Broken(Capture::new(0, 0), Fault { code, reason })
                }
                None => Entry::End,
            },
        }
    }

    /// A member that breaks costs no other.
    fn fault(&self) -> Option<(u64, Fault)> {
        None
    }

    fn bytes_read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }
}

/// A file that several read, each in its own place.
#[derive(Clone)]
struct Shared {
    file: Arc<Mutex<File>>,
    position: u64,
}

impl Shared {
    fn new(file: File) -> Self {
        Self {
            file: Arc::new(Mutex::new(file)),
            position: 0,
        }
    }
}

impl Read for Shared {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.position))?;
        let length = file.read(into)?;
        self.position += length as u64;
        Ok(length)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if let SeekFrom::Current(_) = to {
            file.seek(SeekFrom::Start(self.position))?;
        }
        self.position = file.seek(to)?;
        Ok(self.position)
    }
}

/// The packed bytes of a member, counted.
struct Packed {
    file: Shared,
    left: u64,
    /// Those of this member, and those of all.
    count: Arc<AtomicU64>,
    all: Arc<AtomicU64>,
}

impl Read for Packed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left)
            .unwrap_or(usize::MAX)
            .min(into.len());
        let length = self.file.read(into.get_mut(..most).unwrap_or_default())?;
        self.left -= length as u64;
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        self.all.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// The bytes of a member, whose length and checksum must be those of the directory.
struct Checked {
    reader: Box<dyn Read + Send>,
    crc: Crc,
    bytes: u64,
    stated: (u64, u32),
}

impl Read for Checked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let corrupt = |what: String| io::Error::other(Packing::Corrupt(what));
        let length = self.reader.read(into).map_err(|error| {
            let is_told = error.get_ref().is_some_and(|inner| inner.is::<Packing>());
            let is_read_again = error.kind() == io::ErrorKind::Interrupted;
            // The system's errors have a number, a decoder's have none.
            if is_told || is_read_again || error.raw_os_error().is_some() {
                error
            } else {
                corrupt(format!("the member cannot be unpacked: {error}"))
            }
        })?;
        self.bytes += length as u64;
        self.crc.update(into.get(..length).unwrap_or_default());
        if length == 0 && !into.is_empty() {
            let (bytes, checksum) = self.stated;
            if self.bytes != bytes {
                let own = self.bytes;
                return Err(corrupt(format!(
                    "the member has {own} bytes, the directory of the archive says {bytes}"
                )));
            }
            if self.crc.sum() != checksum {
                return Err(corrupt("the checksum of the member is another".to_owned()));
            }
        }
        Ok(length)
    }
}
