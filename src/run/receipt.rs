//! Receipts and the manifest: what a run folder says about itself.
//!
//! Neither holds a time, a host or a path of the machine, so that the same input and identity give
//! the same bytes wherever and however often they were interrupted.

use serde::{Deserialize, Serialize};

use super::Counts;
use super::identity::Identity;
use super::sink::FileSeal;
use crate::digest::Hasher;

/// Says that a shard is done: from what, under which identity, and what files it has. It is written after
/// them, so that files without a receipt count for nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The shard's number.
    pub shard: u64,
    /// Digest of the run's [`Identity`].
    pub identity: String,
    /// Digest of the shard's input records, in order; where copies are told, of all before them, too, on which it
    /// depends what is a copy.
    pub input: String,
    /// What became of them.
    pub counts: Counts,
    /// The files, first that with the records; none for a kind of line that the shard has not.
    pub files: Vec<FileSeal>,
}

/// An input file as the manifest names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputEntry {
    /// The path as given or found.
    pub path: String,
    /// Records read from it, faulty ones included.
    pub records: u64,
}

/// `MANIFEST.json`: written last; a run folder is complete if it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always `headcount-run/1`.
    pub schema: String,
    /// What the output depends on besides the input.
    pub identity: Identity,
    /// The `--limit` of the run.
    pub limit: Option<u64>,
    /// The sums over all shards.
    pub counts: Counts,
    /// The files that were read.
    pub inputs: Vec<InputEntry>,
    /// Files in the given folders that have no extension that we read.
    pub ignored: Vec<String>,
    /// The shards, in order.
    pub shards: Vec<Receipt>,
}

/// The version of the manifest's form.
pub const RUN_SCHEMA: &str = "headcount-run/1";

/// Begins the digest of a shard's input; `before` is that of the shard before, where it depends on it.
pub fn input_hasher(before: Option<&String>) -> Hasher {
    let mut hasher = Hasher::default();
    if let Some(before) = before {
        hasher.field(before);
    }
    hasher
}

/// Digests of the shards' inputs, without annotating anything: what a receipt's `input` must be.
#[derive(Default)]
pub struct InputDigests {
    shard_size: u64,
    chained: bool,
    index: u64,
    open: Hasher,
    digests: Vec<String>,
}

impl InputDigests {
    /// For shards of this size; `chained` where a shard depends on those before it.
    pub fn new(shard_size: u64, chained: bool) -> Self {
        Self {
            shard_size: shard_size.max(1),
            chained,
            ..Self::default()
        }
    }

    /// Adds the fingerprint of the next item.
    pub fn add(&mut self, print: &str) {
        self.open.field(print);
        self.index += 1;
        if self.index.is_multiple_of(self.shard_size) {
            let digest = std::mem::take(&mut self.open).finish();
            self.open = input_hasher(self.chained.then_some(&digest));
            self.digests.push(digest);
        }
    }

    /// The digest of each shard's input, the last one perhaps shorter than the others.
    pub fn finish(mut self) -> Vec<String> {
        if !self.index.is_multiple_of(self.shard_size) {
            self.digests.push(self.open.finish());
        }
        self.digests
    }
}
