//! The book's data files, read row by row: actors, who held which office when, and ids that were taken out.
//!
//! A row that cannot be understood is an error with its file and line, never skipped. The first line
//! says which of the three kinds of file it is.

use super::BookError;
use super::book::{Entry, TYPES};
use super::cell::{aliases, date, id, ties};
use super::tenure::Tenure;
use std::sync::Arc;

/// The columns of a file of actors, in order.
pub(super) const COLUMNS: [&str; 10] = [
    "id",
    "name",
    "type",
    "country",
    "qid",
    "parent",
    "valid_from",
    "valid_until",
    "source",
    "aliases",
];

/// The columns that may follow them; a row may end before these.
const FURTHER: [&str; 2] = ["affiliates", "successor"];

/// The columns of a file of offices held, in order.
const HELD: [&str; 7] = [
    "person", "role", "office", "country", "from", "until", "source",
];

/// The columns of a file of retired ids, in order.
const RETIRED: [&str; 2] = ["id", "now"];

/// The type of a row that takes an actor out.
const DELETE: &str = "delete";

/// A row of a book.
#[derive(Debug)]
pub(super) enum Row {
    /// An actor.
    Actor(Box<Entry>),
    /// Takes the actor of this id out of the books that were read before.
    Delete(String),
    /// Somebody's time in an office.
    Held(Box<Tenure>),
    /// An id that was taken out.
    Retired(Retired),
}

/// An id that is never given again, and the actor that took its names.
#[derive(Debug)]
pub(super) struct Retired {
    pub id: String,
    pub now: String,
    /// Where the row is, for messages.
    pub file: Arc<str>,
    pub line: u64,
}

/// A row's cells by the names of their columns.
struct Cells<'r> {
    columns: &'r [String],
    cells: &'r csv::StringRecord,
}

impl<'r> Cells<'r> {
    fn get(&self, name: &str) -> &'r str {
        let at = self.columns.iter().position(|column| column == name);
        at.and_then(|at| self.cells.get(at)).unwrap_or_default()
    }

    fn optional(&self, name: &str) -> Option<String> {
        Some(self.get(name).to_owned()).filter(|value| !value.is_empty())
    }
}

/// Reads one file of the book.
pub(super) fn parse(file: &str, content: &str) -> Result<Vec<Row>, BookError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(content.as_bytes());
    let fault = |line: u64, problem: String| BookError {
        file: file.to_owned(),
        line,
        problem,
    };
    let broken = |error: csv::Error| {
        let line = error.position().map_or(0, csv::Position::line);
        fault(line, format!("not a row of the book ({error})"))
    };
    let header = reader.headers().map_err(broken)?;
    let columns: Vec<String> = header.iter().map(str::to_owned).collect();
    let (held, retired) = (columns == HELD, columns == RETIRED);
    let least = match (held, retired) {
        (true, _) => HELD.len(),
        (_, true) => RETIRED.len(),
        _ => COLUMNS.len(),
    };
    let (first, more) = columns.split_at(least.min(columns.len()));
    let actors = first == COLUMNS && more.iter().all(|name| FURTHER.contains(&&**name));
    if !(held || retired || actors) {
        let (actors, further) = (COLUMNS.join(","), FURTHER.join(","));
        let (held, retired) = (HELD.join(","), RETIRED.join(","));
        return Err(fault(
            1,
            format!(
                "the first line must be {actors} and may add {further}; or {held}; or {retired}"
            ),
        ));
    }
    let shared: Arc<str> = file.into();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() < least || record.len() > columns.len() {
            let problem = format!("{} cells; give it all {least} columns", record.len());
            return Err(fault(line, problem));
        }
        let cells = Cells {
            columns: &columns,
            cells: &record,
        };
        let read = if held {
            tenure(&shared, line, &cells).map(|tenure| Row::Held(Box::new(tenure)))
        } else if retired {
            let ids = id(cells.get("id")).and_then(|old| Ok((old, id(cells.get("now"))?)));
            ids.map(|(id, now)| {
                let file = Arc::clone(&shared);
                Row::Retired(Retired {
                    id,
                    now,
                    file,
                    line,
                })
            })
        } else {
            actor(&shared, line, &cells)
        };
        rows.push(read.map_err(|problem| fault(line, problem))?);
    }
    Ok(rows)
}

fn actor(file: &Arc<str>, line: u64, cells: &Cells<'_>) -> Result<Row, String> {
    let id = id(cells.get("id"))?;
    let kind = cells.get("type");
    if kind == DELETE {
        return Ok(Row::Delete(id));
    }
    let Some(&(kind, tag)) = TYPES.iter().find(|(known, _)| *known == kind) else {
        let known: Vec<_> = TYPES.iter().map(|(known, _)| *known).collect();
        return Err(format!("type {kind:?}: write one of {}", known.join(" ")));
    };
    let name = cells.get("name").to_owned();
    Ok(Row::Actor(Box::new(Entry {
        id,
        kind,
        tag,
        country: cells.optional("country"),
        qid: cells.optional("qid"),
        parent: cells.optional("parent"),
        from: date(cells.get("valid_from"), false)?,
        until: date(cells.get("valid_until"), true)?,
        source: cells.get("source").to_owned(),
        aliases: aliases(&name, cells.get("aliases"))?,
        affiliates: ties(cells.get("affiliates"))?,
        successors: ties(cells.get("successor"))?,
        name,
        file: Arc::clone(file),
        line,
    })))
}

fn tenure(file: &Arc<str>, line: u64, cells: &Cells<'_>) -> Result<Tenure, String> {
    let (from, until) = (cells.get("from"), cells.get("until"));
    let role = cells.get("role").to_owned();
    if role.is_empty() {
        return Err("no role; say which, as in president".to_owned());
    }
    Ok(Tenure {
        person: id(cells.get("person"))?,
        role,
        office: id(cells.get("office"))?,
        country: cells.optional("country"),
        from: date(from, false)?,
        until: date(until, true)?,
        latest_from: date(from, true)?,
        earliest_until: date(until, false)?,
        source: cells.get("source").to_owned(),
        file: Arc::clone(file),
        line,
    })
}
