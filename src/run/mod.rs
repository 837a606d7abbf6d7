//! A run: inputs in, shards and a manifest out, every record accounted for.
//!
//! Reading and writing happen on the calling thread, annotating on `jobs` workers, and no more than a
//! fixed number of records is between the two. Only this module and `input` touch files.

mod counts;
mod dedup;
mod disk;
mod error;
#[cfg(test)]
mod faults;
mod filling;
mod finished;
mod folder;
mod identity;
pub(crate) mod items;
pub(crate) mod pipeline;
mod progress;
mod receipt;
mod retry;
mod running;
mod sink;
mod snapshot;
mod stop;
mod stream;
mod verify;
mod verify_dups;
pub(crate) mod work;

use std::path::PathBuf;

pub use counts::Counts;
pub use error::{Resume, RunError};
pub use identity::Identity;
pub use progress::{Progress, ProgressMode};
pub use receipt::{InputEntry, Manifest, Receipt};
pub use sink::{Compress, FileSeal};
pub use stop::Stop;
pub use verify::{Finding, Verified, verify};

use crate::annotate::Annotator;
use crate::dedup::Dedup;
use crate::input::{self, FieldOptions, Format, InputFile, Limits, Plan, PlanOptions};
use folder::RunFolder;
use items::{Items, fingerprint};
use receipt::InputDigests;
use running::Running;

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
    /// The inputs are runs, or their rejects, and what these rejected is annotated.
    pub retry_rejects: bool,
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
    /// Which copies of articles are told from their originals.
    pub dedup: Dedup,
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
        if self.retry_rejects {
            return retry::plan(&self.inputs, exclude);
        }
        let options = PlanOptions {
            format: self.format,
            exclude,
        };
        plan(&self.inputs, &options)
    }

    fn items(&self, plan: &Plan, stop: &Stop) -> Items {
        let items = Items::new(plan.files.clone(), self.limits, self.limit).until(stop);
        if self.retry_rejects {
            items.retrying(self.format)
        } else {
            items
        }
    }

    /// Digests of shards: what is a copy in one depends on all before it.
    fn digests(&self) -> InputDigests {
        InputDigests::new(self.shard_size, self.dedup != Dedup::Off)
    }

    fn identity(&self, annotator: &Annotator) -> Identity {
        Identity::new(
            annotator,
            &self.fields,
            self.limits,
            self.shard_size,
            self.compress,
            self.dedup,
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

/// Annotates, unless and until it is asked to stop.
///
/// # Errors
/// The run could not begin or could not go on: inputs that are missing or changed meanwhile, an output that
/// cannot be written, a wish to stop. Faults of single records are no errors but lines among the rejects.
pub fn run(
    settings: &Settings,
    annotator: &Annotator,
    progress: &Progress,
    stop: &Stop,
) -> Result<Summary, RunError> {
    let plan = settings.plan()?;
    let running = Running::new(settings, annotator, progress, stop, plan);
    match &settings.output {
        Output::Folder(root) => running.fill_folder(&RunFolder::open(root)?),
        Output::File(path) => running.fill_stream(stream::Stream::file(path)?),
        Output::Stdout => running.fill_stream(stream::Stream::stdout()),
    }
}

/// Reads the inputs and says what `run` would do; annotates and changes nothing.
///
/// # Errors
/// As for `run`.
pub fn outlook(settings: &Settings, annotator: &Annotator) -> Result<Outlook, RunError> {
    let plan = settings.plan()?;
    let mut items = settings.items(&plan, &Stop::default());
    let mut digests = settings.digests();
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
                finished::receipt(root, *shard).is_some_and(|receipt| {
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
