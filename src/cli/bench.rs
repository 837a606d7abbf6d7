//! `headcount bench [IN...]`: how fast it annotates, as a whole and by stage.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use indicatif::ProgressBar;

use super::engine::{ModelArguments, engines};
use super::input::InputArguments;
use super::{DONE, Failure};
use crate::annotate::Annotator;
use crate::bench::{BenchError, Input, Report, Settings, Side, measure, peak};
use crate::input::{InputFile, PlanOptions};
use crate::tag::engine::EngineName;

/// Measure how fast articles are annotated
///
/// Repeats whole runs, from files to finished lines, which are not written. Gives, for the whole and for each
/// stage, articles, words and megabytes of text a second, and for the seconds median, interquartile range
/// (IQR), least, greatest, and outliers beyond Tukey's fences. The whole is timed by the clock on the wall; a
/// stage in time of the threads that it ran on, so that with N workers the stages together may take N times the
/// whole; `read` has a thread of its own. Without IN it measures a small sample that is built in.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Files, folders, patterns ("news/*.jsonl.gz") [default: 180 articles that are built in]
    #[arg(value_name = "IN")]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    reading: InputArguments,

    /// What tags names; of several each has its turn in every round, with its ratio to the first
    #[arg(long, value_name = "NAME,...", value_delimiter = ',', default_value = EngineName::default().as_str(), value_parser = engines(), help_heading = "Engine")]
    engine: Vec<String>,
    #[command(flatten)]
    model: ModelArguments,

    /// A book of actors of your own, laid over the built-in one; may be given several times, the last wins
    #[arg(long, value_name = "FILE")]
    actors: Vec<PathBuf>,

    /// Workers; of several (1,2,4) each has its turn in every round, with its ratio to the first [default: the
    /// number of processors]
    #[arg(short, long, value_name = "N,...", value_delimiter = ',', value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Vec<u16>,
    /// Runs that are counted
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// Runs before them that are not
    #[arg(long, value_name = "N", default_value_t = 1)]
    warm_ups: u16,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

impl From<BenchError> for Failure {
    fn from(error: BenchError) -> Self {
        Failure::Told(error.to_string())
    }
}

impl Arguments {
    fn settings(&self) -> Result<Settings, Failure> {
        Ok(Settings {
            input: if self.inputs.is_empty() {
                Input::Sample
            } else {
                Input::Files(self.files()?)
            },
            limits: self.reading.limits(),
            fields: self.reading.fields(),
            limit: self.reading.limit,
            runs: self.runs,
            warm_ups: self.warm_ups,
        })
    }

    fn files(&self) -> Result<Vec<InputFile>, Failure> {
        let options = PlanOptions {
            format: self.reading.format()?,
            exclude: None,
        };
        let files = crate::run::plan(&self.inputs, &options)?.files;
        if files.iter().any(InputFile::is_stdin) {
            return Err(Failure::Told(
                "standard input can be read only once, and bench reads its input again for every run; \
                 write it to a file"
                    .to_owned(),
            ));
        }
        Ok(files)
    }

    fn jobs(&self) -> Vec<usize> {
        if self.jobs.is_empty() {
            return vec![super::workers(None)];
        }
        let given = self.jobs.iter().copied();
        given.map(|jobs| super::workers(Some(jobs))).collect()
    }
}

/// Runs the verb; the exit code.
pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let settings = arguments.settings()?;
    let jobs = arguments.jobs();
    let threads = jobs.iter().copied().max().unwrap_or(1);
    let annotators = arguments.engine.iter().map(|engine| {
        let book = super::actors::book(&arguments.actors)?;
        arguments.model.annotator(engine, threads, book)
    });
    let annotators = annotators.collect::<Result<Vec<Annotator>, Failure>>()?;
    let sides: Vec<Side<'_>> = annotators
        .iter()
        .flat_map(|annotator| {
            jobs.iter().map(|&jobs| Side {
                engine: annotator.engine().name().as_str(),
                annotator,
                jobs,
            })
        })
        .collect();
    let turns = (u64::from(settings.runs) + u64::from(settings.warm_ups)) * sides.len() as u64;
    let bar = if std::io::stderr().is_terminal() {
        ProgressBar::new(turns)
    } else {
        ProgressBar::hidden()
    };
    let begun = Instant::now();
    let measured = measure(&settings, &sides, &|| begun.elapsed(), || bar.inc(1));
    bar.finish_and_clear();
    let (volume, rounds) = measured?;
    // Only Linux has this file; elsewhere there is no figure.
    let status = std::fs::read_to_string("/proc/self/status").ok();
    let memory = status.as_deref().and_then(peak);
    let report = Report::new(&settings, &sides, volume, &rounds, memory);
    let mut stdout = std::io::stdout().lock();
    if arguments.json {
        let json = serde_json::to_string_pretty(&report)
            .map_err(|error| Failure::Told(error.to_string()))?;
        writeln!(stdout, "{json}")?;
    } else {
        write!(stdout, "{}", report.text())?;
    }
    stdout.flush()?;
    Ok(DONE)
}
