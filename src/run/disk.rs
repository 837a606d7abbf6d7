//! Every step by which a run touches the disk, so that a test can make any one of them fail.
//!
//! It decides nothing: each function is the system's own, named by what it is for here. Inputs are read
//! in `input`.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::digest::Hasher;

/// In the tests of this module it fails where a test says so; in the program it is nothing.
#[cfg(test)]
use super::faults::step;
#[cfg(not(test))]
fn step() -> io::Result<()> {
    Ok(())
}

/// Makes a folder and those above it, unless they are there.
pub fn create_folder(path: &Path) -> io::Result<()> {
    step()?;
    fs::create_dir_all(path)
}

/// Removes an empty folder.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    step()?;
    fs::remove_dir(path)
}

/// Removes a file; that it is not there is no error.
pub fn remove_file(path: &Path) -> io::Result<()> {
    step()?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The files of a folder, sorted; none where there is no such folder.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    step()?;
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// True for a folder with nothing in it.
pub fn is_empty(folder: &Path) -> io::Result<bool> {
    step()?;
    Ok(fs::read_dir(folder)?.next().is_none())
}

/// A whole file.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    step()?;
    fs::read(path)
}

/// A file to read from.
pub fn open(path: &Path) -> io::Result<File> {
    step()?;
    File::open(path)
}

/// The size of a file in bytes.
pub fn size(path: &Path) -> io::Result<u64> {
    step()?;
    Ok(fs::metadata(path)?.len())
}

/// SHA-256 of a file, read in pieces.
pub fn digest(path: &Path) -> io::Result<String> {
    let mut file = open(path)?;
    let mut hasher = Hasher::default();
    let mut buffer = vec![0; 1 << 16];
    loop {
        step()?;
        let read = file.read(&mut buffer)?;
        match buffer.get(..read) {
            Some(bytes) if read > 0 => hasher.update(bytes),
            _ => return Ok(hasher.finish()),
        }
    }
}

/// Held until it is dropped; the system lets go of it when the process ends, however it ends.
pub struct Lock {
    _file: File,
}

/// Makes a file and locks it; nothing where another process has the lock.
pub fn lock(path: &Path) -> io::Result<Option<Lock>> {
    step()?;
    let file = File::create(path)?;
    step()?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Makes renames and removals in a folder durable.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    step()?;
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// A file that goes away unless it is placed.
pub struct Uncommitted(NamedTempFile);

impl Uncommitted {
    /// Begins one in a folder on the file system where it shall be placed; it is as readable as any
    /// other that the user makes.
    pub fn create(folder: &Path) -> io::Result<Self> {
        step()?;
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // The system takes away what the user's umask forbids.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        builder.tempfile_in(folder).map(Self)
    }

    /// Syncs the file, renames it to its name, and syncs the folder that has the name.
    pub fn place(self, target: &Path) -> io::Result<()> {
        step()?;
        self.0.as_file().sync_all()?;
        step()?;
        self.0.persist(target).map_err(|error| error.error)?;
        target.parent().map_or(Ok(()), sync_folder)
    }
}

impl Write for Uncommitted {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if let Err(error) = step() {
            // A disk that is full takes what still has room.
            self.0
                .write_all(buffer.get(..buffer.len() / 2).unwrap_or_default())?;
            return Err(error);
        }
        self.0.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
