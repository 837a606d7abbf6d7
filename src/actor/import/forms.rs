//! The readers of the forms: from a list's text to rows. None of them judges what it reads.

use super::{ImportError, Row};
use serde_json::Value;

pub(super) fn table(content: &str) -> Result<Vec<Row>, ImportError> {
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

pub(super) fn objects(content: &str) -> Result<Vec<Value>, ImportError> {
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

pub(super) fn plain(value: &Value) -> Row {
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
pub(super) fn entity(value: &Value) -> Row {
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
pub(super) fn items(content: &str) -> Result<Vec<Value>, ImportError> {
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
pub(super) fn item(value: &Value) -> Row {
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
pub(super) fn dictionary(content: &str) -> Vec<Row> {
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
