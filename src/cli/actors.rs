//! `headcount actors`: read, search, check and import books of actors.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::{DONE, FINDINGS, Failure};
use crate::actor::{self, Book, Form, Listing};

/// Read, search, check and import books of actors
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
    /// A book of your own, laid over the built-in one; may be given several times, the last wins
    #[arg(long, value_name = "FILE", global = true)]
    actors: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Every actor: id, type, country, name, names
    List {
        /// Only actors of this type
        #[arg(long = "type", value_name = "TYPE")]
        kind: Option<String>,
        /// Only actors of this country (ISO 3166-1 alpha-2)
        #[arg(long, value_name = "CODE")]
        country: Option<String>,
    },
    /// One actor with all its names
    Show {
        /// The actor's id
        #[arg(value_name = "ID")]
        id: String,
    },
    /// The actors of this name, then those whose names contain it
    Find {
        /// A name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// What is wrong with a book: the built-in one, or these files laid over it
    Lint {
        /// Files of a book
        #[arg(value_name = "FILES")]
        files: Vec<PathBuf>,
    },
    /// Turn a list of actors into a book
    Import {
        /// The list's form
        #[arg(long, value_name = "FORM")]
        from: From,
        /// The list
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Where to write the book; - is standard output
        #[arg(short, long, value_name = "BOOK.csv")]
        output: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum From {
    Csv,
    Jsonl,
    Ftm,
    Wikidata,
    Petrarch,
}

/// Reads a file of a book.
pub(super) fn read(path: &Path) -> Result<(String, String), Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    match fs::read_to_string(path) {
        Ok(content) => Ok((name.to_string_lossy().into_owned(), content)),
        Err(error) => Err(Failure::Told(format!("{}: {error}", path.display()))),
    }
}

/// The built-in book under these.
pub(super) fn book(paths: &[PathBuf]) -> Result<Book, Failure> {
    let files = paths
        .iter()
        .map(|path| read(path))
        .collect::<Result<Vec<_>, _>>()?;
    Book::overlaid(&files).map_err(|error| Failure::Told(error.to_string()))
}

/// Runs the verb; the exit code.
pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let code = match &arguments.verb {
        Verb::List { kind, country } => {
            let book = book(&arguments.actors)?;
            let wanted = |row: &Listing<'_>| {
                kind.as_deref().is_none_or(|kind| row.kind == kind)
                    && country
                        .as_deref()
                        .is_none_or(|code| row.country == Some(code))
            };
            for row in book.listings().filter(wanted) {
                line(&mut out, &row)?;
            }
            DONE
        }
        Verb::Show { id } => match book(&arguments.actors)?.listing(id) {
            Some(row) => show(&mut out, &row).map(|()| DONE)?,
            None => {
                return Err(Failure::Told(format!(
                    "no actor {id:?}; `headcount actors find NAME` gives ids"
                )));
            }
        },
        Verb::Find { name } => {
            let book = book(&arguments.actors)?;
            let found = book.find(name);
            for row in &found {
                line(&mut out, row)?;
            }
            if found.is_empty() { FINDINGS } else { DONE }
        }
        Verb::Lint { files } => {
            let book = book(&[arguments.actors.as_slice(), files].concat())?;
            let faults = book.lint();
            for fault in &faults {
                writeln!(out, "{fault}")?;
            }
            eprintln!(
                "headcount: {} actors, {} names, {} faults",
                book.len(),
                book.names(),
                faults.len()
            );
            if faults.is_empty() { DONE } else { FINDINGS }
        }
        Verb::Import { from, file, output } => {
            let form = match from {
                From::Csv => Form::Csv,
                From::Jsonl => Form::Jsonl,
                From::Ftm => Form::Ftm,
                From::Wikidata => Form::Wikidata,
                From::Petrarch => Form::Petrarch,
            };
            let (name, content) = read(file)?;
            let (book, left_out) = actor::import(form, &content, &name)
                .map_err(|error| Failure::Told(format!("{}: {error}", file.display())))?;
            if output.as_os_str() == "-" {
                out.write_all(book.as_bytes())?;
            } else {
                fs::write(output, &book)
                    .map_err(|error| Failure::Told(format!("{}: {error}", output.display())))?;
            }
            if left_out > 0 {
                eprintln!("headcount: {left_out} entries without a name in Latin letters left out");
            }
            DONE
        }
    };
    out.flush()?;
    Ok(code)
}

fn line(out: &mut dyn Write, row: &Listing<'_>) -> std::io::Result<()> {
    let country = row.country.unwrap_or("-");
    let names = row.names.join("; ");
    writeln!(
        out,
        "{}\t{}\t{country}\t{}\t{names}",
        row.id, row.kind, row.name
    )
}

fn show(out: &mut dyn Write, row: &Listing<'_>) -> std::io::Result<()> {
    writeln!(
        out,
        "id       {}\nname     {}\ntype     {}",
        row.id, row.name, row.kind
    )?;
    for (label, value) in [
        ("country ", row.country),
        ("qid     ", row.qid),
        ("parent  ", row.parent),
    ] {
        if let Some(value) = value {
            writeln!(out, "{label} {value}")?;
        }
    }
    if let Some(from) = row.from {
        writeln!(out, "from     {from}")?;
    }
    if let Some(until) = row.until {
        writeln!(out, "until    {until}")?;
    }
    writeln!(out, "source   {}", row.source)?;
    for (label, lines) in [
        ("ally", &row.affiliates),
        ("became", &row.successors),
        ("office", &row.offices),
        ("", &row.names),
    ] {
        for line in lines {
            writeln!(out, "{label:<8} {line}")?;
        }
    }
    Ok(())
}
