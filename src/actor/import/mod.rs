//! Other people's lists of actors, turned into a book that one can edit and lay over the built-in one.
//!
//! What a list says of a name's trust is kept as a flag (a weak alias of FollowTheMoney, a short
//! acronym); nothing is guessed beyond that. What has no name in Latin letters is left out and counted.

mod forms;

use super::fold;
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
        Form::Csv => forms::table(content)?,
        Form::Jsonl => forms::objects(content)?.iter().map(forms::plain).collect(),
        Form::Ftm => forms::objects(content)?.iter().map(forms::entity).collect(),
        Form::Wikidata => forms::items(content)?.iter().map(forms::item).collect(),
        Form::Petrarch => forms::dictionary(content),
    };
    let broken = |error: csv::Error| ImportError {
        line: 0,
        problem: error.to_string(),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(crate::actor::read::COLUMNS)
        .map_err(broken)?;
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
    if let Some((known, _)) = crate::actor::book::TYPES
        .iter()
        .find(|(known, _)| *known == given)
    {
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
