//! The run folder: its lock, its shards, and what of it may be kept.
//!
//! ```text
//! OUT/part-00000.jsonl     records
//! OUT/rejects/part-….jsonl faults, only where there are any
//! OUT/skipped/part-….jsonl records without text, likewise
//! OUT/dups/part-….jsonl    copies of articles that came before, likewise
//! OUT/receipts/part-….json a shard counts when it has its receipt
//! OUT/MANIFEST.json        last; the run is complete
//! OUT/.headcount/          the lock, and files not yet committed
//! ```
//! A shard's files are renamed into place one by one and its receipt last. Whatever has no valid receipt
//! when a run begins is removed and made again, so a kill at any step costs at most one shard.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::counts::Counts;
use super::finished::{MANIFEST, PLACES, RECEIPTS, list, part_name, read_json, receipt_name};
use super::receipt::{Manifest, Receipt, input_hasher};
use super::sink::{Compress, FileSeal, Sink, write_whole};
use super::work::{Done, Outcome};
use super::{RunError, Stop, disk};
use crate::digest::Hasher;

const PRIVATE: &str = ".headcount";

/// A run folder that this process alone may change.
pub struct RunFolder {
    root: PathBuf,
    temporary: PathBuf,
    _lock: disk::Lock,
}

impl RunFolder {
    /// Opens or makes a run folder and locks it.
    ///
    /// # Errors
    /// The folder cannot be made or written, another run holds it, or it has files that are not a
    /// run's.
    pub fn open(root: &Path) -> Result<Self, RunError> {
        let failed = |error| RunError::write(root, error);
        if root.exists() && !root.is_dir() {
            return Err(RunError::NotAFolder(root.to_owned()));
        }
        let private = root.join(PRIVATE);
        if root.is_dir() && !private.is_dir() && !disk::is_empty(root).map_err(failed)? {
            return Err(RunError::ForeignFolder(root.to_owned()));
        }
        let temporary = private.join("uncommitted");
        disk::create_folder(&temporary).map_err(failed)?;
        let lock = disk::lock(&private.join("lock")).map_err(failed)?;
        let lock = lock.ok_or_else(|| RunError::Locked(root.to_owned()))?;
        for leftover in disk::files(&temporary).map_err(failed)? {
            disk::remove_file(&leftover).map_err(failed)?;
        }
        disk::create_folder(&root.join(RECEIPTS)).map_err(failed)?;
        Ok(Self {
            root: root.to_owned(),
            temporary,
            _lock: lock,
        })
    }

    /// Removes the manifest: from here on the folder is not complete.
    ///
    /// # Errors
    /// The disk's.
    pub fn reopen(&self) -> Result<(), RunError> {
        remove(&self.root.join(MANIFEST))?;
        sync_folder(&self.root)
    }

    /// The receipts of this identity whose files are all there and unchanged; not all of them where it
    /// is asked to stop.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn sound_receipts(
        &self,
        identity: &str,
        stop: &Stop,
    ) -> Result<BTreeMap<u64, Receipt>, RunError> {
        let mut sound = BTreeMap::new();
        for path in list(&self.root.join(RECEIPTS))? {
            if stop.is_requested() {
                break;
            }
            let Some(receipt) = read_json::<Receipt>(&path) else {
                continue;
            };
            if path == self.receipt_path(receipt.shard)
                && receipt.identity == identity
                && receipt.files.iter().all(|seal| is_intact(&self.root, seal))
            {
                sound.insert(receipt.shard, receipt);
            }
        }
        Ok(sound)
    }

    /// Removes every shard that is not in `keep`: receipts first, so that none ever stands for files
    /// that are gone.
    ///
    /// # Errors
    /// The disk's.
    pub fn sweep(&self, keep: &BTreeMap<u64, Receipt>) -> Result<(), RunError> {
        let kept: BTreeSet<PathBuf> = keep
            .values()
            .flat_map(|receipt| {
                let files = receipt.files.iter().map(|seal| self.root.join(&seal.name));
                files.chain([self.receipt_path(receipt.shard)])
            })
            .collect();
        for place in [RECEIPTS].into_iter().chain(PLACES) {
            let folder = self.root.join(place);
            let mut removed = false;
            for path in list(&folder)? {
                let is_part = path
                    .file_name()
                    .and_then(|name| name.to_str())
                    .is_some_and(|name| name.starts_with("part-"));
                if is_part && !kept.contains(&path) {
                    remove(&path)?;
                    removed = true;
                }
            }
            if removed {
                sync_folder(&folder)?;
            }
        }
        Ok(())
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Begins a shard; `before` is the digest of the input before it, where it depends on that.
    pub fn shard(&self, number: u64, compress: Compress, before: Option<&String>) -> Shard<'_> {
        Shard {
            folder: self,
            number,
            compress,
            sinks: [None, None, None, None],
            input: input_hasher(before),
            counts: Counts::default(),
        }
    }

    /// Writes the manifest and removes what only an unfinished run needs.
    ///
    /// # Errors
    /// The disk's.
    pub fn finish(&self, manifest: &Manifest) -> Result<(), RunError> {
        for place in PLACES.into_iter().filter(|place| !place.is_empty()) {
            let folder = self.root.join(place);
            if folder.is_dir() && list(&folder)?.is_empty() {
                disk::remove_folder(&folder).map_err(|error| RunError::write(&folder, error))?;
            }
        }
        let mut bytes = serde_json::to_vec_pretty(manifest)
            .map_err(|error| RunError::write(&self.root, error.into()))?;
        bytes.push(b'\n');
        write_whole(&self.temporary, &self.root.join(MANIFEST), &bytes)
    }

    fn receipt_path(&self, shard: u64) -> PathBuf {
        self.root.join(receipt_name(shard))
    }
}

