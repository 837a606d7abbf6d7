//! A run: inputs in, shards and a manifest out, every record accounted for.
//!
//! Reading and writing happen on the calling thread, annotating on `jobs` workers, and no more than a
//! fixed number of records is between the two. Only this module and `input` touch files.

mod counts;
mod error;
mod folder;
mod identity;
pub(crate) mod items;
pub(crate) mod pipeline;
mod progress;
mod receipt;
mod sink;
mod stream;
mod verify;
pub(crate) mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

pub use counts::Counts;
pub use error::RunError;
pub use identity::Identity;
pub use progress::{Progress, ProgressMode};
pub use receipt::{InputEntry, Manifest, Receipt};
pub use sink::{Compress, FileSeal};
pub use verify::{Finding, Verified, verify};

use crate::annotate::Annotator;
use crate::input::{self, FieldOptions, Format, InputFile, Limits, Plan, PlanOptions};
use folder::{InputDigests, RunFolder, Shard};
use items::{Chunk, Chunks, FileTally, Items, fingerprint};
use receipt::RUN_SCHEMA;

/// Where a run writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// A folder of shards that can be resumed.
    Folder(PathBuf),
    /// One file of lines, which appears when it is whole.
    File(PathBuf),
    /// Standard output.
    Stdout,
}

/// What a run does.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Files, folders, patterns, or `-`.
    pub inputs: Vec<PathBuf>,
    /// Where to.
    pub output: Output,
    /// The format of the inputs, where their extension shall not say it.
    pub format: Option<Format>,
    /// The largest record, the largest ratio of compression.
    pub limits: Limits,
    /// Which fields of a record are what.
    pub fields: FieldOptions,
    /// Records in a shard.
    pub shard_size: u64,
    /// Compression of the shards.
    pub compress: Compress,
    /// Take only so many records.
    pub limit: Option<u64>,
    /// Workers.
    pub jobs: usize,
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// All records, those of kept shards included.
    pub counts: Counts,
    /// Shards that an earlier run had done.
    pub kept: u64,
    /// Shards in all; 0 where the output is no folder.
    pub shards: u64,
}

/// What a run would do.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// The files, with their records, in order.
    pub files: Vec<(InputFile, u64)>,
    /// Files in folders that have no extension that we read.
    pub ignored: Vec<PathBuf>,
    /// Records in all.
    pub records: u64,
    /// Shards in all, and those of them that are done.
    pub shards: u64,
    /// See `shards`.
    pub kept: u64,
}

impl Settings {
    /// The inputs, expanded.
    fn plan(&self) -> Result<Plan, RunError> {
        let exclude = match &self.output {
            Output::Folder(path) | Output::File(path) => Some(path.clone()),
            Output::Stdout => None,
        };
        let options = PlanOptions {
            format: self.format,
            exclude,
        };
        plan(&self.inputs, &options)
    }

    fn items(&self, plan: &Plan) -> Items {
        Items::new(plan.files.clone(), self.limits, self.limit)
    }

    fn identity(&self, annotator: &Annotator) -> Identity {
        Identity::new(
            annotator,
            &self.fields,
            self.limits,
            self.shard_size,
            self.compress,
        )
    }
}

/// The inputs, expanded: at least one file.
///
/// # Errors
/// Inputs that are missing, or that have nothing to read.
pub(crate) fn plan(inputs: &[PathBuf], options: &PlanOptions) -> Result<Plan, RunError> {
    let plan = input::plan(inputs, options)?;
    if plan.files.is_empty() {
        let inputs: Vec<String> = inputs
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        return Err(RunError::NothingToRead(inputs.join(", ")));
    }
    Ok(plan)
}

/// The workers.
///
/// # Errors
/// The system gives no threads.
pub(crate) fn pool(jobs: usize) -> Result<rayon::ThreadPool, RunError> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.max(1))
        .thread_name(|index| format!("annotate-{index}"))
        .build()
        .map_err(|error| RunError::Threads(error.to_string()))
}

/// Annotates.
///
/// # Errors
/// The run could not begin or could not go on: inputs that are missing, an output that cannot be
/// written. Faults of single records are no errors but lines among the rejects.
pub fn run(
    settings: &Settings,
    annotator: &Annotator,
    progress: &Progress,
) -> Result<Summary, RunError> {
    let plan = settings.plan()?;
    let total = plan.files.iter().map(|file| file.bytes).sum();
    match &settings.output {
        Output::Folder(root) => {
            let folder = RunFolder::open(root)?;
            progress.begin(total);
            into_folder(settings, annotator, progress, &plan, &folder)
        }
        Output::File(path) => {
            let mut stream = stream::Stream::file(path)?;
            progress.begin(total);
            into_stream(settings, annotator, progress, &plan, &mut stream)?;
            stream.finish()
        }
        Output::Stdout => {
            let mut stream = stream::Stream::stdout();
            progress.begin(total);
            into_stream(settings, annotator, progress, &plan, &mut stream)?;
            stream.finish()
        }
    }
}

