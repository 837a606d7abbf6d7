//! `headcount diff A B`: what two runs say differently of the same articles.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value};

use super::{DONE, FINDINGS, Failure};
use crate::score::read::read;
use crate::score::{Document, LabelMap, differences, pair};

/// Show what two runs name, count or link differently
///
/// A and B are run folders or files in any format that `evaluate` reads. Names of actors outside the book
/// are compared only as linked or not. Both sides are held in memory. Exits with 1 where they differ.
#[derive(Debug, Args)]
pub struct Arguments {
    /// A run folder or a file
    #[arg(value_name = "A")]
    a: PathBuf,
    /// Another on the same articles
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Call a label something else (GPE=LOC); `none` drops the built-in map
    #[arg(long, value_name = "FROM=TO", value_delimiter = ',')]
    map: Vec<String>,
    /// Write JSON lines, one for each article that differs
    #[arg(long)]
    json: bool,
}

const ALONE: [&str; 2] = ["only_a", "only_b"];
const SIDES: [&str; 2] = ["a", "b"];

/// Runs the verb; the exit code.
pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let map = LabelMap::with(&arguments.map).map_err(Failure::Told)?;
    let side = |path: &PathBuf| read(std::slice::from_ref(path), None, &map);
    let (a, b) = (side(&arguments.a)?.documents, side(&arguments.b)?.documents);
    let pairs = pair(&a, &b);
    let mut stdout = std::io::stdout().lock();
    let (mut differing, mut count) = (0, 0);
    for &(left, right) in &pairs.both {
        let (Some(left), Some(right)) = (a.get(left), b.get(right)) else {
            continue;
        };
        let found = differences(left, right, &left.mentions, &right.mentions);
        if found.is_empty() {
            continue;
        }
        differing += 1;
        count += found.len();
        if arguments.json {
            let list = found.iter();
            let list: Vec<Value> = list.map(|d| d.json(ALONE, SIDES).into()).collect();
            writeln!(stdout, "{}", line(left, "differences", list.into()))?;
        } else {
            writeln!(stdout, "{}", left.id.escape_debug())?;
            for difference in found {
                write!(stdout, "{}", difference.lines(ALONE, SIDES))?;
            }
        }
    }
    let whole = [
        ("only in A", "only_a", documents(&a, pairs.left_only.iter())),
        (
            "only in B",
            "only_b",
            documents(&b, pairs.right_only.iter()),
        ),
        (
            "the texts differ",
            "text_differs",
            documents(&a, pairs.different_text.iter().map(|(left, _)| left)),
        ),
    ];
    let mut unpaired = 0;
    for (words, key, list) in whole {
        for document in list {
            unpaired += 1;
            if arguments.json {
                writeln!(stdout, "{}", line(document, key, true.into()))?;
            } else {
                writeln!(stdout, "{}\n  article: {words}", document.id.escape_debug())?;
            }
        }
    }
    stdout.flush()?;
    eprintln!(
        "headcount: {} articles in both, {differing} of them with {count} differences; {unpaired} in one \
         only or with another text",
        pairs.both.len()
    );
    Ok(if differing + unpaired > 0 {
        FINDINGS
    } else {
        DONE
    })
}

fn documents<'a>(
    side: &'a [Document],
    indexes: impl Iterator<Item = &'a usize>,
) -> Vec<&'a Document> {
    indexes.filter_map(|&index| side.get(index)).collect()
}

/// A line of JSON on an article.
fn line(document: &Document, key: &str, value: Value) -> Value {
    let mut object = Map::new();
    object.insert("id".to_owned(), document.id.clone().into());
    object.insert(key.to_owned(), value);
    Value::Object(object)
}
