//! Files that appear whole or not at all: compressed, hashed, synced and then renamed into place.

use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::RunError;
use super::disk::Uncommitted;
use crate::digest::Hasher;

/// How output files are compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compress {
    /// Not at all.
    #[default]
    None,
    /// Gzip (RFC 1952).
    Gz,
    /// Zstandard (RFC 8878).
    Zst,
}

impl Compress {
    /// What is added to a file's name.
    pub fn suffix(self) -> &'static str {
        match self {
            Compress::None => "",
            Compress::Gz => ".gz",
            Compress::Zst => ".zst",
        }
    }

    /// Unpacks what `inner` gives.
    ///
    /// # Errors
    /// The decompressor could not begin.
    pub fn reader<'a>(self, inner: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
        Ok(match self {
            Compress::None => Box::new(inner),
            Compress::Gz => Box::new(MultiGzDecoder::new(inner)),
            Compress::Zst => Box::new(zstd::Decoder::new(inner)?),
        })
    }

    /// By the ending of a file's name.
    pub fn of(path: &Path) -> Self {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("gz") => Compress::Gz,
            Some("zst") => Compress::Zst,
            _ => Compress::None,
        }
    }
}

/// A file as a receipt names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSeal {
    /// Its path inside the run folder, `/`-separated.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Counts and hashes what passes through.
struct Sealing<W> {
    inner: W,
    hasher: Hasher,
    bytes: u64,
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(buffer)?;
        self.hasher
            .update(buffer.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// A compressor round a writer.
pub enum Encoder<W: Write> {
    /// As it is.
    Plain(W),
    /// Gzip without a time stamp.
    Gz(GzEncoder<W>),
    /// Zstandard at its default level.
    Zst(zstd::Encoder<'static, W>),
}

impl<W: Write> Encoder<W> {
    /// # Errors
    /// The compressor could not begin.
    pub fn new(inner: W, compress: Compress) -> io::Result<Self> {
        Ok(match compress {
            Compress::None => Encoder::Plain(inner),
            Compress::Gz => Encoder::Gz(GzEncoder::new(inner, flate2::Compression::default())),
            Compress::Zst => Encoder::Zst(zstd::Encoder::new(inner, 0)?),
        })
    }

    /// Writes what the compressor still holds and gives the writer back.
    ///
    /// # Errors
    /// The writer's.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Encoder::Plain(inner) => Ok(inner),
            Encoder::Gz(encoder) => encoder.finish(),
            Encoder::Zst(encoder) => encoder.finish(),
        }
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Encoder::Plain(inner) => inner.write(buffer),
            Encoder::Gz(encoder) => encoder.write(buffer),
            Encoder::Zst(encoder) => encoder.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Encoder::Plain(inner) => inner.flush(),
            Encoder::Gz(encoder) => encoder.flush(),
            Encoder::Zst(encoder) => encoder.flush(),
        }
    }
}

/// A file of lines that does not exist until it is committed.
pub struct Sink {
    encoder: Encoder<Sealing<BufWriter<Uncommitted>>>,
    target: PathBuf,
    /// Lines written.
    pub lines: u64,
}

impl Sink {
    /// Begins a file; its bytes go to a temporary file in `temporary`, which must be on the same file
    /// system as `target`.
    ///
    /// # Errors
    /// The temporary file cannot be made.
    pub fn create(temporary: &Path, target: PathBuf, compress: Compress) -> Result<Self, RunError> {
        let failed = |error| RunError::write(&target, error);
        let file = Uncommitted::create(temporary).map_err(failed)?;
        let sealing = Sealing {
            inner: BufWriter::with_capacity(1 << 18, file),
            hasher: Hasher::default(),
            bytes: 0,
        };
        Ok(Self {
            encoder: Encoder::new(sealing, compress).map_err(failed)?,
            target,
            lines: 0,
        })
    }

    /// Adds a line.
    ///
    /// # Errors
    /// The disk's.
    pub fn line(&mut self, line: &[u8]) -> Result<(), RunError> {
        let written = self
            .encoder
            .write_all(line)
            .and_then(|()| self.encoder.write_all(b"\n"));
        written.map_err(|error| RunError::write(&self.target, error))?;
        self.lines += 1;
        Ok(())
    }

    /// Makes the file appear under its name, whole and on the disk, and says what it is. `root` is the
    /// folder that the seal's name is relative to.
    ///
    /// # Errors
    /// The disk's; the file then does not exist.
    pub fn commit(self, root: &Path) -> Result<FileSeal, RunError> {
        let target = self.target;
        let failed = |error| RunError::write(&target, error);
        let sealing = self.encoder.finish().map_err(failed)?;
        let (hasher, bytes) = (sealing.hasher, sealing.bytes);
        let file = sealing
            .inner
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        file.place(&target).map_err(failed)?;
        let name = target.strip_prefix(root).unwrap_or(&target);
        Ok(FileSeal {
            name: name.to_string_lossy().replace('\\', "/"),
            bytes,
            sha256: hasher.finish(),
        })
    }
}

/// Writes a small file so that it appears whole or not at all.
///
/// # Errors
/// The disk's.
pub fn write_whole(temporary: &Path, target: &Path, bytes: &[u8]) -> Result<(), RunError> {
    let write = || -> io::Result<()> {
        let mut file = Uncommitted::create(temporary)?;
        file.write_all(bytes)?;
        file.place(target)
    };
    write().map_err(|error| RunError::write(target, error))
}
