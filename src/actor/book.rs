//! The book's data files, read into entries.
//!
//! A row that cannot be understood is an error with its file and line, never skipped. What the rows
//! mean together (two owners of one name, a parent that is missing) is for `lint` to judge.

use super::{BookError, fold};
use crate::tag::EntityType;
use jiff::civil::Date;
use std::sync::Arc;

/// The types of actor, each with the type of name under which a tagger should find it.
pub(super) const TYPES: &[(&str, EntityType)] = &[
    ("armed_group", EntityType::Org),
    ("military", EntityType::Org),
    ("police", EntityType::Org),
    ("intelligence", EntityType::Org),
    ("government", EntityType::Org),
    ("ministry", EntityType::Org),
    ("legislature", EntityType::Org),
    ("court", EntityType::Org),
    ("party", EntityType::Org),
    ("igo", EntityType::Org),
    ("ngo", EntityType::Org),
    ("company", EntityType::Org),
    ("news_agency", EntityType::Org),
    ("newspaper", EntityType::Org),
    ("broadcaster", EntityType::Org),
    ("person", EntityType::Person),
    ("country", EntityType::Loc),
    ("region", EntityType::Loc),
    ("nationality", EntityType::Norp),
    ("religion", EntityType::Norp),
];

/// The columns of every file of the book, in order.
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

/// How far a name may be trusted; models/actors/README.md says what each flag means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    /// Counts only in exactly this case.
    pub case: bool,
    /// Its capitals also spell a common word (IS, US, WHO).
    pub word: bool,
    /// Also an everyday name of something else (Georgia, Dawn): only where the tagger saw this type.
    pub ambiguous: bool,
    /// Counts only where a surer name of the actor, its parent or its country is in the article.
    pub cue: bool,
    /// A part of a name (a surname): gives way to everything else.
    pub weak: bool,
}

/// A name of an actor.
#[derive(Clone, Debug)]
pub(super) struct Alias {
    /// As the book writes it, without points and apostrophes and without a leading "the".
    pub plain: String,
    /// True where the book writes it with a leading "The".
    pub article: bool,
    pub flags: Flags,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl Alias {
    /// True for a name that means this actor wherever it is written.
    pub fn is_sure(&self) -> bool {
        !(self.flags.ambiguous || self.flags.cue || self.flags.weak)
    }

    /// True where the name was in use at that date; an article without date hides nothing.
    pub fn in_use(&self, published: Option<Date>) -> bool {
        published.is_none_or(|date| {
            self.from.is_none_or(|from| from <= date)
                && self.until.is_none_or(|until| date <= until)
        })
    }
}

/// An actor of the book.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub id: String,
    pub name: String,
    /// The type, out of `TYPES`.
    pub kind: &'static str,
    /// The type of name under which a tagger should find it.
    pub tag: EntityType,
    pub country: Option<String>,
    pub qid: Option<String>,
    pub parent: Option<String>,
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub source: String,
    pub aliases: Vec<Alias>,
    /// Where the row is, for messages.
    pub file: Arc<str>,
    pub line: u64,
}

impl Entry {
    /// False where the actor is younger than the article. One that is gone may still be named.
    pub fn may_exist(&self, published: Option<Date>) -> bool {
        published.is_none_or(|date| self.from.is_none_or(|from| from <= date))
    }
}

/// A row of a book.
#[derive(Debug)]
pub(super) enum Row {
    /// An actor.
    Actor(Box<Entry>),
    /// Takes the actor of this id out of the books that were read before.
    Delete(String),
}

/// The type of a row that takes an actor out.
const DELETE: &str = "delete";

/// The actors of one file; a row that deletes is an error here, for there is nothing before it.
#[cfg(test)]
fn actors(file: &str, content: &str) -> Result<Vec<Entry>, BookError> {
    let rows = parse(file, content)?.into_iter();
    Ok(rows
        .filter_map(|row| match row {
            Row::Actor(entry) => Some(*entry),
            Row::Delete(_) => None,
        })
        .collect())
}

/// Reads one file of the book.
pub(super) fn parse(file: &str, content: &str) -> Result<Vec<Row>, BookError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .from_reader(content.as_bytes());
    let fault = |line: u64, problem: String| BookError {
        file: file.to_owned(),
        line,
        problem,
    };
    let broken = |error: csv::Error| {
        let line = error.position().map_or(0, csv::Position::line);
        fault(
            line,
            format!("not a row of the book ({error}); give it all ten columns"),
        )
    };
    if reader.headers().map_err(broken)? != &csv::StringRecord::from(COLUMNS.to_vec()) {
        let columns = COLUMNS.join(",");
        return Err(fault(1, format!("the first line must be {columns}")));
    }
    let shared: Arc<str> = file.into();
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = row(&shared, line, &record).map_err(|problem| fault(line, problem))?;
        entries.push(row);
    }
    Ok(entries)
}