fn into_stream(
    settings: &Settings,
    annotator: &Annotator,
    progress: &Progress,
    plan: &Plan,
    stream: &mut stream::Stream,
) -> Result<(), RunError> {
    let mut items = settings.items(plan);
    let none_done = BTreeSet::new();
    pipeline::in_order(
        &pool(settings.jobs)?,
        Chunks::new(&mut items, u64::MAX, &none_done),
        |chunk: Chunk| work::chunk(annotator, &settings.fields, chunk, &mut ()),
        |done| {
            progress.advance(&done);
            stream.add(&done)
        },
    )
}

fn into_folder(
    settings: &Settings,
    annotator: &Annotator,
    progress: &Progress,
    plan: &Plan,
    folder: &RunFolder,
) -> Result<Summary, RunError> {
    let identity = settings.identity(annotator);
    let identity_digest = identity.digest();
    let mut receipts = kept_receipts(settings, plan, folder, &identity_digest)?;
    folder.reopen()?;
    folder.sweep(&receipts)?;
    let done_before: BTreeSet<u64> = receipts.keys().copied().collect();
    for receipt in receipts.values() {
        progress.keep(receipt.counts);
    }

    let mut items = settings.items(plan);
    let mut open: Option<Shard<'_>> = None;
    let mut commit = |shard: Shard<'_>| -> Result<(), RunError> {
        let receipt = shard.commit(&identity_digest)?;
        receipts.insert(receipt.shard, receipt);
        Ok(())
    };
    pipeline::in_order(
        &pool(settings.jobs)?,
        Chunks::new(&mut items, settings.shard_size, &done_before),
        |chunk: Chunk| work::chunk(annotator, &settings.fields, chunk, &mut ()),
        |done| {
            progress.advance(&done);
            let mut shard = match open.take() {
                Some(shard) if shard.number == done.shard => shard,
                earlier => {
                    earlier.map(&mut commit).transpose()?;
                    folder.shard(done.shard, settings.compress)
                }
            };
            shard.add(&done)?;
            open = Some(shard);
            Ok::<(), RunError>(())
        },
    )?;
    open.take().map(&mut commit).transpose()?;

    let mut counts = Counts::default();
    receipts
        .values()
        .for_each(|receipt| counts += receipt.counts);
    let summary = Summary {
        counts,
        kept: done_before.len() as u64,
        shards: receipts.len() as u64,
    };
    folder.finish(&Manifest {
        schema: RUN_SCHEMA.to_owned(),
        identity,
        limit: settings.limit,
        counts,
        inputs: items.tally().iter().map(input_entry).collect(),
        ignored: plan
            .ignored
            .iter()
            .map(|path| path.display().to_string())
            .collect(),
        shards: receipts.into_values().collect(),
    })?;
    Ok(summary)
}

fn input_entry(tally: &FileTally) -> InputEntry {
    InputEntry {
        path: tally.path.to_string(),
        records: tally.records,
    }
}

/// The receipts that hold for this input and identity. The input is read once more for it, record by
/// record: no time stamp is trusted.
fn kept_receipts(
    settings: &Settings,
    plan: &Plan,
    folder: &RunFolder,
    identity: &str,
) -> Result<BTreeMap<u64, Receipt>, RunError> {
    let mut receipts = folder.sound_receipts(identity)?;
    // Standard input can be read only once, and is the run's.
    if plan.files.iter().any(InputFile::is_stdin) {
        receipts.clear();
    }
    if receipts.is_empty() {
        return Ok(receipts);
    }
    let mut digests = InputDigests::new(settings.shard_size);
    for item in settings.items(plan) {
        digests.add(&fingerprint(&item));
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

/// Reads the inputs and says what `run` would do; annotates and changes nothing.
///
/// # Errors
/// As for `run`.
pub fn outlook(settings: &Settings, annotator: &Annotator) -> Result<Outlook, RunError> {
    let plan = settings.plan()?;
    let mut items = settings.items(&plan);
    let mut digests = InputDigests::new(settings.shard_size);
    let mut records = 0;
    for item in items.by_ref() {
        records += 1;
        digests.add(&fingerprint(&item));
    }
    let digests = digests.finish();
    let (shards, kept) = match &settings.output {
        Output::Folder(root) => {
            let identity = settings.identity(annotator).digest();
            let kept = digests.iter().zip(0..).filter(|(digest, shard)| {
                folder::receipt(root, *shard).is_some_and(|receipt| {
                    receipt.identity == identity && receipt.input == **digest
                })
            });
            (digests.len() as u64, kept.count() as u64)
        }
        Output::File(_) | Output::Stdout => (0, 0),
    };
    let counted = items.tally().iter().map(|tally| tally.records);
    Ok(Outlook {
        records,
        files: plan
            .files
            .into_iter()
            .zip(counted.chain(std::iter::repeat(0)))
            .collect(),
        ignored: plan.ignored,
        shards,
        kept,
    })
}
