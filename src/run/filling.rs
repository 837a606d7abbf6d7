//! A run folder while it is filled: shards open and close as results come in order, and those that are kept are passed.

use std::collections::BTreeMap;

use super::dedup::Duplicates;
use super::folder::{RunFolder, Shard};
use super::receipt::Receipt;
use super::work::Done;
use super::{RunError, Settings};

/// See the module.
pub struct Filling<'a> {
    folder: &'a RunFolder,
    settings: &'a Settings,
    identity: String,
    receipts: BTreeMap<u64, Receipt>,
    open: Option<Shard<'a>>,
    duplicates: Duplicates,
    /// Shards that were kept and whose originals are not remembered yet.
    kept: BTreeMap<u64, Receipt>,
}

impl<'a> Filling<'a> {
    /// A folder in which the shards of these receipts are kept; `identity` is the digest of the run's.
    pub fn new(
        folder: &'a RunFolder,
        settings: &'a Settings,
        identity: String,
        receipts: BTreeMap<u64, Receipt>,
    ) -> Self {
        let duplicates = Duplicates::new(settings);
        Self {
            folder,
            settings,
            identity,
            open: None,
            kept: match duplicates.are_told() {
                true => receipts.clone(),
                false => BTreeMap::new(),
            },
            duplicates,
            receipts,
        }
    }

    /// Adds what became of a chunk.
    ///
    /// # Errors
    /// The disk's.
    pub fn add(&mut self, done: Done) -> Result<(), RunError> {
        let mut shard = match self.open.take() {
            Some(shard) => shard,
            None => self.begin(done.shard)?,
        };
        shard.add(&self.duplicates.settle(done))?;
        if shard.is_full(self.settings.shard_size) {
            self.commit(shard)
        } else {
            self.open = Some(shard);
            Ok(())
        }
    }

    /// Commits the last shard, which alone may have fewer records, and gives all receipts.
    ///
    /// # Errors
    /// The disk's.
    pub fn finish(mut self) -> Result<BTreeMap<u64, Receipt>, RunError> {
        if let Some(shard) = self.open.take() {
            self.commit(shard)?;
        }
        Ok(self.receipts)
    }

    fn begin(&mut self, number: u64) -> Result<Shard<'a>, RunError> {
        // In the order of the input: a copy in this shard may have its original in any before it, and in none behind.
        while let Some(entry) = self.kept.first_entry().filter(|kept| *kept.key() < number) {
            self.duplicates
                .remember(self.folder.root(), &entry.remove())?;
        }
        let before = number
            .checked_sub(1)
            .filter(|_| self.duplicates.are_told())
            .and_then(|before| self.receipts.get(&before));
        let before = before.map(|receipt| &receipt.input);
        Ok(self.folder.shard(number, self.settings.compress, before))
    }

    fn commit(&mut self, shard: Shard<'a>) -> Result<(), RunError> {
        let receipt = shard.commit(&self.identity)?;
        self.receipts.insert(receipt.shard, receipt);
        Ok(())
    }
}
