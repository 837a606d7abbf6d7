//! Other people's lists of actors, turned into a book that one can edit and lay over the built-in one.
//!
//! What a list says of a name's trust is kept as a flag (a weak alias of FollowTheMoney, a short
//! acronym); nothing is guessed beyond that. What has no name in Latin letters is left out and counted.

use super::fold;
use serde_json::Value;
use std::collections::HashMap;

/// The form of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table with a column `name`, and any of `id`, `type`, `country`, `aliases` (parted by `;`).
    Csv,
    /// An object a line with `name`, and any of `id`, `type`, `country`, `aliases` (a list).
    Jsonl,
    /// FollowTheMoney entities, one a line (OpenSanctions).
    Ftm,
    /// Wikidata entities in JSON: one a line, a list, or `entities`.
    Wikidata,
    /// A PETRARCH actor dictionary.
    Petrarch,
}

/// Why a list cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ImportError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
}

/// An actor of a list.
#[derive(Debug, Default)]
struct Row {
    id: String,
    name: String,
    kind: String,
    country: String,
    qid: String,
    aliases: Vec<String>,
    weak: Vec<String>,
}

/// Turns a list into a book. `source` fills the column of that name; the second value says how many
/// entries had no name that the book can hold.
///
/// # Errors
/// A line that is not of the form.
pub fn import(form: Form, content: &str, source: &str) -> Result<(String, usize), ImportError> {
    let rows = match form {
        Form::Csv => table(content)?,
        Form::Jsonl => objects(content)?.iter().map(plain).collect(),
        Form::Ftm => objects(content)?.iter().map(entity).collect(),
        Form::Wikidata => items(content)?.iter().map(item).collect(),
        Form::Petrarch => dictionary(content),
    };
    let broken = |error: csv::Error| ImportError {
        line: 0,
        problem: error.to_string(),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(super::book::COLUMNS).map_err(broken)?;
    let (mut left_out, mut ids) = (0, HashMap::<String, usize>::new());
    for row in rows {
        let words = fold::folded_words(&row.name);
        let slug: String = if row.id.is_empty() {
            words.join("-")
        } else {
            fold::folded_words(&row.id).join("-")
        };
        if words.is_empty() || slug.is_empty() || !slug.is_ascii() {
            left_out += 1;
            continue;
        }
        let twice = ids.entry(slug.clone()).or_default();
        *twice += 1;
        let id = if *twice > 1 {
            format!("{slug}-{twice}")
        } else {
            slug
        };
        let country = row.country.to_ascii_uppercase();
        let country = if country.len() == 2 {
            country
        } else {
            String::new()
        };
        writer
            .write_record([
                &id,
                &clean(&row.name),
                kind(&row.kind),
                &country,
                &row.qid,
                "",
                "",
                "",
                source,
                &names(&row),
            ])
            .map_err(broken)?;
    }
    let bytes = writer.into_inner().unwrap_or_default();
    Ok((String::from_utf8_lossy(&bytes).into_owned(), left_out))
}

/// A name without what has a meaning in the column of aliases.
fn clean(name: &str) -> String {
    let blank = |c: char| {
        if matches!(c, ';' | '[' | ']') || c.is_control() {
            ' '
        } else {
            c
        }
    };
    let spaced: String = name.chars().map(blank).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The aliases with the flags that their shape asks for, each once.
fn names(row: &Row) -> String {
    let mut seen = vec![fold::folded_words(&row.name)];
    let marked = row.aliases.iter().map(|name| (name, false));
    let mut names = Vec::new();
    for (name, weak) in marked.chain(row.weak.iter().map(|name| (name, true))) {
        let (name, folded) = (clean(name), fold::folded_words(name));
        if folded.is_empty() || seen.contains(&folded) {
            continue;
        }
        let short = name.chars().count() < 6 && !name.contains(' ');
        let capitals = !name.chars().any(char::is_lowercase);
        let mut flags = Vec::new();
        if short && (capitals || name.chars().count() < 3) {
            flags.extend(["case", "ambiguous"]);
        }
        if weak {
            flags.push("cue");
        }
        seen.push(folded);
        names.push(if flags.is_empty() {
            name
        } else {
            format!("{name} [{}]", flags.join(" "))
        });
    }
    names.join("; ")
}

/// The book's type for a list's.
fn kind(given: &str) -> &'static str {
    let given = given.to_ascii_lowercase();
    if let Some((known, _)) = super::book::TYPES.iter().find(|(known, _)| *known == given) {
        return known;
    }
    match given.as_str() {
        "human" => "person",
        "publicbody" => "government",
        "place" | "address" | "location" => "region",
        "group" | "militia" => "armed_group",
        _ => "company",
    }
}

fn table(content: &str) -> Result<Vec<Row>, ImportError> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(content.as_bytes());
    let broken = |error: csv::Error| ImportError {
        line: error
            .position()
            .map_or(0, |at| usize::try_from(at.line()).unwrap_or_default()),
        problem: error.to_string(),
    };
    let columns = reader.headers().map_err(broken)?.clone();
    if !columns.iter().any(|column| column == "name") {
        return Err(ImportError {
            line: 1,
            problem: "no column `name`; the first line must name the columns".into(),
        });
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let field = |name: &str| {
            let at = columns.iter().position(|column| column == name);
            at.and_then(|at| record.get(at))
                .unwrap_or_default()
                .to_owned()
        };
        rows.push(Row {
            id: field("id"),
            name: field("name"),
            kind: field("type"),
            country: field("country"),
            qid: field("qid"),
            aliases: field("aliases")
                .split(';')
                .map(|name| name.trim().to_owned())
                .collect(),
            weak: Vec::new(),
        });
    }
    Ok(rows)
}