/// A shard that is being written.
pub struct Shard<'a> {
    folder: &'a RunFolder,
    /// Its number.
    pub number: u64,
    compress: Compress,
    /// One for each of `PLACES`, made when its first line comes.
    sinks: [Option<Sink>; 4],
    input: Hasher,
    counts: Counts,
}

impl Shard<'_> {
    /// Adds a chunk of this shard.
    ///
    /// # Errors
    /// The disk's.
    pub fn add(&mut self, done: &Done) -> Result<(), RunError> {
        for (print, outcome) in &done.outcomes {
            self.input.field(print);
            match outcome {
                Outcome::Annotated(line, _) => self.line(0, line)?,
                Outcome::Rejected(line) => self.line(1, line)?,
                Outcome::Skipped(line) => self.line(2, line)?,
                Outcome::Duplicate(line) => self.line(3, line)?,
            }
        }
        self.counts += done.counts();
        Ok(())
    }

    /// True once it has all records that a shard of this size can have.
    pub fn is_full(&self, size: u64) -> bool {
        self.counts.read >= size
    }

    fn line(&mut self, place: usize, line: &[u8]) -> Result<(), RunError> {
        let Some(slot) = self.sinks.get_mut(place) else {
            return Ok(());
        };
        let sink = match slot {
            Some(sink) => sink,
            None => {
                let folder = self.folder.root.join(PLACES.get(place).unwrap_or(&""));
                disk::create_folder(&folder).map_err(|error| RunError::write(&folder, error))?;
                let name = format!("{}.jsonl{}", part_name(self.number), self.compress.suffix());
                let target = folder.join(name);
                slot.insert(Sink::create(&self.folder.temporary, target, self.compress)?)
            }
        };
        sink.line(line)
    }

    /// Commits the shard's files, then its receipt.
    ///
    /// # Errors
    /// The disk's; the shard then counts for nothing and the next run makes it again.
    pub fn commit(self, identity: &str) -> Result<Receipt, RunError> {
        let mut files = Vec::new();
        for sink in self.sinks.into_iter().flatten() {
            files.push(sink.commit(&self.folder.root)?);
        }
        let receipt = Receipt {
            shard: self.number,
            identity: identity.to_owned(),
            input: self.input.finish(),
            counts: self.counts,
            files,
        };
        let path = self.folder.receipt_path(self.number);
        let bytes =
            serde_json::to_vec(&receipt).map_err(|error| RunError::write(&path, error.into()))?;
        write_whole(&self.folder.temporary, &path, &bytes)?;
        Ok(receipt)
    }
}

fn is_intact(root: &Path, seal: &FileSeal) -> bool {
    let path = root.join(&seal.name);
    disk::size(&path).is_ok_and(|size| size == seal.bytes)
        && disk::digest(&path).is_ok_and(|digest| digest == seal.sha256)
}

fn remove(path: &Path) -> Result<(), RunError> {
    disk::remove_file(path).map_err(|error| RunError::write(path, error))
}

fn sync_folder(folder: &Path) -> Result<(), RunError> {
    disk::sync_folder(folder).map_err(|error| RunError::write(folder, error))
}
