//! The course of one run: what is kept of an earlier one, what is annotated, and when it is finished.
//!
//! It refuses to finish a run that was asked to stop, or whose inputs changed while they were read.

use std::collections::{BTreeMap, BTreeSet};

use super::dedup::Duplicates;
use super::error::Resume;
use super::filling::Filling;
use super::folder::RunFolder;
use super::items::{Chunk, Chunks, FileTally, Items, fingerprint};
use super::receipt::{InputEntry, Manifest, RUN_SCHEMA, Receipt};
use super::snapshot::Snapshot;
use super::stream::Stream;
use super::work::{self, Done};
use super::{Counts, Output, Progress, RunError, Settings, Stop, Summary, pipeline, pool};
use crate::annotate::Annotator;
use crate::input::{InputFile, Plan};

/// What a run has at hand all the time.
pub struct Running<'a> {
    settings: &'a Settings,
    annotator: &'a Annotator,
    progress: &'a Progress,
    stop: &'a Stop,
    plan: Plan,
    snapshot: Snapshot,
}

impl<'a> Running<'a> {
    /// Looks at the inputs as they are now.
    pub fn new(
        settings: &'a Settings,
        annotator: &'a Annotator,
        progress: &'a Progress,
        stop: &'a Stop,
        plan: Plan,
    ) -> Self {
        Self {
            settings,
            annotator,
            progress,
            stop,
            snapshot: Snapshot::of(&plan.files),
            plan,
        }
    }

    /// Fills one stream of lines.
    ///
    /// # Errors
    /// See [`super::run`].
    pub fn fill_stream(&self, mut stream: Stream) -> Result<Summary, RunError> {
        self.begin();
        let mut items = self.items();
        let mut duplicates = Duplicates::new(self.settings);
        self.annotate(&mut items, u64::MAX, &BTreeSet::new(), |done| {
            stream.add(&duplicates.settle(done))
        })?;
        stream.finish()
    }

    /// Fills a folder: what of it holds is kept, the rest is made, and the manifest comes last.
    ///
    /// # Errors
    /// See [`super::run`].
    pub fn fill_folder(&self, folder: &RunFolder) -> Result<Summary, RunError> {
        let settings = self.settings;
        let identity = settings.identity(self.annotator);
        let identity_digest = identity.digest();
        self.begin();
        let receipts = self.kept_receipts(folder, &identity_digest)?;
        folder.reopen()?;
        folder.sweep(&receipts)?;
        let done_before: BTreeSet<u64> = receipts.keys().copied().collect();
        for receipt in receipts.values() {
            self.progress.keep(receipt.counts);
        }

        let mut items = self.items();
        let mut filling = Filling::new(folder, settings, identity_digest, receipts);
        self.annotate(&mut items, settings.shard_size, &done_before, |done| {
            filling.add(done)
        })?;
        let receipts = filling.finish()?;

        let mut counts = Counts::default();
        receipts
            .values()
            .for_each(|receipt| counts += receipt.counts);
        let summary = Summary {
            counts,
            kept: done_before.len() as u64,
            shards: receipts.len() as u64,
        };
        let ignored = self.plan.ignored.iter();
        folder.finish(&Manifest {
            schema: RUN_SCHEMA.to_owned(),
            identity,
            limit: settings.limit,
            counts,
            inputs: items.tally().iter().map(input_entry).collect(),
            ignored: ignored.map(|path| path.display().to_string()).collect(),
            shards: receipts.into_values().collect(),
        })?;
        Ok(summary)
    }

    fn begin(&self) {
        let files = self.plan.files.iter();
        self.progress.begin(files.map(|file| file.bytes).sum());
    }

    fn items(&self) -> Items {
        self.settings.items(&self.plan, self.stop)
    }

    /// Annotates the items of all shards that are not done, and hands the results on in their order.
    ///
    /// # Errors
    /// Those of `consume`; a wish to stop; inputs that are not what they were when the run began.
    fn annotate(
        &self,
        items: &mut Items,
        shard_size: u64,
        done: &BTreeSet<u64>,
        mut consume: impl FnMut(Done) -> Result<(), RunError>,
    ) -> Result<(), RunError> {
        let settings = self.settings;
        let mut whole = true;
        pipeline::in_order(
            &pool(settings.jobs)?,
            Chunks::new(items, shard_size, done),
            |chunk: Chunk| {
                let Settings {
                    fields,
                    limits,
                    dedup,
                    ..
                } = settings;
                // What is under way is finished, what waits is not begun.
                (!self.stop.is_requested())
                    .then(|| work::chunk(self.annotator, fields, *limits, *dedup, chunk, &mut ()))
            },
            |done| match done {
                Some(done) if whole => {
                    self.progress.advance(&done);
                    consume(done)
                }
                // Nothing may follow on a gap.
                _ => {
                    whole = false;
                    Ok(())
                }
            },
        )?;
        if !whole || items.is_cut() {
            return Err(self.interrupted());
        }
        match self.snapshot.changed() {
            Some(path) => Err(RunError::InputChanged(path.to_owned())),
            None => Ok(()),
        }
    }

    fn interrupted(&self) -> RunError {
        let once = self.plan.files.iter().any(InputFile::is_stdin);
        RunError::Interrupted(match &self.settings.output {
            Output::Folder(_) if once => Resume::InputIsGone,
            Output::Folder(root) => Resume::GoesOn(root.clone()),
            Output::File(path) => Resume::BeginsAnew(path.clone()),
            Output::Stdout => Resume::WasStreamed,
        })
    }

    /// The receipts that hold for this input and identity. The input is read once more for it, record by
    /// record: no time stamp is trusted.
    fn kept_receipts(
        &self,
        folder: &RunFolder,
        identity: &str,
    ) -> Result<BTreeMap<u64, Receipt>, RunError> {
        // Standard input can be read only once, and is the run's.
        if self.plan.files.iter().any(InputFile::is_stdin) {
            return Ok(BTreeMap::new());
        }
        let mut receipts = folder.sound_receipts(identity, self.stop)?;
        if receipts.is_empty() && !self.stop.is_requested() {
            return Ok(receipts);
        }
        let mut digests = self.settings.digests();
        let mut items = self.items();
        for item in items.by_ref() {
            digests.add(&fingerprint(&item));
        }
        // Before anything is removed: what was not looked at must not count as gone.
        if items.is_cut() || self.stop.is_requested() {
            return Err(self.interrupted());
        }
        let digests = digests.finish();
        receipts.retain(|&shard, receipt| {
            usize::try_from(shard)
                .ok()
                .and_then(|shard| digests.get(shard))
                .is_some_and(|digest| *digest == receipt.input)
        });
        Ok(receipts)
    }
}

fn input_entry(tally: &FileTally) -> InputEntry {
    InputEntry {
        path: tally.path.to_string(),
        records: tally.records,
    }
}
