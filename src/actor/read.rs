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

/// The rows of a file, by kind, each in their order.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The actors.
    pub actors: Vec<Entry>,
    /// The ids of actors that it takes out of the books that were read before.
    pub deleted: Vec<String>,
    /// Who held which office when.
    pub held: Vec<Tenure>,
    /// The ids that were taken out for good.
    pub retired: Vec<Retired>,
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

/// A row's cells.
struct Cells<'r> {
    cells: &'r csv::StringRecord,
    /// Where the columns of `FURTHER` are.
    further: [Option<usize>; FURTHER.len()],
}

impl<'r> Cells<'r> {
    fn at(&self, column: usize) -> &'r str {
        self.cells.get(column).unwrap_or_default().trim()
    }

    /// The cells of the columns that every row of its kind has, in their order.
    fn all<const N: usize>(&self) -> [&'r str; N] {
        std::array::from_fn(|column| self.at(column))
    }

    /// The cells of the columns that it may have.
    fn further(&self) -> [&'r str; FURTHER.len()] {
        self.further
            .map(|column| column.map_or("", |column| self.at(column)))
    }
}

fn optional(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

/// Reads one file of the book.
pub(super) fn parse(file: &str, content: &str) -> Result<Rows, BookError> {
    let mut reader = csv::ReaderBuilder::new()
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
    let columns: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
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
    let further = FURTHER.map(|name| more.iter().position(|column| column == name));
    let further = further.map(|at| at.map(|at| least + at));
    let mut rows = Rows::default();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() < least || record.len() > columns.len() {
            let problem = format!("{} cells; give it all {least} columns", record.len());
            return Err(fault(line, problem));
        }
        let cells = Cells {
            cells: &record,
            further,
        };
        let read = if held {
            tenure(&shared, line, &cells).map(|tenure| rows.held.push(tenure))
        } else if retired {
            retired_id(&shared, line, &cells).map(|id| rows.retired.push(id))
        } else if cells.at(2) == DELETE {
            id(cells.at(0)).map(|id| rows.deleted.push(id))
        } else {
            actor(&shared, line, &cells).map(|actor| rows.actors.push(actor))
        };
        read.map_err(|problem| fault(line, problem))?;
    }
    Ok(rows)
}

fn actor(file: &Arc<str>, line: u64, cells: &Cells<'_>) -> Result<Entry, String> {
    let [
        row,
        name,
        kind,
        country,
        qid,
        parent,
        from,
        until,
        source,
        listed,
    ]: [&str; COLUMNS.len()] = cells.all();
    let [affiliates, successors] = cells.further();
    let id = id(row)?;
    let Some(&(kind, tag)) = TYPES.iter().find(|(known, _)| *known == kind) else {
        let known: Vec<_> = TYPES.iter().map(|(known, _)| *known).collect();
        return Err(format!("type {kind:?}: write one of {}", known.join(" ")));
    };
    Ok(Entry {
        id,
        kind,
        tag,
        country: optional(country),
        qid: optional(qid),
        parent: optional(parent),
        from: date(from, false)?,
        until: date(until, true)?,
        source: source.to_owned(),
        aliases: aliases(name, listed)?,
        affiliates: ties(affiliates)?,
        successors: ties(successors)?,
        name: name.to_owned(),
        file: Arc::clone(file),
        line,
    })
}

fn retired_id(file: &Arc<str>, line: u64, cells: &Cells<'_>) -> Result<Retired, String> {
    let [old, now]: [&str; RETIRED.len()] = cells.all();
    Ok(Retired {
        id: id(old)?,
        now: id(now)?,
        file: Arc::clone(file),
        line,
    })
}

fn tenure(file: &Arc<str>, line: u64, cells: &Cells<'_>) -> Result<Tenure, String> {
    let [person, role, office, country, from, until, source]: [&str; HELD.len()] = cells.all();
    if role.is_empty() {
        return Err("no role; say which, as in president".to_owned());
    }
    Ok(Tenure {
        person: id(person)?,
        role: role.to_owned(),
        office: id(office)?,
        country: optional(country),
        from: date(from, false)?,
        until: date(until, true)?,
        latest_from: date(from, true)?,
        earliest_until: date(until, false)?,
        source: source.to_owned(),
        file: Arc::clone(file),
        line,
    })
}
