//! `headcount annotate IN... -o OUT`: the main job.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::engine::EngineArguments;
use super::input::InputArguments;
use super::{DONE, FAILED, FINDINGS, Failure};
use crate::input::Limits;
use crate::run::{
    self, Compress, Outlook, Output, Progress, ProgressMode, Settings, Stop, Summary,
};

/// Annotate articles: who is named in them, and every number
///
/// Reads .txt, .html, .warc, .jsonl, .json (an array of records), .csv and .tsv, each also as .gz or .zst. Writes one
/// JSON record a line for every article; what cannot be annotated becomes a line among the rejects,
/// with code, place and raw bytes. The same command again goes on where it stopped.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Files, folders, patterns ("news/*.jsonl.gz"), @FILE with one of these a line, or - for standard input
    #[arg(value_name = "IN", required = true)]
    inputs: Vec<PathBuf>,

    /// A folder (can be resumed), a file.jsonl[.gz|.zst], or - for standard output
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,

    #[command(flatten)]
    reading: InputArguments,

    #[command(flatten)]
    engine: EngineArguments,

    /// A book of actors of your own, laid over the built-in one; may be given several times, the last wins
    #[arg(long, value_name = "FILE")]
    actors: Vec<PathBuf>,

    /// IN are finished runs, or files of rejects: take what they rejected again, into another OUT
    #[arg(long)]
    retry_rejects: bool,

    /// Workers [default: the number of processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Records in a shard of the output folder
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..))]
    shard_size: u64,
    /// Compress the shards
    #[arg(long, value_name = "HOW", default_value = "none")]
    compress: Compression,
    /// The longest article, in characters of its text; a longer one is rejected [default: as --max-record allows]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_article: Option<u64>,
    /// Exit with 1 if more than N records were rejected
    #[arg(long, value_name = "N", default_value_t = 0)]
    max_rejects: u64,

    /// Read the inputs and say what would be done; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Show progress: lines for a log, or nothing; auto is a bar on a terminal and nothing elsewhere
    #[arg(long, value_name = "HOW", default_value = "auto")]
    progress: ProgressChoice,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Compression {
    None,
    Gz,
    Zst,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ProgressChoice {
    Auto,
    Plain,
    Off,
}

impl Arguments {
    fn settings(&self) -> Result<Settings, Failure> {
        Ok(Settings {
            inputs: self.inputs.clone(),
            retry_rejects: self.retry_rejects,
            output: output(&self.output),
            format: self.reading.format()?,
            limits: Limits {
                max_article: self.max_article,
                ..self.reading.limits()
            },
            fields: self.reading.fields(),
            shard_size: self.shard_size,
            compress: match self.compress {
                Compression::None => Compress::None,
                Compression::Gz => Compress::Gz,
                Compression::Zst => Compress::Zst,
            },
            limit: self.reading.limit,
            jobs: super::workers(self.jobs),
        })
    }

    fn progress(&self) -> ProgressMode {
        match self.progress {
            _ if self.quiet => ProgressMode::Silent,
            ProgressChoice::Off => ProgressMode::Silent,
            ProgressChoice::Plain => ProgressMode::Plain,
            ProgressChoice::Auto if std::io::stderr().is_terminal() => ProgressMode::Bar,
            ProgressChoice::Auto => ProgressMode::Silent,
        }
    }
}

/// A name that ends in .jsonl, perhaps compressed, is one file; any other is a folder.
fn output(path: &Path) -> Output {
    let name = path.file_name().map(|name| name.to_string_lossy());
    let is_file = name.is_some_and(|name| {
        [".jsonl", ".jsonl.gz", ".jsonl.zst"]
            .iter()
            .any(|ending| name.ends_with(ending))
    });
    if path.as_os_str() == "-" {
        Output::Stdout
    } else if is_file {
        Output::File(path.to_owned())
    } else {
        Output::Folder(path.to_owned())
    }
}

/// Runs the verb; the exit code.
pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let settings = arguments.settings()?;
    let stop = if arguments.dry_run {
        Stop::default()
    } else {
        super::stop_on_signals()?
    };
    let book = super::actors::book(&arguments.actors)?;
    let annotator = arguments.engine.annotator(settings.jobs, book)?;
    if arguments.dry_run {
        let outlook = run::outlook(&settings, &annotator)?;
        tell(&outlook, &settings)?;
        return Ok(DONE);
    }
    let progress = Progress::new(arguments.progress());
    let summary = run::run(&settings, &annotator, &progress, &stop);
    progress.end();
    let summary = summary?;
    if !summary.counts.balance() {
        eprintln!(
            "headcount: {}: this does not add up, which is a bug",
            summary.counts
        );
        return Ok(FAILED);
    }
    if !arguments.quiet {
        report(&summary, &settings);
    }
    Ok(if summary.counts.rejected > arguments.max_rejects {
        FINDINGS
    } else {
        DONE
    })
}

/// The run in a few lines, on standard error.
fn report(summary: &Summary, settings: &Settings) {
    eprintln!("headcount: {}", summary.counts);
    if summary.kept > 0 {
        eprintln!(
            "headcount: {} of {} shards were done before and kept",
            summary.kept, summary.shards
        );
    }
    let lost = [
        ("rejects", summary.counts.rejected),
        ("skipped", summary.counts.skipped),
    ];
    let lost: Vec<&str> = lost
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(place, _)| *place)
        .collect();
    let places = match &settings.output {
        Output::Folder(root) => lost
            .iter()
            .map(|place| root.join(place).display().to_string())
            .collect(),
        Output::File(path) if !lost.is_empty() => vec![format!("{}.rejects.jsonl", path.display())],
        // Standard error has told of each already.
        Output::File(_) | Output::Stdout => Vec::new(),
    };
    if !places.is_empty() {
        eprintln!(
            "headcount: what is not annotated is in {}",
            places.join(" and ")
        );
    }
}

/// What a run would do, on standard output.
fn tell(outlook: &Outlook, settings: &Settings) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    for (file, records) in &outlook.files {
        writeln!(
            stdout,
            "{records:>10} records  {:<6} {}",
            file.format.name(),
            file.name
        )?;
    }
    for path in &outlook.ignored {
        writeln!(
            stdout,
            "{:>10}          {:<6} {}",
            "-",
            "ignored",
            path.display()
        )?;
    }
    writeln!(
        stdout,
        "{:>10} records in {} files",
        outlook.records,
        outlook.files.len()
    )?;
    if let Output::Folder(path) = &settings.output {
        writeln!(
            stdout,
            "{:>10} shards in {}, {} of them done",
            outlook.shards,
            path.display(),
            outlook.kept
        )?;
    }
    Ok(())
}