fn objects(content: &str) -> Result<Vec<Value>, ImportError> {
    let lines = content
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line.trim().trim_end_matches(',')).map_err(|error| ImportError {
                line: at + 1,
                problem: format!("not a JSON object ({error})"),
            })
        })
        .collect()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list
            .iter()
            .map(string)
            .filter(|name| !name.is_empty())
            .collect(),
        Value::String(one) => vec![one.clone()],
        _ => Vec::new(),
    }
}

fn field<'v>(value: &'v Value, key: &str) -> &'v Value {
    value.get(key).unwrap_or(&Value::Null)
}

fn plain(value: &Value) -> Row {
    Row {
        id: string(field(value, "id")),
        name: string(field(value, "name")),
        kind: string(field(value, "type")),
        country: string(field(value, "country")),
        qid: string(field(value, "qid")),
        aliases: strings(field(value, "aliases")),
        weak: Vec::new(),
    }
}

/// See <https://followthemoney.tech/explorer/>.
fn entity(value: &Value) -> Row {
    let properties = field(value, "properties");
    let names = strings(field(properties, "name"));
    let caption = string(field(value, "caption"));
    let first = |key| {
        strings(field(properties, key))
            .into_iter()
            .next()
            .unwrap_or_default()
    };
    Row {
        id: string(field(value, "id")),
        name: if caption.is_empty() {
            names.first().cloned().unwrap_or_default()
        } else {
            caption
        },
        kind: string(field(value, "schema")),
        country: first("country"),
        qid: first("wikidataId"),
        aliases: [
            names,
            strings(field(properties, "alias")),
            strings(field(properties, "previousName")),
        ]
        .concat(),
        weak: strings(field(properties, "weakAlias")),
    }
}

/// Wikidata entities: `{"entities": {...}}`, a list, or one a line (the dumps).
fn items(content: &str) -> Result<Vec<Value>, ImportError> {
    match serde_json::from_str::<Value>(content) {
        Ok(Value::Array(list)) => Ok(list),
        Ok(value) => match value.get("entities").and_then(Value::as_object) {
            Some(entities) => Ok(entities.values().cloned().collect()),
            None => Ok(vec![value]),
        },
        Err(_) => {
            let lines: Vec<&str> = content
                .lines()
                .filter(|line| !matches!(line.trim(), "[" | "]"))
                .collect();
            objects(&lines.join("\n"))
        }
    }
}

