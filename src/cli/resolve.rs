//! `headcount resolve IN -o OUT`: who is meant by each name of a list.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DONE, FINDINGS, Failure, actors};
use crate::actor::{Answer, Query};
use crate::tag::EntityType;

/// Say who is meant by each name of a list, and why
///
/// Reads one JSON object a line: mention, and where known id, context, offset (of the mention in the
/// context, in code points), mentions (other names in it: mention, offset, type), type, published (YYYY-MM-DD) and country. Writes one a line: id, mention,
/// actor (id, name, type, known, and where there are, country and parent) or null, rule, evidence, alternatives.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A .jsonl file, or - for standard input
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// Where to write; - is standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: PathBuf,
    /// A book of your own, laid over the built-in one; may be given several times, the last wins
    #[arg(long, value_name = "FILE")]
    actors: Vec<PathBuf>,
    /// Write lines to read instead of JSON
    #[arg(long)]
    explain: bool,
}

/// A line of the input.
#[derive(Debug, Deserialize)]
struct Line {
    #[serde(default)]
    id: Option<Value>,
    mention: String,
    #[serde(default)]
    context: Option<String>,
    #[serde(default)]
    offset: Option<Value>,
    #[serde(default)]
    mentions: Vec<Beside>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default, alias = "date")]
    published: Option<String>,
    #[serde(default)]
    country: Option<String>,
}

/// Another name of the context.
#[derive(Debug, Deserialize)]
struct Beside {
    mention: String,
    offset: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// An actor in the output.
#[derive(Debug, Serialize)]
struct Named<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    known: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
}

/// Somebody else who bears the name.
#[derive(Debug, Serialize)]
struct Other<'a> {
    id: &'a str,
    name: &'a str,
    reason: &'a str,
}

/// A line of the output.
#[derive(Debug, Serialize)]
struct Resolved<'a> {
    id: &'a Option<Value>,
    mention: &'a str,
    actor: Option<Named<'a>>,
    rule: &'a str,
    evidence: Option<&'a str>,
    alternatives: Vec<Other<'a>>,
}

/// Runs the verb; the exit code.
pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let book = actors::book(&arguments.actors)?;
    let told =
        |path: &Path, error: std::io::Error| Failure::Told(format!("{}: {error}", path.display()));
    let input: Box<dyn BufRead> = if arguments.input.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        let file = File::open(&arguments.input).map_err(|error| told(&arguments.input, error))?;
        Box::new(BufReader::new(file))
    };
    let mut output: Box<dyn Write> = if arguments.output.as_os_str() == "-" {
        Box::new(BufWriter::new(std::io::stdout().lock()))
    } else {
        let file =
            File::create(&arguments.output).map_err(|error| told(&arguments.output, error))?;
        Box::new(BufWriter::new(file))
    };
    let mut faults = 0;
    for (at, line) in input.lines().enumerate() {
        let read = line.map_err(|error| error.to_string()).and_then(|line| {
            if line.trim().is_empty() {
                return Ok(None);
            }
            serde_json::from_str::<Line>(&line)
                .map(Some)
                .map_err(|error| error.to_string())
        });
        let line = match read {
            Ok(Some(line)) => line,
            Ok(None) => continue,
            Err(problem) => {
                eprintln!(
                    "headcount: {}:{}: {problem}",
                    arguments.input.display(),
                    at + 1
                );
                faults += 1;
                continue;
            }
        };
        let others: Vec<_> = line
            .mentions
            .iter()
            .filter_map(|m| Some((m.offset, m.mention.as_str(), entity_type(&m.kind)?)))
            .collect();
        let answer = book.ask(line.query(&others));
        if arguments.explain {
            explain(&mut output, &line, &answer)?;
        } else {
            serde_json::to_writer(&mut output, &resolved(&line, &answer))
                .map_err(std::io::Error::from)?;
            writeln!(output)?;
        }
    }
    output.flush()?;
    Ok(if faults == 0 { DONE } else { FINDINGS })
}

impl Line {
    fn query<'a>(&'a self, others: &'a [(usize, &'a str, EntityType)]) -> Query<'a> {
        let date = self.published.as_deref().and_then(|date| date.get(..10));
        let offset = self.offset.as_ref().and_then(Value::as_u64);
        Query {
            mention: &self.mention,
            context: self.context.as_deref(),
            offset: offset.and_then(|offset| usize::try_from(offset).ok()),
            kind: self.kind.as_deref().and_then(entity_type),
            published: date.and_then(|date| date.parse().ok()),
            country: self.country.as_deref(),
            others,
        }
    }
}

/// The type of name for a type of name or of actor; `None` for one that says nothing.
fn entity_type(kind: &str) -> Option<EntityType> {
    Some(match kind.to_ascii_lowercase().as_str() {
        "person" | "per" | "human" => EntityType::Person,
        "org" | "organization" | "organisation" | "armed_group" | "military" | "police"
        | "intelligence" | "government" | "ministry" | "legislature" | "court" | "party"
        | "igo" | "ngo" | "company" | "news_agency" | "newspaper" | "broadcaster" => {
            EntityType::Org
        }
        "loc" | "gpe" | "location" | "place" | "region" => EntityType::Loc,
        "norp" | "nationality" | "religion" | "people" => EntityType::Norp,
        _ => return None,
    })
}

fn resolved<'a>(line: &'a Line, answer: &'a Answer) -> Resolved<'a> {
    Resolved {
        id: &line.id,
        mention: &line.mention,
        actor: answer.actor.as_ref().map(|actor| Named {
            id: &actor.id,
            name: &actor.name,
            kind: &actor.kind,
            known: actor.known,
            country: actor.country.as_deref(),
            parent: actor.parent.as_deref(),
        }),
        rule: answer.rule,
        evidence: answer.evidence.as_deref(),
        alternatives: answer
            .alternatives
            .iter()
            .map(|other| Other {
                id: &other.id,
                name: &other.name,
                reason: other.reason,
            })
            .collect(),
    }
}

/// `Daesh -> Islamic State (islamic-state), by book_exact`.
fn explain(output: &mut dyn Write, line: &Line, answer: &Answer) -> std::io::Result<()> {
    match &answer.actor {
        Some(actor) => write!(
            output,
            "{} -> {} ({}{}), by {}",
            line.mention,
            actor.name,
            actor.id,
            if actor.known { "" } else { ", not in the book" },
            answer.rule
        )?,
        None => write!(output, "{} -> nobody: {}", line.mention, answer.rule)?,
    }
    if let Some(evidence) = &answer.evidence {
        write!(output, ", from \"{evidence}\"")?;
    }
    if !answer.alternatives.is_empty() {
        let others: Vec<String> = answer
            .alternatives
            .iter()
            .map(|other| format!("{} ({})", other.id, other.reason))
            .collect();
        write!(output, "; not {}", others.join(", "))?;
    }
    writeln!(output)
}
