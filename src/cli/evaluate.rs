//! `headcount evaluate GOLD...`: accuracy against gold, ours or anybody's.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;

use super::engine::EngineArguments;
use super::{DONE, FINDINGS, Failure};
use crate::actor::Book;
use crate::input::Article;
use crate::run::pipeline::in_order;
use crate::score::read::{GoldFormat, Read, ReadError, read};
use crate::score::{Document, LabelMap, Report, Scope, render};
use crate::tag::TagError;

/// Measure accuracy against gold: names, numbers, actors
///
/// Without --pred it annotates the gold's text itself. Gold and predictions may be our records (a file or
/// a run folder), JSON lines with `spans` (spaCy, Prodigy), token columns (CoNLL-2002, CoNLL-2003, IOB2,
/// BIOES) or brat; which, is found by content. Figures come with 95% intervals over documents. Exits with
/// 1 where gold documents have no prediction.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Files or folders with the gold
    #[arg(value_name = "GOLD", required = true)]
    gold: Vec<PathBuf>,
    /// Predictions: a run folder or a file in any of the formats
    #[arg(long, value_name = "RUN|FILE")]
    pred: Option<PathBuf>,
    /// Predictions of another system, to be compared on the same documents
    #[arg(long, value_name = "RUN|FILE")]
    against: Option<PathBuf>,
    /// Read the gold as this; iob1 also rewrites its tags to IOB2
    #[arg(long, value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(GoldFormat::NAMES.map(|(name, _)| name)))]
    format: Option<String>,
    /// Call a label of gold or prediction something else (GPE=LOC; X=?X masks it); `none` drops the
    /// built-in map
    #[arg(long, value_name = "FROM=TO", value_delimiter = ',')]
    map: Vec<String>,
    /// Compare these types only [default: those that the gold annotates]
    #[arg(long, value_name = "TYPE,...", value_delimiter = ',')]
    types: Option<Vec<String>>,
    /// How the figures are written to standard output
    #[arg(long, value_name = "HOW", default_value = "table")]
    output: Form,
    /// Write every error there: JSON lines if it ends in .jsonl, else a list to read; - is standard output
    #[arg(long, value_name = "FILE")]
    errors: Vec<PathBuf>,
    /// List so many documents with the most errors
    #[arg(long, value_name = "N", default_value_t = 10)]
    worst: usize,
    #[command(flatten)]
    engine: EngineArguments,
    /// Workers where it annotates [default: the number of processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Table,
    Json,
    Markdown,
    Csv,
}

/// What an error is called where one side alone has something, and the two sides.
const ALONE: [&str; 2] = ["missed", "spurious"];
const SIDES: [&str; 2] = ["gold", "predicted"];

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Failure::Told(error.to_string())
    }
}

/// Runs the verb; the exit code.
pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let map = LabelMap::with(&arguments.map).map_err(Failure::Told)?;
    let format = arguments.format.as_deref().and_then(|given| {
        let named = GoldFormat::NAMES
            .into_iter()
            .find(|(name, _)| *name == given);
        named.map(|(_, format)| format)
    });
    let gold = read(&arguments.gold, format, &map)?.documents;
    let side = |path: &Path| read(std::slice::from_ref(&path.to_owned()), None, &map);
    let predicted = match &arguments.pred {
        Some(path) => side(path)?,
        None => annotate(&gold, arguments)?,
    };
    let against = arguments.against.as_deref().map(side).transpose()?;
    let types = arguments.types.as_ref().map(|given| {
        let types = given.iter().flat_map(|label| map.read(label).0);
        types.collect::<Vec<String>>()
    });
    let scope = Scope::new(&gold, types.as_deref(), predicted.records);
    let against = against.as_ref().map(|against| against.documents.as_slice());
    let report = crate::score::evaluate(&gold, &predicted.documents, against, scope)
        .map_err(Failure::Told)?;
    for path in &arguments.errors {
        write_errors(&report, path)?;
    }
    let mut stdout = std::io::stdout().lock();
    match arguments.output {
        Form::Table => write!(stdout, "{}", render::text(&report, arguments.worst))?,
        Form::Markdown => write!(stdout, "{}", render::markdown(&report, arguments.worst))?,
        Form::Csv => write!(stdout, "{}", render::csv(&report))?,
        Form::Json => writeln!(stdout, "{:#}", render::json(&report, arguments.worst))?,
    }
    stdout.flush()?;
    if let Some(first) = report.missing.first() {
        eprintln!(
            "headcount: {} of {} documents have no prediction, first `{first}`",
            report.missing.len(),
            report.documents
        );
        return Ok(FINDINGS);
    }
    Ok(DONE)
}

/// Annotates the gold's text; what the gold says of it is not looked at.
fn annotate(gold: &[Document], arguments: &Arguments) -> Result<Read, Failure> {
    let jobs = super::workers(arguments.jobs);
    let book = Book::embedded().map_err(|error| Failure::Told(error.to_string()))?;
    let annotator = arguments.engine.annotator(jobs, book)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    let pool = pool.map_err(|error| Failure::Told(format!("{error}; lower --jobs")))?;
    let bar = if std::io::stderr().is_terminal() {
        ProgressBar::new(gold.len() as u64)
    } else {
        ProgressBar::hidden()
    };
    let mut documents = Vec::with_capacity(gold.len());
    let annotated = in_order(
        &pool,
        gold.iter(),
        |document| annotator.annotate(vec![article(document)]),
        |results| {
            for result in results {
                documents.push(Document::from(result?));
            }
            bar.inc(1);
            Ok::<(), TagError>(())
        },
    );
    bar.finish_and_clear();
    annotated.map_err(|error| Failure::Told(error.to_string()))?;
    Ok(Read {
        documents,
        records: true,
    })
}

/// The article behind a gold document, as `annotate` would read it.
fn article(document: &Document) -> Article {
    let origin = document.origin.clone();
    Article {
        id: document.id.clone(),
        path: origin.path,
        record: 0,
        byte: None,
        sha256: String::new(),
        title: origin.title,
        published: origin.published,
        url: origin.url,
        outlet: origin.outlet,
        meta: serde_json::Map::new(),
        text: document.text.clone(),
        warnings: Vec::new(),
    }
}

fn write_errors(report: &Report, path: &Path) -> Result<(), Failure> {
    let lines = path.extension().is_some_and(|end| end == "jsonl");
    let mut out = String::new();
    for (id, errors) in &report.errors {
        if !lines {
            out += &format!("{}\n", id.escape_debug());
        }
        for error in errors {
            if lines {
                let mut object = serde_json::Map::new();
                object.insert("id".to_owned(), id.clone().into());
                object.extend(error.json(ALONE, SIDES));
                out += &format!("{}\n", serde_json::Value::Object(object));
            } else {
                out += &error.lines(ALONE, SIDES);
            }
        }
    }
    if path.as_os_str() == "-" {
        std::io::stdout().write_all(out.as_bytes())?;
        return Ok(());
    }
    std::fs::write(path, out)
        .map_err(|error| Failure::Told(format!("{}: cannot write: {error}", path.display())))
}