fn row(file: &Arc<str>, line: u64, row: &csv::StringRecord) -> Result<Row, String> {
    let column = |name: &str| {
        let at = COLUMNS.iter().position(|column| *column == name);
        at.and_then(|at| row.get(at)).unwrap_or_default()
    };
    let optional = |name: &str| Some(column(name).to_owned()).filter(|value| !value.is_empty());
    let id = column("id").to_owned();
    if id.is_empty()
        || !id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        return Err(format!(
            "id {id:?}: write lower-case letters, digits and hyphens"
        ));
    }
    let kind = column("type");
    if kind == DELETE {
        return Ok(Row::Delete(id));
    }
    let Some(&(kind, tag)) = TYPES.iter().find(|(known, _)| *known == kind) else {
        let known: Vec<_> = TYPES.iter().map(|(known, _)| *known).collect();
        return Err(format!("type {kind:?}: write one of {}", known.join(" ")));
    };
    let name = column("name").to_owned();
    let mut aliases = Vec::new();
    for item in column("aliases").split(';').map(str::trim) {
        if !item.is_empty() {
            aliases.push(alias(item)?);
        }
    }
    // The name is a sure alias, unless the row lists it among its aliases with flags of its own.
    let own = alias(&name)?;
    if !aliases.iter().any(|alias| alias.plain == own.plain) {
        aliases.insert(0, own);
    }
    for item in column("aliases").split(';').chain([name.as_str()]) {
        let spelled = without_apostrophe(item.trim()).map(|item| alias(&item));
        if let Some(spelled) = spelled.transpose()?
            && !aliases.iter().any(|alias| alias.plain == spelled.plain)
        {
            aliases.push(spelled);
        }
    }
    Ok(Row::Actor(Box::new(Entry {
        id,
        name,
        kind,
        tag,
        country: optional("country"),
        qid: optional("qid"),
        parent: optional("parent"),
        from: date(column("valid_from"), false)?,
        until: date(column("valid_until"), true)?,
        source: column("source").to_owned(),
        aliases,
        file: Arc::clone(file),
        line,
    })))
}

/// "Peoples Army" for "People's Army": folding takes a possessive off, but many leave the apostrophe out.
fn without_apostrophe(item: &str) -> Option<String> {
    let spelled = item.replace("'s ", "s ").replace("’s ", "s ");
    (spelled != item).then_some(spelled)
}

/// Reads `Name [flag flag]`.
fn alias(item: &str) -> Result<Alias, String> {
    let (name, marks) = match item.split_once('[') {
        None => (item, ""),
        Some((name, rest)) => match rest.strip_suffix(']') {
            Some(marks) => (name.trim(), marks),
            None => return Err(format!("alias {item:?}: close the bracket of its flags")),
        },
    };
    let plain = fold::plain_words(name);
    if fold::folded_words(name).is_empty() {
        return Err(format!("alias {item:?} has no letters"));
    }
    let short = plain.strip_prefix("The ").or(plain.strip_prefix("the "));
    let mut alias = Alias {
        article: plain.starts_with("The ") && short.is_some(),
        plain: short.unwrap_or(&plain).to_owned(),
        flags: Flags::default(),
        from: None,
        until: None,
    };
    for mark in marks.split([',', ' ']).filter(|mark| !mark.is_empty()) {
        match mark {
            "case" => alias.flags.case = true,
            "word" => alias.flags.word = true,
            "ambiguous" => alias.flags.ambiguous = true,
            "cue" => alias.flags.cue = true,
            "weak" => alias.flags.weak = true,
            _ => match mark.split_once(':') {
                Some(("from", value)) => alias.from = date(value, false)?,
                Some(("until", value)) => alias.until = date(value, true)?,
                _ => {
                    return Err(format!(
                        "flag {mark:?}: write case, word, ambiguous, cue, weak, from:DATE or until:DATE"
                    ));
                }
            },
        }
    }
    Ok(alias)
}

/// Reads `2014`, `2014-06` or `2014-06-29`; what is left out is the first day, or the last.
fn date(value: &str, last: bool) -> Result<Option<Date>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    let read = || -> Option<Date> {
        let mut parts = value.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next();
        let day = parts.next();
        let first = |part: Option<&str>, default: i8| match part {
            Some(digits) => digits.parse().ok(),
            None => Some(default),
        };
        let month = first(month, if last { 12 } else { 1 })?;
        let date = Date::new(year, month, first(day, 1)?).ok()?;
        Some(if last && day.is_none() {
            date.last_of_month()
        } else {
            date
        })
    };
    match read() {
        Some(date) => Ok(Some(date)),
        None => Err(format!("date {value:?}: write YYYY, YYYY-MM or YYYY-MM-DD")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id,name,type,country,qid,parent,valid_from,valid_until,source,aliases\n";

    fn one(row: &str) -> Result<Vec<Entry>, BookError> {
        actors("test.csv", &format!("{HEAD}{row}\n"))
    }

    #[test]
    fn a_row_becomes_an_entry() {
        let entries = one("red-front,The Red Front,armed_group,XX,,,2001-03,2009,own,RF [case cue from:2004]; Red Fronts").expect("a good row");
        let entry = entries.first().expect("one entry");
        assert_eq!(entry.from, Date::new(2001, 3, 1).ok());
        assert_eq!(entry.until, Date::new(2009, 12, 31).ok());
        let names: Vec<_> = entry
            .aliases
            .iter()
            .map(|a| (a.plain.as_str(), a.article, a.is_sure()))
            .collect();
        assert_eq!(
            names,
            [
                ("Red Front", true, true),
                ("RF", false, false),
                ("Red Fronts", false, true)
            ]
        );
    }

    #[test]
    fn faults_name_file_and_line() {
        for (row, word) in [
            ("Red,Red,armed_group,,,,,,own,", "id"),
            ("red,Red,gang,,,,,,own,", "type"),
            ("red,Red,party,,,,20x1,,own,", "date"),
            ("red,Red,party,,,,,,own,Rouge [loud]", "flag"),
            ("red,Red,party,,,,,,own,Rouge [case", "bracket"),
            ("red,Red,party", "columns"),
            ("red,...,party,,,,,,own,", "letters"),
        ] {
            let error = one(row).expect_err(row).to_string();
            assert!(
                error.starts_with("test.csv:2:") && error.contains(word),
                "{error}"
            );
        }
        assert!(parse("test.csv", "id,name\n").is_err());
    }
}