/// English labels; <https://www.wikidata.org/wiki/Special:MyLanguage/Wikidata:Data_model>. P31 = Q5 is a person.
fn item(value: &Value) -> Row {
    let english = |key| field(field(value, key), "en");
    let human = field(field(value, "claims"), "P31")
        .as_array()
        .is_some_and(|claims| {
            claims.iter().any(|claim| {
                claim
                    .pointer("/mainsnak/datavalue/value/id")
                    .and_then(Value::as_str)
                    == Some("Q5")
            })
        });
    let aliases = english("aliases")
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    Row {
        id: String::new(),
        name: string(field(english("labels"), "value")),
        kind: if human { "person" } else { "" }.to_owned(),
        country: String::new(),
        qid: string(field(value, "id")),
        aliases: aliases
            .iter()
            .map(|alias| string(field(alias, "value")))
            .collect(),
        weak: Vec::new(),
    }
}

/// A PETRARCH dictionary: an actor's name, `+` before a synonym, codes with dates in brackets.
fn dictionary(content: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in content.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let name = line.split('[').next().unwrap_or_default().trim();
        let name = name.trim_end_matches(['_', ' ']).replace('_', " ");
        match (name.strip_prefix('+'), rows.last_mut()) {
            _ if name.is_empty() || name.starts_with('<') || line.starts_with(['\t', ' ', '.']) => {
            }
            (Some(alias), Some(row)) => row.aliases.push(title_case(alias)),
            (Some(_), None) => {}
            (None, _) => rows.push(Row {
                name: title_case(&name),
                kind: "armed_group".to_owned(),
                ..Row::default()
            }),
        }
    }
    rows
}

/// PETRARCH writes all in capitals; what is longer than an acronym is given a name's letters.
fn title_case(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if word.chars().count() > 4 => {
                first.to_string() + &letters.as_str().to_lowercase()
            }
            _ => word.to_owned(),
        }
    };
    name.split_whitespace()
        .map(word)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Book;

    fn imported(form: Form, content: &str) -> Book {
        let (book, _) = import(form, content, "test").expect("a list of this form");
        Book::from_files(&[("x.csv", book)]).expect("a book that can be read")
    }

    #[test]
    fn every_form_becomes_a_book() {
        for (form, content) in [
            (
                Form::Csv,
                "name,type,aliases\nRed Front,armed_group,RF; The Reds\n",
            ),
            (
                Form::Jsonl,
                r#"{"name":"Red Front","type":"armed_group","aliases":["RF","The Reds"]}"#,
            ),
            (
                Form::Ftm,
                r#"{"id":"x-1","schema":"Organization","caption":"Red Front","properties":{"alias":["The Reds"],"weakAlias":["RF"]}}"#,
            ),
            (
                Form::Wikidata,
                r#"{"entities":{"Q1":{"id":"Q1","labels":{"en":{"value":"Red Front"}},"aliases":{"en":[{"value":"The Reds"}]}}}}"#,
            ),
            (
                Form::Petrarch,
                "RED_FRONT_ [XXXREB]\n+THE_REDS_\n\t[XXX >990101]\n",
            ),
        ] {
            let book = imported(form, content);
            assert_eq!(book.len(), 1, "{form:?}");
            assert_eq!(book.find("the reds").len(), 1, "{form:?}");
            assert!(book.lint().is_empty(), "{form:?} {:?}", book.lint());
        }
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = import(Form::Jsonl, "{\"name\":\"A\"}\n{", "t").expect_err("broken");
        assert_eq!(error.line, 2);
        assert!(import(Form::Csv, "title\nA\n", "t").is_err());
    }
}
