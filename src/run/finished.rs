//! What a run folder has, by name, and its files read back. Nothing here changes anything.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::receipt::{Manifest, Receipt};
use super::sink::{Compress, FileSeal};
use super::{RunError, disk};

/// Written last.
pub const MANIFEST: &str = "MANIFEST.json";
/// The folder of the receipts.
pub const RECEIPTS: &str = "receipts";
/// Where the lines of each kind go; the records lie at the top.
pub const PLACES: [&str; 4] = ["", "rejects", "skipped", "dups"];

/// The name of a shard's files, without their extension.
pub fn part_name(shard: u64) -> String {
    format!("part-{shard:05}")
}

/// The receipt of a shard, in the run folder.
pub fn receipt_name(shard: u64) -> PathBuf {
    Path::new(RECEIPTS).join(format!("{}.json", part_name(shard)))
}

/// Where the records of a shard lie: of its files that which is in no folder of its own.
pub fn records(receipt: &Receipt) -> Option<&FileSeal> {
    receipt.files.iter().find(|seal| !seal.name.contains('/'))
}

/// Hands on each line of a sealed file, unpacked and without its end, with its number from 1.
///
/// # Errors
/// The disk's, and those of `each`.
pub fn lines(
    root: &Path,
    seal: &FileSeal,
    mut each: impl FnMut(u64, &[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let path = root.join(&seal.name);
    let mut reader = BufReader::new(Compress::of(&path).reader(disk::open(&path)?)?);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        each(number, line.strip_suffix(b"\n").unwrap_or(&line))?;
    }
    Ok(())
}

/// Reads the manifest of a finished run.
///
/// # Errors
/// There is none, or it is not one.
pub fn manifest(root: &Path) -> Result<Manifest, RunError> {
    let path = root.join(MANIFEST);
    let bytes = disk::read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => RunError::NotFinished(root.to_owned()),
        _ => RunError::read(&path, error),
    })?;
    serde_json::from_slice(&bytes).map_err(|error| RunError::read(&path, error.into()))
}

/// The files of rejects of a finished run, in order.
///
/// # Errors
/// The run is not finished, or the folder cannot be read.
pub fn rejects(root: &Path) -> Result<Vec<PathBuf>, RunError> {
    manifest(root)?;
    list(&root.join("rejects"))
}

/// All `part-` files of a run folder, relative to it; receipts left out.
///
/// # Errors
/// The folder cannot be read.
pub fn part_files(root: &Path) -> Result<BTreeSet<String>, RunError> {
    let mut names = BTreeSet::new();
    for place in PLACES {
        for path in list(&root.join(place))? {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
            if name.contains("part-") && !name.starts_with('.') {
                names.insert(name.replace('\\', "/"));
            }
        }
    }
    Ok(names)
}

/// The receipt that lies in the folder for a shard, if there is a readable one.
pub fn receipt(root: &Path, shard: u64) -> Option<Receipt> {
    read_json(&root.join(receipt_name(shard)))
}

/// A JSON file, if it can be read.
pub fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&disk::read(path).ok()?).ok()
}

/// The files of a folder, sorted.
///
/// # Errors
/// It cannot be read.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, RunError> {
    disk::files(folder).map_err(|error| RunError::read(folder, error))
}
