//! Runs in turns, each timed as a whole and by stage.
//!
//! A machine's speed drifts, so sides that are to be compared take turns within a round, and another side begins
//! each round. Every run must do the same work, or there are no figures.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use serde::Serialize;

use super::laps::{Clock, Laps, Times};
use super::sample::Sample;
use crate::annotate::Annotator;
use crate::dedup::Dedup;
use crate::input::{FieldOptions, InputFile, Limits, Refusal, article};
use crate::run::items::{Chunks, ItemSource, Items};
use crate::run::pipeline::in_order;
use crate::run::{Counts, RunError, pool, work};
use crate::stage::{Observer, Stage};

/// What is read.
#[derive(Clone, Debug)]
pub enum Input {
    /// The articles that are built in.
    Sample,
    /// These files, read anew by every run.
    Files(Vec<InputFile>),
}

/// What is done with it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What is read.
    pub input: Input,
    /// The largest record, the largest ratio of compression.
    pub limits: Limits,
    /// Which fields of a record are what.
    pub fields: FieldOptions,
    /// Take only so many records.
    pub limit: Option<u64>,
    /// Runs that are counted.
    pub runs: u16,
    /// Runs before them that are not.
    pub warm_ups: u16,
}

/// One of those that take turns.
pub struct Side<'a> {
    /// The engine's name.
    pub engine: &'static str,
    /// What annotates.
    pub annotator: &'a Annotator,
    /// Workers; the annotator must have been made for as many threads.
    pub jobs: usize,
}

/// What there is to do in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Volume {
    /// Records.
    pub records: u64,
    /// Those that are articles.
    pub articles: u64,
    /// Those without text.
    pub skipped: u64,
    /// Those at fault.
    pub rejected: u64,
    /// Words of the articles' texts: what stands between white space.
    pub words: u64,
    /// Bytes of the articles' texts, in UTF-8.
    pub text_bytes: u64,
    /// Bytes of all records that could be cut out, unpacked, without what stands between them.
    pub record_bytes: u64,
}

/// One counted run of one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// From the opening of the first file to the last finished line, as a clock on the wall has it.
    pub whole: Duration,
    /// What each stage took on its threads: `read` on the reader's own, all others together on the workers'.
    pub stages: Times,
}

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// No article in the input.
    #[error(
        "there is no article to annotate: {records} records in, {rejected} rejected, {skipped} without text; \
         `headcount annotate` says what is wrong with each"
    )]
    NoArticle {
        /// See [`Volume`].
        records: u64,
        /// See [`Volume`].
        rejected: u64,
        /// See [`Volume`].
        skipped: u64,
    },
    /// Two runs that did not do the same.
    #[error(
        "{found} articles were annotated where {expected} had been read: the input changed meanwhile, or some could \
         not be annotated; `headcount annotate` says which"
    )]
    Unequal {
        /// By the run.
        found: u64,
        /// By the survey.
        expected: u64,
    },
    /// The workers.
    #[error(transparent)]
    Run(#[from] RunError),
}

impl Settings {
    fn items(&self) -> Box<dyn ItemSource> {
        match &self.input {
            Input::Sample => Box::new(Sample::new(self.limit)),
            Input::Files(files) => Box::new(Items::new(files.clone(), self.limits, self.limit)),
        }
    }

    /// Reads the input once and counts what is in it.
    fn survey(&self) -> Volume {
        let mut volume = Volume::default();
        for item in self.items() {
            volume.records += 1;
            let Ok(raw) = item else {
                volume.rejected += 1;
                continue;
            };
            volume.record_bytes += raw.bytes.len() as u64;
            match article(&raw, &self.fields) {
                Ok(article) => {
                    volume.articles += 1;
                    volume.words += article.text.split_whitespace().count() as u64;
                    volume.text_bytes += article.text.len() as u64;
                }
                Err(Refusal::Empty | Refusal::NoPage(_) | Refusal::NotRead(_)) => {
                    volume.skipped += 1
                }
                Err(Refusal::Reject(_)) => volume.rejected += 1,
            }
        }
        volume
    }
}

/// Measures: what there was to do, and for each side its rounds. `turn` is called after every run.
///
/// # Errors
/// Nothing to annotate, runs that did not do the same, no threads.
pub fn measure(
    settings: &Settings,
    sides: &[Side<'_>],
    clock: &Clock<'_>,
    mut turn: impl FnMut(),
) -> Result<(Volume, Vec<Vec<Round>>), BenchError> {
    let volume = settings.survey();
    if volume.articles == 0 {
        let Volume {
            records,
            rejected,
            skipped,
            ..
        } = volume;
        return Err(BenchError::NoArticle {
            records,
            rejected,
            skipped,
        });
    }
    let mut measured = sides
        .iter()
        .map(|side| Ok((side, pool(side.jobs)?, Vec::new())))
        .collect::<Result<Vec<_>, RunError>>()?;
    for round in 0..usize::from(settings.warm_ups) + usize::from(settings.runs) {
        let first = round % sides.len().max(1);
        let (early, late) = measured.split_at_mut(first);
        for (side, pool, rounds) in late.iter_mut().chain(early) {
            let timed = run(settings, side, pool, &volume, clock)?;
            if round >= usize::from(settings.warm_ups) {
                rounds.push(timed);
            }
            turn();
        }
    }
    let rounds = measured.into_iter().map(|(_, _, rounds)| rounds).collect();
    Ok((volume, rounds))
}

/// One run, from files to lines, by an engine that has seen nothing yet.
fn run(
    settings: &Settings,
    side: &Side<'_>,
    pool: &rayon::ThreadPool,
    volume: &Volume,
    clock: &Clock<'_>,
) -> Result<Round, BenchError> {
    let engine = side.annotator.engine();
    match settings.input {
        // Its articles come several times; to remember them would be to measure nothing else.
        Input::Sample => engine.stop_remembering(),
        _ => engine.forget(),
    }
    let mut items = settings.items();
    let none_done = BTreeSet::new();
    let begun = clock();
    let mut reader = Laps::new(clock);
    let mut chunks = Chunks::new(items.as_mut(), u64::MAX, &none_done);
    let timed = std::iter::from_fn(|| {
        reader.resume();
        let chunk = chunks.next();
        reader.ended(Stage::Read);
        chunk
    });
    let (mut stages, mut counts) = (Times::default(), Counts::default());
    let Ok(()) = in_order(
        pool,
        timed,
        |chunk| {
            let mut laps = Laps::new(clock);
            let done = work::chunk(
                side.annotator,
                &settings.fields,
                settings.limits,
                Dedup::Off,
                chunk,
                &mut laps,
            );
            (laps.times(), done.counts())
        },
        |(times, done)| -> Result<(), Infallible> {
            stages += times;
            counts += done;
            Ok(())
        },
    );
    let whole = clock().saturating_sub(begun);
    stages += reader.times();
    if counts.annotated != volume.articles || counts.read != volume.records {
        return Err(BenchError::Unequal {
            found: counts.annotated,
            expected: volume.articles,
        });
    }
    Ok(Round { whole, stages })
}
